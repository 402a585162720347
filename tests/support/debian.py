"""Programs of Debian that tests run: unpacked beside the source tree, never installed.

A package comes once, by apt's own client with the lists that this machine has, or new ones, and is
kept in `.cache/debian`. Where that can't be done, tests that need one are left out and say so; with
`SIAGA_TEST_ALL=1` (continuous integration) they fail instead.
"""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeVar

import pytest

__all__ = ["DebianError", "or_left_out", "unpacked"]

CACHE: Final = Path(__file__).parents[2] / ".cache" / "debian"
_FETCH_S: Final = 120

T = TypeVar("T")


class DebianError(Exception):
    """A package, or a program of one, is not to be had."""


def or_left_out(make: Callable[[], T]) -> T:
    """Return what needs a package, or leave out the test that asked for it."""
    try:
        return make()
    except DebianError as error:
        if os.environ.get("SIAGA_TEST_ALL") == "1":
            raise
        pytest.skip(str(error))


def unpacked(package: str, *, with_libraries: bool = False) -> Path:
    """Return the folder with the files of a package, fetched and unpacked if it is not there yet.

    Args:
        package: As Debian names it.
        with_libraries: Unpack beside it whatever it needs and this machine has not.

    Raises:
        DebianError: It cannot be fetched or unpacked.
    """
    folder = CACHE / package
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            _fetch(package, folder, with_libraries=with_libraries)
    return folder


def _fetch(package: str, folder: Path, *, with_libraries: bool) -> None:
    """Fill a new folder and give it its name only when it is complete."""
    fetched, unfinished = folder.with_suffix(".fetched"), folder.with_suffix(".unfinished")
    for one in (fetched, unfinished):
        shutil.rmtree(one, ignore_errors=True)
        one.mkdir()
    try:
        packages = _download(package, fetched, with_libraries=with_libraries)
    except DebianError:  # Lists that are missing, or older than the archive.
        _run(["apt-get", "-q", "update"], fetched)
        packages = _download(package, fetched, with_libraries=with_libraries)
    found = sorted(fetched.glob("*.deb"))
    if len(found) != len(packages):
        raise DebianError(f"{package}: expected {len(packages)} files from apt, got {len(found)}")
    for one in found:
        _run(["dpkg", "-x", str(one), str(unfinished)], fetched)
    shutil.rmtree(fetched)
    unfinished.rename(folder)


def _download(package: str, folder: Path, *, with_libraries: bool) -> list[str]:
    packages = [package]
    if with_libraries:
        plan = ["apt-get", "-s", "-q", "install", "--no-install-recommends", package]
        packages = [
            line.split()[1] for line in _run(plan, folder).splitlines() if line.startswith("Inst ")
        ]
    _run(["apt-get", "-q", "download", *packages], folder)
    return packages


def _run(command: Sequence[str], folder: Path) -> str:
    try:
        done = subprocess.run(
            command, cwd=folder, check=False, capture_output=True, text=True, timeout=_FETCH_S
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DebianError(f"{command[0]} can't be run here: {error}") from error
    if done.returncode:
        raise DebianError(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
