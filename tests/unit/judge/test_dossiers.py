"""Facts of a legal ground for voting again (X06), by TPS and ground; a person decides."""

from typing import Final

import pytest

from streams.domain.alert import Alert
from streams.domain.effects import AlertShown
from streams.rules.cases import CaseWorld
from tests.support.rule_days import day_with, told_by
from tests.support.stories import only

Event = dict[str, object]


def heard(category: str, clock: str, tps: int = 1, **more: object) -> Event:
    """A supervisor reports something of a TPS."""
    return {"at": clock, "report": category, "tps": tps, "role": "ptps", **more}


def order(kind: str, alert: str, clock: str) -> Event:
    """A commander gives a command."""
    return {"at": clock, "command": kind, "alert": alert, "reason": "12/Bawaslu"}


TWICE: Final = heard("PID-02", "10:00")
DONE: Final = order("close_case", "W09@{1}|PID-02", "10:02")
DECIDED: Final = order("close_case", "X06@{1}|ganda", "10:10")

DAYS: Final[dict[str, tuple[tuple[Event, ...], list[str]]]] = {
    "a fact opens it": ((TWICE,), ["10:00 opened X06@1|ganda"]),
    "two grounds are two": (
        (TWICE, heard("PID-03", "10:03")),
        ["10:00 opened X06@1|ganda", "10:03 opened X06@1|tercoblos"],
    ),
    "two TPS are two": (
        (TWICE, heard("PID-02", "10:03", 5)),
        ["10:00 opened X06@1|ganda", "10:03 opened X06@5|ganda"],
    ),
    "its facts are over, and nobody has decided": ((TWICE, DONE), ["10:00 opened X06@1|ganda"]),
    "a person has decided": (
        (TWICE, DONE, DECIDED),
        ["10:00 opened X06@1|ganda", "10:10 resolved X06@1|ganda"],
    ),
    "decided while its facts burn: nothing more of them": (
        (TWICE, DECIDED, {**heard("PID-02", "10:20"), "from": "other"}),
        ["10:00 opened X06@1|ganda", "10:10 resolved X06@1|ganda"],
    ),
    "decided, its facts over, and a new fact soon": (
        (TWICE, DECIDED, order("close_case", "W09@{1}|PID-02", "10:12"), heard("PID-03", "10:20")),
        [
            *("10:00 opened X06@1|ganda", "10:10 resolved X06@1|ganda"),
            "10:20 opened X06@1|tercoblos",
        ],
    ),
    "riot after the halt": (
        (
            {"at": "09:00", "status": "opened"},
            {"at": "09:30", "status": "suspended"},
            heard("KAM-01", "10:00"),
        ),
        ["10:00 opened X06@1|gangguan"],
    ),
    "a halt in another desa": (
        (
            {"at": "09:00", "status": "opened", "tps": 5},
            {"at": "09:30", "status": "suspended", "tps": 5},
            heard("KAM-01", "10:00"),
        ),
        [],
    ),
}


@pytest.mark.parametrize(("events", "told"), DAYS.values(), ids=DAYS)
def test_a_ground_is_open_until_a_person_has_decided(
    events: tuple[Event, ...], told: list[str]
) -> None:
    """Whether its facts are over or not."""
    lines = told_by(day_with(*events, until="10:21"), "X06")
    assert told == [line for line in lines if "escalated" not in line]


def dossier(*events: Event, kind: str = "pilkada") -> Alert:
    """Return the last dossier of a day."""
    effects = day_with(*events, until="10:30", world=CaseWorld(kind=kind))
    return [one.alert for one in only(effects, AlertShown) if one.alert.rule == "X06"][-1]


def test_a_dossier_keeps_every_fact_that_was_in_it() -> None:
    """Also those that are over; and each piece of evidence once."""
    box = heard("LOG-04", "10:00")
    moved: tuple[Event, ...] = (
        {"at": "10:05", "status": "box_departed", "seal": "A1", "escort": ["petugas-1"]},
        {"at": "10:10", "status": "box_arrived", "seal": "A2", "seal_intact": True},
    )
    one = dossier(box, order("resolve", "W15@{1}|LOG-04", "10:02"), *moved)
    facts = [str(why.value).split()[0] for why in one.why if why.check == "fact"]
    assert ["W15", "T12"] == facts
    assert "Number of facts: 2." in one.summary.en
    ids = [piece.id for piece in one.evidence]
    assert len(set(ids)) == len(ids)
    assert {"e1", "e4"} <= set(ids)


def test_the_latest_day_stands_there_where_the_law_was_read() -> None:
    """For a pemilu ten days after the vote (PKPU 25/2023); for others it is not said."""
    pemilu, pilkada = dossier(TWICE, kind="pemilu"), dossier(TWICE)
    assert "At the latest: day 10 after the poll." in pemilu.summary.en
    assert "At the latest" not in pilkada.summary.en
    assert [[10], []] == [
        [why.value for why in one.why if why.check == "latest_day"] for one in (pemilu, pilkada)
    ]


def test_a_fact_that_burned_already_is_as_old_as_its_alert() -> None:
    """The dossier opens with the riot by which the halt becomes a ground; its fact is the halt."""
    halt: tuple[Event, ...] = (
        {"at": "09:00", "status": "opened"},
        {"at": "09:30", "status": "suspended"},
        heard("KAM-01", "10:00"),
    )
    one = dossier(*halt)
    facts = [str(why.value).split()[0] for why in one.why if why.check == "fact"]
    assert (["T06"], ["e2"]) == (facts, [piece.id for piece in one.evidence])
