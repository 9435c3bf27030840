"""The parallel map: one function over many units, in chunks, over one or more processes.

With one job the same function runs in line, in the same order, on the same state. Units carry ids
and keys; what every unit needs is the *state*, handed to each worker once. Results come back in
the order of the units, whatever the number of jobs.

A unit never raises for content. If it raises all the same, that is a fault of ours: it is reported
as `UnitError` with the unit's name and the traceback of the worker.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, TypeVar

from trialpages.machine.faults import UnitError

State = TypeVar("State")
U = TypeVar("U")
R = TypeVar("R")

LARGEST_CHUNK = 200
"""Units; small enough that the last chunk does not leave the other workers idle for long."""

SMALLEST_PARALLEL = 24
"""Units; starting workers costs more than making fewer than this."""


class _Worker(Generic[State]):
    """What a worker process holds between chunks."""

    state: Any = None


def parallel_map(
    function: Callable[[State, U], R],
    units: Sequence[U],
    *,
    state: State,
    jobs: int,
    name: Callable[[U], str],
) -> Iterator[R]:
    """Yield `function(state, unit)` for every unit, in order, over `jobs` processes.

    Raises `UnitError` when a unit raises or a worker is killed.
    """
    if jobs <= 1 or len(units) < SMALLEST_PARALLEL:
        for unit in units:
            yield _guarded(function, state, unit, name)
        return
    size = max(1, min(LARGEST_CHUNK, len(units) // (jobs * 4) or 1))
    chunks = [units[start : start + size] for start in range(0, len(units), size)]
    # Forking is quick and shares the state, but is not safe beside running threads.
    forks = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if forks else "spawn")
    with ProcessPoolExecutor(jobs, context, _start, (state,)) as executor:
        futures: list[Future[list[R]]] = []
        try:
            futures.extend(executor.submit(_run_chunk, function, chunk, name) for chunk in chunks)
            for position, future in enumerate(futures):
                yield from _result(future, chunks[position], name)
                futures[position] = Future()
        except BaseException:
            executor.shutdown(wait=True, cancel_futures=True)
            raise


def _result(future: Future[list[R]], chunk: Sequence[U], name: Callable[[U], str]) -> list[R]:
    try:
        return future.result()
    except BrokenProcessPool as broken:
        span = f"{name(chunk[0])} to {name(chunk[-1])}"
        raise UnitError(span, "A worker process was killed; the machine may be short of memory.") from broken


def _start(state: Any) -> None:
    # Ctrl-C is answered by the parent alone, which then ends the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Worker.state = state


def _run_chunk(function: Callable[[Any, U], R], chunk: Sequence[U], name: Callable[[U], str]) -> list[R]:
    return [_guarded(function, _Worker.state, unit, name) for unit in chunk]


def _guarded(function: Callable[[Any, U], R], state: Any, unit: U, name: Callable[[U], str]) -> R:
    try:
        return function(state, unit)
    except OSError:
        raise
    except Exception:
        raise UnitError(name(unit), traceback.format_exc()) from None
