"""Every expression that we give away is asked of a real Prometheus that has seen a whole day.

Three workers, a notifier, a gate and a room are read twice a second while a day of two time zones
is played on a real Kafka: so fast that it takes a minute, so slow that a rate over a few seconds
has samples. Somebody acts in the room, somebody reports at the gate, and a sender is refused.
Then each expression of each dashboard, rule and alarm must have something to say; what may be
empty on such a day stands in `tests/kafka/silent_expressions.py`, with the reason.

The report is `.cache/expressions.tsv`, and is printed by `pytest -s`.
"""

import sys
import time
from collections import Counter
from collections.abc import Generator, Sequence
from functools import partial
from typing import Final, NamedTuple

import msgspec
import pytest
from msgspec import Struct

from streams.simulation.day import played_day
from streams.simulation.story_file import load_story
from streams.wire.folder import load_plan
from tests.kafka.brisk import brisk_player
from tests.kafka.rooms import Browser
from tests.kafka.silent_expressions import AT_TIMES, MAY_BE_EMPTY
from tests.kafka.watched import GATE, NOTIFY, ROOM, WORKER, Watched
from tests.support.alertmanager import alertmanagers
from tests.support.amtool import free_ports
from tests.support.answers import Answer, answers, complaints, forms, table
from tests.support.debian import or_left_out, unpacked
from tests.support.expressions import (
    ROOT,
    Variable,
    dashboard_files,
    filled,
    of_dashboard,
    of_rules,
    rule_files,
    variables_of,
)
from tests.support.grafana_values import Labels, chosen
from tests.support.kafka import Kafka
from tests.support.played import Span
from tests.support.prometheus import Prometheus, Series

pytestmark = [pytest.mark.kafka, pytest.mark.debian]

DAY: Final = ROOT / "elections" / "dua-zona-2024"
KABUPATEN: Final = "36.04"
REPORT: Final = ROOT / ".cache" / "expressions.tsv"
SPEED: Final = 1_000.0
STEP_S: Final = 1.0
OPERATOR: Final = "ruang-1"
BY_HAND: Final = 3
"""By the doors came two reports and an order; what comes after the last clock waits for ever."""
WATCHERS: Final = ("prometheus", "alertmanager")


class Rule(Struct, frozen=True, rename="camel"):
    """How a rule fares."""

    name: str
    health: str
    last_error: str = ""


class RuleGroup(Struct, frozen=True):
    """Rules that are judged together."""

    rules: tuple[Rule, ...]


class Judged(Struct, frozen=True):
    """How all rules fare."""

    groups: tuple[RuleGroup, ...]


class Exemplar(Struct, frozen=True):
    """One thing that was counted."""

    labels: Labels


class Exemplars(Struct, frozen=True):
    """Those of one series."""

    exemplars: tuple[Exemplar, ...]


class Seen(NamedTuple):
    """A day that is over, and who has seen it."""

    prometheus: Prometheus
    began: float
    ended: float
    tps: int
    messages: int

    def over_the_day(self, expression: str) -> Sequence[Series]:
        """Evaluate an expression at every second of it."""
        return self.prometheus.query_range(expression, self.began, self.ended, STEP_S)

    def labels(self, expression: str) -> list[Labels]:
        """Return the labels of all series of an expression."""
        return [one.labels for one in self.over_the_day(expression)]

    def numbers(self, expression: str) -> list[float]:
        """Return all that an expression of one series said."""
        [one] = self.over_the_day(expression)
        return [float(text) for _, text in one.points]

    def last(self, expression: str) -> float:
        """Return what it said last."""
        return self.numbers(expression)[-1]

    def chosen(self, variables: Sequence[Variable], *, everything: bool) -> dict[str, str]:
        """Choose values of the variables of a dashboard."""
        return chosen(variables, self.labels, self.known, everything=everything)

    @property
    def known(self) -> dict[str, str]:
        """What Grafana puts in the place of its own variables."""
        seconds = round(self.ended - self.began)
        return {
            "__rate_interval": "4s",
            "__interval": "1s",
            "__interval_ms": "1000",
            "__range": f"{seconds}s",
            "__range_s": f"{seconds}",
            "__range_ms": f"{seconds * 1000}",
        }


@pytest.fixture(scope="module")
def seen(kafka: Kafka, tmp_path_factory: pytest.TempPathFactory) -> Generator[Seen]:
    """Play the day, and let Prometheus look on."""
    or_left_out(lambda: unpacked("prometheus"))
    or_left_out(lambda: unpacked("prometheus-alertmanager"))
    files = tmp_path_factory.mktemp("watched")
    example = (ROOT / "deploy/alertmanager/alertmanager.yml").read_text("utf-8")
    rules = {file.name: file.read_text("utf-8") for file in rule_files()}
    with (
        alertmanagers(files / "alertmanager", free_ports(1), example) as [alertmanager],
        Watched(kafka, "expressions.", DAY, files) as watched,
    ):
        watched.room_files.add(OPERATOR, "operator", KABUPATEN)
        watched.start(alertmanager.url)
        with watched.prometheus(alertmanager, rules) as prometheus:
            watched.await_ready()
            ready = time.time()
            watched.until(lambda: is_read(prometheus, ready), "not all is read")
            yield play(watched, prometheus)


def play(watched: Watched, prometheus: Prometheus) -> Seen:
    """Play the day, with people at the doors, until all of it is judged and told."""
    plan = load_plan(watched.installation.election)
    story = load_story(watched.installation.election, plan)
    day = [one for one in played_day(plan, 2024, story) if one.received_at < story.ends]
    began = time.time()
    span = Span(story.starts, story.ends, SPEED)
    with (
        Browser.of(watched.doors[ROOM], OPERATOR) as browser,
        brisk_player(watched.installation, day, span) as player,
    ):
        act(watched, browser)
    watched.fleet.await_judged(story.ends)
    watched.until(lambda: not untold(watched), "not all notices are told")
    over = time.time()
    watched.until(lambda: is_read(prometheus, over), "no more is read")
    return Seen(prometheus, began, time.time(), len(plan.tps), player.messages)


def act(watched: Watched, browser: Browser) -> None:
    """Look at the stream, take an alert on, ask for what is forbidden; and use the gate."""
    browser.listen()
    browser.until("snapshot")
    assert 202 == watched.report("r-1")
    assert 401 == watched.report("r-2", signer="nobody")
    command = {"id": "c-1", "command": "ack", "alert": browser.until_any_alert()["id"]}
    assert 202 == browser.post("/api/v1/commands", command).status_code
    browser.until("delta", '"command":"c-1"')
    # A counter that has just appeared has no rate yet.
    assert 202 == watched.report("r-3")
    assert 404 == browser.get("/api/v1/alerts/3604-AAAAAAAAAAAAAAAA").status_code


def untold(watched: Watched) -> list[str]:
    """Return which notices are not settled yet."""
    return watched.installation.uncommitted("siaga-notify", "siaga.notices")


def is_read(prometheus: Prometheus, at: float) -> bool:
    """Whether everything was read after some time, and answered."""
    up = prometheus.query("up")
    expected = len(prometheus.targets())
    times = [sample.value for sample in prometheus.query("timestamp(up)")]
    return (
        len(up) == expected and all(sample.value for sample in up) and min(times, default=0.0) > at
    )


def everything(seen: Seen) -> list[Answer]:
    """Ask all that there is."""
    asked = [form for one in of_rules(rule_files()) for form in forms(one, {})]
    for file in dashboard_files():
        ways = {
            way: partial(filled, values=seen.chosen(variables_of(file), everything=way == "all"))
            for way in ("all", "one")
        }
        asked += [form for one in of_dashboard(file) for form in forms(one, ways)]
    return answers(asked, seen.over_the_day)


def test_every_expression_has_something_to_say(seen: Seen) -> None:
    """Or is listed with its reason; and who is listed has nothing to say."""
    found = everything(seen)
    report = table(found)
    REPORT.write_text(report, encoding="utf-8")
    sys.stdout.write(report)
    assert "" == "\n".join(complaints(found, MAY_BE_EMPTY, AT_TIMES))


def test_every_program_is_read(seen: Seen) -> None:
    """By the jobs of the shipped configuration."""
    found = Counter(target.labels["job"] for target in seen.prometheus.targets())
    assert {WORKER: 3} | dict.fromkeys((NOTIFY, GATE, ROOM, *WATCHERS), 1) == found
    assert [] == [one.last_error for one in seen.prometheus.targets() if one.health != "up"]


def test_every_rule_is_judged(seen: Seen) -> None:
    """Prometheus itself says of each that it could be evaluated."""
    judged = msgspec.json.decode(seen.prometheus.ask("rules"), type=Judged)
    rules = [rule for group in judged.groups for rule in group.rules]
    assert {asked.place.partition("/")[2] for asked in of_rules(rule_files())} == {
        rule.name for rule in rules
    }
    assert [] == [f"{rule.name}: {rule.last_error}" for rule in rules if rule.health != "ok"]


def test_the_numbers_are_those_of_the_day(seen: Seen) -> None:
    """What intake has taken is what was sent; every TPS is in one stage, at every moment."""
    taken = 'sum(siaga_events_total{topic!~"siaga.*",outcome!="clock"})'
    assert seen.messages <= seen.last(taken) <= seen.messages + BY_HAND
    assert [seen.tps] == sorted({*seen.numbers("sum(siaga_area_tps)")})
    kabupaten = seen.labels("group by (kabupaten) (siaga_area_tps)")
    assert [{"kabupaten": "36.04"}, {"kabupaten": "91.03"}] == kabupaten


def test_an_exemplar_leads_to_an_alert(seen: Seen) -> None:
    """Prometheus has ids of alerts beside the times to acknowledge."""
    said = {
        "query": "siaga_acknowledge_seconds_bucket",
        "start": str(seen.began),
        "end": str(seen.ended),
    }
    found = msgspec.json.decode(seen.prometheus.ask("query_exemplars", said), type=list[Exemplars])
    ids = {one.labels["alert_id"] for each in found for one in each.exemplars}
    assert ids
    assert {"3604", "9103"} >= {one.partition("-")[0] for one in ids}
