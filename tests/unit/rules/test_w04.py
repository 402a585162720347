"""Stories of rule W04: intimidation at a TPS, once two voices agree and weigh enough.

A score of 3, 2, 2 or 2 within an hour, by the class of the TPS; INT-01 and INT-02 count together.
"""

from typing import Final

import pytest

from streams.domain.events import StatusKind
from streams.domain.ids import AreaCode
from streams.domain.words import Role
from tests.support.events import ack, all_well, report, status
from tests.support.stories import (
    Item,
    Told,
    alerts_of,
    at,
    journal,
    judge,
    lines_of,
    said,
    story,
    triage_of,
)
from tests.support.world import DESA, KH, KR, SR, R

Story = tuple[list[Item], list[str]]
NINE: Final = at("09:00")


def threat(
    by: str, place: AreaCode = KR, role: Role = Role.WARGA, category: str = "INT-01"
) -> Told:
    """Somebody reports intimidation."""
    return report(category, place, by, role)


def calm(place: AreaCode, role: Role = Role.PAM_TPS) -> Told:
    """Somebody says that all is well."""
    return all_well(status(StatusKind.HEARTBEAT, place, role, "A1"))


FIRES: Final[dict[str, Story]] = {
    "three citizens": ([NINE, threat("w1"), threat("w2"), threat("w3")], ["09:00 opened"]),
    "voters and officials count together": (
        [NINE, threat("w1"), threat("w2"), threat("w3", category="INT-02")],
        ["09:00 opened"],
    ),
    "an officer and anybody else": (
        [NINE, threat("A1", role=Role.PAM_TPS), threat("x", role=Role.ANONIM)],
        ["09:00 opened"],
    ),
    "a supervisor, and half an hour later a citizen": (
        [NINE, threat("s", role=Role.PTPS), at("09:22"), threat("w1"), threat("w2")],
        ["09:22 opened"],
    ),
    "at the end of the hour old voices still say a little": (
        [NINE, threat("s", role=Role.PTPS), at("10:00"), threat("k", role=Role.KPPS), threat("w1")],
        ["10:00 opened"],
    ),
    "it climbs and is answered by an officer on the spot": (
        [NINE, threat("w1"), threat("w2"), threat("w3"), at("09:06"), calm(KR), at("09:30")],
        ["09:00 opened", "09:05 escalated", "09:06 returned"],
    ),
    "an officer's word for the whole desa": (
        [
            NINE,
            threat("w1"),
            threat("w2"),
            threat("w3"),
            ack("W04@KR"),
            at("09:06"),
            all_well(report("", DESA, "A1", Role.POLSEK)),
        ],
        ["09:00 opened", "09:00 acknowledged", "09:06 resolved"],
    ),
    "the committee's word is no field check": (
        [
            NINE,
            threat("w1"),
            threat("w2"),
            threat("w3"),
            ack("W04@KR"),
            at("09:06"),
            calm(KR, Role.KPPS),
            at("12:00"),
        ],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "an officer at another TPS has not seen it": (
        [
            NINE,
            threat("w1"),
            threat("w2"),
            threat("w3"),
            ack("W04@KR"),
            at("09:06"),
            calm(R),
            at("12:00"),
        ],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "an officer's word from before it": (
        [
            NINE,
            threat("w1"),
            threat("w2"),
            threat("w3"),
            ack("W04@KR"),
            at("09:06"),
            said("08:59", calm(KR)),
            at("12:00"),
        ],
        ["09:00 opened", "09:00 acknowledged"],
    ),
}


@pytest.mark.parametrize(("items", "told"), FIRES.values(), ids=FIRES)
def test_fires(items: list[Item], told: list[str]) -> None:
    """In each of these stories somebody is sent to look at `KR`."""
    assert told == story(*items, of="W04@KR")


HOLDS: Final[dict[str, list[Item]]] = {
    "an officer alone is one voice": [NINE, threat("A1", role=Role.PAM_TPS)],
    "two citizens are too few": [NINE, threat("w1"), threat("w2")],
    "one citizen who says it four times": [NINE, *(threat("w1") for _ in range(4))],
    "the officer and his own second report": [
        *(NINE, threat("A1", role=Role.PAM_TPS), threat("A1", role=Role.PAM_TPS)),
    ],
    "one text of several people": [
        *(NINE, *(report("INT-01", KR, by, text="diancam") for by in ("a", "b", "c", "d"))),
    ],
    "neighbouring TPS do not count together": [NINE, threat("w1"), threat("w2"), threat("w3", R)],
    "reports of the desa alone are a case of their own": [
        *(NINE, threat("w1"), threat("w2"), threat("w3", DESA)),
    ],
    "an hour and a second ago": [
        *(NINE, threat("s", role=Role.PTPS), at("10:00:01"), threat("w1"), threat("w2")),
    ],
    "another voice that weighs nothing": [
        *(NINE, threat("A1", role=Role.PAM_TPS), threat("machine", role=Role.SYSTEM)),
    ],
}


@pytest.mark.parametrize("items", HOLDS.values(), ids=HOLDS)
def test_holds(items: list[Item]) -> None:
    """In each of these stories the reports wait for a person."""
    effects = judge(journal(*items))
    assert [] == lines_of(effects)
    assert triage_of(effects)


THRESHOLDS: Final = {"KR": (KR, 3), "R": (R, 2), "SR": (SR, 2), "KH": (KH, 2)}


@pytest.mark.parametrize("name", THRESHOLDS)
def test_the_threshold_depends_on_the_class(name: str) -> None:
    """Citizens weigh one each: one too few, and enough."""
    tps, enough = THRESHOLDS[name]

    def told(citizens: int) -> list[str]:
        reports = (threat(f"w{number}", tps) for number in range(citizens))
        return story(NINE, *reports, of=f"W04@{name}")

    assert ([], ["09:00 opened"]) == (told(enough - 1), told(enough))


def test_without_a_tps_the_desa_is_the_place() -> None:
    """A desa is taken as kurang_rawan: three citizens."""
    reports = [threat(by, DESA) for by in ("w1", "w2", "w3")]
    assert ["09:00 opened"] == story(NINE, *reports, of="W04@DESA")
    assert [] == story(NINE, *reports[:2], of="W04@DESA")


def test_election_crime_is_told_to_the_supervisors_at_once() -> None:
    """OPS is climbed, GAK is the route, with the agencies of the taxonomy."""
    reports = [threat(by, R) for by in ("w1", "w2")]
    alert = alerts_of(judge(journal(NINE, *reports)))["W04@R"]
    assert ("high", "OPS", ("GAK", "polsek", "panwas"), "polsek") == (
        alert.severity,
        alert.ladder,
        alert.route,
        alert.level,
    )
    assert "Intimidasi di TPS 002 Air Rambai" == alert.title.id
    assert ["e2", "e3"] == [one.id for one in alert.evidence]
