"""The register of areas: codes and names as the ministry has them.

It says what a plan cannot: which desa exist that do not vote, and which kabupaten there are beside
the watched ones. The shell reads the register that is shipped (`streams/territory/data`), an
election folder may add to it; both are the same two columns.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from streams.domain.ids import AreaCode, area_kind, kabupaten_of
from streams.domain.words import AreaKind
from streams.territory.fault import Faults
from streams.territory.sheet import Columns, read_rows

__all__ = ["NO_AREAS", "Areas", "parse_areas"]

_COLUMNS: Final = Columns(required=("code", "name"))


class Areas(Struct, frozen=True):
    """Names by code, sorted by code.

    Attributes:
        names: Name of each area.
        complete: Kabupaten/kota whose desa the register lists: it lists all or none.
    """

    names: Mapping[AreaCode, str]
    complete: frozenset[AreaCode]

    @classmethod
    def of(cls, names: Mapping[AreaCode, str]) -> "Areas":
        """Make a register of names by code."""
        desa = (code for code in names if area_kind(code) is AreaKind.DESA)
        return cls(
            names=dict(sorted(names.items())),
            complete=frozenset(kabupaten_of(code) for code in desa),
        )

    def with_more(self, more: "Areas") -> "Areas":
        """Return both registers as one; where they differ, `more` holds.

        A kabupaten whose desa `more` lists has those desa only: it may be a newer decree.
        """
        kept = {
            code: name
            for code, name in self.names.items()
            if kabupaten_of(code) not in more.complete or area_kind(code) is AreaKind.KABUPATEN
        }
        return Areas.of(kept | dict(more.names))

    def below(self, kabupaten: Iterable[AreaCode], kind: AreaKind) -> dict[AreaCode, str]:
        """Return the areas of one level within some kabupaten, sorted by code."""
        wanted = frozenset(kabupaten)
        return {
            code: name
            for code, name in self.names.items()
            if kabupaten_of(code) in wanted and area_kind(code) is kind
        }


NO_AREAS: Final = Areas(names={}, complete=frozenset())
"""Nothing is known but what the folder says."""


def parse_areas(text: str, faults: Faults) -> Areas:
    """Read a register; a row that cannot be read is noted and left out."""
    names: dict[AreaCode, str] = {}
    for row in read_rows(text, _COLUMNS, faults):
        code, name = row["code"], row["name"]
        if area_kind(code) in (None, AreaKind.TPS):
            row.error("code", "a Kemendagri code of an area as 36, 36.04, 36.04.17, 36.04.17.2010")
        elif not name:
            row.error("name", "a name")
        elif names.setdefault(AreaCode(code), name) != name:
            row.error("code", f"one name for each code; it is also {names[AreaCode(code)]!r}")
    return Areas.of(names)
