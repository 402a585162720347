"""An audit as text: Indonesian first, English beside it, or one of them alone."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from streams.cli.audit_day import Act, Audit
from streams.cli.look import mark_of
from streams.cli.terminal import one_line
from streams.domain.alert import Text
from streams.domain.effects import ReplyOutcome
from streams.engine.topics import Topic
from streams.texts.words import change_text, state_text
from streams.wire.documents import AlertDocument, TransitionDocument

__all__ = ["Language", "told"]


class Language(StrEnum):
    """In which language an audit is told."""

    ID = "id"
    EN = "en"
    BOTH = "both"


_COMMAND: Final = Text("perintah", "command")
_TOPICS: Final[Mapping[str, Text]] = {
    Topic.TPS_STATUS: Text("kabar", "status"),
    Topic.CROWD_REPORTS: Text("laporan", "report"),
    Topic.VOTE_COUNTS: Text("hitungan", "count"),
    Topic.OPERATOR_COMMANDS: _COMMAND,
}
_CLOCK: Final = Text("waktu saja", "time alone")
_FROM: Final = Text("dari", "from")
_BY: Final = Text("oleh", "by")
_CHANNEL: Final = Text("lewat", "through")
_UNTOLD: Final = Text("tidak disebut", "not told")
_RECEIVED: Final = Text("diterima", "received")
_RESTRICTED: Final = Text("terbatas", "restricted")
_CLAIMED: Final = Text("mengaku", "claimed")
_UNLISTED: Final = Text("tidak terdaftar", "not on the roster")
_REASON: Final = Text("alasan", "reason")
_DRILL: Final = Text("LATIHAN", "DRILL")
_NOTHING: Final = Text("tidak ada catatan", "nothing was found")
_OUTCOMES: Final[Mapping[str, Text]] = {
    ReplyOutcome.DONE: Text("dijalankan", "done"),
    ReplyOutcome.REFUSED: Text("ditolak", "refused"),
    "": Text("tidak dijawab di sini", "not answered here"),
}


def told(audit: Audit, language: Language) -> Iterator[str]:
    """Yield the lines of an audit: each act, and below it who was behind it, and from where."""
    speaker = _Speaker(language)
    yield one_line(audit.subject)
    restricted = {one.id: one.restricted_to for one in audit.alerts}
    for alert in audit.alerts:
        yield from speaker.alert(alert)
    for act in audit.acts:
        head, *details = speaker.act(act)
        limits = speaker.limits(restricted.get(act.alert, ()))
        yield one_line(f"{act.at[:19].replace('T', ' ')}  {head}{limits}")
        yield from (f"    {one_line(detail)}" for detail in details)
    if not audit.acts:
        yield f"  {speaker.say(_NOTHING)}"


class _Speaker(Struct, frozen=True):
    """Says things in the chosen language."""

    language: Language

    def say(self, text: Text) -> str:
        """Return a text; Indonesian first where both are wanted."""
        match self.language:
            case Language.ID:
                return text.id
            case Language.EN:
                return text.en
            case Language.BOTH:
                return text.id if text.id == text.en else f"{text.id} / {text.en}"

    def limits(self, restricted_to: tuple[str, ...]) -> str:
        """Return the mark of what not everybody may read."""
        if not restricted_to:
            return ""
        return f"  [{self.say(_RESTRICTED)}: {', '.join(restricted_to)}]"

    def alert(self, alert: AlertDocument) -> Iterator[str]:
        """Yield what an alert is about."""
        about = f"{alert.rule} {alert.scope.code} {alert.key}".rstrip()
        yield one_line(f"{alert.id}  {about}{self.limits(alert.restricted_to)}")
        drill = f"{self.say(_DRILL)}: " if alert.drill else ""
        yield f"    {drill}{one_line(self.say(alert.title))}"

    def act(self, act: Act) -> Iterator[str]:
        """Yield what happened, and then its details."""
        if act.line is not None:
            yield self._change(act.line)
            yield f"{self.say(_FROM)} {self._cause(act)}"
        elif act.topic == Topic.OPERATOR_COMMANDS:
            yield f"{self.say(_COMMAND)} {act.what}  {act.alert or act.place}"
            yield f"{self.say(_BY)} {self._actor(act)}  ({act.record})"
            outcome = self.say(_OUTCOMES[act.outcome])
            yield f"{outcome}: {act.refusal}" if act.refusal else outcome
        else:
            yield f"{self._record(act)}  {act.place}"
            yield f"{self.say(_FROM)} {self._sender(act)}  ({act.record})"
        if act.reason and act.line is None:
            yield f"{self.say(_REASON)}: {act.reason}"

    def _change(self, line: TransitionDocument) -> str:
        change, state = self.say(change_text(line.change)), self.say(state_text(line.state))
        about = f"{line.rule} {line.scope} {line.key}".rstrip()
        drill = f"{self.say(_DRILL)}: " if line.drill else ""
        name = f"{line.alert} r{line.revision}"
        return (
            f"{mark_of(line.severity)}  {drill}{about}  {change}: {line.level}, {state}  ({name})"
        )

    def _cause(self, act: Act) -> str:
        """Return the record that caused a line, and who sent it."""
        record = f"  ({act.record})" if act.record else ""
        if not act.topic:
            return f"{self.say(_CLOCK)}{record}"
        is_command = act.topic == Topic.OPERATOR_COMMANDS
        sender = self._actor(act) if is_command else self._sender(act)
        received = f"{self.say(_RECEIVED)} {act.received_at[:19].replace('T', ' ')}"
        return f"{self._record(act)}, {self.say(_BY)} {sender}, {received}{record}"

    def _record(self, act: Act) -> str:
        return f"{self.say(_TOPICS[act.topic])} {act.what} {act.id}"

    def _sender(self, act: Act) -> str:
        assert act.sender is not None, "only time has no sender"
        channel = act.sender.channel or self.say(_UNTOLD)
        return f"{act.sender.id} ({act.sender.role}), {self.say(_CHANNEL)} {channel}"

    def _actor(self, act: Act) -> str:
        """Return who gave a command: the role that counted, and the one that was claimed."""
        assert act.sender is not None, "somebody gives a command"
        role = act.role or self.say(_UNLISTED)
        claim = "" if act.sender.role == act.role else f"; {self.say(_CLAIMED)} {act.sender.role}"
        channel = act.sender.channel or self.say(_UNTOLD)
        return f"{act.sender.id} ({role}{claim}), {self.say(_CHANNEL)} {channel}"
