"""Whether an address leads to something: the files of a site as it will be published, and what a page breaks of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from trialpages.pages.addresses import Grounds, Target, target
from trialpages.pages.links_in_files import Link, Linked, line_of
from trialpages.words.fields import record
from trialpages.words.suggest import nearest

NOWHERE, PLACE, TOP = "nowhere", "place", "top"


@record
class SitePaths:
    """Every file of a site by its path in the output, the folders that hold them, and where the site will stand."""

    files: frozenset[str]
    folders: frozenset[str]
    awaited: tuple[str, ...]
    """Beginnings of paths that could not be made this time; what leads there is taken for right."""
    grounds: Grounds


@record
class Broken:
    """An address that leads nowhere, or to a place (`fragment`) that its page does not have."""

    kind: str
    """`NOWHERE`, `PLACE`, or `TOP` for an address that forgets the path below which the site stands."""
    address: str
    path: str
    """The file that is not there, or that has no such place."""
    fragment: str
    line: int
    guess: str = ""
    """The name of the place that was meant."""

    def with_guess(self, guess: str) -> Broken:
        """Return the same with the name of the place that was meant."""
        return replace(self, guess=guess)


@record
class FileFaults:
    """What one published file breaks, and what it wants of others."""

    path: str
    broken: tuple[Broken, ...] = ()
    wanted: tuple[Broken, ...] = ()
    """Places on other pages; broken where those pages do not have them."""
    repeated_ids: tuple[tuple[str, int], ...] = ()
    silent_images: tuple[tuple[str, int], ...] = ()
    """Address and line of each image without words."""


def site_paths(files: Iterable[str], awaited: Iterable[str], grounds: Grounds) -> SitePaths:
    """Return the paths of a site, with all folders above them."""
    known = frozenset(files)
    folders: set[str] = {""}
    for path in known:
        folder = path.rpartition("/")[0]
        while folder and f"{folder}/" not in folders:
            folders.add(f"{folder}/")
            folder = folder.rpartition("/")[0]
    return SitePaths(files=known, folders=frozenset(folders), awaited=tuple(sorted(awaited)), grounds=grounds)


def file_faults(path: str, text: str, linked: Linked, site: SitePaths) -> FileFaults:
    """Return what a file breaks; places on other pages are `wanted`, since only those pages know them."""
    broken: list[Broken] = []
    wanted: list[Broken] = []
    for link in linked.links:
        place = target(link.address, path, site.grounds)
        if place is None:
            meant = _at_the_top(link, path, site)
            if meant is not None:
                broken.append(_broken(TOP, link, meant, text))
        elif not is_there(place, link, site):
            broken.append(_broken(NOWHERE, link, place, text))
        elif place.fragment and not link.is_data and place.path != path:
            wanted.append(_broken(PLACE, link, place, text))
        elif place.fragment and not link.is_data and place.fragment not in linked.ids:
            guess = nearest(place.fragment, sorted(linked.ids)) or ""
            broken.append(_broken(PLACE, link, place, text).with_guess(guess))
    return FileFaults(
        path=path,
        broken=tuple(broken),
        wanted=tuple(each for each in wanted if each.path.endswith(".html")),
        repeated_ids=tuple((name, line_of(text, at)) for name, at in linked.repeated_ids),
        silent_images=tuple((image.address, line_of(text, image.at)) for image in linked.silent_images),
    )


def is_there(place: Target, link: Link, site: SitePaths) -> bool:
    """Say whether the site has the file that an address leads to."""
    path = place.path
    if path in site.files or any(path.startswith(beginning) for beginning in site.awaited):
        return True
    if not link.is_folder:
        return False
    folder = f"{path.removesuffix('index.html').rstrip('/')}/"
    return folder in site.folders or any(path.startswith(each.rstrip("/")) for each in site.awaited)


def _at_the_top(link: Link, path: str, site: SitePaths) -> Target | None:
    """Return the file that `/...` was meant to lead to, when the site stands below the top of its server."""
    if not link.address.startswith("/") or link.address.startswith("//"):
        return None
    meant = target(f"{site.grounds.path.rstrip('/')}{link.address}", path, site.grounds)
    return meant if meant is not None and is_there(meant, link, site) else None


def _broken(kind: str, link: Link, place: Target, text: str) -> Broken:
    return Broken(
        kind=kind,
        address=link.address,
        path=place.path,
        fragment=place.fragment,
        line=line_of(text, link.at),
    )
