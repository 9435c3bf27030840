"""What one deploy will do: a pure comparison of the built site, the list, and what lies in the destination.

Unchanged is a file of which the list and the destination agree that it holds the same content with the same
headers; all else is uploaded. Deleted is only what the list claims and the destination still holds as we left it.
What is named by its content stays for one edition more than the pages that ask for it: a deploy of the same
edition, also one that goes on after a cut, never brings that moment nearer.
"""

from __future__ import annotations

from collections.abc import Mapping

from trialpages.deploying.deployed import Deployed, Entry
from trialpages.deploying.order import COMPRESSED
from trialpages.deploying.store import Held
from trialpages.words.fields import record


@record
class SiteFile:
    """One file of the built site."""

    path: str
    size: int
    md5: str
    headers: Mapping[str, str]
    headers_digest: str
    is_lasting: bool


@record
class Plan:
    """What is to be done, and what is not."""

    uploads: tuple[str, ...]
    unchanged: tuple[str, ...]
    deletes: tuple[str, ...]
    staying: tuple[str, ...]
    """Files of the edition before that open pages may still ask for."""
    strangers: tuple[str, ...]
    """Uploads that replace a file which was not deployed from here."""
    meddled: tuple[str, ...]
    """Uploads and files left alone that somebody else has changed since they were deployed."""
    missed: tuple[str, ...]
    """The deletes that the guard counts."""
    countable: int
    """Of how many files of ours the guard counts them."""

    @property
    def is_nothing(self) -> bool:
        """Whether no file is to be touched."""
        return not self.uploads and not self.deletes


def plan(
    files: Mapping[str, SiteFile],
    edition: str,
    deployed: Deployed,
    held: Mapping[str, Held],
    *,
    keeps_headers: bool,
) -> Plan:
    """Compare, and say what is to be done."""
    entries = deployed.entries
    uploads: list[str] = []
    unchanged: list[str] = []
    strangers: list[str] = []
    meddled: list[str] = []
    for path, file in files.items():
        lying, entry = held.get(path), entries.get(path)
        if lying is not None and _is_as_wanted(file, lying, entry, keeps_headers=keeps_headers):
            unchanged.append(path)
            continue
        uploads.append(path)
        if lying is None or lying.etag == file.md5:
            continue
        if entry is None:
            strangers.append(path)
        elif not entry.is_ours(lying):
            meddled.append(path)
    gone = {path: entry for path, entry in entries.items() if path not in files and path in held}
    meddled += [path for path, entry in gone.items() if not entry.is_ours(held[path])]
    ours = {path: entry for path, entry in gone.items() if entry.is_ours(held[path])}
    staying = tuple(path for path, entry in ours.items() if entry.is_lasting and entry.left in ("", edition))
    kept = set(staying)
    deletes = tuple(path for path in ours if path not in kept)
    return Plan(
        uploads=tuple(uploads),
        unchanged=tuple(unchanged),
        deletes=deletes,
        staying=staying,
        strangers=tuple(strangers),
        meddled=tuple(meddled),
        missed=tuple(path for path in deletes if _counts(path, entries)),
        countable=sum(1 for path in entries if path in held and _counts(path, entries)),
    )


def claimed(
    found: Plan,
    files: Mapping[str, SiteFile],
    edition: str,
    deployed: Deployed,
    held: Mapping[str, Held],
    run: str,
) -> Deployed:
    """Return the list as it must be before anything is changed: what lies there, and what will."""
    old = deployed.entries
    entries = {path: old[path] for path in found.deletes}
    entries |= {path: _left(old[path], edition) for path in found.staying}
    entries |= {path: _standing(files[path], held[path], old.get(path)) for path in found.unchanged}
    for path in found.uploads:
        file, lying, entry = files[path], held.get(path), old.get(path)
        was_ours = lying is not None and entry is not None and entry.is_ours(lying)
        # The mark of the same content cannot tell whether new headers have arrived.
        is_same_content = lying is not None and lying.etag == file.md5
        entries[path] = Entry(
            md5=file.md5,
            size=file.size,
            headers="" if is_same_content else file.headers_digest,
            earlier=lying.etag if lying is not None and was_ours else "",
            is_lasting=file.is_lasting,
        )
    return Deployed(edition=edition, is_unfinished=True, run=run, entries=entries)


def finished(
    claim: Deployed, found: Plan, files: Mapping[str, SiteFile], marks: Mapping[str, str]
) -> Deployed:
    """Return the list when all is done; `marks` are what the store answered to each upload."""
    gone = set(found.deletes)
    entries = {path: entry for path, entry in claim.entries.items() if path not in gone}
    entries |= {path: _brought(files[path], mark) for path, mark in marks.items()}
    return Deployed(edition=claim.edition, run=claim.run, entries=entries)


def _is_as_wanted(file: SiteFile, lying: Held, entry: Entry | None, *, keeps_headers: bool) -> bool:
    if lying.size != file.size:
        return False
    if entry is None:
        return not keeps_headers and lying.etag == file.md5
    return entry.md5 == file.md5 and entry.headers == file.headers_digest and entry.holds(lying)


def _brought(file: SiteFile, mark: str) -> Entry:
    return Entry(
        md5=file.md5,
        size=file.size,
        headers=file.headers_digest,
        etag="" if mark == file.md5 else mark,
        is_lasting=file.is_lasting,
    )


def _standing(file: SiteFile, lying: Held, entry: Entry | None) -> Entry:
    return _brought(file, lying.stamp or (entry.etag if entry and entry.etag else lying.etag))


def _left(entry: Entry, edition: str) -> Entry:
    return Entry(
        md5=entry.md5,
        size=entry.size,
        headers=entry.headers,
        etag=entry.etag,
        earlier=entry.earlier,
        is_lasting=True,
        left=edition,
    )


def _counts(path: str, entries: Mapping[str, Entry]) -> bool:
    """Say whether readers would miss the file: it is no asset, and no second form of another file."""
    if entries[path].is_lasting:
        return False
    return not (path.endswith(COMPRESSED) and path[:-3] in entries)
