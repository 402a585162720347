"""The read model: what the topics have said last, and what of it is forgotten, and when."""

import msgspec
import pytest
from msgspec.structs import replace

from streams.domain.alert import AlertState
from streams.domain.times import HOUR_MS, MINUTE_MS, EpochMs
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.room.kinds import Kind
from streams.room.model import Model
from streams.room.sight import Shade
from streams.wire.documents import TransitionDocument
from tests.support.room_houses import arrived, put_in
from tests.support.shown import alert_id, shown
from tests.unit.room.documents import AT, NOW, area, reply, report, tps

REPORT = "3604-" + "R" * 16
PARENT, CHILD = alert_id(1), alert_id(2)
SECRET = Shade("36.04.17.2010-001", ("propam",))


def line(revision: int, alert: str = PARENT) -> TransitionDocument:
    """Return a change of an alert."""
    document = shown(alert)
    return TransitionDocument(
        at=AT,
        alert=alert,
        revision=revision,
        rule=document.rule,
        scope=document.scope.code,
        key="",
        change="opened",  # type: ignore[arg-type]  # As JSON has it.
        state=document.state,
        severity=document.severity,
        ladder=document.ladder,
        level="polsek",
        drill=False,
        cause="deadline",
    )


def test_the_last_document_of_an_alert_counts() -> None:
    """And it is told that its row changed, with who saw it before."""
    model = put_in(Model(), shown(), at=NOW)
    assert {(Kind.ALERTS, alert_id()): None} == model.take_touched()
    put_in(model, shown(state=AlertState.ACKNOWLEDGED), at=NOW)
    assert {(Kind.ALERTS, alert_id()): Shade("36.04.17.2010-001")} == model.take_touched()
    assert AlertState.ACKNOWLEDGED is model.alerts[alert_id()].state
    assert {} == model.take_touched()


def test_what_has_ended_is_held_for_an_hour() -> None:
    """By the broker's clock, as it was said last; then it is gone, and that is told."""
    model = put_in(Model(), shown(state=AlertState.RESOLVED), at=NOW)
    put_in(model, reply("c-1"), at=EpochMs(NOW + HOUR_MS - 1))
    assert alert_id() in model.alerts
    model.take_touched()
    put_in(model, reply("c-2"), at=EpochMs(NOW + HOUR_MS))
    assert alert_id() not in model.alerts
    assert Shade("36.04.17.2010-001") == model.take_touched()[Kind.ALERTS, alert_id()]
    assert None is model.shade(Kind.ALERTS, alert_id())


def test_what_is_reopened_within_the_hour_stays() -> None:
    """Its end was none."""
    model = put_in(Model(), shown(state=AlertState.RESOLVED), shown(), at=NOW)
    put_in(model, reply("c-1"), at=EpochMs(NOW + 2 * HOUR_MS))
    assert alert_id() in model.alerts


def test_a_parent_says_how_many_it_has_absorbed() -> None:
    """Open ones; and its row changes with them, not only with itself."""
    child = replace(shown(CHILD), parent=PARENT)
    model = put_in(Model(), shown(PARENT), at=NOW)
    model.take_touched()
    put_in(model, child, at=NOW)
    assert (Kind.ALERTS, PARENT) in model.take_touched()
    assert [CHILD] == [one.id for one in model.children(PARENT)]
    put_in(model, replace(child, state=AlertState.RESOLVED), at=NOW)
    assert () == model.children(PARENT)


def test_a_restricted_child_is_not_counted_by_a_parent_that_all_see() -> None:
    """A number says that there is something."""
    child = replace(shown(CHILD), parent=PARENT, restricted_to=("propam",))
    model = put_in(Model(), shown(PARENT), child, at=NOW)
    assert () == model.children(PARENT)


def test_a_parent_that_few_may_see_has_no_name_for_others() -> None:
    """Nor one that is not known yet: it may be of that kind."""
    model = Model()
    child = replace(shown(CHILD), parent=PARENT)
    put_in(model, child, at=NOW)
    assert None is model.parent(child, "operator")
    model.take_touched()
    put_in(model, replace(shown(PARENT), restricted_to=("propam",)), at=NOW)
    assert (Kind.ALERTS, CHILD) in model.take_touched()
    assert (None, PARENT) == (model.parent(child, "operator"), model.parent(child, "propam"))


def test_a_report_that_became_restricted_stays_so_in_any_order() -> None:
    """Its tombstone, and what was said of it before, come from another topic, at another time."""
    open_, secret = report(REPORT), report(REPORT, roles=("propam",))
    orders = (
        (open_, None, secret),
        (secret, open_, None),
        (open_, secret, None),
    )
    for order in orders:
        model = Model()
        for one in order:
            if one is None:
                model.apply(arrived(Topic.TRIAGE, REPORT, None, NOW))
            else:
                put_in(model, one, at=NOW)
        assert ("propam",) == model.reports[REPORT].restricted_to


def test_a_change_that_is_told_twice_is_one() -> None:
    """Lines may repeat; of one alert the last hundred are held."""
    model = put_in(Model(), shown(PARENT), at=NOW)
    for revision in (1, 2, 2, 1, *range(3, 130)):
        value = msgspec.json.encode(line(revision))
        model.apply(arrived(Topic.TRANSITIONS, PARENT, value, NOW))
    assert [*range(30, 130)] == [one.revision for one in model.lines(PARENT)]
    assert () == model.lines(CHILD)


def test_replies_are_bounded() -> None:
    """The oldest go first."""
    model = Model()
    put_in(model, *(reply(f"c-{number}") for number in range(10_002)), at=NOW)
    assert 10_000 == len(model.replies)
    assert "c-1" not in model.replies
    assert "c-2" in model.replies


def test_a_bad_record_changes_nothing() -> None:
    """Somebody else wrote it, or a newer version did."""
    model = put_in(Model(), shown(), at=NOW)
    model.take_touched()
    for topic in (Topic.ALERTS, Topic.TRIAGE, Topic.REPLIES, Topic.PICTURE, Topic.TRANSITIONS):
        with pytest.raises(InputError):
            model.apply(arrived(topic, "36.04", b'{"id":7}', NOW))
    assert ({}, [alert_id()]) == (model.take_touched(), [*model.alerts])


def test_a_letter_that_was_sent_again_is_done() -> None:
    """Letters are of no place; those of counts are for few."""
    model = Model()
    headers = ((b"schema", b"tps.status"), (b"schema", b"vote.counts"))
    for offset, (reason, topic) in enumerate(headers):
        words = (("reason", reason), ("topic", topic), ("detail", b"x"))
        one = arrived(Topic.DEADLETTER, "", b"{}", NOW, words)
        model.apply(replace(one, offset=offset))
    assert Shade("") == model.shade(Kind.LETTERS, "0:0")
    assert Shade("", ("commander", "liaison")) == model.shade(Kind.LETTERS, "0:1")
    model.take_touched()
    model.apply(arrived(Topic.DEADLETTER, "", b"", NOW, (("resent", b"0:0"),)))
    assert {(Kind.LETTERS, "0:0"): Shade("")} == model.take_touched()
    assert ["0:1"] == [*model.letters.open]


def test_of_the_picture_moving_clocks_are_told_apart() -> None:
    """Each second they move in every kabupaten of the country."""
    model = put_in(Model(), area(), tps(), at=NOW)
    assert {(Kind.AREAS, "36.04"), (Kind.TPS, "36.04.17.2010-001")} == {*model.take_touched()}
    put_in(model, area(now="2024-11-27T07:10:01+07:00"), at=NOW)
    assert {(Kind.CLOCKS, "36.04")} == {*model.take_touched()}
    put_in(model, area(silent=1), at=NOW)
    assert {(Kind.AREAS, "36.04")} == {*model.take_touched()}
    assert "TPS 001" == getattr(model.pictures.tps("36.04.17.2010-001"), "name", "")


def test_the_picture_is_as_old_as_its_oldest_kabupaten() -> None:
    """One that stands still must show, whatever the others do; a drill's clock is none."""
    model = put_in(Model(), at=NOW)
    assert 0 == model.pictures.oldest_now
    put_in(model, area(now="2024-11-27T07:11:00+07:00"), area("36.05"), at=NOW)
    assert NOW - MINUTE_MS == model.pictures.oldest_now
    put_in(model, area("36.05", now="2024-11-27T07:12:00+07:00"), at=NOW)
    assert NOW == model.pictures.oldest_now


def test_a_picture_that_is_taken_back_is_gone() -> None:
    """And it is told who saw it."""
    model = put_in(Model(), area(), area("36.04.17"), tps(), at=NOW)
    model.take_touched()
    model.apply(arrived(Topic.PICTURE, "36.04.17.2010-001", None, NOW))
    found = model.take_touched()
    assert {(Kind.TPS, "36.04.17.2010-001"): Shade("36.04.17.2010-001")} == found
    assert None is model.pictures.tps("36.04.17.2010-001")


def test_what_opened_lately_is_counted_on_the_clock_of_the_day() -> None:
    """Ten minutes; what opens later than that clock is not yet there."""
    model = put_in(Model(), shown(PARENT), at=NOW)
    opened = EpochMs(NOW - MINUTE_MS)
    assert [PARENT] == [*model.opened_lately(opened)]
    assert [] == [*model.opened_lately(EpochMs(opened - 1))]
    assert [] == [*model.opened_lately(EpochMs(opened + 10 * MINUTE_MS))]
