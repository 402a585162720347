"""Writing apart from the event loop, so that what hangs holds up itself alone.

A disk that is gone and a pipe that nobody reads can hold a thread for ever. The threads of the loop
are few and resolve the names of every other channel, so each place has one of its own, and it is
given no second task before it is done with the first. It does not hold up the end of the process.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread

from streams.sinks.sink import Delivered, Outcome, TryAgain

__all__ = ["Apart"]


class Apart:
    """One place that is written to, one thing after the other."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._last: Future[None] | None = None

    async def write(self, deed: Callable[[], None], failed: str) -> Outcome:
        """Write apart from the event loop, and return what came of it.

        Args:
            deed: Writes, and raises `OSError` if that cannot be.
            failed: Why it is to be tried again then, in a fixed word.

        Returns:
            `busy` if an earlier write still hangs whose try has been given up.
        """
        async with self._turn:
            if self._last is not None and not self._last.done():
                return TryAgain("busy")
            self._last = _begun(deed)
            try:
                await asyncio.wrap_future(self._last)
            except OSError:
                return TryAgain(failed)
            return Delivered()


def _begun(deed: Callable[[], None]) -> Future[None]:
    """Begin a deed in a thread that ends with the process, if not before."""
    future = Future[None]()
    future.set_running_or_notify_cancel()

    def run() -> None:
        try:
            deed()
        except Exception as error:  # noqa: BLE001 - whoever waits for it gets it
            future.set_exception(error)
        else:
            future.set_result(None)

    Thread(target=run, name="sink", daemon=True).start()
    return future
