"""Codes find their alerts among those that their destination was told of."""

import pytest
from msgspec.structs import replace

from streams.answers.asked import Verb
from streams.answers.codes import Reply, codes_for
from streams.domain.ids import AlertId, AreaCode, ElectionId
from streams.gate.answering import Answering
from streams.gate.people import People
from streams.territory.plan import Plan
from streams.wire.board import Board
from streams.wire.documents import AlertDocument
from tests.support.shown import alert_id, board_of, shown
from tests.unit.gate.answers import ALERT, CODE, DESTINATION, NUMBER, board, plan
from tests.unit.gate.house import ANSWER_KEY, Memory, hall_of

NEW_KEY = b"the next key of links and codes, 32"


def answering(seen: Board, *keys: bytes, folder: Plan | None = None) -> Answering:
    """Return what understands answers."""
    people = People([folder or plan()], hall_of().tracker)
    return Answering(seen, people, keys or (ANSWER_KEY,), Memory())


def meant(found: Answering, code: str = CODE) -> str:
    """Return which alert a code of the contact means; empty: none."""
    people = found.people.at_telephone(hall_of().tracker.hidden(NUMBER), frozenset({"sms"}))
    given = found.by_code(Reply(Verb.ACK, code), people)
    return given.asked.alert if given else ""


def test_a_code_means_the_alert_that_it_was_made_for() -> None:
    """Among many that are open."""
    others = [shown(alert_id(number)) for number in range(1, 40)]
    ids = [AlertId(one.id) for one in (ALERT, *others)]
    codes = codes_for(ANSWER_KEY, DESTINATION, ids)
    found = answering(board(*others))
    assert ids == [meant(found, codes[one]) for one in ids]


def test_a_key_that_was_replaced_is_still_good() -> None:
    """The messages of the hour before have codes of it."""
    assert ALERT.id == meant(answering(board(), NEW_KEY, ANSWER_KEY))
    assert "" == meant(answering(board(), NEW_KEY))


ELSEWHERE: dict[str, AlertDocument] = {
    "of another election": replace(ALERT, election=ElectionId("bogor-2024")),
    "that the level was not told of": replace(ALERT, told=()),
    "that is over": shown(state=type(ALERT.state).RESOLVED),
}


@pytest.mark.parametrize("alert", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_code_never_means_an_alert(alert: AlertDocument) -> None:
    """Of another election, of which its level was not told, or that is over."""
    assert "" == meant(answering(board_of(alert)))


def test_an_alert_of_a_drill_is_answered_as_of_the_drill() -> None:
    """The real one is not touched."""
    found = answering(board_of(replace(ALERT, election=ElectionId("serang-2024#drill-g1"))))
    people = found.people.at_telephone(hall_of().tracker.hidden(NUMBER), frozenset({"sms"}))
    given = found.by_code(Reply(Verb.ACK, CODE), people)
    assert given is not None
    assert "g1" == given.asked.drill


def test_a_telephone_answers_by_the_channels_that_it_is_told_by() -> None:
    """The gateway of another channel is another door."""
    people = People([plan()], hall_of().tracker)
    hidden = hall_of().tracker.hidden
    assert 1 == len(people.at_telephone(hidden("6281234560001"), frozenset({"sms", "wa"})))
    assert () == people.at_telephone(hidden(NUMBER), frozenset({"telegram"}))
    assert () == people.at_telephone(hidden("081234560002"), frozenset({"sms"}))


def test_a_destination_is_of_the_election_that_is_held_there() -> None:
    """A link names it, and the alert says where."""
    people = People([plan()], hall_of().tracker)
    assert people.named(DESTINATION, ALERT.id) is not None
    assert people.named(DESTINATION, alert_id(kabupaten="32.01")) is None
    assert people.named("OPS/polsek@36.04/2", ALERT.id) is None


def folder(*areas: str) -> Plan:
    """Return a folder whose contact is told on one telephone for several areas."""
    (contact,) = plan().contacts
    contacts = (replace(contact, area=AreaCode(area)) for area in areas)
    return replace(plan(), contacts=tuple(contacts))


@pytest.mark.parametrize(
    ("area", "is_meant"),
    [("36.04", True), ("36.04.17", True), ("36.04.17.2010-001", True), ("36.04.18", False)],
)
def test_a_code_means_only_what_its_own_area_was_told_of(area: str, *, is_meant: bool) -> None:
    """The Polsek of the next kecamatan has another day."""
    code = codes_for(ANSWER_KEY, f"OPS/polsek@{area}/1", [AlertId(ALERT.id)])[AlertId(ALERT.id)]
    found = answering(board(), folder=folder(area))
    assert is_meant == bool(meant(found, code))


def _sharing(places: tuple[str, str], numbers: int = 3_000) -> tuple[AlertId, AlertId, str]:
    """Find an alert of each of two destinations that are told by one and the same code."""
    ids = [AlertId(alert_id(number)) for number in range(1, numbers)]
    one, two = (
        {codes_for(ANSWER_KEY, place, [alert])[alert]: alert for alert in ids} for place in places
    )
    code = next(code for code in one if code in two and one[code] != two[code])
    return one[code], two[code], code


def test_a_code_that_means_two_alerts_on_one_telephone_means_none() -> None:
    """Each destination has its own codes; which of them somebody means nobody knows."""
    one, two, code = _sharing(("OPS/polsek@36.04.17/1", "OPS/polsek@36.04.18/1"))
    here = shown(one)
    there = shown(two, scope="36.04.18.2001-001")
    both = folder("36.04.17", "36.04.18")
    assert one == meant(answering(board_of(here), folder=both), code)
    assert two == meant(answering(board_of(there), folder=both), code)
    assert "" == meant(answering(board_of(here, there), folder=both), code)


def test_an_alert_of_a_drill_is_never_in_the_way_of_a_real_one() -> None:
    """Its code means the real one, and without that the drill's."""
    one, two, code = _sharing((DESTINATION, DESTINATION.replace("/1", "/2")))
    drill = replace(shown(two), election=ElectionId("serang-2024#drill-g1"))
    twice = folder("36.04", "36.04")
    assert one == meant(answering(board_of(shown(one), drill), folder=twice), code)
    assert two == meant(answering(board_of(drill), folder=twice), code)
