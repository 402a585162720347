"""The authorisation matrix: every role × every endpoint × inside, outside, and without an area.

`CASES` says what must come of each, from the committed table (docs/reference/rights.md) and not
from the code; so the page, the code and whoever asks over HTTP are held against one another.
"""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final

from msgspec import Struct

from streams.domain.events import ActorRole, CommandKind

__all__ = [
    "AREA",
    "EVERYTHING",
    "EVERYWHERE",
    "INSIDE",
    "NOBODY",
    "OUTSIDE",
    "Case",
    "Outcome",
    "cases",
    "command_table",
    "endpoint_table",
    "row_table",
]

AREA: Final = "36.04"
"""Of whoever has one."""
EVERYWHERE: Final = ""
"""Of who has none."""
EVERYTHING: Final = "36"
"""All that is watched lies in it."""
INSIDE: Final = "36.04.17.2010-001"
OUTSIDE: Final = "36.05.01.2001-001"
NOBODY: Final = ""
"""In the place of a role: nobody is logged in."""

_PAGE: Final = Path(__file__).parents[3] / "docs" / "reference" / "rights.md"
_ROLES: Final = ("viewer", "operator", "commander", "liaison", "propam")
_YES: Final = "yes"
_ALL: Final = "all"


class Outcome(StrEnum):
    """What comes of a request."""

    TAKEN = "taken"
    """It is answered, and what is asked about is in the answer."""
    EMPTY = "empty"
    """It is answered, and what is asked about is not in the answer."""
    HIDDEN = "hidden"
    """404, as if it were not there."""
    FORBIDDEN = "forbidden"
    """403."""
    UNKNOWN = "unknown"
    """401: log in."""


_OUTSIDE: Final = {
    "-": Outcome.TAKEN,
    "left out": Outcome.EMPTY,
    "404": Outcome.HIDDEN,
    "403": Outcome.FORBIDDEN,
}


class Row(Struct, frozen=True):
    """A row of the page's table of endpoints."""

    name: str
    method: str
    path: str
    nobody: bool
    roles: frozenset[str]
    outside: str
    scope: str


class SeenRow(Struct, frozen=True):
    """A row of the page's table of what a person sees."""

    name: str
    roles: frozenset[str]
    outside: str

    def is_seen(self, role: str, area: str, place: str) -> bool:
        """Tell whether a role sees one at a place, as the page says."""
        if role not in self.roles:
            return False
        return area in {EVERYWHERE, EVERYTHING} or (self.outside != _ALL and place.startswith(area))


class Case(Struct, frozen=True):
    """One field of the matrix."""

    endpoint: str
    method: str
    path: str
    role: str
    """`NOBODY`, or a role."""
    area: str
    """Of whoever asks."""
    place: str
    """What is asked about."""
    outcome: Outcome

    @property
    def is_inside(self) -> bool:
        """Whether what is asked about lies in the area of whoever asks."""
        return self.place.startswith(self.area)

    @property
    def name(self) -> str:
        """How a test of it is called."""
        where = _WHOLE.get(self.area) or ("inside" if self.is_inside else "outside")
        return f"{self.endpoint}-{self.role or 'nobody'}-{where}"


_WHOLE: Final = {EVERYWHERE: "everywhere", EVERYTHING: "everything"}
_WHERE: Final = (
    (AREA, INSIDE),
    (AREA, OUTSIDE),
    (EVERYWHERE, OUTSIDE),
    (EVERYTHING, OUTSIDE),
)


def cases() -> tuple[Case, ...]:
    """Return the whole matrix, as the page has it."""
    return tuple(
        Case(row.name, row.method, row.path, role, area, place, _outcome(row, role, area, place))
        for row in endpoint_table()
        for role in (NOBODY, *_ROLES)
        for area, place in _WHERE
    )


def _outcome(row: Row, role: str, area: str, place: str) -> Outcome:
    if row.nobody:
        return Outcome.TAKEN
    if role == NOBODY:
        return Outcome.UNKNOWN
    if role not in row.roles or (row.outside == _ALL and area not in _WHOLE):
        return Outcome.FORBIDDEN
    return Outcome.TAKEN if place.startswith(area) else _OUTSIDE[row.outside]


def endpoint_table() -> tuple[Row, ...]:
    """Return the page's table of endpoints."""
    return tuple(
        Row(
            name=cells[0],
            method=cells[1].split()[0],
            path=cells[1].split()[1],
            nobody=cells[2] == _YES,
            roles=frozenset(role for role, cell in zip(_ROLES, cells[3:8], strict=True) if cell),
            outside=cells[8],
            scope=cells[9].replace("-", ""),
        )
        for cells in _table("endpoint")
    )


def row_table() -> tuple[SeenRow, ...]:
    """Return the page's table of what a person sees."""
    return tuple(
        SeenRow(
            name=cells[0],
            roles=frozenset(role for role, cell in zip(_ROLES, cells[2:7], strict=True) if cell),
            outside=cells[7],
        )
        for cells in _table("row")
    )


def command_table() -> dict[CommandKind, frozenset[ActorRole]]:
    """Return the page's table of commands: which roles may give each."""
    return {
        CommandKind(cells[0]): frozenset(
            ActorRole(role) for role, cell in zip(_ROLES, cells[1:6], strict=True) if cell
        )
        for cells in _table("command")
    }


def _table(first: str) -> Iterator[list[str]]:
    """Return the rows of the table whose first column is headed so."""
    lines = iter(_PAGE.read_text(encoding="utf-8").splitlines())
    next(line for line in lines if line.startswith(f"| {first} ") and "viewer" in line)
    next(lines)
    for line in lines:
        if not line.startswith("|"):
            return
        yield [cell.strip().replace("`", "") for cell in line.strip("|").split("|")]
