"""What one message of several notices says."""

from msgspec.structs import replace

from streams.delivery.bundle import asks, bundled, newest_of
from streams.domain.alert import Text
from streams.domain.ids import AreaCode
from streams.domain.notice import NoticeKind
from streams.domain.outgoing import Outgoing, OutgoingRollUp
from streams.domain.times import EpochMs
from tests.support.notifier import alert, call, destination, inform, notice

ROLL_UP = OutgoingRollUp(
    kecamatan=AreaCode("36.04.17"), name="Binuang", since=EpochMs(0), opened=12, alerts=()
)


def said(*notices: Outgoing) -> list[list[int]]:
    """Return the revisions that each notice of a bundle tells."""
    return [[one.revision for one in each.alerts] for each in bundled(notices)]


def test_of_each_alert_the_newest_telling_is_told() -> None:
    """And a notice that has nothing else to say is left out."""
    assert [[2]] == said(call("A", 1), inform("A", 2))
    assert [[2]] == said(inform("A", 2), call("A", 1))


def test_other_alerts_of_an_older_notice_are_still_told() -> None:
    """Only what is out of date is taken out of it."""
    older = notice(alert("A", 1), alert("B", 5), to=destination())
    assert [[5], [2]] == said(older, inform("A", 2))


def test_a_repeat_is_told_once() -> None:
    """Two notices may tell the same revision of an alert."""
    assert [[1]] == said(call("A", 1), call("A", 1))


def test_what_is_about_no_alert_is_told_always() -> None:
    """A roll-up of alerts that were told since still says how many there are."""
    message = replace(call("A"), alerts=(), message=Text("mulai", "begins"))
    rolled_up = replace(call("A", 1), rolled_up=ROLL_UP)
    assert [[], [], [2]] == said(message, rolled_up, call("A", 2))


def test_the_newest_revision_of_each_alert_is_found() -> None:
    """Whatever the order."""
    found = newest_of([call("A", 3), call("A", 2), call("B", 1)])
    assert {alert("A").alert: 3, alert("B").alert: 1} == found


def test_a_call_asks_until_newer_news_goes_out() -> None:
    """Who reads that somebody has taken it on need not answer any more."""
    one = call("A", 1)
    assert asks(one, {})
    assert asks(one, {alert("A").alert: 1})
    assert not asks(one, {alert("A").alert: 2})
    assert not asks(inform("A"), {})


def test_a_call_may_tell_beside_what_asks_for_nothing() -> None:
    """It asks as long as one alert in it does."""
    inside = alert("B", kind=NoticeKind.INFORM)
    mixed = notice(alert("A", 1), inside, to=destination())
    assert asks(mixed, {})
    assert not asks(mixed, {alert("A").alert: 2})


def test_a_roll_up_and_a_message_ask() -> None:
    """They are no news of one alert, so nothing makes them out of date."""
    newer = {alert("A").alert: 9}
    assert asks(replace(call("A"), kind=NoticeKind.ROLL_UP, rolled_up=ROLL_UP), newer)
    assert asks(replace(call("A"), alerts=(), message=Text("mulai", "begins")), newer)
