"""No test waits by the clock where the clock can be handed in."""

import pytest

from tests.tidy.sleeps import WAITING_PLACES, sleeps
from tests.tidy.tree import complaints, under


def test_no_test_sleeps() -> None:
    """Only tests against real processes may wait for them."""
    ours = [
        source
        for source in under("tests", suffix=".py")
        if not source.path.startswith(WAITING_PLACES)
    ]
    assert "" == complaints(sleeps, ours)


@pytest.mark.parametrize(
    "line",
    ["time.sleep(1)", "await asyncio.sleep(0.1)", "from time import sleep", "wait = time.sleep"],
)
def test_a_sleep_is_found(line: str) -> None:
    """Called, imported or handed on, it is one."""
    text = f"async def f():\n    {line}\n"
    assert [2] == [int(complaint.split(":")[0]) for complaint in sleeps(text)]


@pytest.mark.parametrize(
    "line", ["await asyncio.sleep(0)", "clock.sleep(1)", "from time import monotonic"]
)
def test_what_takes_no_time_is_let_pass(line: str) -> None:
    """A turn of the event loop and a clock of our own are not waiting."""
    assert [] == sleeps(f"async def f():\n    {line}\n")
