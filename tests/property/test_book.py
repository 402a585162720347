"""What holds of the alert book in every day, however people, time and restarts fall together.

A machine plays a day through the whole judgment: TPS speak or fall silent, reports come, people
order, time passes. A second worker judges the same journal and is restarted before every record.
After each act the promises of the book are looked at: somebody answers for every alert, nobody is
told a thing twice, no level falls by itself, no two lives of an alert overlap.
"""

from typing import Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace

from streams import pipeline
from streams.domain.alert import Alert, AlertState, Change
from streams.domain.effects import Effect, Line
from streams.domain.events import CommandKind, StatusKind
from streams.domain.ids import AlertId, AreaCode
from streams.domain.notice import Notice
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import Role
from streams.judge.state import PartitionState
from tests.support.events import all_well, call_for_help, checkin, command, report, status
from tests.support.notices import everybody, world_with
from tests.support.restarts import Saved, taken_over
from tests.support.stories import At, Item, Journal, only
from tests.support.world import KH, KR, KR2, SR, R, every_rule, local

WORLD: Final = world_with(*everybody(), pack=every_rule())
PLACES: Final = st.sampled_from((KR, R, SR, KH, KR2))
KINDS: Final = st.sampled_from(
    (
        *(StatusKind.OPENED, StatusKind.HEARTBEAT, StatusKind.SUSPENDED, StatusKind.RESUMED),
        *(StatusKind.CLOSED, StatusKind.COUNTING_STARTED, StatusKind.COUNTING_FINISHED),
        *(StatusKind.BOX_DEPARTED, StatusKind.BOX_ARRIVED),
    )
)
CATEGORIES: Final = st.sampled_from(
    ("KAM-01", "KAM-04", "KAM-08", "INT-01", "LOG-02", "LOG-04", "PID-02", "NET-01", "BEN-01")
)
VOICES: Final = st.sampled_from((Role.WARGA, Role.PTPS, Role.PAM_TPS, Role.KPPS))
OFFICERS: Final = st.sampled_from(("A1", "B1", "C1"))
ORDERS: Final = st.sampled_from(
    (
        *(CommandKind.ACK, CommandKind.UNACK, CommandKind.ESCALATE, CommandKind.RESOLVE),
        *(CommandKind.REOPEN, CommandKind.SHELVE, CommandKind.UNSHELVE, CommandKind.CLOSE_CASE),
    )
)
PEOPLE: Final = st.sampled_from(("ops", "chief"))


class Day(RuleBasedStateMachine):
    """One day, judged by a worker that lives and by one that is restarted before every record."""

    def __init__(self) -> None:
        """Begin in the morning."""
        super().__init__()
        self.journal = Journal()
        self.living = PartitionState(0, WORLD)
        self.restarted = PartitionState(0, WORLD)
        self.saved = Saved()
        self.lines: list[Line] = []
        self.notices: list[Notice] = []
        self.news: list[Effect] = []
        self.senders = 0
        self.take(At(local("06:50")))

    def take(self, item: Item) -> None:
        """Let both workers judge what an item makes."""
        for step in self.journal.take(item):
            self.restarted = taken_over(self.restarted, self.saved, (3, 1))
            told = list(pipeline.step(self.living, step))
            assert told == list(pipeline.step(self.restarted, step)), "a restart changes nothing"
            self.news += told
        self.lines += only(self.news, Line)

    def sender(self) -> str:
        """Return somebody who has not spoken before."""
        self.senders += 1
        return f"s{self.senders}"

    @rule(minutes=st.integers(min_value=1, max_value=25))
    def time_passes(self, minutes: int) -> None:
        """Nobody says anything."""
        self.take(At(EpochMs(self.journal.now + minutes * MINUTE_MS)))

    @rule(kind=KINDS, place=PLACES)
    def a_tps_speaks(self, kind: StatusKind, place: AreaCode) -> None:
        """In whatever order: mistakes are part of a day."""
        self.take(status(kind, place))

    @rule(category=CATEGORIES, place=PLACES, role=VOICES)
    def somebody_reports(self, category: str, place: AreaCode, role: Role) -> None:
        """Each time somebody else."""
        self.take(report(category, place, by=self.sender(), role=role))

    @rule(place=PLACES)
    def an_officer_says_that_all_is_well(self, place: AreaCode) -> None:
        """By which what was waiting for it may end."""
        self.take(all_well(report("", place, by=self.sender(), role=Role.PAM_TPS, text="aman")))

    @rule(officer=OFFICERS, help_=st.booleans())
    def an_officer_speaks(self, officer: str, *, help_: bool) -> None:
        """Checks in, or calls for help."""
        self.take(call_for_help(officer, KR) if help_ else checkin(officer, KR))

    @rule(kind=ORDERS, which=st.integers(min_value=0), by=PEOPLE, minutes=st.integers(1, 15))
    def somebody_orders(self, kind: CommandKind, which: int, by: str, minutes: int) -> None:
        """Whatever the state of the alert: what the table does not have is refused."""
        alerts = [alert for _, alert in self.living.alerts.items()]
        if not alerts:
            return
        alert = alerts[which % len(alerts)]
        until = EpochMs(self.journal.now + minutes * MINUTE_MS)
        told = replace(command(kind, alert.id, by), until=until)
        self.take(replace(told, event=replace(told.event, reason="12/BA")))

    @invariant()
    def somebody_answers_for_every_alert(self) -> None:
        """Whoever the level is has been told, unless another alert speaks for it."""
        for _, alert in self.living.alerts.items():  # noqa: PERF102  a Table is no dict
            if alert.state is AlertState.UNACKNOWLEDGED:
                known = {(one.ladder, one.level) for one in alert.told}
                assert (alert.ladder, alert.level) in known, alert.id

    @invariant()
    def nobody_is_told_a_thing_twice(self) -> None:
        """One destination hears of one revision of an alert once."""
        self.notices += only(self.news, Notice)
        self.news.clear()
        told = [
            (str(notice.destination), telling.alert.id, telling.alert.revision)
            for notice in self.notices
            for telling in notice.tellings
        ]
        assert len(told) == len(set(told))

    @invariant()
    def no_level_falls_by_itself(self) -> None:
        """Only what comes back begins again at its start."""
        levels: dict[AlertId, int] = {}
        for line in self.lines:
            alert = self.living.alert(line.alert)
            assert alert is not None, "a line is of an alert"
            now = alert.levels.index(line.level)
            assert line.change is Change.REOPENED or now >= levels.get(line.alert, 0)
            levels[line.alert] = now

    @invariant()
    def no_two_lives_overlap(self) -> None:
        """One episode of a case burns at a time, and revisions count the lines of one life."""
        burning: dict[tuple[str, ...], Alert] = {}
        for _, alert in self.living.alerts.items():  # noqa: PERF102  a Table is no dict
            case = (alert.election, alert.rule, alert.scope, alert.key)
            assert not (alert.is_burning and case in burning), case
            if alert.is_burning:
                burning[case] = alert
        revisions: dict[AlertId, int] = {}
        for line in self.lines:
            assert revisions.get(line.alert, 0) + 1 == line.revision
            revisions[line.alert] = line.revision


TestDay = Day.TestCase
TestDay.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
