"""What every test run shares: which tests can run here, and how long one may take to be generated.

Left out are tests whose tools are missing (`tests/support/tools.py`) and, unless asked for by
`-m slow`, the tests that take minutes. The summary names both.
"""

import os
import shutil

import pytest
from hypothesis import settings

from tests.support.tools import missing_tools, why_left_out

# A generated example may meet a busy machine: only a wrong answer fails a property, not a slow one.
settings.register_profile("siaga", settings(), deadline=None)
settings.load_profile("siaga")

LEFT_OUT = pytest.StashKey[dict[str, int]]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that this machine can't run, or refuse to when none may be left out."""
    missing = missing_tools(shutil.which)
    if missing and os.environ.get("SIAGA_TEST_ALL") == "1":
        message = why_left_out(missing, missing)
        raise pytest.UsageError(f"SIAGA_TEST_ALL=1 leaves no test out, but {message}: install them")
    left_out: dict[str, int] = {}
    for item in items:
        if why := why_left_out((mark.name for mark in item.iter_markers()), missing):
            item.add_marker(pytest.mark.skip(reason=why))
            left_out[why] = left_out.get(why, 0) + 1
    config.stash[LEFT_OUT] = left_out


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say plainly what was left out, and how to run it."""
    nothing: dict[str, int] = {}
    for why, count in config.stash.get(LEFT_OUT, nothing).items():
        terminalreporter.write_line(f"Left out ({count}): {why}.")
    if config.getoption("markexpr") == "not slow":
        terminalreporter.write_line("Left out: tests that take minutes (make faults, make bench).")
