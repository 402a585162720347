"""What a person may see: of which places, and of what only some roles may know.

| row              | who sees it                                                                 |
|------------------|-----------------------------------------------------------------------------|
| alert            | its place lies in the person's area, and its `restricted_to` is empty or    |
|                  | names the role                                                              |
| report in triage | the same, and the role works at that desk; Propam sees what it alone may    |
|                  | know of                                                                     |
| dead letter      | the role works at that desk, everything lies in the area, and what can be   |
|                  | read of it is not for others alone                                          |
| picture          | its area lies in the person's area                                          |
| reply            | whoever has given the command; by a token, if it opens commands             |

An alert about a kabupaten as a whole is seen by who has the kabupaten, and by nobody who has a
part of it. What a token does not open is not seen by it in any other way. Two people whose sights
are equal see the same, to the byte; so what one is sent is made once for all of them.
"""

from collections.abc import Collection
from typing import Final

from msgspec import Struct

from streams.domain.events import ActorRole
from streams.domain.ids import area_kind, kabupaten_of
from streams.domain.words import AreaKind
from streams.territory.plan import covers

__all__ = ["COUNT_ROLES", "Shade", "Sight", "sees", "zoom_of"]

COUNT_ROLES: Final = (ActorRole.COMMANDER, ActorRole.LIAISON)
"""Roles that see counts of votes."""


class Sight(Struct, frozen=True, order=True):
    """Which rows somebody sees, and of which kabupaten every TPS."""

    role: ActorRole
    area: str = ""
    """Empty: everywhere."""
    zoom: str = ""
    """A kabupaten; empty: none."""
    has_all: bool = False
    """Nothing that is watched lies outside the area."""
    shut: tuple[str, ...] = ()
    """Kinds of rows that a token does not open."""


class Shade(Struct, frozen=True):
    """What of a row decides who sees it."""

    place: str
    """Empty: it is of no sure place, so only who has everything sees it."""
    roles: tuple[str, ...] = ()
    """Who may know of it; empty: everybody."""


def sees(sight: Sight, shade: Shade | None) -> bool:
    """Tell whether a row of this shade is seen; one that is not there is not."""
    if shade is None or (shade.roles and sight.role not in shade.roles):
        return False
    if not sight.area:
        return True
    return covers(sight.area, shade.place) if shade.place else sight.has_all


def zoom_of(asked: str, seen: Collection[str]) -> str:
    """Return the kabupaten whose TPS somebody is shown; empty: none.

    Args:
        asked: Any area in the kabupaten that is asked for; empty: none.
        seen: The kabupaten that he sees, or sees a part of.
    """
    if not asked:
        return next(iter(seen)) if len(seen) == 1 else ""
    if area_kind(asked) in {None, AreaKind.PROVINSI}:
        return ""
    wanted = kabupaten_of(asked)
    return wanted if wanted in seen else ""
