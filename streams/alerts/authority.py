"""Who may order what, and where (contract §5).

The roster decides: where the election folder has one, a message's own claim to a role or an area
counts for nothing, and who does not stand on it is refused. The system itself need not stand on it.
"""

from enum import StrEnum
from typing import Final

from streams.domain.alert import Alert, Ladder
from streams.domain.events import Actor, ActorRole, CommandKind
from streams.domain.words import Severity
from streams.territory.plan import Actor as ListedActor
from streams.territory.plan import covers

__all__ = [
    "Bar",
    "bar_of",
    "commands_of",
    "ladders_of",
    "may_shelve",
    "refusal",
    "resolved_actor",
]


class Bar(StrEnum):
    """What stands in the way of an order."""

    ROLE = "role"
    LADDER = "ladder"
    AREA = "area"


_OPERATOR: Final = frozenset(
    {
        CommandKind.ACK,
        CommandKind.UNACK,
        CommandKind.ESCALATE,
        CommandKind.SHELVE,
        CommandKind.UNSHELVE,
        CommandKind.RESOLVE,
        CommandKind.REOPEN,
        CommandKind.NOTE,
        CommandKind.CONFIRM_REPORT,
        CommandKind.REJECT_REPORT,
        CommandKind.PLACE_REPORT,
        CommandKind.DISPATCH,
        CommandKind.RELEASE,
        CommandKind.CONFIRM_SEAL,
    }
)
_LIAISON: Final = frozenset(
    {CommandKind.ACK, CommandKind.UNACK, CommandKind.NOTE, CommandKind.RESOLVE}
)
_MAY: Final = {
    ActorRole.VIEWER: frozenset[CommandKind](),
    ActorRole.OPERATOR: _OPERATOR,
    ActorRole.COMMANDER: _OPERATOR
    | {
        CommandKind.SET_CLASS,
        CommandKind.SET_SITUATION,
        CommandKind.CLOSE_CASE,
        CommandKind.CONFIRM_IDENTITY,
        CommandKind.DRILL_START,
        CommandKind.DRILL_STOP,
        CommandKind.RESUME_RULE,
        CommandKind.USE_PACK,
    },
    ActorRole.LIAISON: _LIAISON,
    ActorRole.PROPAM: _LIAISON | {CommandKind.CLOSE_CASE},
    ActorRole.SYSTEM: frozenset({CommandKind.USE_PACK, CommandKind.RESUME_RULE}),
}
"""Commands by role. Source: contract §5."""
_CONTROL_ROOM: Final = frozenset(Ladder) - {Ladder.PROP}
"""Complaints about the police are hidden from its control room. Source: domain §4b, W08."""
_LADDERS: Final = {
    ActorRole.OPERATOR: _CONTROL_ROOM,
    ActorRole.COMMANDER: _CONTROL_ROOM,
    ActorRole.LIAISON: frozenset({Ladder.ADM, Ladder.GAK}),
    ActorRole.PROPAM: frozenset({Ladder.PROP}),
}
"""Roles that may act on alerts of some ladders only."""


def resolved_actor(actor: Actor, roster: tuple[ListedActor, ...] | None) -> Actor | None:
    """Return the actor with the role and area that count; None: not on the roster."""
    if roster is None:
        return actor
    listed = next((one for one in roster if one.actor == actor.id), None)
    if listed is None:
        return actor if actor.role is ActorRole.SYSTEM else None
    return Actor(actor.id, listed.role, listed.area)


def commands_of(role: ActorRole) -> frozenset[CommandKind]:
    """Return the commands that a role may give at all."""
    return _MAY[role]


def ladders_of(role: ActorRole) -> frozenset[Ladder] | None:
    """Return the ladders of the alerts that a role may act on; None: of any."""
    return _LADDERS.get(role)


def may_shelve(role: ActorRole, severity: Severity) -> bool:
    """Tell whether a role that shelves may shelve an alert of this severity (contract §5)."""
    return severity is not Severity.CRITICAL or role is ActorRole.COMMANDER


def bar_of(actor: Actor, command: CommandKind, place: str, ladder: Ladder | None) -> Bar | None:
    """Return the first thing that stands in an actor's way; None: nothing does.

    Args:
        actor: Who orders, with the role and area that count.
        command: What he orders.
        place: Code of what it is about; empty: of no place.
        ladder: Of the alert that it is about; None: it is about none.
    """
    if command not in _MAY[actor.role]:
        return Bar.ROLE
    # Before the area: who may not know of an alert is not told where it is.
    ladders = _LADDERS.get(actor.role)
    if ladders is not None and ladder is not None and ladder not in ladders:
        return Bar.LADDER
    if actor.area and place and not covers(actor.area, place):
        return Bar.AREA
    return None


def refusal(actor: Actor, command: CommandKind, place: str, alert: Alert | None) -> str:
    """Return why an actor may not do this, as a sentence; empty if they may.

    `place` is the code of what the command is about; empty: of no place.
    """
    match bar_of(actor, command, place, alert.ladder if alert else None):
        case Bar.ROLE:
            return f"role {actor.role} may not {command}"
        case Bar.LADDER:
            ladders = ", ".join(sorted(_LADDERS[actor.role]))
            return f"role {actor.role} acts on alerts of {ladders} only"
        case Bar.AREA:
            return f"{place} lies outside area {actor.area} of the actor"
        case None:
            return ""
