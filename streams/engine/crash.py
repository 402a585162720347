"""Crash-only: the one way in which this process ends when something is not as it must be.

A worker that is killed at any moment loses nothing (docs/adr/0011), so the safest answer to an
unforeseen state is to be killed. No half-working worker, no recovery code that is never
tried: the next start takes the same road as after a power cut.
"""

import functools
import logging
import os
import sys
from collections.abc import Callable, Coroutine
from typing import Final, Never, ParamSpec, TypeVar

__all__ = ["CRASHED", "CrashError", "Die", "crash_only", "die"]

CRASHED: Final = 70
"""Exit code of a process that ended itself (`EX_SOFTWARE` of sysexits)."""

Die = Callable[[str], Never]
"""Ends the process, saying why; a test's own raises `CrashError` instead."""

_P = ParamSpec("_P")
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class CrashError(BaseException):
    """Stands for the end of a process where several live in one (simulation)."""


def die(why: str) -> Never:
    """End this process at once: nothing is flushed, nobody is told but the log."""
    _log.critical("crash: %s", why)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(CRASHED)


_Running = Coroutine[None, None, _T]


def crash_only(die: Die) -> Callable[[Callable[_P, _Running[_T]]], Callable[_P, _Running[_T]]]:
    """Make any exception out of a coroutine function end the process."""

    def wrap(function: Callable[_P, _Running[_T]]) -> Callable[_P, _Running[_T]]:
        @functools.wraps(function)
        async def run(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            try:
                return await function(*args, **kwargs)
            except Exception:  # noqa: BLE001 - whatever it is, it was not foreseen
                _log.exception("%s failed", function.__qualname__)
                die(f"{function.__qualname__} failed")

        return run

    return wrap
