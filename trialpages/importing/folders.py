"""The folders of trials in the content, as an import sees them: what they hold, and what is put into them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from trialpages.importing.records import Held, held_of
from trialpages.importing.writing import put, put_new_folder
from trialpages.model.registry.fields import NCT_ID
from trialpages.read import sources

RECORD = "registry.json"


class Folders:
    """The trials of a site. `directory` is the site's folder, `content` the one of its content."""

    def __init__(self, directory: Path, content: Path) -> None:
        self._directory = directory
        self._trials = content / "trials"

    def shown(self, trial_id: str, name: str = RECORD) -> str:
        """Return the path of a trial's file as it is shown."""
        return sources.relative(self._directory, self._trials / trial_id / name)

    def shown_folder(self, trial_id: str) -> str:
        """Return the path of a trial's folder as it is shown."""
        return sources.relative(self._directory, self._trials / trial_id)

    def shown_path(self, path: object) -> str:
        """Return any path as it is shown; the folder of trials where there is none."""
        return sources.relative(self._directory, Path(str(path)) if path else self._trials)

    def exists(self, trial_id: str) -> bool:
        """Tell whether a trial has a folder."""
        return (self._trials / trial_id).is_dir()

    def has_record(self, trial_id: str) -> bool:
        """Tell whether a trial's folder has a record."""
        return (self._trials / trial_id / RECORD).is_file()

    def with_records(self) -> list[str]:
        """Return the trials with a number of the registry whose folders hold a record, in their order."""
        try:
            names = sorted(path.name for path in self._trials.iterdir() if NCT_ID.fullmatch(path.name))
        except (FileNotFoundError, NotADirectoryError):
            return []
        return [name for name in names if self.has_record(name)]

    def held(self, trial_id: str) -> Held | None:
        """Return the record that a trial's folder holds, or None. Raises OSError."""
        try:
            data = sources.read(self._trials, f"{trial_id}/{RECORD}")
        except (FileNotFoundError, NotADirectoryError):
            return None
        return held_of(data, self.shown(trial_id))

    def files(self, trial_id: str) -> dict[str, bytes]:
        """Return a folder's files that a trial is made of, by name. Raises OSError."""
        found = {}
        for file in sources.tree(self._directory, self._trials / trial_id):
            name = file.path.rpartition("/")[2]
            if name.endswith((".yaml", ".md", ".json")):
                found[name] = sources.read(self._directory, file.path)
        return found

    def put_record(self, trial_id: str, data: bytes) -> None:
        """Write a record into a folder that is there. Raises OSError; then the old record is untouched."""
        put(self._trials / trial_id / RECORD, data)

    def begin(self, trial_id: str, data: bytes, scaffold: Mapping[str, str]) -> None:
        """Make a new trial's folder with its record and the files that its editors begin with. Raises OSError."""
        files = {name: text.encode("utf-8") for name, text in scaffold.items()}
        if not put_new_folder(self._trials / trial_id, {**files, RECORD: data}):
            self.put_record(trial_id, data)
