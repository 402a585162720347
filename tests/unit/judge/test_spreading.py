"""Alerts of one category in several desa are one matter (W06).

TPS 1, 5, 7, 8 and 9 lie in five desa of one kecamatan, TPS 6 in another kecamatan.
"""

from typing import Final

import pytest

from streams.domain.alert import Alert
from streams.domain.effects import AlertShown
from streams.rules.cases import CaseWorld
from tests.support.rule_days import day_with, told_by
from tests.support.stories import only

Event = dict[str, object]


def seal(tps: int, clock: str, category: str = "LOG-04", **more: object) -> Event:
    """A supervisor reports a broken seal, or something else."""
    return {"at": clock, "report": category, "tps": tps, "role": "ptps", **more}


def order(kind: str, tps: int, clock: str, **more: object) -> Event:
    """Somebody orders something of the alert of a TPS."""
    return {"at": clock, "command": kind, "alert": f"W15@{{{tps}}}|LOG-04", **more}


THREE: Final = (seal(1, "09:00"), seal(5, "09:01"), seal(7, "09:02"))
OPENED: Final = "09:02 opened W06@36.04.17|LOG-04"

DAYS: Final[dict[str, tuple[tuple[Event, ...], list[str]]]] = {
    "three desa": (THREE, [OPENED]),
    "three TPS of two desa": ((*THREE[:2], seal(2, "09:02")), []),
    "one has been taken, and still burns": (
        (THREE[0], order("ack", 1, "09:00"), *THREE[1:]),
        [OPENED],
    ),
    "one has been resolved": ((THREE[0], order("resolve", 1, "09:01"), *THREE[1:]), []),
    "one of them is over, and two burn": ((*THREE, order("resolve", 5, "09:05")), [OPENED]),
    "the last of them is over": (
        (*THREE, *(order("resolve", tps, "09:07") for tps in (1, 5, 7))),
        [OPENED, "09:07 returned W06@36.04.17|LOG-04"],
    ),
    "none of them opened within the hour": (
        (seal(1, "07:00"), seal(5, "08:01"), seal(7, "09:02")),
        [],
    ),
    "another kecamatan is no part of it": ((*THREE[:2], seal(6, "09:02")), []),
    "a restricted one is no part of it": (
        tuple(seal(tps, "09:00", "NET-01", role="warga") for tps in (1, 5, 7)),
        [],
    ),
}


@pytest.mark.parametrize(("events", "told"), DAYS.values(), ids=DAYS)
def test_three_desa_on_fire_are_one_matter(events: tuple[Event, ...], told: list[str]) -> None:
    """By desa and category, while they burn together."""
    ordered = sorted(events, key=lambda one: str(one["at"]))
    lines = told_by(day_with(*ordered, until="09:10"), "W06")
    assert told == [line for line in lines if "escalated" not in line]


def matter(*events: Event, world: CaseWorld | None = None) -> Alert:
    """Return the last state of the matter."""
    effects = day_with(*events, until="09:10", world=world)
    return [one.alert for one in only(effects, AlertShown) if one.alert.rule == "W06"][-1]


def test_it_names_its_desa_and_rests_on_their_evidence() -> None:
    """And on that of the next one, as soon as it is taken in, which is a line `updated`."""
    three, four = matter(*THREE), matter(*THREE, seal(8, "09:05"))
    assert "is open in Sukamaju, Sukasari, Sukamulya " in three.summary.en
    assert "is open in Sukamaju, Sukasari, Sukamulya, Sukarame " in four.summary.en
    assert [["e1", "e2", "e3"], ["e1", "e2", "e3", "e4"]] == [
        [one.id for one in alert.evidence] for alert in (three, four)
    ]
    assert (1, 2) == (three.revision, four.revision)


def test_it_is_told_to_the_head_of_operations_at_once() -> None:
    """Whatever its severity: it starts there."""
    assert ("high", "polres_ops") == (matter(*THREE).severity, matter(*THREE).level)
    five = matter(*THREE, seal(8, "09:05"), seal(9, "09:06"))
    assert ("critical", 5) == (five.severity, next(w.value for w in five.why if "desa" in w.check))
