"""Everything that one journal partition remembers.

Saved are the tables and the clocks; what else stands here (wakes, indexes) follows from them and
from the plan, and is made anew when a saved state is taken on.

A *wake* is a time at which something must be looked at again. There are two queues of them,
because there are two clocks: what is said by time alone wakes by `now`, what is said of absence
wakes by `heard`. A wake may be stale; whoever is woken looks at the facts and finds nothing to do.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec
from msgspec import Struct

from streams.domain.alert import Alert
from streams.domain.facts import Island, TpsFacts
from streams.domain.forms import Ledger
from streams.domain.ids import DRILL_MARK, AlertId, AreaCode, ElectionId, Scope, kabupaten_of
from streams.domain.partition import partition_of
from streams.domain.times import EpochMs
from streams.domain.totals import Totals
from streams.errors import ConfigError
from streams.judge.clocks import Clocks
from streams.judge.roster import DutyKey, Pair, on_duty_by_post, pairs_by_scope
from streams.judge.seen import Page, Seen
from streams.judge.table import Key, Table
from streams.judge.wakes import Wakes
from streams.rules.compiled import CompiledPack
from streams.rules.detectors.blind import BlindState
from streams.rules.detectors.condition import ConditionState
from streams.rules.detectors.dispute import DisputeState, Words
from streams.rules.detectors.outlier import Siblings
from streams.rules.detectors.overdue import OverdueState
from streams.rules.detectors.same import AlikeState, SameState
from streams.rules.detectors.score import ScoreState
from streams.rules.detectors.sequence import SequenceState
from streams.rules.detectors.situation import SituationState
from streams.rules.detectors.spread import SpreadState
from streams.rules.detectors.surge import SurgeState
from streams.rules.detectors.tally import NarrowState
from streams.territory.plan import Plan

__all__ = [
    "LAYOUT",
    "Checkins",
    "Hours",
    "LastInput",
    "Messages",
    "Narrow",
    "PackRow",
    "PartitionState",
    "Posture",
    "Quarantine",
    "Unrest",
    "Watched",
    "World",
]

LAYOUT: Final = 5
"""Raised with every change of a saved type, so that no worker reads rows that mean something else;
it judges the journal from its beginning instead."""


class Hours(Struct, frozen=True, gc=False):
    """When a kabupaten votes: from its first opening to its last closing."""

    opens_at: EpochMs
    closes_at: EpochMs
    tps: int
    """How many vote there."""


class LastInput(Struct, frozen=True, gc=False, array_like=True):
    """When the newest message of a kabupaten was received."""

    at: EpochMs = EpochMs(0)


class Watched(Struct, frozen=True):
    """An election that is watched: its plan and its rules."""

    plan: Plan
    rules: CompiledPack
    pairs: Mapping[Scope, Pair]
    on_duty: Mapping[DutyKey, tuple[str, ...]]
    """Officers by post."""
    hours: Mapping[AreaCode, Hours]
    """By kabupaten. All three follow from the plan."""

    @classmethod
    def of(cls, plan: Plan, rules: CompiledPack) -> "Watched":
        """Put a plan and its rules together."""
        hours = {code: _hours_of(plan, code) for code in plan.kabupaten_codes}
        return cls(plan, rules, pairs_by_scope(plan), on_duty_by_post(plan), hours)


def _hours_of(plan: Plan, kabupaten: AreaCode) -> Hours:
    tps = [plan.tps[code] for code in plan.tps_of_kabupaten[kabupaten]]
    opens, closes = (one.opens_at for one in tps), (one.closes_at for one in tps)
    return Hours(min(opens), max(closes), len(tps))


class World(Struct, frozen=True):
    """What was known before the day: the elections, by id."""

    elections: Mapping[ElectionId, Watched]

    def of(self, election: ElectionId) -> Watched:
        """Return the election, or the one that a drill is held of.

        Raises:
            ConfigError: It is not loaded here. Intake knew it, so another worker has loaded it.
        """
        real = self.elections.get(election)
        known = real or self.elections.get(ElectionId(election.partition(DRILL_MARK)[0]))
        if known is None:
            loaded = ", ".join(sorted(self.elections)) or "none"
            raise ConfigError(
                f"the journal or the saved state speaks of election {election}, which is not "
                f"loaded here; loaded: {loaded}. Give every worker the same --election folders"
            )
        return known


class Messages(Struct, frozen=True, gc=False, array_like=True):
    """When a pair of officers was heard of."""

    islands: tuple[Island, ...] = ()


class Narrow(Struct, frozen=True, gc=False, array_like=True):
    """Of a contest: when it was last counted, and whether its result is close."""

    last_count_at: EpochMs = EpochMs(0)
    state: NarrowState = NarrowState()


class Posture(Struct, frozen=True, gc=False, array_like=True):
    """When the posture of an area is raised: cause, since, until (`NEVER` while it lasts)."""

    raised: tuple[tuple[str, EpochMs, EpochMs], ...] = ()


class Checkins(Struct, frozen=True, gc=False, array_like=True):
    """When an officer has checked in, and at which TPS."""

    facts: TpsFacts = TpsFacts()
    tps: tuple[AreaCode, ...] = ()
    """In order, at most `NAMED_MAX`."""


class Unrest(Struct, frozen=True, gc=False, array_like=True):
    """Alerts about a desa by which its officers are asked more often.

    Of each the category, when it opened, and when it ended (`NEVER` while it lasts).
    """

    spans: tuple[tuple[str, EpochMs, EpochMs], ...] = ()


class PackRow(Struct, frozen=True, gc=False, array_like=True):
    """A pack that was taken on in place of the one that the folder names."""

    name: str
    """Its hash."""
    published: str


class Quarantine(Struct, frozen=True, gc=False, array_like=True):
    """A rule that failed on a scope and is not asked about it again."""

    detail: str
    at: EpochMs


class PartitionState:
    """The memory of one journal partition."""

    def __init__(self, partition: int, world: World) -> None:
        """Begin empty, before the first record of the log."""
        self.partition = partition
        self.world = world
        self.clocks = Clocks()
        self.packs: Table[PackRow] = Table("pack", PackRow)
        self.facts: Table[TpsFacts] = Table("facts", TpsFacts)
        self.officers: Table[TpsFacts] = Table("officer", TpsFacts)
        self.pairs: Table[Messages] = Table("pair", Messages)
        self.checkins: Table[Checkins] = Table("checkin", Checkins)
        self.unrest: Table[Unrest] = Table("unrest", Unrest)
        self.overdue: Table[OverdueState] = Table("overdue", OverdueState)
        self.score: Table[ScoreState] = Table("score", ScoreState)
        self.condition: Table[ConditionState] = Table("condition", ConditionState)
        self.sequence: Table[SequenceState] = Table("sequence", SequenceState)
        self.surge: Table[SurgeState] = Table("surge", SurgeState)
        self.words: Table[Words] = Table("words", Words)
        self.disputes: Table[DisputeState] = Table("dispute", DisputeState)
        self.rumours: Table[AlikeState] = Table("rumour", AlikeState)
        self.ledgers: Table[Ledger] = Table("ledger", Ledger)
        self.totals: Table[Totals] = Table("totals", Totals)
        self.narrow: Table[Narrow] = Table("narrow", Narrow)
        self.siblings: Table[Siblings] = Table("siblings", Siblings)
        self.images: Table[SameState] = Table("image", SameState)
        self.spread: Table[SpreadState] = Table("spread", SpreadState)
        self.situations: Table[SituationState] = Table("situation", SituationState)
        self.inputs: Table[LastInput] = Table("input", LastInput)
        self.health: Table[BlindState] = Table("health", BlindState)
        self.posture: Table[Posture] = Table("posture", Posture)
        self.alerts: Table[Alert] = Table("alert", Alert)
        self.quarantine: Table[Quarantine] = Table("quarantine", Quarantine)
        self.pages: Table[Page] = Table("seen", Page)
        self.seen = Seen(self.pages)
        self.by_heard = Wakes()
        self.by_now = Wakes()
        self.latest: dict[Key, AlertId] = {}
        """The latest episode of each case, by what makes the case."""
        self.holding_in: dict[tuple[ElectionId, AreaCode], tuple[Key, ...]] = {}
        """Evidence that holds, by (election, desa)."""
        self.open_in: dict[tuple[ElectionId, AreaCode], set[AlertId]] = {}
        """Open alerts, by election and kabupaten."""
        self.children_of: dict[AlertId, set[AlertId]] = {}
        """Inhibited alerts, by the one that speaks for them."""
        self.seen_at: dict[tuple[ElectionId, AreaCode], set[Scope]] = {}
        """Officers who have checked in at a TPS."""
        self.planned = False
        """Whether the deadlines of the plan have been queued."""

    @property
    def tables(self) -> tuple[Table[Struct], ...]:
        """All that is saved, beside the clocks."""
        return (  # type: ignore[return-value]  # tables of any rows, to save and load
            self.packs,
            self.facts,
            self.officers,
            self.pairs,
            self.checkins,
            self.unrest,
            self.overdue,
            self.score,
            self.condition,
            self.sequence,
            self.surge,
            self.words,
            self.disputes,
            self.rumours,
            self.ledgers,
            self.totals,
            self.narrow,
            self.siblings,
            self.images,
            self.spread,
            self.situations,
            self.inputs,
            self.health,
            self.posture,
            self.alerts,
            self.quarantine,
            self.pages,
        )

    def watches(self, kabupaten: AreaCode) -> bool:
        """Tell whether the events of a kabupaten come to this partition."""
        assert self.clocks.partitions, "only a mark tells how many partitions there are"
        key = kabupaten_of(kabupaten).encode()
        return partition_of(key, self.clocks.partitions) == self.partition

    def put_checkins(self, election: ElectionId, officer: Scope, checkins: Checkins) -> None:
        """Set what an officer has told of himself."""
        self.checkins.put((election, officer), checkins)
        for tps in checkins.tps:
            self.seen_at.setdefault((election, tps), set()).add(officer)

    def alert(self, alert_id: str) -> Alert | None:
        """Return an episode by its id."""
        return self.alerts.get((alert_id,))

    def latest_of(self, case: Key) -> Alert | None:
        """Return the latest episode of a case."""
        latest = self.latest.get(case)
        return None if latest is None else self.alerts.get((latest,))

    def put_alert(self, alert: Alert) -> None:
        """Set an episode."""
        self.alerts.put((alert.id,), alert)
        self._remember(alert)

    def open_alerts(self, election: ElectionId, kabupaten: AreaCode) -> list[Alert]:
        """Return the open alerts of a kabupaten, the oldest first."""
        found = (self.alerts.get((one,)) for one in self.open_in.get((election, kabupaten), ()))
        return sorted((one for one in found if one), key=lambda one: (one.opened_at, one.id))

    def _remember(self, alert: Alert) -> None:
        near = self.open_in.setdefault((alert.election, kabupaten_of(alert.place)), set())
        if alert.is_open:
            near.add(alert.id)
        else:
            near.discard(alert.id)
        if alert.parent is not None:
            self.children_of.setdefault(alert.parent, set()).add(alert.id)
        case = (alert.election, alert.rule, alert.scope, alert.key)
        latest = self.latest_of(case)
        if latest is None or latest.episode <= alert.episode:
            self.latest[case] = alert.id

    def take_changes(self) -> tuple[dict[bytes, bytes | None], bytes]:
        """Return the rows that changed since the last call, and the clocks, as they are saved."""
        rows: dict[bytes, bytes | None] = {}
        for table in self.tables:
            rows |= table.take_changes()
        return rows, msgspec.msgpack.encode(self.clocks)

    def load(self, rows: Iterable[tuple[bytes, bytes]], clocks: bytes | None) -> None:
        """Take on a saved state. Raises AssertionError if a row is of no table."""
        if clocks is not None:
            self.clocks = msgspec.msgpack.decode(clocks, type=Clocks)
        for key, row in rows:
            known = any(table.load(key, row) for table in self.tables)
            assert known, f"a row of no table: {key!r}"
        self.seen.restore()
        for (election, officer), checkins in self.checkins.items():
            for tps in checkins.tps:
                self.seen_at.setdefault((ElectionId(election), tps), set()).add(Scope(officer))
        for _, alert in self.alerts.items():  # noqa: PERF102  a Table is no dict
            self._remember(alert)
