"""Stories of the outbox: nothing older is told after newer news."""

from msgspec.structs import replace

from streams.delivery.outbox import Past
from streams.delivery.parcel import Result
from streams.domain.alert import AlertState, Text
from streams.domain.outgoing import Outgoing
from tests.support.notifier import (
    DELIVERED,
    Played,
    alert,
    call,
    destination,
    inform,
    lowered,
    notice,
    parcel,
)
from tests.unit.delivery.receivers import (
    AGAIN,
    FREE,
    REFUSED,
    SMS,
    WEBHOOK,
    WHO,
    by_channel,
    critical,
    outcomes,
)


def over(name: str) -> Outgoing:
    """Return the end of an alert."""
    one = inform(name)
    return replace(one, alerts=(replace(one.alerts[0], state=AlertState.RESOLVED),))


def told(played: Played, name: str) -> list[int]:
    """Return the revisions of an alert that were tried, without repeats."""
    found = alert(name).alert
    return list(
        dict.fromkeys(
            one.revision
            for started in played.started
            for said in started.send.notices
            for one in said.alerts
            if one.alert == found
        )
    )


def test_a_call_that_rests_is_not_told_after_its_end() -> None:
    """It was given up for this round; meanwhile its alert is over, and that was told."""
    played = Played({"sms": FREE}, lambda _, now: (1.0, DELIVERED if now > 320 else AGAIN))
    played.put(parcel(call("A")))
    played.put(parcel(over("A")), at=400)
    played.run(5_000)
    assert [1, 2] == told(played, "A")
    assert ["0:sms again …", "0:sms delivered", "1:sms delivered"] == outcomes(played)
    assert "newer news was delivered" == played.ended[-1].reason
    assert not list(played.outbox.parcels)


def test_a_call_that_waits_for_another_way_is_not_told_after_its_end() -> None:
    """The first way has come back before the limit of the second let it go."""
    played = Played({"chat": FREE, "sms": SMS}, by_channel(chat=DELIVERED, sms=DELIVERED))
    played.outbox.remember([Past("sms", WHO, 1, -float(n)) for n in range(5)])
    played.put(replace(parcel(call("A"), "chat", "sms"), attempt=1))
    played.put(parcel(over("A"), "chat", "sms"), at=120)
    played.run(5_000)
    assert [2] == told(played, "A")
    assert ["0:chat delivered", "1:sms delivered"] == outcomes(played)


def test_a_call_that_comes_after_its_end_is_not_told() -> None:
    """Notices lie in many partitions."""
    played = Played({"hook": WEBHOOK})
    played.put(parcel(over("A"), "hook"))
    played.put(parcel(call("A"), "hook"), at=10)
    played.run(60)
    assert [2] == told(played, "A")
    assert [1, 1] == list(played.settled.values())


def test_a_try_that_would_repeat_an_older_telling_is_left_out() -> None:
    """Newer news went past it; whether it arrived after all does not matter any more."""
    late = replace(
        critical("A"), id=call("A", 2).id, alerts=(replace(critical("A").alerts[0], revision=2),)
    )
    played = Played(
        {"sms": FREE},
        lambda send, _: (1.0, AGAIN if send.notices[0].alerts[0].revision == 1 else DELIVERED),
    )
    played.put(parcel(call("A")))
    played.put(parcel(late), at=5)
    played.run(60)
    assert all(one.at < 7 for one in played.started)
    assert {Result.DELIVERED} == {one.result for one in played.ended}


def test_a_try_under_way_is_not_repeated_after_newer_news_was_delivered() -> None:
    """Both were under way to a webhook, and the older one failed last."""
    played = Played(
        {"hook": WEBHOOK},
        lambda send, now: (1.0, DELIVERED) if now or send.notices[0] == over("A") else (5.0, AGAIN),
    )
    played.put(parcel(call("A"), "hook"), parcel(call("B"), "hook"))
    played.put(parcel(over("A"), "hook"), at=1)
    played.run(60)
    assert ([1, 2], [0.0, 1.0]) == (
        told(played, "A"),
        [
            one.at
            for one in played.started
            if one.send.notices[0].alerts[0].alert == alert("A").alert
        ],
    )
    assert [1, 1, 1] == list(played.settled.values())
    assert not list(played.outbox.parcels)


def test_of_a_refused_message_only_what_is_still_news_is_told_by_itself() -> None:
    """By the other way the end of one of its alerts had come before it was refused."""
    played = Played(
        {"chat": FREE, "sms": FREE},
        lambda send, _: (1.0, DELIVERED) if len(send.parcels) == 1 else (5.0, REFUSED),
    )
    played.put(parcel(call("A"), "chat", "sms"), parcel(call("B"), "chat", "sms"))
    played.put(replace(parcel(over("A"), "chat", "sms"), attempt=1), at=1)
    played.run(60)
    assert [1, 2] == told(played, "A")
    assert 2 == sum(call("B").id in one.names for one in played.started)
    assert 1 == sum(call("A").id in one.names for one in played.started)
    assert [1, 1, 1] == list(played.settled.values())


def test_a_call_is_told_although_its_destination_has_heard_that_it_was_lowered() -> None:
    """That news asked for nothing, so nobody has been asked."""
    played = Played({"hook": WEBHOOK})
    played.put(parcel(lowered("A"), "hook"))
    played.put(parcel(call("A"), "hook"), at=10)
    played.put(parcel(inform("B", 2), "hook"), parcel(lowered("B", 3), "hook"), at=20)
    played.put(parcel(call("B", 1), "hook"), at=30)
    played.run(60)
    assert [2, 1] == told(played, "A")
    assert [2, 3] == told(played, "B")


def test_what_says_more_than_the_newer_news_is_told() -> None:
    """Another alert, a message about none, the same telling once more, another destination."""
    played = Played({"hook": WEBHOOK})
    played.put(parcel(inform("A", 2), "hook"))
    both = notice(alert("A", 1), alert("B", 1), to=destination())
    message = replace(call("C"), alerts=(), message=Text("mulai", "begins"))
    again = replace(inform("A", 2), id=call("again").id)
    other = call("A", 1, to=destination(2))
    played.put(*(parcel(one, "hook") for one in (both, message, again, other)), at=10)
    played.run(60)
    assert 5 == len(played.started)


def test_what_was_told_before_this_process_began_counts() -> None:
    """A notice that is read again and was delivered then says so."""
    played = Played({"sms": SMS})
    played.outbox.put(parcel(call("A")), 0.0)
    played.outbox.heard(WHO, [over("A")], 0.0)
    assert [call("A").id] == [one.notice.id for one in played.outbox.parcels]
    played.run(60)
    assert not played.started
    assert ["0:sms delivered"] == outcomes(played)


def test_what_one_message_told_is_known_from_its_notices() -> None:
    """The news asked in the place of the call beside it; told one after the other it did not."""
    one, other = call("A", 1), lowered("A", 3)
    for messages, wanted in (([[one, other]], []), ([[one], [other]], [2])):
        played = Played({"sms": FREE})
        for notices in messages:
            played.outbox.heard(WHO, notices, 0.0)
        played.put(parcel(call("A", 2)))
        played.run(60)
        assert wanted == told(played, "A")
