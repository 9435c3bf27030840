"""What the machine raises. The command line catches these without importing the machine."""

from __future__ import annotations


class UnitError(Exception):
    """A fault in the generator while it worked on one unit."""

    def __init__(self, unit: str, detail: str) -> None:
        super().__init__(unit, detail)
        self.unit = unit
        self.detail = detail

    def __str__(self) -> str:
        return f"while working on {self.unit}\n{self.detail}"


class ForeignFilesError(Exception):
    """The output folder holds files that we did not write."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(paths)
        self.paths = paths


class LockedError(Exception):
    """Another process is building the same site."""

    def __init__(self, owner: str) -> None:
        super().__init__(owner)
        self.owner = owner
