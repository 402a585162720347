"""Stories: a day in a few words, and the lines that were told of it.

    story(at("06:00"), at("07:41"), opened(KR), at("08:00"), of="T03@KR")
    -> ["07:30 opened", "07:41 returned"]

`at` sets the time of receipt of what follows; between two of them the clocks run on, by marks every
half minute. A story ends where its last `at` stands. `said` lets something have happened earlier
than it was received, `deaf` and `hearing` stop and start intake while `now` goes on.
"""

import hashlib
from collections.abc import Iterable
from typing import Final, TypeVar

import msgspec
from msgspec import UNSET, Struct
from msgspec.structs import replace

from streams import pipeline
from streams.domain.alert import Alert
from streams.domain.effects import AlertShown, Effect, Line, Reply, Triage
from streams.domain.events import CrowdReport, OperatorCommand, TpsStatus, VoteCount
from streams.domain.gateway import GatewayHeartbeat
from streams.domain.ids import AreaCode, ElectionId, kabupaten_of
from streams.domain.journal import Accepted, Flag, IntakeMark, JournalRecord, Origin, OwnerMark
from streams.domain.receipt import Receipt
from streams.domain.times import SECOND_MS, EpochMs
from streams.judge.state import PartitionState
from streams.judge.world import World
from streams.pipeline import Step
from streams.wire.time import format_time, parse_time
from tests.support.world import DESA, ELECTION, KABUPATEN, NAMES, clock, local, world

__all__ = [
    "At",
    "Hearing",
    "Item",
    "Journal",
    "Told",
    "alerts_of",
    "at",
    "brief",
    "code_of",
    "deaf",
    "events_of",
    "hearing",
    "journal",
    "judge",
    "judge_into",
    "lines_of",
    "name_of",
    "named",
    "of_election",
    "only",
    "replies_of",
    "said",
    "story",
    "triage_of",
]

PACE_MS: Final = 30 * SECOND_MS
"""From one mark of a story to the next; live there is one a second."""
_SOURCE: Final = "tps.status"
_WIB: Final = 420
_TOPICS: Final = {
    TpsStatus: "tps.status",
    CrowdReport: "crowd.reports",
    VoteCount: "vote.counts",
    OperatorCommand: "operator.commands",
    GatewayHeartbeat: "siaga.gateways",
    Receipt: "siaga.receipts",
}
_NAMES: Final = {**NAMES, DESA: "DESA"}
_CODES: Final = {name: code for code, name in _NAMES.items()}


class Item(Struct, frozen=True):
    """Anything that a story is told of."""


class At(Item, frozen=True):
    """What follows is received at this moment."""

    at: EpochMs


class Hearing(Item, frozen=True):
    """Whether intake tells how far it has read; without it `heard` stands still."""

    on: bool


class Told(Item, frozen=True, kw_only=True):
    """An event as a story tells it, with what intake finds out about it."""

    event: TpsStatus | CrowdReport | VoteCount | OperatorCommand | GatewayHeartbeat | Receipt
    place: AreaCode
    at: EpochMs | None = None
    """When it happened; None: when it was received."""
    election: ElectionId = ELECTION
    flags: tuple[Flag, ...] = ()
    until: EpochMs | None = None
    published: str = ""
    """Of `use_pack`: what intake found under its hash."""


E = TypeVar("E", bound=Effect)
deaf: Final = Hearing(on=False)
hearing: Final = Hearing(on=True)


def at(clock_text: str) -> At:
    """Let time run on to `07:30` or `07:30:15`."""
    return At(local(clock_text))


def said(clock_text: str, told: Told) -> Told:
    """Let something have happened at another time than that of its receipt."""
    return replace(told, at=local(clock_text))


def named(event_id: str, told: Told) -> Told:
    """Give an event an id that the story can come back to."""
    return replace(told, event=replace(told.event, id=event_id))


def of_election(election: str, told: Told) -> Told:
    """Let an event be of another election, or of a drill."""
    return replace(told, election=ElectionId(election))


def story(*items: Item, of: str, world: World | None = None) -> list[str]:
    """Judge a story and return the lines of one case, as `T03@KR` or `W01@DESA|KAM-01`."""
    effects = judge(journal(*items), world)
    return [brief(line) for line in lines_of(effects) if name_of(line) == of]


class Journal:
    """A journal in the making: each item becomes records behind those that are there."""

    def __init__(self) -> None:
        """Begin before the first moment."""
        self.now = EpochMs(0)
        self._marked = EpochMs(0)
        self._hears = True
        self._records = 0

    def take(self, item: Item) -> list[Step]:
        """Return the records that an item makes: marks up to a moment, or an event."""
        match item:
            case At(at=moment):
                first = not self._records
                start = moment if first else self._marked + PACE_MS
                steps: list[Step] = []
                for marked in range(start, moment + first, PACE_MS):
                    steps += self.marks(EpochMs(marked))
                    self._marked = EpochMs(marked)
                self.now = moment
                return steps
            case Hearing(on=on):
                self._hears = on
                return []
            case Told():
                number = self._records
                self._records += 1
                return [_step(number, self.now, _accepted(item, number, self.now))]
            case _:
                raise AssertionError(item)

    def marks(self, moment: EpochMs) -> list[Step]:
        """Return the marks of a moment, by which what is due is settled."""
        steps = _marks(self._records, moment, hears=self._hears)
        self._records += len(steps)
        return steps


def journal(*items: Item) -> list[Step]:
    """Write the journal of a story: its events, and marks every half minute between them."""
    made = Journal()
    steps = [step for item in items for step in made.take(item)]
    return [*steps, *made.marks(made.now)]


def events_of(steps: Iterable[Step]) -> list[Step]:
    """Return the events of a journal, without its marks."""
    return [step for step in steps if isinstance(step.record, Accepted)]


def judge(steps: Iterable[Step], world_: World | None = None) -> list[Effect]:
    """Judge a journal from its beginning."""
    return judge_into(PartitionState(0, world_ or world()), steps)


def judge_into(state: PartitionState, steps: Iterable[Step]) -> list[Effect]:
    """Judge a journal, or a part of one, on top of what is known already."""
    return [effect for step in steps for effect in pipeline.step(state, step)]


def only(effects: Iterable[Effect], kind: type[E]) -> list[E]:
    """Return the effects of one kind."""
    return [effect for effect in effects if isinstance(effect, kind)]


def lines_of(effects: Iterable[Effect]) -> list[Line]:
    """Return the lines among the effects."""
    return only(effects, Line)


def replies_of(effects: Iterable[Effect]) -> list[str]:
    """Return the reason of each reply, or `done`."""
    return [reply.reason or "done" for reply in only(effects, Reply)]


def triage_of(effects: Iterable[Effect]) -> list[str]:
    """Return what was said of each report in triage, as `e3 open: score`."""
    found = only(effects, Triage)
    return [f"{one.evidence.id} {one.status}: {one.why}" for one in found]


def alerts_of(effects: Iterable[Effect]) -> dict[str, Alert]:
    """Return the last state of each case's latest alert, by name."""
    shown = only(effects, AlertShown)
    return {name_of(one.alert): one.alert for one in shown}


def brief(line: Line) -> str:
    """Return a line in short: `07:30 opened`; what is told late says so."""
    late = " late" if line.cause == "late" else ""
    return f"{clock(line.at)} {line.change}{late}"


def name_of(one: Line | Alert) -> str:
    """Return the case of a line or an alert as the tests call it: `T07@pair:P01`."""
    scope = _NAMES.get(AreaCode(one.scope), one.scope.replace(f":{KABUPATEN}/", ":"))
    return f"{one.rule}@{scope}" + (f"|{one.key}" if one.key else "")


def code_of(name: str) -> str:
    """Return the case as a command calls it: `T03@KR` is `T03@17.02.09.1001-001`."""
    rule, _, scope = name.partition("@")
    scope, bar, key = scope.partition("|")
    if ":" in scope and "/" not in scope and "@" not in scope:
        scope = scope.replace(":", f":{KABUPATEN}/")
    return f"{rule}@{_CODES.get(scope, scope)}{bar}{key}"


def _step(number: int, appended_at: EpochMs, record: JournalRecord) -> Step:
    return Step(f"0:{number}", appended_at, record)


def _marks(number: int, moment: EpochMs, *, hears: bool) -> list[Step]:
    owners = _step(number, moment, OwnerMark())
    mark = IntakeMark(claims={f"{_SOURCE}/0": moment}, sources={_SOURCE: 1})
    return [owners, _step(number + 1, moment, mark)] if hears else [owners]


def _accepted(told: Told, number: int, received_at: EpochMs) -> JournalRecord:
    """Return what intake would have written of an event."""
    happened = received_at if told.at is None else told.at
    event = replace(told.event, id=told.event.id or f"e{number}", at=format_time(happened, _WIB))
    topic = _TOPICS[type(event)]
    record = {
        "record": topic,
        "received_at": received_at,
        "at": happened,
        "origin": msgspec.to_builtins(Origin(topic, 0, number)),
        "election": told.election,
        "place": told.place,
        "digest": hashlib.sha256(msgspec.json.encode(event)).hexdigest()[:16],
        "flags": told.flags,
        "event": msgspec.to_builtins(event),
    }
    if isinstance(event, GatewayHeartbeat):
        here = {area for area in event.areas if kabupaten_of(area) == kabupaten_of(told.place)}
        record["areas"] = sorted(here)
        if event.oldest_pending_at is not UNSET:
            record["pending_since"] = parse_time(event.oldest_pending_at)
    if told.until is not None:
        record["until"] = told.until
    if told.published:
        record["published"] = told.published
    accepted: JournalRecord = msgspec.convert(record, JournalRecord)
    return accepted
