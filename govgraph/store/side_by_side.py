"""Several queries of one store asked side by side: one is planned, or waits for its own, while another is answered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from govgraph.store.protocol import Table

    Query = tuple[str, Mapping[str, Any]]

AT_ONCE = 2  # queries; their answers are held until they are taken
SOON = 0.02  # seconds until a query that was stopped is stopped again: it may not have begun


def side_by_side(
    ask: Callable[[str, Mapping[str, Any]], Table], queries: Sequence[Query], stop: Callable[[], None] | None = None
) -> Iterator[Table]:
    """Yield the answers of some queries, in their order.

    Args:
        ask: answers one, on whatever thread.
        queries: each with its parameters.
        stop: ends those that run. Where one fails or no more answers are wanted it is called until none runs; without
            it they are left to themselves.
    """
    if len(queries) == 1:
        yield ask(*queries[0])
        return
    pool = ThreadPoolExecutor(AT_ONCE)
    answers = [pool.submit(ask, *query) for query in queries]
    try:
        for answer in answers:
            yield answer.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        begun = [answer for answer in answers if not answer.cancelled()]
        while stop and wait(begun, SOON).not_done:
            stop()
