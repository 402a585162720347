"""Stories of rule W01: a critical report about a desa, once enough voices agree.

KAM-01 needs a score of 3, KAM-02, KAM-03 and KAM-05 of 2, KAM-04 and KAM-06 any single voice;
where a TPS that is sangat_rawan is among the evidence, one less, but not below 1.
"""

from typing import Final

import pytest

from streams.domain.events import CommandKind, StatusKind
from streams.domain.ids import AreaCode
from streams.domain.words import Channel, Role
from tests.support.events import (
    ack,
    all_well,
    by_channel,
    command,
    photographed,
    relayed,
    report,
    status,
    with_position,
)
from tests.support.stories import (
    Item,
    Told,
    at,
    journal,
    judge,
    lines_of,
    said,
    story,
    triage_of,
)
from tests.support.world import DESA, KH, KR, KR2, SR, R

Story = tuple[list[Item], list[str]]
NINE: Final = at("09:00")


def riot(by: str, place: AreaCode = KR, role: Role = Role.WARGA) -> Told:
    """Somebody reports a riot."""
    return report("KAM-01", place, by, role)


def calm(tps: AreaCode = KR, by: str = "A1", role: Role = Role.PAM_TPS) -> Told:
    """Somebody says that all is well, from a TPS or a desa."""
    if "-" in tps:
        return all_well(status(StatusKind.HEARTBEAT, tps, role, by))
    return all_well(report("", tps, by, role, text="aman terkendali"))


THREE: Final = [NINE, riot("w1"), riot("w2"), riot("w3")]
FIRES: Final[dict[str, Story]] = {
    "three citizens": ([*THREE], ["09:00 opened"]),
    "an officer alone weighs three": (
        [NINE, riot("A1", role=Role.BHABINKAMTIBMAS)],
        ["09:00 opened"],
    ),
    "a supervisor alone weighs three": ([NINE, riot("s", role=Role.PTPS)], ["09:00 opened"]),
    "a member of the committee and a citizen": (
        [NINE, riot("k", role=Role.KPPS), riot("w1")],
        ["09:00 opened"],
    ),
    "witnesses of three camps": (
        [NINE, *(riot(camp, role=Role.SAKSI) for camp in ("01", "02", "03"))],
        ["09:00 opened"],
    ),
    "two citizens and two who give no name": (
        [NINE, riot("w1"), riot("w2"), riot("a", role=Role.ANONIM), riot("b", role=Role.ANONIM)],
        ["09:00 opened"],
    ),
    "within a quarter of an hour every voice has its full weight": (
        [NINE, riot("w1"), at("09:07"), riot("w2"), at("09:15"), riot("w3")],
        ["09:15 opened"],
    ),
    "it is not told twice": (
        [*THREE, at("09:01"), riot("w4"), at("09:02"), riot("w5")],
        ["09:00 opened"],
    ),
    "reports of the desa alone join what lies at a TPS": (
        [NINE, riot("w1", DESA), riot("w2", DESA), riot("w3")],
        ["09:00 opened"],
    ),
    "reports of the desa alone are a place of their own": (
        [NINE, riot("w1", DESA), riot("w2", DESA), riot("w3", DESA)],
        ["09:00 opened"],
    ),
    "400 m are one place": (
        [NINE, riot("w1"), riot("w2", R), riot("w3", R)],
        ["09:00 opened"],
    ),
    "a report's own position counts before its TPS has one": (
        [NINE, riot("w1"), riot("w2"), with_position(-3.4700, 102.5201, riot("w3", KH))],
        ["09:00 opened"],
    ),
    "a TPS that is sangat_rawan makes it one level easier": (
        [NINE, riot("w1", SR), riot("w2", SR)],
        ["09:00 opened"],
    ),
    "one vulnerable TPS among the evidence is enough for that": (
        [NINE, riot("w1", R), riot("w2", SR)],
        ["09:00 opened"],
    ),
    "ten minutes late is in time": (
        [NINE, riot("w1"), riot("w2"), at("09:10"), said("09:00", riot("w3"))],
        ["09:10 opened"],
    ),
    "an SMS may be an hour late": (
        [
            NINE,
            riot("w1"),
            riot("w2"),
            at("10:00"),
            by_channel(Channel.SMS, said("09:00", riot("w3"))),
        ],
        ["10:00 opened"],
    ),
    "word by radio may be an hour late": (
        [
            NINE,
            riot("w1"),
            riot("w2"),
            at("10:00"),
            by_channel(Channel.RADIO, said("09:00", riot("w3"))),
        ],
        ["10:00 opened"],
    ),
    "an operator weighs as the one that is relayed": (
        [NINE, relayed(Role.POLSEK, riot("desk"))],
        ["09:00 opened"],
    ),
    "nobody takes it": (
        [*THREE, at("09:09")],
        ["09:00 opened", "09:03 escalated", "09:08 escalated"],
    ),
}


@pytest.mark.parametrize(("items", "told"), FIRES.values(), ids=FIRES)
def test_fires(items: list[Item], told: list[str]) -> None:
    """In each of these stories enough voices agree that there is a riot."""
    assert told == story(*items, of="W01@DESA|KAM-01")


PHOTO: Final = "ab"
HOLDS: Final[dict[str, list[Item]]] = {
    "two citizens": [NINE, riot("w1"), riot("w2")],
    "an operator who relays nobody is a citizen": [NINE, relayed(None, riot("desk")), riot("w1")],
    "one citizen three times": [NINE, riot("w1"), riot("w1"), riot("w1")],
    "one photo three times": [NINE, *(photographed(PHOTO, riot(by)) for by in ("a", "b", "c"))],
    "one text three times, however it is written": [
        *(NINE, report("KAM-01", KR, "a", text="Rusuh di TPS!")),
        *(report("KAM-01", KR, by, text="  rusuh  DI tps! ") for by in ("b", "c")),
    ],
    "witnesses of one camp": [NINE, *(riot("01", role=Role.SAKSI) for _ in range(3))],
    "five without a name": [NINE, *(riot(by, role=Role.ANONIM) for by in "abcde")],
    "a machine has no voice": [NINE, *(riot(by, role=Role.SYSTEM) for by in "abcde")],
    "two halves of half an hour ago and two of now": [
        *(NINE, riot("w1"), at("09:30"), riot("w2"), riot("w3")),
    ],
    "what is older than the window": [
        *(NINE, riot("A1", role=Role.KPPS), at("09:30:01"), riot("w1"), riot("w2")),
    ],
    "850 m are two places": [
        NINE,
        riot("w1"),
        riot("w2"),
        with_position(-3.4776, 102.52, riot("w3", KH)),
    ],
    "two desa are two places": [NINE, riot("w1"), riot("w2"), riot("w3", KR2)],
    "eleven minutes late is too late": [
        *(NINE, riot("w1"), riot("w2"), at("09:10:01"), said("09:00", riot("w3"))),
    ],
    "other categories are other cases": [
        *(NINE, riot("w1"), riot("w2"), report("KAM-02", KR, "w3")),
    ],
}


@pytest.mark.parametrize("items", HOLDS.values(), ids=HOLDS)
def test_holds(items: list[Item]) -> None:
    """In each of these stories too few voices agree, and the reports wait for a person."""
    effects = judge(journal(*items))
    assert [] == [line for line in lines_of(effects) if line.key == "KAM-01"]
    assert triage_of(effects)


ENDS: Final[dict[str, Story]] = {
    "calm, and half an hour without a report": (
        [*THREE, ack("W01@DESA|KAM-01"), at("09:10"), calm(), at("10:00")],
        ["09:00 opened", "09:00 acknowledged", "09:30 resolved"],
    ),
    "nobody has answered it": (
        [*THREE, at("09:01"), calm(), at("09:02:30"), at("09:31")],
        ["09:00 opened", "09:03 escalated", "09:08 escalated", "09:30 returned"],
    ),
    "calm comes after the half hour": (
        [*THREE, ack("W01@DESA|KAM-01"), at("09:40"), calm(), at("10:00")],
        ["09:00 opened", "09:00 acknowledged", "09:40 resolved"],
    ),
    "another report starts the half hour anew": (
        [*THREE, ack("W01@DESA|KAM-01"), at("09:10"), calm(), at("09:20"), riot("w4"), at("10:00")],
        ["09:00 opened", "09:00 acknowledged", "09:50 resolved"],
    ),
    "a report that was late does not": (
        [
            *THREE,
            ack("W01@DESA|KAM-01"),
            at("09:10"),
            calm(),
            said("09:00", riot("w4")),
            at("10:00"),
        ],
        ["09:00 opened", "09:00 acknowledged", "09:30 resolved"],
    ),
    "an officer speaks of the whole desa": (
        [*THREE, ack("W01@DESA|KAM-01"), at("09:10"), calm(DESA), at("10:00")],
        ["09:00 opened", "09:00 acknowledged", "09:30 resolved"],
    ),
    "half an hour alone is not calm": (
        [*THREE, ack("W01@DESA|KAM-01"), at("12:00")],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "the committee's word is not an officer's": (
        [*THREE, ack("W01@DESA|KAM-01"), at("09:10"), calm(role=Role.KPPS), at("12:00")],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "calm at another TPS says nothing of this one": (
        [*THREE, ack("W01@DESA|KAM-01"), at("09:10"), calm(KH), at("12:00")],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "calm in another desa says nothing": (
        [*THREE, ack("W01@DESA|KAM-01"), at("09:10"), calm(KR2), at("12:00")],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "calm from before it began says nothing": (
        [*THREE, ack("W01@DESA|KAM-01"), at("09:10"), said("08:59", calm()), at("12:00")],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "it flares up again within the quiet time": (
        [
            *THREE,
            ack("W01@DESA|KAM-01"),
            at("09:10"),
            calm(),
            at("09:50"),
            riot("x1"),
            riot("x2"),
            riot("x3"),
        ],
        ["09:00 opened", "09:00 acknowledged", "09:30 resolved", "09:50 reopened"],
    ),
    "later it is another episode": (
        [
            *THREE,
            ack("W01@DESA|KAM-01"),
            at("09:10"),
            calm(),
            at("10:01"),
            riot("x1"),
            riot("x2"),
            riot("x3"),
        ],
        ["09:00 opened", "09:00 acknowledged", "09:30 resolved", "10:01 opened"],
    ),
    "one voice elsewhere does not bring back what is over": (
        [*THREE, ack("W01@DESA|KAM-01"), at("09:10"), calm(), at("09:40"), riot("x1", SR)],
        ["09:00 opened", "09:00 acknowledged", "09:30 resolved"],
    ),
    "a person resolves it, and a riot hours later is another one": (
        [
            *THREE,
            command(CommandKind.RESOLVE, "W01@DESA|KAM-01"),
            at("15:00"),
            riot("x1"),
            riot("x2"),
            riot("x3"),
        ],
        ["09:00 opened", "09:00 resolved", "15:00 opened"],
    ),
    "a person resolves it, and the same riot goes on": (
        [*THREE, command(CommandKind.RESOLVE, "W01@DESA|KAM-01"), at("09:05"), riot("w4")],
        ["09:00 opened", "09:00 resolved"],
    ),
}


@pytest.mark.parametrize(("items", "told"), ENDS.values(), ids=ENDS)
def test_ends(items: list[Item], told: list[str]) -> None:
    """It is over when an officer says so and nobody says otherwise for half an hour."""
    assert told == story(*items, of="W01@DESA|KAM-01")
