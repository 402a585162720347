"""Runs a worker's Faust app in this process, from the first connection to the last commit.

Faust's own command line is not used: it would read our flags, colour our logs and take seconds to
stop. A worker ends in one of two ways. Asked to (SIGTERM, SIGINT), it stops the flow, writes a last
checkpoint, commits, says good-bye to the group, and is gone within `DRAIN_S`. In all other cases it
ends at once (`crash.py`), and the next start finds everything it needs in the topics.
"""

import asyncio
import logging
import os
import signal
import time
from typing import Final, Never

from streams.engine.crash import die
from streams.engine.transport_app import EngineApp
from streams.engine.watchdog import Watchdog

__all__ = ["DRAIN_S", "run_worker"]

DRAIN_S: Final = 5.0
_LOOK_S: Final = 1.0
_log = logging.getLogger(__name__)


def run_worker(app: EngineApp, stall_s: float) -> Never:
    """Run until a signal asks for the end; then hand over, and end this process with 0.

    Args:
        app: From `build_app`.
        stall_s: How long a partition with a backlog may make no progress.

    Raises:
        UnavailableError: No broker answers at the start.
    """
    asyncio.run(_serve(app, stall_s))
    raise AssertionError("a worker ends its process")


async def _serve(app: EngineApp, stall_s: float) -> Never:
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    running = asyncio.create_task(_run(app))
    ending = asyncio.create_task(asked.wait())
    watching = asyncio.create_task(_watch(app, stall_s))
    done, _ = await asyncio.wait((running, ending, watching), return_when=asyncio.FIRST_COMPLETED)
    if ending not in done:
        (running if running in done else watching).result()
        die(f"Faust has ended: {app.crash_reason!r}")
    await _drain(app)


async def _run(app: EngineApp) -> None:
    await app.start()
    await app.wait_until_stopped()


async def _watch(app: EngineApp, stall_s: float) -> None:
    watchdog = Watchdog(stall_s)
    while True:
        await asyncio.sleep(_LOOK_S)
        stalled = watchdog.look(time.monotonic(), app.gauges())
        if stalled is not None:
            slot, what, position, end = stalled
            die(
                f"{slot.topic}/{slot.partition}: {what} stands still at {position} of {end} "
                f"for more than {stall_s:g} s"
            )


async def _drain(app: EngineApp) -> Never:
    """Hand over, and end: there is nothing left that would need an orderly end."""
    began = time.monotonic()
    try:
        async with asyncio.timeout(DRAIN_S):
            await app.hand_over()
    except TimeoutError:
        die(f"could not hand over within {DRAIN_S:g} s; the next owner replays what is missing")
    _log.info("handed over in %.2f s", time.monotonic() - began)
    logging.shutdown()
    os._exit(0)
