"""Runs the `run` steps of a workflow's job as a runner does: in order, with its variables, its files and its way to fail.

Steps that `use` an action do nothing here but give the outputs that a test names. Expressions are looked up in a table, so
that one which the table does not know fails the test.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from made_up_history import WHO

ROOT = Path(__file__).parent.parent
WORKFLOWS = ROOT / ".github" / "workflows"
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
COMMAND_FOLDER = Path(sys.executable).parent
"""Where the command `trialpages` stands: what `scripts/install.sh` takes instead of installing anything."""


def workflow(name: str) -> dict[str, Any]:
    """Return a workflow as it is written."""
    found: dict[str, Any] = yaml.safe_load((WORKFLOWS / name).read_text("utf-8"))
    return found


@dataclass
class Ran:
    """What became of a job: its steps that ran, by name, whether it failed, what was printed, and its summary."""

    steps: list[str] = field(default_factory=list)
    failed: str = ""
    """The name of the first step that failed."""
    out: str = ""
    summary: str = ""


@dataclass
class Runner:
    """Runs jobs in a checkout, with made-up commands before all others on PATH."""

    checkout: Path
    temporary: Path
    event: str
    expressions: Mapping[str, str]
    commands: Path | None = None
    variables: Mapping[str, str] = field(default_factory=dict)

    def run(self, name: str, job_name: str) -> Ran:
        """Run the steps of one job."""
        job = workflow(name)["jobs"][job_name]
        ran = Ran()
        self.temporary.mkdir(parents=True, exist_ok=True)
        files = {
            variable: self.temporary / variable.lower()
            for variable in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_ENV")
        }
        for path in files.values():
            path.write_text("")
        for step in job["steps"]:
            title = step.get("name") or step.get("uses", "").partition("@")[0]
            if ran.failed and step.get("if") != "${{ !cancelled() }}":
                continue
            assert step.get("if") in (None, "${{ !cancelled() }}"), (
                f"{title}: the test does not know this condition"
            )
            if "run" in step:
                self._run(step, job, title, files, ran)
            ran.steps.append(title)
        ran.summary = files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        return ran

    def _run(
        self, step: dict[str, Any], job: dict[str, Any], title: str, files: Mapping[str, Path], ran: Ran
    ) -> None:
        assert "${{" not in step["run"], f"{title}: an expression in a script could run what a stranger wrote"
        own = {**job.get("env", {}), **step.get("env", {})}
        folders = [str(self.commands)] if self.commands else []
        folders += [*reversed(files["GITHUB_PATH"].read_text("utf-8").split()), os.environ["PATH"]]
        environment = {
            "HOME": str(self.temporary),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": self.event,
            "GITHUB_WORKSPACE": str(self.checkout),
            "RUNNER_TEMP": str(self.temporary),
            "TRIALPAGES_BIN": str(COMMAND_FOLDER),
            "NO_PROXY": "127.0.0.1",
            **WHO,
            **{variable: str(path) for variable, path in files.items()},
            **self.variables,
            **{name: self._evaluated(str(value)) for name, value in own.items()},
            "PATH": os.pathsep.join(folders),
        }
        script = self.temporary / "step.sh"
        script.write_text(step["run"], "utf-8")
        done = subprocess.run(
            ["bash", "-e", str(script)],
            cwd=self.checkout,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        ran.out += done.stdout
        if done.returncode and not ran.failed and not step.get("continue-on-error"):
            ran.failed = title

    def _evaluated(self, text: str) -> str:
        return EXPRESSION.sub(lambda found: self.expressions[found[1]], text)
