"""One deploy: compare, refuse or claim, bring what is new in order, delete last, and write down what stands.

Nothing is changed before every refusal is behind it. Then the list claims what will be there; from that moment the
deploy may be cut anywhere, and the next one goes on: it finds what went out by its mark, and brings the rest. Where
the store knows conditional writes, two deploys cannot both claim the same list, and one that was overtaken stops
before its next step. One that found another's claim looks at the end whether all is as it brought it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace

from trialpages.deploying.built import BuiltSite
from trialpages.deploying.deployed import Deployed, decoded, encoded
from trialpages.deploying.faults import DeployError
from trialpages.deploying.guard import Guard, check_guard
from trialpages.deploying.order import deletes_in_order, in_phases
from trialpages.deploying.outcome import Outcome
from trialpages.deploying.parallel import each_done
from trialpages.deploying.plan import Plan, SiteFile, claimed, finished, plan
from trialpages.deploying.store import Held, Known, Store, Upload
from trialpages.words.fields import record

NAMED = 3
HOME = "index.html"
"""The file that a server shows for a page's address."""

Progress = Callable[[str, int, int], None]


@record
class Terms:
    """What was asked for."""

    guard: Guard
    is_dry_run: bool
    overwrites: bool
    """Whether files that were not deployed from here may be replaced."""


def deploy(site: BuiltSite, store: Store, terms: Terms, outcome: Outcome, progress: Progress) -> None:
    """Bring the site to the store, and count what is done in the outcome. Raises `DeployError`."""
    if terms.is_dry_run:
        _deploy(site, store, terms, outcome, progress)
        return
    with store.alone():
        _deploy(site, store, terms, outcome, progress)


def _deploy(site: BuiltSite, store: Store, terms: Terms, outcome: Outcome, progress: Progress) -> None:
    progress("looking at what is there", 0, 0)
    data, version = store.read_list()
    found_list = decoded(data)
    deployed = found_list or Deployed()
    held = store.listing(_known(site, deployed))
    files = site.files if store.keeps_headers else _without_headers(site)
    site = replace(site, files=files)
    found = plan(files, site.edition, deployed, held, keeps_headers=store.keeps_headers)
    _note(outcome, site, found, is_list_unreadable=data is not None and found_list is None)
    _refuse(found, terms, outcome)
    phases = in_phases(found.uploads, lambda path: files[path].is_lasting)
    outcome.planned = len(found.uploads)
    outcome.unchanged = len(found.unchanged)
    outcome.staying = len(found.staying)
    outcome.uploads = [path for _, paths in phases for path in paths]
    outcome.deletes = [path for _, paths in deletes_in_order(found.deletes) for path in paths]
    if terms.is_dry_run:
        outcome.uploaded, outcome.deleted = len(found.uploads), len(found.deletes)
        outcome.bytes = sum(files[path].size for path in found.uploads)
        return
    _Run(site, store, outcome, progress).carry_out(found, deployed, held, version)


class _Run:
    """A deploy that changes something."""

    def __init__(self, site: BuiltSite, store: Store, outcome: Outcome, progress: Progress) -> None:
        self._site = site
        self._store = store
        self._outcome = outcome
        self._progress = progress

    def carry_out(
        self, found: Plan, deployed: Deployed, held: Mapping[str, Held], version: str | None
    ) -> None:
        """Do what is planned; where nothing is, only bring the list up to date if it is not."""
        files, run = self._site.files, uuid.uuid4().hex
        claim = claimed(found, files, self._site.edition, deployed, held, run)
        if found.is_nothing and not deployed.is_unfinished:
            if claim.entries != deployed.entries or claim.edition != deployed.edition:
                self._store.write_list(encoded(replace(claim, is_unfinished=False)), version)
            return
        version = self._store.write_list(encoded(claim), version)
        marks = self._bring(found.uploads, version)
        self._remove(found, version)
        if deployed.is_unfinished:
            marks |= self._mend({path: files[path].md5 for path in files}, claim, marks, version)
        done = finished(claim, found, files, marks)
        self._store.write_list(encoded(done), version)

    def _bring(self, paths: tuple[str, ...], version: str) -> dict[str, str]:
        """Upload in order, and return the store's marks."""
        files, marks, done = self._site.files, {}, 0
        for name, each in in_phases(paths, lambda path: files[path].is_lasting):
            self._check_not_overtaken(version)
            for path, mark in each_done(self._put, each, self._store.threads):
                marks[path] = mark
                done += 1
                self._outcome.uploaded += 1
                self._outcome.bytes += files[path].size
                self._progress(f"deploying {name}", done, len(paths))
        return marks

    def _put(self, path: str) -> str:
        file = self._site.files[path]
        source = self._site.output / path
        return self._store.put(Upload(path=path, source=source, md5=file.md5, headers=file.headers))

    def _remove(self, found: Plan, version: str) -> None:
        for name, each in deletes_in_order(found.deletes):
            self._check_not_overtaken(version)
            for _ in each_done(self._store.delete, each, self._store.threads):
                self._outcome.deleted += 1
                self._progress(f"deleting {name}", self._outcome.deleted, len(found.deletes))

    def _mend(
        self, wanted: Mapping[str, str], claim: Deployed, marks: Mapping[str, str], version: str
    ) -> dict[str, str]:
        """Bring again what another deploy, cut or still running, has left otherwise than we brought it."""
        expected = {
            path: frozenset(filter(None, (md5, marks.get(path), claim.entries[path].etag)))
            for path, md5 in wanted.items()
        }
        held = self._store.listing({path: Known(etags=etags) for path, etags in expected.items()})
        wrong = [path for path in wanted if path not in held or held[path].etag not in expected[path]]
        if not wrong:
            return {}
        return self._bring(tuple(wrong), version)

    def _check_not_overtaken(self, version: str) -> None:
        if not self._store.is_still(version):
            raise overtaken()


def overtaken() -> DeployError:
    """Return the refusal of a deploy whose list somebody else has claimed."""
    return DeployError(
        "another deploy to the same place has begun meanwhile, and this one has stopped",
        "let the other one end; the same command then says whether anything is left to do",
    )


def _known(site: BuiltSite, deployed: Deployed) -> dict[str, Known]:
    known: dict[str, Known] = {}
    for path in site.files.keys() | deployed.entries.keys():
        file, entry = site.files.get(path), deployed.entries.get(path)
        known[path] = Known(
            etags=frozenset(filter(None, (entry.etag, entry.earlier))) if entry else frozenset(),
            sizes=frozenset(each.size for each in (file, entry) if each),
        )
    return known


def _without_headers(site: BuiltSite) -> dict[str, SiteFile]:
    return {path: replace(file, headers={}, headers_digest="-") for path, file in site.files.items()}


def _note(outcome: Outcome, site: BuiltSite, found: Plan, *, is_list_unreadable: bool) -> None:
    if site.is_unchecked:
        outcome.notes.append(
            "the build's memory is not in the cache folder, so nobody knows whether a file of the output was changed by hand"
        )
    if is_list_unreadable:
        outcome.notes.append(
            "the list of what was deployed cannot be read, so more is uploaded than has changed"
        )
    gone = _left_without_a_word(found)
    if gone:
        outcome.notes.append(
            f"public pages that go and leave nothing in their place: {len(gone):,} ({', '.join(gone[:NAMED])}); "
            "for a redirect or a page that says so, build with --previous and the public site.json"
        )
    if found.meddled:
        examples = ", ".join(found.meddled[:NAMED])
        outcome.notes.append(
            f"changed there by somebody else since the last deploy: {len(found.meddled):,} of our files ({examples}); "
            "those of the site are replaced, others are left alone"
        )


def _left_without_a_word(found: Plan) -> tuple[str, ...]:
    """Return the addresses that will answer "not found"; what lies below a trial's page goes with it."""
    pages = (path.removesuffix(HOME) for path in found.missed if path.endswith(f"/{HOME}"))
    return tuple(page for page in pages if not (page.startswith("trials/") and page.count("/") > 2))


def _refuse(found: Plan, terms: Terms, outcome: Outcome) -> None:
    if found.strangers and not terms.overwrites:
        examples = ", ".join(found.strangers[:NAMED])
        raise DeployError(
            f"{outcome.destination} holds other files under names of this site's files, "
            f"not deployed from here: {len(found.strangers):,} ({examples})",
            "nothing was changed; check the destination, or add --overwrite to replace them",
        )
    check_guard(terms.guard, found.missed, found.countable)
