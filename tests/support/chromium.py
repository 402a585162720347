"""A Chromium for tests of pages: the machine's own, else Debian's, unpacked and not installed."""

import os
import shutil
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from tests.support.debian import unpacked

__all__ = ["browser", "chromium"]

_PACKAGE: Final = "chromium-headless-shell"
_INSIDE: Final = "usr/lib/chromium/chromium-headless-shell"
_LIBRARIES: Final = ("usr/lib/*-linux-gnu", "lib/*-linux-gnu", "usr/lib/*-linux-gnu/pulseaudio")
_QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""It starts as root, and asks nobody outside for anything."""


@contextmanager
def browser() -> Generator[Browser]:
    """Run a headless Chromium for the time of the block.

    Raises:
        DebianError: There is none, and none can be fetched.
    """
    path = str(chromium())
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        try:
            yield running
        finally:
            running.close()


def chromium() -> Path:
    """Return the program.

    Raises:
        DebianError: There is none, and none can be fetched.
    """
    for name in ("chromium", _PACKAGE):
        if installed := shutil.which(name):
            return Path(installed)
    folder = unpacked(_PACKAGE, with_libraries=True)
    started = folder / "start"
    if not started.is_file():
        _write_start(folder, started)
    return started


def _write_start(folder: Path, started: Path) -> None:
    """Write a program that starts it with the libraries that were unpacked beside it."""
    libraries = ":".join(str(found) for part in _LIBRARIES for found in folder.glob(part))
    script = f'#!/bin/sh\nLD_LIBRARY_PATH="{libraries}" exec "{folder / _INSIDE}" "$@"\n'
    unfinished = started.with_suffix(f".{os.getpid()}")
    unfinished.write_text(script, encoding="utf-8")
    unfinished.chmod(unfinished.stat().st_mode | stat.S_IXUSR)
    unfinished.rename(started)
