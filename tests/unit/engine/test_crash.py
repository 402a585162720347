"""Stories of the one way in which a process ends."""

import asyncio
import subprocess
import sys

import pytest

from streams.engine.crash import CRASHED, CrashError, crash_only
from tests.unit.engine.engine_parts import raise_crash


def test_whatever_goes_wrong_ends_the_process() -> None:
    """No exception of ours is left to somebody who might go on."""

    @crash_only(raise_crash)
    async def fail() -> None:
        raise ValueError("unforeseen")

    with pytest.raises(CrashError):
        asyncio.run(fail())


def test_what_goes_right_goes_on() -> None:
    """With its answer."""

    @crash_only(raise_crash)
    async def answer(number: int) -> int:
        return number + 1

    assert asyncio.run(answer(1)) == 2


def test_a_cancellation_is_no_crash() -> None:
    """Tasks are cancelled at every orderly end."""

    @crash_only(raise_crash)
    async def cancelled() -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled())


def test_the_end_leaves_its_code_and_its_reason() -> None:
    """Supervisors read the code, people the log."""
    story = "from streams.engine.crash import die; print('said', end=''); die('no more paper')"
    run = subprocess.run([sys.executable, "-c", story], capture_output=True, text=True, check=False)
    assert run.returncode == CRASHED == 70
    assert run.stdout == "said"
    assert "no more paper" in run.stderr
