"""An accepted input, in the one shape that the rules look at, and what a line of input can be."""

from dataclasses import dataclass, field
from functools import cached_property

from tests.oracle.times import MINUTE
from tests.oracle.values import Json, number, part, parts, text

__all__ = ["DeadLetter", "Event", "Place", "clamp", "make_event"]


@dataclass(frozen=True)
class Place:
    """Where an event belongs: what is not sure is empty."""

    kabupaten: str = ""
    desa: str = ""
    tps: str = ""


@dataclass(frozen=True)
class Event:
    """One accepted input."""

    topic: str
    id: str
    source: str
    """`source.id`, of a command `actor.id`."""
    at: int
    """When it happened, after clamping; epoch milliseconds."""
    received_at: int
    cause: str
    """`input:LINE`, `PARTITION:OFFSET` or `command:ID`, as a line of output says it."""
    place: Place
    value: Json = field(repr=False, hash=False)
    content: str = field(repr=False)
    """Equal for equal content, and only then."""
    lowered: bool = False
    """Of a report: its source floods (W14), so it weighs little."""

    @cached_property
    def kind(self) -> str:
        """Of a status."""
        return text(self.value, "kind")

    @property
    def category(self) -> str:
        """Of a report; §2 "`gangguan` … is itself a report of category `UMM-01` by that source"."""
        named = text(self.value, "category") if self.topic == "crowd.reports" else ""
        trouble = text(self.value, "situation") == "gangguan"
        return named or ("UMM-01" if trouble else "")

    @property
    def is_report(self) -> bool:
        """Whether somebody reports something: not whoever says that all is well."""
        if self.topic == "crowd.reports":
            return text(self.value, "situation") != "aman"
        return self.topic == "tps.status" and self.category != ""

    @property
    def officer(self) -> str:
        """Of a check-in, a duress call or a confirmation: the scope of the officer."""
        name = text(self.value, "officer")
        return f"officer:{self.place.kabupaten}/{name}" if name else ""

    @property
    def subject(self) -> str:
        """Of a report: the scope of the officer that it is about."""
        name = text(part(self.value, "subject"), "officer")
        return f"officer:{self.place.kabupaten}/{name}" if name else ""

    @property
    def role(self) -> str:
        """§1 "`operator`: as the role it relays (`for`; without it `warga`)"."""
        source = part(self.value, "source")
        role = text(source, "role")
        return (text(source, "for") or "warga") if role == "operator" else role

    @property
    def line_at(self) -> int:
        """The time of a line that this event causes.

        §4: "any line that a record causes in the past, carries the record's time of receipt"; up to
        2 minutes ahead the sender's clock is believed, and the line carries the time it holds for.
        """
        return max(self.at, self.received_at)

    @property
    def position(self) -> tuple[float, float] | None:
        """A report's own coordinates."""
        where = part(self.value, "place")
        lat, lon = number(where, "lat"), number(where, "lon")
        return None if lat is None or lon is None else (lat, lon)

    @property
    def hashes(self) -> list[str]:
        """Of the evidence that a report carries."""
        return [found for item in parts(self.value, "evidence") if (found := text(item, "sha256"))]


@dataclass(frozen=True)
class DeadLetter:
    """An input that could not be taken."""

    line: int
    reason: str
    detail: str


def clamp(at: int, received_at: int) -> int:
    """§1 "`at` more than 2 minutes ahead of `received_at` is clamped to it"."""
    return received_at if at - received_at > 2 * MINUTE else at


def make_event(
    topic: str, value: Json, times: tuple[int, int], cause: str, identity: tuple[Place, str]
) -> Event:
    """Make an event; `times` are `at` and `received_at`, `identity` its place and content."""
    at, received_at = times
    command = topic == "operator.commands"
    return Event(
        topic=topic,
        id=text(value, "id"),
        source=text(part(value, "actor" if command else "source"), "id"),
        at=at,
        received_at=received_at,
        cause=f"command:{text(value, 'id')}" if command else cause,
        place=identity[0],
        value=value,
        content=identity[1],
    )
