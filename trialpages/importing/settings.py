"""How the registry is asked: where, how often, how long, how much."""

from __future__ import annotations

from trialpages.words.fields import record


@record
class ClientSettings:
    """How the registry is asked. The defaults are polite: the registry names no limit, others quote 50 a minute."""

    address: str = "https://clinicaltrials.gov/api/v2"
    requests_per_minute: float = 40
    connect_seconds: float = 10
    timeout_seconds: float = 60
    """Without one byte, before an answer counts as lost."""
    longest_answer_seconds: float = 600
    """For one whole answer, however steadily it drips."""
    attempts: int = 5
    """At one request, when the fault may pass."""
    longest_wait_seconds: float = 300
    """That the registry may ask for between two attempts; beyond it the person decides."""
    largest_body_bytes: int = 256_000_000
    """Of an unpacked answer."""
    batch: int = 100
    """Studies in one request; by number at most 500, since their numbers stand in the address."""
