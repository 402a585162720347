"""An event loop whose time is virtual: waiting takes no time, and every run is the same.

Tasks run in the order in which they became ready, as asyncio promises; when none is ready, the
clock jumps to the next timer. So a scenario of a minute with hundreds of network delays takes
milliseconds, and depends on nothing but its seed.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Mapping
from typing import TypeVar

__all__ = ["VirtualLoop", "pass_time", "run_virtually"]

T = TypeVar("T")


class _NoSelector(selectors.SelectSelector):
    """Instead of waiting for files, moves the clock."""

    def __init__(self, advance: Callable[[float], None]) -> None:
        super().__init__()
        self._advance = advance

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Wait for `timeout` seconds of virtual time."""
        assert timeout is not None, "everything waits, and nothing will ever happen"
        self._advance(timeout)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An asyncio loop on virtual time."""

    def __init__(self) -> None:
        self._virtual_s = 0.0
        super().__init__(_NoSelector(self._advance))

    def _advance(self, seconds: float) -> None:
        self._virtual_s += max(seconds, 0.0)

    def time(self) -> float:
        """Return the virtual time in seconds; it begins at 0."""
        return self._virtual_s


def run_virtually(main: Callable[[], Coroutine[None, None, T]]) -> T:
    """Run a coroutine function to its end on virtual time; what it leaves behind is cancelled."""
    loop = VirtualLoop()
    failures: list[str] = []

    def note(_: asyncio.AbstractEventLoop, context: Mapping[str, object]) -> None:
        failures.append(str(context))

    loop.set_exception_handler(note)
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        result = runner.run(main())
    assert not failures, failures
    return result


async def pass_time(seconds: float) -> None:
    """Let virtual time pass; others run meanwhile."""
    loop = asyncio.get_running_loop()
    passed: asyncio.Future[None] = loop.create_future()
    timer = loop.call_later(seconds, passed.set_result, None)
    try:
        await passed
    finally:
        timer.cancel()
