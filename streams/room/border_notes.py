"""What a room says at its start of the borders it was given: how much of its areas they are.

A file of another province, or one keyed by codes that only look like Kemendagri's, is whole; but
little of it is drawn, or in the wrong place. Whoever starts the room can see it by these lines.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from streams.domain.ids import AreaCode, area_kind
from streams.domain.words import AreaKind
from streams.room.borders import LEVELS
from streams.room.geojson import Found

__all__ = ["notes_of", "strange_files"]

_TOLD_MAX: Final = 20
_SHOWN_MAX: Final = 3


def notes_of(found: Found, watched: AbstractSet[AreaCode]) -> Iterator[str]:
    """Say of how many watched areas there are borders, and what the files call the kabupaten.

    A kabupaten has four digits at BPS as well, so nothing but its name tells one from the other.
    """
    drawn = sorted(watched & found.shapes.keys())
    yield "borders of " + ", ".join(
        f"{_count(drawn, level)} of {_count(watched, level)} {level}" for level in LEVELS
    )
    named = [code for code in drawn if _is_kabupaten(code) and code in found.names]
    if named:
        told = ", ".join(f"{code} {found.names[code]}" for code in named[:_TOLD_MAX])
        more = f", and {len(named) - _TOLD_MAX} more" if len(named) > _TOLD_MAX else ""
        yield f"borders of kabupaten by code, with the names in their files: {told}{more}"


def strange_files(
    found: Found, files: Sequence[str], watched: AbstractSet[AreaCode]
) -> Iterator[str]:
    """Say of which files nothing is drawn."""
    for file in dict.fromkeys(files):
        codes = sorted(code for code, origin in found.files.items() if origin == file)
        if watched.isdisjoint(codes):
            more = ", …" if len(codes) > _SHOWN_MAX else ""
            areas = ", ".join(codes[:_SHOWN_MAX]) + more or "none"
            yield (
                f"{file}: no election of this room has a TPS in any of its areas ({areas}), so "
                f"nothing of it is drawn: name another file in [[borders]], or another `code`"
            )


def _count(codes: AbstractSet[AreaCode] | Sequence[AreaCode], level: AreaKind) -> int:
    return sum(area_kind(code) is level for code in codes)


def _is_kabupaten(code: AreaCode) -> bool:
    return area_kind(code) is AreaKind.KABUPATEN
