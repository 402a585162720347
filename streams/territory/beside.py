"""What a plan carries beside its tables: rules not yet read, and numbers that nobody prints."""

from collections.abc import Mapping

from msgspec import Struct

from streams.domain.ids import AreaCode

__all__ = ["Override", "Phones"]


class Override(Struct, frozen=True):
    """A file of `rules/`: changes of the pack, not yet read."""

    file: str
    text: str


class Phones(Struct, frozen=True):
    """Telephone numbers by (kabupaten, officer), apart from all that is printed or logged."""

    numbers: Mapping[tuple[AreaCode, str], str]

    def __repr__(self) -> str:
        """Say how many there are, never which."""
        return f"Phones({len(self.numbers)})"
