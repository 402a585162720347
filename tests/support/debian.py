"""Programs of Debian that tests run: unpacked beside the source tree, never installed.

A package comes once, by apt's own client with the lists that this machine has, or new ones, and is
kept in `.cache/debian`. Where that can't be done, tests that need one are left out and say so; with
`SIAGA_TEST_ALL=1` (continuous integration) they fail instead.
"""

import fcntl
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

import pytest

from streams.embedded import bound_to_this_process

__all__ = ["Alertmanager", "DebianError", "alertmanagers", "or_left_out", "unpacked"]

CACHE: Final = Path(__file__).parents[2] / ".cache" / "debian"
_FETCH_S: Final = 120
_ANSWER_S: Final = 20
_LISTENS: Final = b"(it listens)"
_AS_INSTALLED: Final = (
    *("unshare", "--map-root-user", "--mount", "sh", "-c"),
    'mount --bind "$0/usr/share" /usr/share && exec "$@"',
)
"""Runs a program that looks for its files where they would be installed; nobody else sees them."""
_STOP_S: Final = 10

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


class Alertmanager:
    """A replica of the real Alertmanager on the loopback interface, gone after `with`.

    `kill` ends it as a power cut would, `start` brings it back at the same port: with its silences
    as of its last snapshot at best, and without any alert.
    """

    def __init__(self, folder: Path, port: int, config: str) -> None:
        """Describe it; `folder` is its own, `config` what its file says."""
        self._package = unpacked("prometheus-alertmanager")
        self._folder = folder
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        folder.mkdir(parents=True, exist_ok=True)
        self._config = folder / "alertmanager.yml"
        self._config.write_text(config, encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def start(self) -> None:
        """Run it, and wait until it answers."""
        command = [
            *_AS_INSTALLED,
            str(self._package),
            str(self._package / "usr/bin/prometheus-alertmanager"),
            f"--config.file={self._config}",
            f"--storage.path={self._folder / 'data'}",
            f"--web.listen-address=127.0.0.1:{self.port}",
            "--cluster.listen-address=",
        ]
        self._process = subprocess.Popen(
            bound_to_this_process(command),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        said = self._until_it_listens(self._process)
        if not said.endswith(_LISTENS):
            self.kill()
            raise DebianError(f"Alertmanager did not start:\n{said.decode(errors='replace')}")

    def _until_it_listens(self, process: subprocess.Popen[bytes]) -> bytes:
        """Return what it says until it listens, or ends; what it says later is let go."""
        assert process.stderr is not None
        said = b""
        for line in process.stderr:
            said += line
            if b"Listening on" in line:
                threading.Thread(target=process.stderr.read, daemon=True).start()
                return said + _LISTENS
        return said

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(_STOP_S)
            if self._process.stderr is not None:
                self._process.stderr.close()
            self._process = None

    def ask(self, *words: str) -> bytes:
        """Return what `amtool` says."""
        command = [str(self._package / "usr/bin/amtool"), f"--alertmanager.url={self.url}", *words]
        done = subprocess.run(command, check=False, capture_output=True, timeout=_ANSWER_S)
        assert 0 == done.returncode, done.stderr.decode()
        return done.stdout


@contextmanager
def alertmanagers(folder: Path, ports: Sequence[int], config: str) -> Generator[list[Alertmanager]]:
    """Run some replicas that do not know each other."""
    made = [Alertmanager(folder / str(port), port, config) for port in ports]
    try:
        for one in made:
            one.start()
        yield made
    finally:
        for one in made:
            one.kill()
