"""What is kept of a status or a count, and in which order happenings stand."""

from typing import Final

import pytest
from msgspec import UNSET
from msgspec.structs import fields, replace

from streams.domain.events import (
    BoxPlace,
    CountStatus,
    Source,
    StatusKind,
    TpsStatus,
    VoteCount,
)
from streams.domain.happenings import NOTHING_SAID, STAGES, Happening, Point, Said, said_by
from streams.domain.times import EpochMs
from streams.domain.words import Role, Situation

KPPS: Final = Source("kpps", Role.KPPS)


def status(kind: StatusKind, **said: object) -> TpsStatus:
    """Return a status that says something."""
    return replace(TpsStatus(id="s1", at="", kind=kind, source=KPPS), **said)


def test_each_kind_of_status_is_a_happening() -> None:
    """By the same word; beside them there are three that no status tells."""
    beside = {Happening.COUNT, Happening.CONFIRM_IDENTITY, Happening.CONFIRM_SEAL}
    assert {Happening(kind) for kind in StatusKind} == set(Happening) - beside


def test_signs_of_life_change_no_stage() -> None:
    """Nor do counts, and what persons confirm."""
    assert set(Happening) - STAGES == {
        Happening.HEARTBEAT,
        Happening.CHECKIN,
        Happening.DURESS,
        Happening.COUNT,
        Happening.CONFIRM_IDENTITY,
        Happening.CONFIRM_SEAL,
    }


EVERYTHING: Final = {
    "ballots": 423,
    "complete": True,
    "situation": Situation.AMAN,
    "queue": 7,
    "voters": 120,
    "all_voted": False,
    "box": "K1",
    "seal": "S1",
    "seal_intact": True,
    "escort": ("A1", "A2"),
    "eta_minutes": 22.5,
    "place": BoxPlace.PPK,
    "contest": "bupati",
}


@pytest.mark.parametrize("kind", StatusKind)
def test_all_that_a_rule_may_ask_for_is_kept(kind: StatusKind) -> None:
    """Under the names of the wire, of every kind."""
    said = said_by(status(kind, **EVERYTHING))
    kept = {field.name: getattr(said, field.name) for field in fields(Said)}
    assert kept == {**EVERYTHING, "status": UNSET}


HEARTBEATS: Final[dict[str, tuple[TpsStatus, Said]]] = {
    "nothing": (status(StatusKind.HEARTBEAT), NOTHING_SAID),
    "a reason, which no rule asks for": (
        status(StatusKind.HEARTBEAT, reason="hujan"),
        NOTHING_SAID,
    ),
    "how it is": (
        status(StatusKind.HEARTBEAT, situation=Situation.WASPADA),
        Said(situation=Situation.WASPADA),
    ),
    "how long the queue is": (status(StatusKind.HEARTBEAT, queue=0), Said(queue=0)),
    "how many have voted": (status(StatusKind.HEARTBEAT, voters=9), Said(voters=9)),
}


@pytest.mark.parametrize(("event", "said"), HEARTBEATS.values(), ids=HEARTBEATS)
def test_what_a_heartbeat_says(event: TpsStatus, said: Said) -> None:
    """Most say nothing at all, and all of those share one word."""
    assert said == said_by(event)
    assert (said is NOTHING_SAID) is (said_by(event) is NOTHING_SAID)


def test_of_a_count_only_contest_and_status_are_kept() -> None:
    """The numbers stand in the ledger."""
    event = VoteCount(
        id="c1",
        at="",
        tps="17.02.09.1001-001",
        contest="bupati",
        status=CountStatus.FINAL,
        source=KPPS,
        votes={"01": 120},
        valid=120,
    )
    assert Said(contest="bupati", status=CountStatus.FINAL) == said_by(event)


def point(at: int, kind: Happening, name: str = "1", source: str = "kpps") -> Point:
    """Return a happening."""
    return Point(EpochMs(at), kind, name, source, "0:1")


def test_happenings_stand_in_the_order_of_the_day() -> None:
    """At one moment by their kind, id and source, so that whoever sorts them gets the same."""
    in_order = [
        point(1, Happening.SUSPENDED),
        point(2, Happening.CLOSED, "1", "kpps"),
        point(2, Happening.CLOSED, "1", "ptps"),
        point(2, Happening.CLOSED, "2", "kpps"),
        point(2, Happening.OPENED),
        point(3, Happening.CLOSED),
    ]
    turned = in_order[::-1]
    assert in_order == sorted(turned, key=lambda one: one.order)


def test_where_it_stands_in_the_journal_orders_nothing() -> None:
    """Else the order of arrival would matter."""
    first = Point(EpochMs(1), Happening.CLOSED, "1", "kpps", "0:9")
    second = Point(EpochMs(1), Happening.CLOSED, "1", "kpps", "0:1")
    assert first.order == second.order
