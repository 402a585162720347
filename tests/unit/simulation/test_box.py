"""The way of a box: escorted, in time, and as it left."""

import pytest
from msgspec.structs import replace

from streams.domain.events import BoxPlace, StatusKind, TpsStatus
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import Role
from streams.simulation.box import box_posts, carried_after_minutes
from streams.simulation.sender import Sender
from streams.territory.plan import Plan, Tps
from streams.wire.inputs import decode_input
from tests.stories.judging import CARENANG_BINUANG, REJANG_LEBONG, plan_of

PLANS = (plan_of(REJANG_LEBONG), plan_of(CARENANG_BINUANG))
EVERY = [(plan, tps) for plan in PLANS for tps in tuple(plan.tps.values())[::9]]
OVERDUE = 1.5
"""Of what a box was said to need (T10)."""


def way(plan: Plan, tps: Tps, seed: int) -> list[tuple[EpochMs, TpsStatus]]:
    """Return what is told of the boxes of a TPS that has finished at its closing time."""
    found: list[tuple[EpochMs, TpsStatus]] = []
    for post in box_posts(Sender(plan, tps, seed), tps.closes_at):
        event = decode_input(post.topic, post.value).event
        assert isinstance(event, TpsStatus)
        found.append((post.at, event))
    return found


def of_kind(told: list[tuple[EpochMs, TpsStatus]], kind: StatusKind) -> dict[str, EpochMs]:
    """Return when each box had a status of a kind."""
    return {event.box: at for at, event in told if event.kind is kind}


@pytest.mark.parametrize("seed", range(3))
def test_every_contest_has_a_box_that_arrives(seed: int) -> None:
    """Numbered by contest, and within half as long again as was said (T10)."""
    for plan, tps in EVERY:
        told = way(plan, tps, seed)
        departed = of_kind(told, StatusKind.BOX_DEPARTED)
        arrived = of_kind(told, StatusKind.BOX_ARRIVED)
        contests = plan.election.contests_of(tps.code)
        assert [f"{tps.code}#{n + 1}" for n in range(len(contests))] == list(departed)
        assert departed.keys() == arrived.keys()
        for box, at in departed.items():
            [eta] = [e.eta_minutes for _, e in told if e.box == box and e.eta_minutes]
            assert isinstance(eta, float)
            assert tps.transit_minutes == eta
            assert at < arrived[box] < at + OVERDUE * eta * MINUTE_MS


@pytest.mark.parametrize("seed", range(3))
def test_an_officer_of_the_pair_is_there_before_it_leaves(seed: int) -> None:
    """And the departure names who goes along (T11)."""
    for plan, tps in EVERY:
        told = way(plan, tps, seed)
        departed = of_kind(told, StatusKind.BOX_DEPARTED)
        joined = of_kind(told, StatusKind.ESCORT_JOINED)
        assert departed.keys() == joined.keys()
        assert all(joined[box] < at for box, at in departed.items())
        for _, event in told:
            if event.kind is StatusKind.BOX_DEPARTED:
                assert (f"{tps.pair}A", f"{tps.pair}B") == event.escort


def test_without_a_pair_nobody_is_named() -> None:
    """A box of a TPS that no police watch has no escort to tell of."""
    plan, tps = EVERY[0]
    told = way(plan, replace(tps, pair=""), 1)
    assert {} == of_kind(told, StatusKind.ESCORT_JOINED)
    assert {()} == {event.escort or () for _, event in told}


def test_the_seal_is_the_same_at_both_ends() -> None:
    """Unbroken, and no two boxes of a day have one number (T12)."""
    seals: list[str] = []
    for plan, tps in EVERY:
        told = [event for _, event in way(plan, tps, 1) if event.seal]
        for box in {event.box for event in told}:
            [departed, arrived] = [event for event in told if event.box == box]
            assert departed.seal == arrived.seal
            assert arrived.seal_intact is True
            seals.append(arrived.seal)
    assert len(set(seals)) == len(seals)


@pytest.mark.parametrize(
    ("plan", "place", "role"),
    [(PLANS[0], BoxPlace.PPK, Role.PPK), (PLANS[1], BoxPlace.KECAMATAN, Role.PANITIA)],
    ids=["pilkada", "pilkades"],
)
def test_where_it_goes_follows_from_the_kind(plan: Plan, place: BoxPlace, role: Role) -> None:
    """And whoever is there says so."""
    tps = next(iter(plan.tps.values()))
    told = [event for _, event in way(plan, tps, 1) if event.kind is StatusKind.BOX_ARRIVED]
    assert {(place, role, f"{role}-{tps.kecamatan}")} == {
        (event.place, event.source.role, event.source.id) for event in told
    }


def test_a_message_of_a_box_is_about_it() -> None:
    """So that a story can mute one box and leave the others alone."""
    plan, tps = EVERY[0]
    about = {post.about for post in box_posts(Sender(plan, tps, 1), tps.closes_at)}
    expected = {(tps.code, tps.desa, f"box:17.02/{tps.code}#{number}") for number in (1, 2)}
    assert expected == about


@pytest.mark.parametrize("transit_minutes", [1, 30, 240, None])
def test_it_is_in_when_it_must_be(transit_minutes: int | None) -> None:
    """Whatever the luck, not later than is said beforehand; half an hour where nobody knows."""
    plan, tps = EVERY[0]
    tps = replace(tps, transit_minutes=transit_minutes)
    latest = tps.closes_at + carried_after_minutes(tps) * MINUTE_MS
    for seed in range(30):
        told = way(plan, tps, seed)
        assert max(at for at, _ in told) <= latest
        assert {transit_minutes or 30} == {e.eta_minutes for _, e in told if e.eta_minutes}
