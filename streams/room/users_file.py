"""The users file on disk: read with care, written whole or not at all.

Who can read it can try passwords at leisure, so a file that others can read is refused. A change is
made under a lock on the folder, to a file beside it that takes its place when all of it is on disk:
two people who change it at once lose nothing, and a power cut leaves the old file or the new one.

A room looks at its age, size and mode, and reads it again when they change. A file that has become
unusable changes nothing: who was in is in, and the log says what is wrong with it.
"""

import fcntl
import logging
import os
import stat
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from streams.errors import ConfigError
from streams.room.users import Users, parse_users, users_text

__all__ = ["WatchedUsers", "change_users", "read_users"]

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_OWN_ONLY: Final = 0o600
_Stamp = tuple[int, int, int, int]
_log: Final = logging.getLogger(__name__)


def read_users(file: Path) -> Users:
    """Return the users of a file.

    Raises:
        ConfigError: It cannot be read, others can read it, or it is not as it must be.
    """
    return _read(file)[0]


def change_users(file: Path, change: Callable[[Users], Users]) -> Users:
    """Change the users of a file while nobody else does, and return them; no file is nobody.

    Raises:
        ConfigError: It cannot be read or written; or whatever `change` raises, and it is as it was.
    """
    try:
        with _alone(file.absolute().parent):
            changed = change(read_users(file) if file.exists() else Users())
            text = users_text(changed)
            # Whatever is written can be read again.
            parse_users(text, str(file))
            _write(file, text)
    except OSError as error:
        raise ConfigError(f"{file}: cannot be written ({error.strerror})") from error
    return changed


class WatchedUsers:
    """The users of a file as they are now."""

    def __init__(self, file: Path) -> None:
        """Read the file.

        Raises:
            ConfigError: It cannot be used.
        """
        self._file = file
        self.users, self._stamp = _read(file)

    def look(self) -> bool:
        """Read the file again if it has changed; return whether there are other users now."""
        try:
            if _stamp_of(self._file.stat()) == self._stamp:
                return False
            users, self._stamp = _read(self._file)
        except (OSError, ConfigError) as error:
            self._complain(error)
            return False
        was, self.users = self.users, users
        return was != users

    def _complain(self, error: Exception) -> None:
        """Say once of each state of the file what is wrong with it."""
        stamp = _stamp_or_none(self._file)
        if stamp != self._stamp:
            self._stamp = stamp
            _log.error("the users are as they were, for their file cannot be used: %s", error)


def _read(file: Path) -> tuple[Users, _Stamp | None]:
    try:
        with file.open("rb") as opened:
            # Of what was opened, not of what has its name by now.
            found = os.fstat(opened.fileno())
            text = opened.read().decode()
    except OSError as error:
        raise ConfigError(
            f"{file}: cannot be read ({error.strerror}): `siaga users add` makes one"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: expected UTF-8") from error
    if found.st_mode & _OTHERS:
        raise ConfigError(f"{file}: others can read it: run `chmod 600 {file}`")
    return parse_users(text, str(file)), _stamp_of(found)


def _stamp_of(found: os.stat_result) -> _Stamp:
    return found.st_ino, found.st_mtime_ns, found.st_size, found.st_mode


def _stamp_or_none(file: Path) -> _Stamp | None:
    try:
        return _stamp_of(file.stat())
    except OSError:
        return None


@contextmanager
def _alone(folder: Path) -> Generator[None]:
    """Wait until nobody else changes a file of this folder in this way."""
    # The folder itself, because the file is another one after each change.
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
        os.fsync(opened)
    finally:
        os.close(opened)


def _write(file: Path, text: str) -> None:
    """Put a file in the place of another: whole, on disk, of the same owner."""
    # A link is followed: what it points to is replaced, not the link.
    target = file.resolve()
    opened, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    made = Path(name)
    try:
        with os.fdopen(opened, "wb") as writing:
            os.fchmod(writing.fileno(), _OWN_ONLY)
            if target.exists():
                _give(writing.fileno(), target.stat())
            writing.write(text.encode())
            writing.flush()
            os.fsync(writing.fileno())
        made.replace(target)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def _give(opened: int, was: os.stat_result) -> None:
    """Leave the file to its owner, also where the superuser changes it."""
    if os.geteuid() == 0:
        os.fchown(opened, was.st_uid, was.st_gid)
