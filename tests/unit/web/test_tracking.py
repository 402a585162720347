"""Whose a report is, and how it is followed."""

import json

import msgspec
import pytest

from streams.domain.events import CrowdReport
from streams.domain.times import EpochMs
from streams.judge.triage import tracking_id
from streams.web.tracking import Tracker
from streams.wire.pseudonym import pseudonym_of
from tests.unit.gate.house import NOW_S, PSEUDONYM_KEY, report
from tests.unit.territory.folders import AREAS, plan_of

TRACKER = Tracker([plan_of()], AREAS, PSEUDONYM_KEY)
NOW = EpochMs(round(NOW_S * 1_000))


def followed(tracker: Tracker = TRACKER, **fields: object) -> str | None:
    """Return by what a report is followed."""
    event = msgspec.json.decode(report("r-1", **fields), type=CrowdReport)
    return tracker.tracking_id(event, NOW)


PLACES: dict[str, object] = {
    "a TPS": {"tps": "36.04.17.2010-001"},
    "a desa by name": {"name": "Mekarsari", "kecamatan": "Carenang"},
    "the one kabupaten that is watched": {"name": "Entah"},
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_report_gets_the_id_that_the_fold_will_give_it(place: object) -> None:
    """By its kabupaten, however that is known; whether its category is known is another matter."""
    expected = tracking_id("36.04", "warga-1", "r-1")
    assert expected == followed(place=place) == followed(place=place, category="KAM-99")


def test_a_number_is_followed_by_its_pseudonym() -> None:
    """As intake will have it."""
    shown = pseudonym_of("081234567890", PSEUDONYM_KEY)
    source = {"id": "081234567890", "role": "warga"}
    assert tracking_id("36.04", shown, "r-1") == followed(source=source)


def test_where_the_kabupaten_is_not_sure_there_is_no_id() -> None:
    """A wrong one would follow another's report."""
    assert None is followed(place={"tps": "99.01.01.2001-001"})
    assert None is followed(election="other-2024")
    assert None is followed(Tracker((), AREAS, PSEUDONYM_KEY))


def test_the_pseudonym_of_a_gateway_is_intakes_own() -> None:
    """Whichever way a number comes in, it is one voice."""
    for number in ("081234567890", "+14155550123"):
        assert pseudonym_of(number, PSEUDONYM_KEY) == TRACKER.hidden(number)
    assert TRACKER.hidden("+14155550123") == TRACKER.hidden("14155550123")
    other = Tracker((), AREAS, b"another key of pseudonyms")
    assert other.hidden("3636") != TRACKER.hidden("3636") == TRACKER.hidden("3636")
    assert "3636" not in json.dumps(TRACKER.hidden("3636"))
