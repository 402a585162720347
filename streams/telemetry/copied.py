"""Looks at what another thread is changing: it is copied in one go first."""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

__all__ = ["copied"]

_TRIES: Final = 10
_One = TypeVar("_One")


def copied(walk: Callable[[], Iterable[_One]]) -> tuple[_One, ...]:
    """Return what a walk through a table brings, although another thread may be adding to it."""
    for _ in range(_TRIES):
        try:
            return tuple(walk())
        except RuntimeError:  # It grew in the middle of the copy: rare, because that is one step.
            continue
    return ()
