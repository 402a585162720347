"""The real Alertmanager of Debian, and its tool. `tests.support.debian` unpacks both."""

import subprocess
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from tests.support.debian import unpacked
from tests.support.server import Server

__all__ = ["Alertmanager", "alertmanagers"]

_ANSWER_S: Final = 20
_READY: Final = b"Listening on"
_AS_INSTALLED: Final = (
    *("unshare", "--map-root-user", "--mount", "sh", "-c"),
    'mount --bind "$0/usr/share" /usr/share && exec "$@"',
)
"""Runs a program that looks for its files where they would be installed; nobody else sees them."""


class Alertmanager(Server):
    """A replica, gone after `with`.

    Killed and started again it has its silences as of its last snapshot at best, and no alert.
    """

    def __init__(self, folder: Path, port: int, config: str) -> None:
        """Describe it; `folder` is its own, `config` what its file says."""
        package = unpacked("prometheus-alertmanager")
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "alertmanager.yml"
        file.write_text(config, encoding="utf-8")
        command = [
            *_AS_INSTALLED,
            str(package),
            str(package / "usr/bin/prometheus-alertmanager"),
            f"--config.file={file}",
            f"--storage.path={folder / 'data'}",
            f"--web.listen-address=127.0.0.1:{port}",
            "--cluster.listen-address=",
        ]
        super().__init__(command, port, _READY)
        self._tool = package / "usr/bin/amtool"

    def ask(self, *words: str) -> bytes:
        """Return what `amtool` says."""
        command = [str(self._tool), f"--alertmanager.url={self.url}", *words]
        done = subprocess.run(command, check=False, capture_output=True, timeout=_ANSWER_S)
        assert 0 == done.returncode, done.stderr.decode()
        return done.stdout


@contextmanager
def alertmanagers(folder: Path, ports: Sequence[int], config: str) -> Generator[list[Alertmanager]]:
    """Run some replicas that do not know each other."""
    with ExitStack() as running:
        yield [
            running.enter_context(Alertmanager(folder / str(port), port, config)) for port in ports
        ]
