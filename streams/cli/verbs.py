"""What a verb of the command line is: a module that describes its arguments, and does something."""

import argparse
from typing import Protocol

__all__ = ["Verb"]


class Verb(Protocol):
    """A module of this package that does something."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Describe the command line of the verb."""
        ...

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it, and return the exit code."""
        ...
