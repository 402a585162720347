"""What is wrong in the files of a pack, as values: all of it at once.

An author who mends a file wants one list. So what reads or checks a part of a pack raises at the
first fault of that part, and whoever goes from part to part notes it and goes on:

    found = Found()
    for name, source in rules.items():
        with found.noting():
            read(source)                # raises PackError
    found.raise_any()                   # PackError, with the faults of all of them
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager

from msgspec import Struct

from streams.errors import ConfigError

__all__ = ["Found", "PackError", "PackFault", "faults_of"]


class PackFault(Struct, frozen=True):
    """One fault: where it stands and what is wrong."""

    file: str
    """Empty: the message says where."""
    line: int
    """From 1; 0: the file as a whole."""
    field: str
    """As `detector.watches[0].limit`; empty: the line as a whole."""
    what: str
    """What was found or expected."""

    def __str__(self) -> str:
        """Say it as `rules/T03.yaml:12: severity: found 'merah', expected ...`."""
        line = f":{self.line}" if self.line else ""
        return ": ".join(part for part in (f"{self.file}{line}", self.field, self.what) if part)


class PackError(ConfigError):
    """A pack that cannot be used; its message has a line for each fault."""

    def __init__(self, faults: Iterable[PackFault]) -> None:
        """Stand for some faults, at least one, in the order in which they are written."""
        self.faults = tuple(sorted({*faults}, key=lambda one: (one.file, one.line, one.field)))
        assert self.faults, "an error is about something"
        super().__init__("\n".join(map(str, self.faults)))


class Found:
    """The faults of several parts, noted while they are read."""

    def __init__(self, faults: Iterable[PackFault] = ()) -> None:
        """Begin with faults that are known already."""
        self.faults = [*faults]

    @contextmanager
    def noting(self) -> Generator[None]:
        """Note what a part raises, and go on behind it."""
        try:
            yield
        except ConfigError as error:
            self.faults += faults_of(error)

    def raise_any(self) -> None:
        """Stop if there are faults.

        Raises:
            PackError: with all of them.
        """
        if self.faults:
            raise PackError(self.faults)


def faults_of(error: ConfigError) -> tuple[PackFault, ...]:
    """Return the faults that an error is about; one that has none apart is a fault by itself."""
    return error.faults if isinstance(error, PackError) else (PackFault("", 0, "", str(error)),)
