"""What may be done to an alert as it stands: what its state takes, and the role may order.

This offers, it does not decide. The fold judges every command by its own roster and the state that
it meets then; whoever is offered too much here is refused there, and told why.
"""

from typing import Final

from streams.alerts.authority import commands_of, ladders_of, may_shelve
from streams.alerts.lifecycle import TABLE, Move
from streams.domain.alert import AlertState, Ladder
from streams.domain.events import ActorRole, CommandKind
from streams.domain.words import ScopeKind
from streams.wire.documents import AlertDocument

__all__ = ["offered"]

_MOVES: Final = {
    CommandKind.ACK: Move.ACK,
    CommandKind.UNACK: Move.UNACK,
    CommandKind.ESCALATE: Move.ESCALATE,
    CommandKind.SHELVE: Move.SHELVE,
    CommandKind.UNSHELVE: Move.UNSHELVE,
    CommandKind.RESOLVE: Move.RESOLVE,
    CommandKind.CLOSE_CASE: Move.RESOLVE,
    CommandKind.REOPEN: Move.REOPEN,
}
_OF_ANY: Final = frozenset({CommandKind.NOTE, CommandKind.DISPATCH, CommandKind.RELEASE})
_SCOPES: Final = {
    CommandKind.CONFIRM_SEAL: ScopeKind.BOX,
    CommandKind.CONFIRM_IDENTITY: ScopeKind.OFFICER,
    CommandKind.SET_CLASS: ScopeKind.TPS,
}
"""Commands that are about one kind of thing."""
_CASES: Final = frozenset({Ladder.GAK, Ladder.PROP})
"""Ladders of alerts that somebody else keeps a case of."""


def offered(role: ActorRole, alert: AlertDocument) -> tuple[CommandKind, ...]:
    """Return what a role may do to an alert, in the order of `CommandKind`."""
    ladders = ladders_of(role)
    if ladders is not None and alert.ladder not in ladders:
        return ()
    may = commands_of(role)
    return tuple(kind for kind in CommandKind if kind in may and _fits(kind, role, alert))


def _fits(kind: CommandKind, role: ActorRole, alert: AlertDocument) -> bool:
    if kind in _OF_ANY:
        return kind is CommandKind.NOTE or alert.state is not AlertState.RESOLVED
    if kind in _SCOPES:
        return alert.scope.kind is _SCOPES[kind]
    move = _MOVES.get(kind)
    if move is None or (alert.state, move) not in TABLE:
        return False
    if kind is CommandKind.SHELVE:
        return may_shelve(role, alert.severity)
    return kind is not CommandKind.CLOSE_CASE or alert.ladder in _CASES
