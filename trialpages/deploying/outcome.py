"""What became of a deploy, for people and for tools."""

from __future__ import annotations

from dataclasses import dataclass, field

SHOWN = 20
"""Files that a dry run names of each kind; all of them with --verbose."""


@dataclass(slots=True)
class Outcome:
    """Counts are files, sizes bytes; what a dry run would do counts as done."""

    destination: str
    is_dry_run: bool
    planned: int = 0
    """Uploads that were to be made."""
    uploaded: int = 0
    unchanged: int = 0
    deleted: int = 0
    staying: int = 0
    """Files of the edition before that open pages may still ask for."""
    bytes: int = 0
    """Of the uploads."""
    seconds: float = 0.0
    failure: str = ""
    help: str = ""
    notes: list[str] = field(default_factory=list)
    uploads: list[str] = field(default_factory=list)
    """Paths, in the order in which they go out."""
    deletes: list[str] = field(default_factory=list)


def plain_values(outcome: Outcome) -> dict[str, object]:
    """Return the report for tools; the same fields always, whatever has happened."""
    return {
        "destination": outcome.destination,
        "dry_run": outcome.is_dry_run,
        "uploaded": outcome.uploaded,
        "planned": outcome.planned,
        "unchanged": outcome.unchanged,
        "deleted": outcome.deleted,
        "staying": outcome.staying,
        "bytes": outcome.bytes,
        "seconds": round(outcome.seconds, 4),
        "failure": outcome.failure or None,
        "help": outcome.help or None,
        "notes": outcome.notes,
        "uploads": outcome.uploads,
        "deletes": outcome.deletes,
    }


def as_text(outcome: Outcome, *, lists_all: bool) -> str:
    """Return the report for people: notes, what a dry run would do, and a line of figures."""
    lines = [f"note: {note}" for note in outcome.notes]
    if outcome.is_dry_run or lists_all:
        lines += _named("upload", outcome.uploads, lists_all=lists_all)
        lines += _named("delete", outcome.deletes, lists_all=lists_all)
    if not outcome.failure:
        lines.append(_figures(outcome))
    elif outcome.planned:
        lines.append(
            f"stopped: {outcome.uploaded:,} of {outcome.planned:,} uploaded, {outcome.deleted:,} deleted, "
            f"{_size(outcome.bytes)}, {outcome.seconds:.1f} s"
        )
    return "".join(f"{line}\n" for line in lines)


def _figures(outcome: Outcome) -> str:
    begins = "would be: " if outcome.is_dry_run else ""
    staying = f" ({outcome.staying:,} more when the next edition is deployed)" if outcome.staying else ""
    return (
        f"{begins}{outcome.uploaded:,} uploaded, {outcome.unchanged:,} unchanged, "
        f"{outcome.deleted:,} deleted{staying}, {_size(outcome.bytes)}, {outcome.seconds:.1f} s"
    )


def _named(verb: str, paths: list[str], *, lists_all: bool) -> list[str]:
    shown = paths if lists_all else paths[:SHOWN]
    lines = [f"{verb}  {path}" for path in shown]
    if len(paths) > len(shown):
        lines.append(f"{verb}  ... and {len(paths) - len(shown):,} more (--verbose names all)")
    return lines


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:,.1f} MB" if size_bytes >= 1e5 else f"{size_bytes / 1e3:.1f} kB"
