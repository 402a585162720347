"""What every test run shares: which tests can run here, in which order, and how long one may take.

Left out are tests whose tools are missing (`tests/support/tools.py`) and, unless asked for by
`-m slow`, the tests that take minutes. The summary names both.

`make test` runs modules beside each other (`-n auto`). The tests of a module stay together and in
order: they share brokers and played days. Those that mostly wait (tests/kafka, tests/page) come
first, and alternate with those that compute; so more run than there are processors.
"""

import gc
import os
import shutil
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

from tests.support.tools import missing_tools, why_left_out

# A generated example may meet a busy machine: only a wrong answer fails a property, not a slow one.
settings.register_profile("siaga", settings(), deadline=None)
settings.load_profile("siaga")

LEFT_OUT = pytest.StashKey[dict[str, int]]()
_LEFT_OUT = "left_out"
"""What a worker tells the process that writes the summary."""
_WORKERS_MAX = 4
"""Each may have a broker of its own."""
_WAITING = ("kafka", "page")
_COMPUTING = ("property", "noise", "oracle", "conformance", "stories")
"""Folders with the tests that take longest."""


def pytest_xdist_auto_num_workers() -> int:
    """Say how many modules run beside each other."""
    return min((os.cpu_count() or 1) + 1, _WORKERS_MAX)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the longest first, and leave out the tests that this machine can't run.

    With `SIAGA_TEST_ALL=1` a run is refused that would leave any out.
    """
    places = _in_turns(dict.fromkeys(item.path for item in items))
    items.sort(key=lambda item: places[item.path])
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
    if (told := getattr(config, "workeroutput", None)) is not None:
        told[_LEFT_OUT] = left_out


def pytest_collection_finish() -> None:
    """Keep the collector from walking what lives to the end: tens of thousands of tests."""
    gc.collect()
    gc.freeze()


def _in_turns(modules: Iterable[Path]) -> dict[Path, int]:
    """Return the place of each module: long waits and long computations in turns, then the rest."""
    waiting, computing, quick = list[Path](), list[Path](), list[Path]()
    for module in modules:
        folder = module.parent.name
        (waiting if folder in _WAITING else computing if folder in _COMPUTING else quick).append(
            module
        )
    turns = (module for pair in zip_longest(waiting, computing) for module in pair if module)
    return {module: place for place, module in enumerate((*turns, *quick))}


class _Finished(Protocol):
    """As much of a worker that has ended as is looked at."""

    config: pytest.Config
    workeroutput: dict[str, dict[str, int]]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: _Finished, error: object) -> None:
    """Take from a worker what it left out; each collects all tests, so all say the same."""
    if error is None:
        node.config.stash[LEFT_OUT] = node.workeroutput.get(_LEFT_OUT, {})


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say plainly what was left out, and how to run it."""
    nothing: dict[str, int] = {}
    for why, count in config.stash.get(LEFT_OUT, nothing).items():
        terminalreporter.write_line(f"Left out ({count}): {why}.")
    if config.getoption("markexpr") == "not slow":
        terminalreporter.write_line("Left out: tests that take minutes (make faults, make bench).")
