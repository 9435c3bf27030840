"""How many requests a second one nginx answers on this machine, with the configuration that we give: `make load`.

Five seconds and eight connections for each of four files, on loopback and nowhere else: the address is that of a
server that this program has started itself. The figures are of this machine, which sends and receives at once; what
they show is that a file takes the server next to nothing, and that none is refused.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from benchmarks.nginx_server import nginx_path, serving  # noqa: E402

SECONDS, CONNECTIONS = 5, 8
TODAY = "2026-11-23"
FIGURES = re.compile(r"Requests/sec:\s+([\d.]+)")
SLOW = re.compile(r"99%\s+(\S+)")
REFUSED = re.compile(r"Non-2xx or 3xx responses:\s+(\d+)")
BROKEN = re.compile(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")


def main() -> int:
    """Build the sample, load it, and print a table; 1 when a request was refused, 0 also where a tool is lacking."""
    nginx, wrk = nginx_path(), shutil.which("wrk")
    if nginx is None or wrk is None:
        lacking = "nginx" if nginx is None else "wrk"
        print(f"load: skipped, since {lacking} is not here (apt-get install nginx-light wrk)")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        output = folder / "output"
        command = [sys.executable, "build.py", "build", "--quiet", "--today", TODAY, "--precompress"]
        command += ["--output", str(output), "--cache", str(folder / "cache")]
        subprocess.run(command, cwd=PROJECT, check=True)
        with serving(nginx, output, folder / "nginx") as address:
            faults = [loaded(wrk, address, what, path) for what, path in files(output).items()]
    return int(any(faults))


def files(output: Path) -> dict[str, str]:
    """Return the addresses of what readers ask for most, by what they are."""
    trial = max(output.glob("trials/*/index.html"), key=lambda path: path.stat().st_size)
    style = next(output.glob("assets/site.*.css"))
    cards = next(output.glob("search/*/cards.json"))
    return {
        "the home page": "",
        "the longest trial": f"{trial.parent.relative_to(output).as_posix()}/",
        "the style sheet": style.relative_to(output).as_posix(),
        "a file of the search": cards.relative_to(output).as_posix(),
    }


def loaded(wrk: str, address: str, what: str, path: str) -> int:
    """Load one file, print its line, and return how many requests failed."""
    command = [wrk, "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-H", "Accept-Encoding: gzip"]
    done = subprocess.run([*command, f"{address}{path}"], capture_output=True, text=True, check=True)
    rate, slow = FIGURES.search(done.stdout), SLOW.search(done.stdout)
    if rate is None or slow is None:
        raise RuntimeError(f"wrk says something else than it used to: {done.stdout}")
    refused, broken = REFUSED.search(done.stdout), BROKEN.search(done.stdout)
    faults = (int(refused[1]) if refused else 0) + sum(map(int, broken.groups() if broken else ()))
    print(f"{what:22} {float(rate[1]):>9,.0f} requests/s   99 % within {slow[1]:>8}   {faults} faults")
    return faults


if __name__ == "__main__":
    sys.exit(main())
