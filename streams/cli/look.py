"""How alerts and records look in a terminal: a letter, a shape and a colour for each severity.

Nothing is said by colour alone. The colours are those of Okabe and Ito, which people with any kind
of colour vision can tell apart; where there is no colour, letter and shape are still there.

| severity | letter        | shape | colour     |
|----------|---------------|-------|------------|
| critical | K, kritis     | ◆     | vermillion |
| high     | T, tinggi     | ▲     | orange     |
| medium   | S, sedang     | ■     | yellow     |
| low      | R, rendah     | ●     | sky blue   |
"""

from typing import Final

import msgspec
from msgspec import Struct
from rich.text import Text

from streams.cli.terminal import one_line
from streams.domain.times import EpochMs
from streams.domain.words import Severity
from streams.engine.ports import RecordView, Slot
from streams.engine.topics import Topic
from streams.wire.documents import TransitionDocument
from streams.wire.outputs import RESENT
from streams.wire.time import format_time

__all__ = ["Mark", "mark_of", "row_of"]

_TRANSITIONS: Final = frozenset({Topic.TRANSITIONS, Topic.RESTRICTED_TRANSITIONS})
_VALUE_SHOWN: Final = 400
_decode_transition: Final = msgspec.json.Decoder(TransitionDocument).decode


class Mark(Struct, frozen=True):
    """How a severity looks."""

    letter: str
    shape: str
    colour: str

    def __str__(self) -> str:
        """Return shape and letter."""
        return f"{self.shape} {self.letter}"


_MARKS: Final = {
    Severity.CRITICAL: Mark("K", "◆", "#d55e00"),
    Severity.HIGH: Mark("T", "▲", "#e69f00"),
    Severity.MEDIUM: Mark("S", "■", "#f0e442"),
    Severity.LOW: Mark("R", "●", "#56b4e9"),
}


def mark_of(severity: Severity) -> Mark:
    """Return how a severity looks."""
    return _MARKS[severity]


def row_of(slot: Slot, record: RecordView) -> Text:
    """Return one line about a record of any topic, in colour where it has a severity."""
    if slot.topic in _TRANSITIONS and record.value is not None:
        try:
            return _transition(_decode_transition(record.value))
        except (msgspec.DecodeError, UnicodeDecodeError):
            pass  # Not ours; it is shown like any other record.
    if slot.topic == Topic.DEADLETTER:
        return _dead_letter(slot, record)
    return _any(slot, record, one_line((record.value or b"").decode(errors="replace")))


def _transition(line: TransitionDocument) -> Text:
    mark = mark_of(line.severity)
    about = f"{line.rule} {line.scope}" + (f" {line.key}" if line.key else "")
    drill = "DRILL " if line.drill else ""
    return Text.assemble(
        f"{line.at[11:19]}  ",
        (str(mark), mark.colour),
        f"  {line.change:<14} ",
        (f"{line.level:<12}", "bold"),
        f" {drill}{about}  ",
        (f"{line.alert} r{line.revision} {line.cause}", "dim"),
    )


def _dead_letter(slot: Slot, record: RecordView) -> Text:
    headers = {name: (value or b"").decode(errors="replace") for name, value in record.headers}
    if RESENT in headers:
        return _any(slot, record, one_line(f"sent again: letter {headers[RESENT]}"))
    origin = "{topic}/{partition}:{offset}".format_map(_Missing(headers))
    words = f"{headers.get('reason', '?'):<12} {headers.get('detail', '')}"
    return _any(slot, record, one_line(f"{words} ({origin})"))


def _any(slot: Slot, record: RecordView, words: str) -> Text:
    at = format_time(EpochMs(record.timestamp), 0)
    key = one_line((record.key or b"-").decode(errors="replace"))
    shown = words if len(words) <= _VALUE_SHOWN else f"{words[:_VALUE_SHOWN]}…"
    return Text.assemble((f"{at}  {slot.partition}:{record.offset:<8}", "dim"), f" {key}  {shown}")


class _Missing(dict[str, str]):
    """A mapping in which what is missing is a question mark."""

    def __missing__(self, name: str) -> str:
        return "?"
