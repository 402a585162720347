"""Properties of the load: what it is made of, and that it is taken and told as is said."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pytest

from streams import pipeline
from streams.domain.alert import Change
from streams.domain.effects import Effect, Line, Triage
from streams.domain.times import EpochMs
from streams.judge.state import PartitionState
from streams.setup import Setup, load_setup
from streams.wire.accept import AcceptSettings
from streams.wire.records import Inbound, Journaled
from streams.wire.time import parse_time
from tests.bench.country import Country, small_country
from tests.bench.latency import MARKED_EVERY, Callers, schedule
from tests.bench.traffic import CALLS, Message, Traffic, duress

DAY = "2024-11-27"
AT = f"{DAY}T09:00:00+07:00"


@pytest.fixture(scope="module")
def country() -> Country:
    """Return a country of a quarter of the usual size."""
    return small_country(1)


@pytest.fixture(scope="module")
def setup(country: Country, tmp_path_factory: pytest.TempPathFactory) -> Setup:
    """Return the election ready to judge."""
    folder: Path = country.write(tmp_path_factory.mktemp("bench") / "election", DAY)
    return load_setup([folder], AcceptSettings())


def judged(setup: Setup, messages: Iterable[Message]) -> list[list[Effect]]:
    """Judge messages in their order, and return the effects of each."""
    state, at = PartitionState(0, setup.world), parse_time(AT)
    effects: list[list[Effect]] = []
    for offset, (topic, _, value) in enumerate(messages):
        taken = setup.acceptor.accept(Inbound(topic, 0, offset, EpochMs(at + offset), None, value))
        assert isinstance(taken, Journaled), taken
        step = pipeline.Step(f"0:{offset}", EpochMs(0), taken.record)
        effects.append(list(pipeline.step(state, step)))
    return effects


def test_the_same_seed_makes_the_same_load(country: Country) -> None:
    """Two rounds, and two versions, work on the same events."""
    one, other = Traffic(country, 1), Traffic(country, 1)
    assert [one.next(AT) for _ in range(500)] == [other.next(AT) for _ in range(500)]


def test_most_are_heartbeats(country: Country) -> None:
    """A hundredth are reports, half of that commands."""
    traffic = Traffic(country, 1)
    topics = Counter(traffic.next(AT).topic for _ in range(20_000))
    assert {"tps.status", "crowd.reports", "operator.commands"} == set(topics)
    assert 0.008 < topics["crowd.reports"] / 20_000 < 0.012
    assert 0.004 < topics["operator.commands"] / 20_000 < 0.006


def test_everything_is_taken_and_does_something(setup: Setup, country: Country) -> None:
    """No dead letter; every TPS opens, officers call, reports and commands have effects."""
    traffic = Traffic(country, 1)
    opening = judged(setup, traffic.opening(AT))
    opened = [effect for effects in opening for effect in effects if isinstance(effect, Line)]
    assert len(country.tps) + CALLS == len(opening)
    calls = [line.change for line in opened if line.rule == "W02"]
    assert [Change.OPENED] * CALLS == calls
    # So many calls for help make every area kuning, then merah.
    assert {"W02", "X03"} == {line.rule for line in opened}
    mixture = [traffic.next(AT) for _ in range(20_000)]
    # As one log, because the commands are about the alerts of the opening.
    effects = judged(setup, [*Traffic(country, 1).opening(AT), *mixture])[len(opening) :]
    quiet = {m.topic for m, made in zip(mixture, effects, strict=True) if not made}
    assert {"tps.status"} == quiet
    changes = {e.change for made in effects for e in made if isinstance(e, Line)}
    assert {Change.ACKNOWLEDGED, Change.UNACKNOWLEDGED} <= changes
    assert any(isinstance(effect, Triage) for made in effects for effect in made)


def test_a_marked_event_makes_its_line_at_once(setup: Setup, country: Country) -> None:
    """What latency waits for is what the judgment tells of that very event.

    That a Polsek has too few officers for so many calls is another matter.
    """
    traffic = Traffic(country, 1)
    callers = Callers.of(country, traffic)
    opening = [*traffic.opening(AT), *(duress(officer, AT) for officer in callers.before)]
    events = list(islice(schedule(callers, traffic, AT), 100 * MARKED_EVERY))
    effects = judged(setup, [*opening, *(event.message for event in events)])[len(opening) :]
    told = [
        {(e.alert, str(e.change)) for e in made if isinstance(e, Line) and e.rule != "X02"}
        for event, made in zip(events, effects, strict=True)
        if event.line
    ]
    expected = [{event.line} for event in events if event.line]
    assert expected == told
    assert {"opened", "acknowledged"} == {change for lines in told for _, change in lines}
    assert 100 == len(told)
