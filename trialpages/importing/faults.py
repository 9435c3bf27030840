"""The one way in which asking the registry fails: a fault with a code of the catalogue, and what helps."""

from __future__ import annotations

OTHER_WAY = "or download the record in a browser and import the file: import FILE.json"


class RegistryFault(Exception):  # noqa: N818 - a fault of the registry or of the way to it, not of ours
    """The registry cannot be asked, or its answer cannot be used."""

    def __init__(self, code: str, what: str, help: str | None = None) -> None:  # noqa: A002 - as in Diagnostic
        super().__init__(what)
        self.code = code
        self.what = what
        self.help = help


class PassingFault(Exception):  # noqa: N818 - as above
    """A fault that may be gone in a moment: what it is if it stays, and the wait that the registry asked for."""

    def __init__(self, fault: RegistryFault, wait_seconds: float | None = None) -> None:
        super().__init__(fault.what)
        self.fault = fault
        self.wait_seconds = wait_seconds
