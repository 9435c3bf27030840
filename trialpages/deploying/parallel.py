"""Several files on their way at once; the first failure stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def each_done(function: Callable[[T], R], items: Sequence[T], threads: int) -> Iterator[tuple[T, R]]:
    """Yield every item with its result as soon as it is there.

    When one fails, or the caller leaves, what has begun is awaited, nothing more is begun, and the failure is raised.
    """
    if not items:
        return
    with ThreadPoolExecutor(min(threads, len(items))) as pool:
        waiting = iter(items)
        under_way: dict[Future[R], T] = {}
        try:
            while True:
                for item in waiting:
                    under_way[pool.submit(function, item)] = item
                    if len(under_way) >= threads * 2:
                        break
                if not under_way:
                    return
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    yield under_way.pop(future), future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
