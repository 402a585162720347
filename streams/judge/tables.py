"""All that is saved of a partition beside its clocks, as tables of rows."""

from msgspec import Struct

from streams.alerts.storm import Storm
from streams.domain.alert import Alert
from streams.domain.facts import TpsFacts
from streams.domain.forms import Ledger
from streams.domain.totals import Totals
from streams.judge.rows import (
    Assignment,
    Called,
    Checkins,
    Gateways,
    LastInput,
    Messages,
    Narrow,
    Notes,
    PackRow,
    Posture,
    Quarantine,
    RolledUpRow,
    Unrest,
    Waiting,
)
from streams.judge.seen import Page
from streams.judge.table import Table
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

__all__ = ["Tables"]


class Tables:
    """The tables of a partition, each empty at first."""

    def __init__(self) -> None:
        """Make them."""
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
        self.waiting: Table[Waiting] = Table("waiting", Waiting)
        self.ledgers: Table[Ledger] = Table("ledger", Ledger)
        self.totals: Table[Totals] = Table("totals", Totals)
        self.narrow: Table[Narrow] = Table("narrow", Narrow)
        self.siblings: Table[Siblings] = Table("siblings", Siblings)
        self.images: Table[SameState] = Table("image", SameState)
        self.spread: Table[SpreadState] = Table("spread", SpreadState)
        self.situations: Table[SituationState] = Table("situation", SituationState)
        self.inputs: Table[LastInput] = Table("input", LastInput)
        self.gateways: Table[Gateways] = Table("gateway", Gateways)
        self.health: Table[BlindState] = Table("health", BlindState)
        self.posture: Table[Posture] = Table("posture", Posture)
        self.alerts: Table[Alert] = Table("alert", Alert)
        self.assignments: Table[Assignment] = Table("assignment", Assignment)
        self.notes: Table[Notes] = Table("notes", Notes)
        self.storms: Table[Storm] = Table("storm", Storm)
        self.called: Table[Called] = Table("called", Called)
        self.rolled_up: Table[RolledUpRow] = Table("rolled_up", RolledUpRow)
        self.quarantine: Table[Quarantine] = Table("quarantine", Quarantine)
        self.pages: Table[Page] = Table("seen", Page)

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
            self.waiting,
            self.ledgers,
            self.totals,
            self.narrow,
            self.siblings,
            self.images,
            self.spread,
            self.situations,
            self.inputs,
            self.gateways,
            self.health,
            self.posture,
            self.alerts,
            self.assignments,
            self.notes,
            self.storms,
            self.called,
            self.rolled_up,
            self.quarantine,
            self.pages,
        )
