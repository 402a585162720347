"""Intake of all statuses is dead for 95 minutes of voting, and nobody is called silent for it.

Two workers take in, so that one of them can die: the one that reads the statuses of all TPS. The
other goes on with reports and commands and with the player's clock, so `now` goes on, and ladders
with it; `heard` stands still. The dead worker's session is longer than the outage takes here, so
nobody takes over its share.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from streams.config import Role
from streams.domain.events import CrowdReport, Place, Source
from streams.domain.ids import AreaCode
from streams.domain.partition import partition_of
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import TPS_CLASSES, TpsClass
from streams.domain.words import Role as Voice
from streams.engine.ports import Slot
from streams.engine.topics import Topic
from streams.simulation.day import ordinary_morning
from streams.simulation.played import Played
from streams.simulation.post import Post, in_order, post_report
from streams.territory.plan import Plan
from streams.territory.zone import local_time
from streams.wire.folder import load_plan
from streams.wire.time import format_time, parse_time
from tests.faults.exact import by_replay, read_all, told_twice
from tests.support.fleet import NOW, Fleet
from tests.support.installation import Installation
from tests.support.kafka import Kafka
from tests.support.played import Player, Span, file_lines, read_line

pytestmark = pytest.mark.kafka

WIB: Final = 420
ELECTION = Path(__file__).parents[2] / "elections" / "rejang-lebong-2024"
INTAKE, OTHER, WATCH = 0, 1, 2
SPEED = 300
WAIT_S: Final = 120
LIMIT_MINUTES: Final = dict(zip(TPS_CLASSES, (90, 60, 30, 60), strict=True))
"""Silence of a TPS that is noticed (T07). Source: domain §4b, proposal."""
TRULY_SILENT: Final = 3
"""Of each class, how many TPS say nothing in the outage."""
INTIMIDATED: Final = AreaCode("17.02.06.1004-001")
"""Kurang rawan: two reports of intimidation open W04, which climbs after 5 and 15 minutes."""


def at(plan: Plan, clock: str) -> EpochMs:
    """Return a local time of the day of the poll."""
    return local_time(plan.election.date, clock, WIB)


def made_day(plan: Plan) -> list[Post]:
    """Return an ordinary morning, in which some TPS are truly silent, and one intimidation."""
    silent = {code for each in TPS_CLASSES for code in _some(plan, each)}
    since, until = at(plan, "07:45"), at(plan, "09:20")
    posts = [
        post
        for post in ordinary_morning(plan, seed=2024)
        if not (since <= post.at < until and not silent.isdisjoint(post.about))
    ]
    for clock, source in (
        ("07:47", Source("ptps-1", Voice.PTPS)),
        ("07:48", Source("warga-1", Voice.WARGA)),
    ):
        report = CrowdReport(
            id=source.id,
            at=format_time(at(plan, clock), WIB),
            source=source,
            category="INT-01",
            place=Place(tps=INTIMIDATED),
        )
        moment = at(plan, clock)
        posts.append(post_report(report, moment, EpochMs(moment + 500), ()))
    return posts


def _some(plan: Plan, tps_class: TpsClass) -> list[AreaCode]:
    codes = sorted(code for code, tps in plan.tps.items() if tps.tps_class is tps_class)
    return [code for code in codes if code != INTIMIDATED][:TRULY_SILENT]


def true_silences(
    plan: Plan, posts: Iterable[Post], until: EpochMs
) -> set[tuple[AreaCode, EpochMs]]:
    """Return TPS and deadline of every silence between two messages of an open TPS."""
    told: dict[AreaCode, list[tuple[EpochMs, str]]] = {code: [] for code in plan.tps}
    for post in posts:
        for code in map(AreaCode, post.about):
            if code in told and post.topic == Topic.TPS_STATUS and post.dead is None:
                told[code].append((post.at, post.kind))
    found: set[tuple[AreaCode, EpochMs]] = set()
    for code, messages in told.items():
        limit = LIMIT_MINUTES[plan.tps[code].tps_class] * MINUTE_MS
        opened = min(when for when, kind in messages if kind == "opened")
        times = sorted(when for when, _ in messages if when >= opened)
        gaps = pairwise((*times, EpochMs(until + limit)))
        found |= {
            (code, EpochMs(a + limit)) for a, b in gaps if b - a > limit and a + limit < until
        }
    return found


def unheard(plan: Plan, posts: Sequence[Post], since: EpochMs, until: EpochMs) -> set[str]:
    """Return TPS that one would call silent who went by `now` while statuses are not read."""
    before = [post for post in posts if post.received_at < since]
    return {code for code, due in true_silences(plan, before, until) if due >= since}


def keyed(day: Iterable[Played], homes: Mapping[str, Slot], partitions: int) -> list[Played]:
    """Return the day with keys that bring each topic's messages to one partition."""
    keys = {
        topic: next(key for n in range(99) if partition_of(key := b"%d" % n, partitions) == home[1])
        for topic, home in homes.items()
    }
    return [replace(one, key=keys[one.topic]) for one in day]


def absences(lines: Iterable[bytes]) -> set[tuple[str, str, EpochMs]]:
    """Return rule, scope and time of all alerts of absence that were opened."""
    told = [read_line(line) for line in lines]
    opened = [one for one in told if one.change == "opened" and one.rule.startswith("T")]
    return {(one.rule, one.scope, parse_time(one.at)) for one in opened}


class Outage:
    """The day with the outage in it, in three parts, and what was seen in them."""

    def __init__(self, installation: Installation) -> None:
        """Make the day."""
        self.plan = load_plan(ELECTION)
        self.posts = made_day(self.plan)
        self.starts, self.dies = at(self.plan, "06:30"), at(self.plan, "07:50")
        self.returns, self.ends = at(self.plan, "09:25"), at(self.plan, "09:45")
        self.day: Sequence[Played] = ()
        self.blind: list[set[float]] = []
        """What all partitions said before, at the end of and after the outage."""
        self.steps: list[list[str]] = []
        """To which levels the intimidation had climbed by then."""
        self._installation = installation

    def play(self) -> None:
        """Play it, and let intake die and return."""
        self._installation.run("topics", "create")
        with Fleet(self._installation) as fleet:
            fleet.start(Role.INTAKE, Role.INTAKE, Role.WATCH)
            fleet.await_assigned()
            dead = self._place(fleet)
            self._part(self.starts, self.dies)
            fleet.await_judged(self.dies, WAIT_S)
            self._look(fleet)
            fleet.kill(dead)
            self._part(self.dies, self.returns)
            fleet.await_judged(self.returns, WAIT_S, clock=NOW)
            self._look(fleet)
            fleet.revive()
            self._part(self.returns, self.ends)
            fleet.await_judged(self.ends, WAIT_S)
            self._look(fleet)

    def _part(self, starts: EpochMs, ends: EpochMs) -> None:
        first = EpochMs(0) if starts == self.starts else starts
        day = [one for one in self.day if first <= one.received_at < ends]
        with Player(self._installation, day, Span(starts, ends, SPEED)):
            pass

    def _look(self, fleet: Fleet) -> None:
        self.blind.append(set(fleet.clocks("siaga_blind").values()))
        logs = self._installation.read(Topic.TRANSITIONS).values()
        lines = [read_line(record.value or b"") for log in logs for record in log]
        climbed = ("W04", INTIMIDATED, "escalated")
        self.steps.append(
            [one.level for one in lines if (one.rule, one.scope, one.change) == climbed]
        )

    def _place(self, fleet: Fleet) -> int:
        """Let all statuses come to one worker and all else to the other; return the former."""
        held = fleet.assigned(Role.INTAKE)
        statuses = Slot(Topic.TPS_STATUS, 0)
        dead = next(one for one in (INTAKE, OTHER) if statuses in held[fleet.name(one)])
        others = held[fleet.name(OTHER if dead == INTAKE else INTAKE)]
        homes = {slot.topic: slot for slot in others} | {Topic.TPS_STATUS: statuses}
        self.day = keyed(
            [one for one in in_order(self.posts) if one.received_at < self.ends],
            homes,
            int(self._installation.settings["input_partitions"]),
        )
        return dead


def test_nobody_is_called_silent_because_intake_was(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """True silences are told, late and with their deadlines, and no other; ladders went on."""
    installation = Installation(kafka.bootstrap, prefix, ELECTION, tmp_path)
    installation.settings |= {"input_partitions": "2", "session_s": "30"}
    outage = Outage(installation)
    outage.play()
    assert [{0.0}, {1.0}, {0.0}] == outage.blind
    assert [[], ["polres_ops", "polres"], ["polres_ops", "polres"]] == outage.steps
    logs = read_all(installation)
    assert [] == told_twice(logs)
    assert [] == by_replay(installation, logs)

    plan, ends = outage.plan, outage.ends
    told = absences((tmp_path / "transitions.jsonl").read_bytes().splitlines())
    of_tps = {(scope, when) for rule, scope, when in told if rule == "T07" and ":" not in scope}
    true = true_silences(plan, outage.posts, ends)
    assert true == of_tps
    assert set(TPS_CLASSES) == {plan.tps[scope].tps_class for scope, _ in true}
    assert len(unheard(plan, outage.posts, outage.dies, outage.returns)) > 200
    assert told == absences(file_lines(installation, outage.day, ends))
