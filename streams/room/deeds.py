"""What people have done about alerts, and what they wrote down: notes, reasons, who was sent.

    operator.commands ─► what was said ─┐
                                        ├─► deeds of an alert
    siaga.replies ─► what was done ─────┘

A note makes no line, and its text stands on no topic that we write: it may hold anything. But it
came by a topic, as the command that it was. A command is only what somebody claims, so it counts
once the fold has answered that it is done; of several with one id and one actor the first counts,
as for intake. Who may see an alert may read what was written about it, and nobody else.
"""

from collections import deque
from collections.abc import Iterator
from typing import Final

from msgspec import UNSET, Struct

from streams.domain.effects import ReplyOutcome
from streams.domain.events import CommandKind, OperatorCommand
from streams.engine.topics import Topic
from streams.wire.documents import ReplyDocument
from streams.wire.inputs import decode_input
from streams.wire.records import Headers
from streams.wire.rejection import Rejection

__all__ = ["Deed", "Deeds"]

_SAID_MAX: Final = 20_000
_OF_ALERT_MAX: Final = 200
_ALERTS_MAX: Final = 40_000


class Deed(Struct, frozen=True):
    """A command about an alert that was carried out."""

    cause: str
    """`command:ID`, as the line that it caused has it."""
    kind: CommandKind
    at: str
    by: str
    """Id of the user, or of who else has commanded."""
    role: str
    """As the roster has it."""
    text: str
    """The text of a note, or the reason; empty: none was given, or it is not known any more."""
    step: str
    """What of the alert's checklist it says is done."""
    sent: str
    """The pair or officer that was dispatched or released."""
    sent_as: str
    """`pair` or `officer`; empty: nobody was."""


class _Said(Struct, frozen=True):
    text: str
    step: str
    sent: str
    sent_as: str


_NOTHING: Final = _Said("", "", "", "")


class Deeds:
    """What was said, and what of it was done, by alert."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._said: dict[tuple[str, str], _Said] = {}
        """By actor and id of the command, the oldest first."""
        self._told_at: dict[tuple[str, str], str] = {}
        """Likewise: when each says that it was given."""
        self._done: dict[str, deque[ReplyDocument]] = {}

    def say(self, value: bytes, headers: Headers) -> str:
        """Take in a command as it came; what intake refuses says nothing.

        Returns:
            The alert of which more is known now, as the fold has answered already; empty: none.
        """
        try:
            event = decode_input(Topic.OPERATOR_COMMANDS, value, headers).event
        except Rejection:
            return ""
        assert isinstance(event, OperatorCommand), "the topic has nothing else"
        self._told_at.setdefault((event.actor.id, event.id), event.at)
        while len(self._told_at) > _SAID_MAX:
            del self._told_at[next(iter(self._told_at))]
        said = _said_of(event)
        if said != _NOTHING:
            self._said.setdefault((event.actor.id, event.id), said)
        while len(self._said) > _SAID_MAX:
            del self._said[next(iter(self._said))]
        alert = "" if event.alert is UNSET else event.alert
        done = self._done.get(alert, ())
        is_done = any((one.actor, one.command) == (event.actor.id, event.id) for one in done)
        return alert if is_done else ""

    def told_at(self, actor: str, command: str) -> str:
        """Return when a command was given, as it says itself; empty: it is not known here."""
        return self._told_at.get((actor, command), "")

    def has_other(self, event: OperatorCommand) -> bool:
        """Tell whether its actor is known to have written something else under its id."""
        said = self._said.get((event.actor.id, event.id))
        return said is not None and said != _said_of(event)

    def answer(self, reply: ReplyDocument) -> str:
        """Take in what the fold has answered; return the alert of which more is known now."""
        if reply.outcome is not ReplyOutcome.DONE:
            self._said.pop((reply.actor, reply.command), None)
            return ""
        if not reply.alert:
            return ""
        done = self._done.setdefault(reply.alert, deque(maxlen=_OF_ALERT_MAX))
        if all((one.actor, one.command) != (reply.actor, reply.command) for one in done):
            done.append(reply)
        while len(self._done) > _ALERTS_MAX:
            self.forget(next(iter(self._done)))
        return reply.alert

    def of(self, alert: str) -> Iterator[Deed]:
        """Yield what was done about an alert, in the order of judgment."""
        for reply in self._done.get(alert, ()):
            said = self._said.get((reply.actor, reply.command), _NOTHING)
            yield Deed(
                cause=f"command:{reply.command}",
                kind=CommandKind(reply.command_kind),
                at=reply.at,
                by=reply.actor,
                role=reply.role,
                text=said.text,
                step=said.step,
                sent=said.sent,
                sent_as=said.sent_as,
            )

    def written(self, alert: str) -> int:
        """Return of how many deeds it is known what was written, or who was sent."""
        done = self._done.get(alert, ())
        return sum((one.actor, one.command) in self._said for one in done)

    def sent(self, alert: str) -> tuple[tuple[str, str], ...]:
        """Return who was sent to an alert and not released since: `pair` or `officer`, and name."""
        found: dict[tuple[str, str], None] = {}
        for deed in self.of(alert):
            whom = deed.sent_as, deed.sent
            if deed.kind is CommandKind.DISPATCH and deed.sent:
                found[whom] = None
            elif deed.kind is CommandKind.RELEASE:
                found.pop(whom, None)
        return tuple(found)

    def forget(self, alert: str) -> None:
        """Forget what was done about an alert."""
        for reply in self._done.pop(alert, ()):
            self._said.pop((reply.actor, reply.command), None)


def _said_of(event: OperatorCommand) -> _Said:
    sent_as = "pair" if event.pair else "officer" if event.officer else ""
    return _Said(event.reason, event.step, event.pair or event.officer, sent_as)
