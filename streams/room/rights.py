"""Who may do what in the control room: one table of endpoints by role, and the fold's own rules.

    somebody ─► may(person, endpoint)    is this his to ask for at all?        else 401 or 403
             ─► the endpoint's `area`    what of it lies in his area? (sight)  else nothing, or 404
             ─► may_act(person, …)       may he order this, here?              else 403, a sentence

The table is the whole of it: a handler has no rule of its own, and docs/reference/rights.md is the
table again. What commands a role may give is `streams.alerts.authority`'s, which the fold judges by
too, so the page offers no button that the fold refuses by role, ladder or area. The fold has the
last word: only it knows the state that a command meets.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Final

from msgspec import Struct

from streams.alerts.authority import Bar, bar_of, ladders_of, may_shelve
from streams.alerts.authority import commands_of as commands_of_role
from streams.domain.alert import Ladder, Text
from streams.domain.events import Actor, ActorRole, CommandKind
from streams.domain.words import Severity
from streams.room.users import Scope
from streams.texts.refusals import refusal_text

__all__ = [
    "DESK",
    "ENDPOINTS",
    "PEOPLE",
    "TRIAGE",
    "AreaCheck",
    "Concern",
    "Endpoint",
    "Person",
    "commands_of",
    "ladders_of",
    "may",
    "may_act",
]

PEOPLE: Final = frozenset(ActorRole) - {ActorRole.SYSTEM}
"""Roles that somebody can log in with."""
DESK: Final = frozenset({ActorRole.OPERATOR, ActorRole.COMMANDER})
"""Roles that work on what comes in: dead letters, what is phoned in, reports that wait."""
TRIAGE: Final = DESK | {ActorRole.PROPAM}
"""Roles that look at reports that wait and at dead letters; Propam only at those that it alone may
know of."""


class AreaCheck(StrEnum):
    """What the area of a person changes."""

    NONE = "none"
    """Nothing: it is of no area."""
    LEFT_OUT = "left_out"
    """What lies outside is left out, and counted nowhere."""
    HIDDEN = "hidden"
    """What lies outside is as if it were not there: 404."""
    REFUSED = "refused"
    """What is told of a place outside is refused with a sentence: 403."""
    EVERYWHERE = "everywhere"
    """Its place is not sure, so it is only for whom nothing lies outside: 403 for others."""


class Person(Struct, frozen=True, kw_only=True):
    """Who asks: a user by his session, or a program by one of his tokens."""

    user: str
    name: str
    role: ActorRole
    area: str
    """Empty: everywhere."""
    language: str = "id"
    scopes: frozenset[Scope] | None = None
    """Of the token; None: it is a session, which may all that the role may."""

    @property
    def actor(self) -> Actor:
        """As whom he commands."""
        return Actor(self.user, self.role, self.area)


class Endpoint(Struct, frozen=True):
    """Something that can be asked for."""

    method: str
    path: str
    says: str
    """What it is, for the table in the docs."""
    roles: AbstractSet[ActorRole] = PEOPLE
    area: AreaCheck = AreaCheck.NONE
    scope: Scope | None = None
    """What a token needs; None: no token opens it."""
    is_open: bool = False
    """Nobody needs to be known for it."""
    weight: int = 1
    """As how many requests it counts against the pace of who asks."""

    @property
    def changes(self) -> bool:
        """Whether it changes something, so that a session needs its CSRF value."""
        return self.method in {"POST", "DELETE"}


def _open(method: str, path: str, says: str) -> Endpoint:
    return Endpoint(method, path, says, is_open=True)


_API: Final = "/api/v1"
_SEEN: Final = AreaCheck.LEFT_OUT
_HEAVY: Final = 5
"""What goes past all rows in sight, or past all TPS: in that time no stream goes on."""
ENDPOINTS: Final[Mapping[str, Endpoint]] = {
    "page": _open("GET", "/", "the page, and every address that it routes by itself"),
    "asset": _open("GET", "/page/{file}", "what the page is made of"),
    "healthz": _open("GET", "/healthz", "whether the process lives"),
    "readyz": _open("GET", "/readyz", "whether it can be asked"),
    "openapi": _open("GET", f"{_API}/openapi.json", "this interface, for programs"),
    "log_in": _open("POST", f"{_API}/session", "log in by password"),
    "oidc_start": _open("GET", f"{_API}/oidc/start", "log in by the identity provider"),
    "oidc_callback": _open("GET", f"{_API}/oidc/callback", "come back from it"),
    "session": Endpoint("GET", f"{_API}/session", "who is logged in"),
    "log_out": Endpoint("DELETE", f"{_API}/session", "log out"),
    "stream": Endpoint(
        "GET",
        f"{_API}/stream",
        "everything in sight, as it changes",
        PEOPLE,
        _SEEN,
        Scope.READ,
        weight=_HEAVY,
    ),
    "snapshot": Endpoint(
        "GET",
        f"{_API}/snapshot",
        "everything in sight, once",
        PEOPLE,
        _SEEN,
        Scope.READ,
        weight=_HEAVY,
    ),
    "alerts": Endpoint(
        "GET",
        f"{_API}/alerts",
        "alerts, searched",
        PEOPLE,
        _SEEN,
        Scope.READ,
        weight=_HEAVY,
    ),
    "alert": Endpoint(
        "GET", f"{_API}/alerts/{{id}}", "one alert, whole", PEOPLE, AreaCheck.HIDDEN, Scope.READ
    ),
    "evidence": Endpoint(
        "GET",
        f"{_API}/alerts/{{id}}/evidence",
        "when its evidence came in, in whose role, and what it weighs",
        PEOPLE,
        AreaCheck.HIDDEN,
        Scope.READ,
    ),
    "picture": Endpoint(
        "GET", f"{_API}/picture", "areas and TPS", PEOPLE, AreaCheck.HIDDEN, Scope.READ
    ),
    "curve": Endpoint(
        "GET",
        f"{_API}/curve",
        "how the day of an area went, by the minute, and how it should have",
        PEOPLE,
        AreaCheck.HIDDEN,
        Scope.READ,
        weight=_HEAVY,
    ),
    "borders": Endpoint(
        "GET", f"{_API}/borders", "borders of areas, to draw", PEOPLE, AreaCheck.NONE, Scope.READ
    ),
    "tps": Endpoint(
        "GET", f"{_API}/tps/{{code}}", "one TPS, whole", PEOPLE, AreaCheck.HIDDEN, Scope.READ
    ),
    "triage": Endpoint(
        "GET", f"{_API}/triage", "reports that wait for a person", TRIAGE, _SEEN, Scope.TRIAGE
    ),
    "said": Endpoint(
        "GET", f"{_API}/said", "the words of reports that wait", TRIAGE, _SEEN, Scope.TRIAGE
    ),
    "letters": Endpoint(
        "GET", f"{_API}/letters", "dead letters", TRIAGE, AreaCheck.EVERYWHERE, Scope.LETTERS
    ),
    "resend": Endpoint(
        "POST",
        f"{_API}/letters/{{number}}/resend",
        "a dead letter, mended and sent again",
        TRIAGE,
        AreaCheck.EVERYWHERE,
        Scope.LETTERS,
    ),
    "command": Endpoint(
        "POST",
        f"{_API}/commands",
        "a command, as the table below has them by role",
        PEOPLE - {ActorRole.VIEWER},
        AreaCheck.HIDDEN,
        Scope.ACT,
    ),
    "reply": Endpoint(
        "GET",
        f"{_API}/commands/{{id}}",
        "what the fold has answered to a command of one's own",
        PEOPLE - {ActorRole.VIEWER},
        AreaCheck.NONE,
        Scope.ACT,
    ),
    "report": Endpoint(
        "POST", f"{_API}/reports", "a report by phone", DESK, AreaCheck.REFUSED, Scope.REPORT
    ),
    "status": Endpoint(
        "POST",
        f"{_API}/statuses",
        "a status of a TPS by phone or radio",
        DESK,
        AreaCheck.REFUSED,
        Scope.REPORT,
    ),
}
"""Every endpoint, by the name that its handler asks for it by."""


class Concern(Struct, frozen=True):
    """What a command is about."""

    place: str
    """Code of the narrowest area that is named; empty: of no place."""
    ladder: Ladder | None = None
    """Of the alert; None: it is about none."""
    severity: Severity | None = None


def may(person: Person | None, endpoint: Endpoint, *, has_all: bool = False) -> bool:
    """Tell whether somebody may ask for this at all.

    Args:
        person: None: nobody is logged in.
        endpoint: What is asked for.
        has_all: Nothing that is watched lies outside the person's area.
    """
    if endpoint.is_open:
        return True
    if person is None or person.role not in endpoint.roles:
        return False
    if endpoint.area is AreaCheck.EVERYWHERE and person.area and not has_all:
        return False
    return person.scopes is None or endpoint.scope in person.scopes


def commands_of(role: ActorRole) -> tuple[CommandKind, ...]:
    """Return the commands of a role, in the order of the contract."""
    allowed = commands_of_role(role)
    return tuple(kind for kind in CommandKind if kind in allowed)


def may_act(person: Person, command: CommandKind, concern: Concern) -> Text | None:
    """Return why a person may not give this command, for that person; None: he may."""
    match bar_of(person.actor, command, concern.place, concern.ladder):
        case Bar.ROLE:
            return refusal_text(f"role {person.role} may not {command}")
        case Bar.LADDER:
            ladders = ", ".join(sorted(ladders_of(person.role) or ()))
            return refusal_text(f"role {person.role} acts on alerts of {ladders} only")
        case Bar.AREA:
            return Text(
                _AREA.id.format(place=concern.place, area=person.area),
                _AREA.en.format(place=concern.place, area=person.area),
            )
        case None:
            return _about_severity(person, command, concern)


def _about_severity(person: Person, command: CommandKind, concern: Concern) -> Text | None:
    if command is not CommandKind.SHELVE or concern.severity is None:
        return None
    if may_shelve(person.role, concern.severity):
        return None
    return refusal_text("only a commander may shelve a critical alert")


_AREA: Final = Text(
    "{place} berada di luar wilayah tugas Anda ({area}).",
    "{place} lies outside your area ({area}).",
)
