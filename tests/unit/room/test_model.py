"""The read model: what the topics have said last, and what of it is forgotten, and when."""

import msgspec
import pytest
from msgspec.structs import replace

from streams.domain.alert import AlertState
from streams.domain.times import HOUR_MS, MINUTE_MS, EpochMs
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.room.feed import Feed
from streams.room.kinds import Kind
from streams.room.model import Model
from streams.room.names import Names
from streams.room.sight import Shade
from streams.wire.documents import TransitionDocument
from tests.support.room_houses import Document, arrived, put_in
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
    assert 1 == model.absorbed(PARENT)
    put_in(model, replace(child, state=AlertState.RESOLVED), at=NOW)
    assert 0 == model.absorbed(PARENT)


def test_a_restricted_child_is_not_counted_by_a_parent_that_all_see() -> None:
    """A number says that there is something; nor is its row sent anew for nothing."""
    child = replace(shown(CHILD), parent=PARENT, restricted_to=("propam",))
    model = put_in(Model(), shown(PARENT), at=NOW)
    model.take_touched()
    put_in(model, child, at=NOW)
    assert {(Kind.ALERTS, CHILD)} == {*model.take_touched()}
    assert 0 == model.absorbed(PARENT)


def test_what_is_absorbed_is_shown_anew_when_its_parent_is_seen_by_others() -> None:
    """Its row names the parent, to who may see that."""
    model = put_in(Model(), replace(shown(CHILD), parent=PARENT), at=NOW)
    model.take_touched()
    for roles in ((), ("propam",)):
        put_in(model, replace(shown(PARENT), restricted_to=roles), at=NOW)
        assert (Kind.ALERTS, CHILD) in model.take_touched()
    put_in(model, replace(shown(PARENT), restricted_to=("propam",)), at=NOW)
    assert (Kind.ALERTS, CHILD) not in model.take_touched()


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


def test_an_hour_is_by_the_newest_record_of_any_partition() -> None:
    """What ended yesterday in a partition that is read later is over as well."""
    model = put_in(Model(), shown(PARENT), at=NOW)
    put_in(model, shown(CHILD, state=AlertState.RESOLVED), at=EpochMs(NOW - HOUR_MS))
    assert [PARENT] == [*model.alerts]


def test_lines_wait_for_their_alert_until_all_is_read() -> None:
    """Topics are read side by side; what no alert has come for by then is of one that is over."""
    model = Model()
    for alert in (PARENT, CHILD):
        value = msgspec.json.encode(line(1, alert))
        model.apply(arrived(Topic.TRANSITIONS, alert, value, EpochMs(NOW - 5 * HOUR_MS)))
    put_in(model, shown(PARENT), at=NOW)
    assert (1, 1) == (len(model.lines(PARENT)), len(model.lines(CHILD)))
    model.settle()
    assert (1, 0) == (len(model.lines(PARENT)), len(model.lines(CHILD)))


def test_a_line_of_a_new_alert_may_come_before_it() -> None:
    """It is held for an hour; however many alerts are open, their lines are held."""
    model = Model()
    model.settle()
    model.apply(arrived(Topic.TRANSITIONS, PARENT, msgspec.json.encode(line(1)), NOW))
    put_in(model, reply("c-1"), at=EpochMs(NOW + HOUR_MS - 1))
    assert 1 == len(model.lines(PARENT))
    put_in(model, reply("c-2"), at=EpochMs(NOW + HOUR_MS))
    assert 0 == len(model.lines(PARENT))


def test_what_is_known_of_alerts_that_are_over_is_forgotten() -> None:
    """Their changes, what was done, and that they were restricted."""
    model = Model()
    model.settle()
    secret = replace(shown(PARENT, state=AlertState.RESOLVED), restricted_to=("propam",))
    put_in(model, secret, reply("c-0", alert=PARENT), at=NOW)
    model.apply(arrived(Topic.TRANSITIONS, PARENT, msgspec.json.encode(line(1)), NOW))
    put_in(model, reply("c-1"), at=EpochMs(NOW + 2 * HOUR_MS))
    assert ((), []) == (model.lines(PARENT), [*model.deeds.of(PARENT)])
    # Its id is free again: nothing is held of it.
    put_in(model, shown(PARENT), at=EpochMs(NOW + 2 * HOUR_MS))
    assert [PARENT] == [*model.alerts]


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


@pytest.mark.parametrize(
    ("topic", "key", "document"),
    [
        (Topic.ALERTS, CHILD, shown(PARENT)),
        (Topic.RESTRICTED_ALERTS, CHILD, shown(PARENT)),
        (Topic.ALERTS, PARENT, replace(shown(PARENT), updated_at="2024-13-27T07:10:00+07:00")),
        (Topic.RESTRICTED_TRIAGE, "3604-" + "Q" * 16, report(REPORT)),
        (Topic.PICTURE, "36.05", area()),
        (Topic.PICTURE, "36.04", area(heard="2024-13-27T07:10:00+07:00")),
    ],
    ids=["alert", "restricted", "moment", "report", "area", "clock"],
)
def test_a_record_that_contradicts_itself_changes_nothing(
    topic: Topic, key: str, document: Document
) -> None:
    """Another key than its id, a moment that is none: no list must fail for it later."""
    model = Model()
    with pytest.raises(InputError):
        model.apply(arrived(topic, key, msgspec.json.encode(document), NOW))
    assert ({}, {}, None) == (model.take_touched(), model.pictures.bytes_of, model.newest_at)
    # What was refused has not made anything restricted either.
    put_in(model, shown(CHILD), report("3604-" + "Q" * 16), at=NOW)
    assert (1, 1) == (len(model.alerts), len(model.reports))


def test_a_picture_is_one_line() -> None:
    """As a row of the stream is, however it came."""
    model = Model()
    value = msgspec.json.format(msgspec.json.encode(area()), indent=2)
    model.apply(arrived(Topic.PICTURE, "36.04", value, NOW))
    row = model.pictures.row("36.04")
    assert (b"\n" in row, "36.04") == (False, msgspec.json.decode(row)["key"])


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


def test_what_opened_long_ago_is_forgotten_though_nobody_looks() -> None:
    """A room without a page open for a day must not hold that day."""
    model = put_in(Model(), shown(PARENT), area(), at=NOW)
    feed, opened = Feed(model, Names()), EpochMs(NOW - MINUTE_MS)
    feed.second()
    assert [PARENT] == [*model.opened_lately(opened)]
    put_in(model, area(now="2024-11-27T07:31:00+07:00"), at=NOW)
    feed.second()
    assert [] == [*model.opened_lately(opened)]
