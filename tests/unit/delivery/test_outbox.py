"""Stories of the outbox: order, bundles and limits."""

from streams.delivery.outbox import Past
from streams.delivery.policy import ChannelPolicy, Limit
from streams.domain.notice import NoticeKind
from streams.domain.words import Severity
from tests.support.notifier import DELIVERED, Played, call, destination, inform, lowered, parcel
from tests.unit.delivery.receivers import (
    AGAIN,
    FREE,
    SMS,
    WEBHOOK,
    WHO,
    answer,
    by_channel,
    critical,
    outcomes,
    starts,
)

# ── Order and bundles ────────────────────────────────────────────────────────────────────────────


def test_a_notice_goes_at_once() -> None:
    """Nothing is waited for, not even for company."""
    played = Played({"sms": SMS})
    played.put(parcel(call("A")))
    played.run(60)
    assert [0.0] == starts(played)
    assert ["0:sms delivered"] == outcomes(played)


def test_what_waits_for_a_destination_goes_out_together() -> None:
    """When its turn comes, calls first; each notice is settled with the message."""
    played = Played({"sms": FREE}, answer(DELIVERED, seconds=10))
    played.put(parcel(inform("A")), parcel(inform("B")), parcel(call("C")), at=1)
    played.put(parcel(call("first")), at=0)
    played.run(60)
    assert [0.0, 10.0] == starts(played)
    told = [one.id for one in played.started[1].send.notices]
    assert [call("C").id, inform("A").id, inform("B").id] == told
    assert [1] * 4 == list(played.settled.values())


def test_a_channel_that_does_not_bundle_sends_each_notice_by_itself() -> None:
    """Each under its own key; one place of the channel is left for other destinations."""
    played = Played({"hook": WEBHOOK}, answer(DELIVERED, seconds=10))
    played.put(*(parcel(call(f"{n}"), "hook") for n in range(6)))
    other = call("other", to=destination(2))
    played.put(parcel(other, "hook"), at=1)
    played.run(60)
    assert [0.0, 0.0, 0.0, 1.0, 10.0, 10.0, 10.0] == starts(played)
    assert other.id in played.started[3].names
    assert {f"{one.parcel.notice.id}:hook:0" for one in played.ended} == {
        one.send.key for one in played.started
    }


def test_of_several_destinations_the_graver_comes_first_then_who_was_told_longest_ago() -> None:
    """A channel with one place at a time."""
    played = Played({"sms": ChannelPolicy(at_once=1)}, answer(DELIVERED, seconds=10))
    for at, number in enumerate((2, 1, 3)):
        played.put(parcel(inform("old", to=destination(number))), at=at)
    played.put(parcel(inform("new")), parcel(inform("new", to=destination(2))), at=25)
    played.put(parcel(call("grave", to=destination(3))), at=25)
    played.run(120)
    told = [one.send.first.notice.destination.number for one in played.started]
    assert [2, 1, 3, 3, 2, 1] == told


def test_a_call_is_first_of_its_area_only_until_another_one_is_told() -> None:
    """Then it waits behind the first of the next area, however high it is."""
    played = Played({"hook": ChannelPolicy(bundles=False, at_once=2)})
    grave = [call(name, severity=Severity.HIGH) for name in "AB"]
    elsewhere = call("C", at="36.04.18", severity=Severity.LOW)
    played.put(*(parcel(one, "hook") for one in (*grave, elsewhere)))
    played.run(60)
    told = [one.send.first.notice.id for one in played.started]
    assert elsewhere.id == told[1]


# ── Limits ───────────────────────────────────────────────────────────────────────────────────────


def test_news_waits_for_its_limit_and_goes_out_together() -> None:
    """Three minutes after the last."""
    played = Played({"sms": SMS})
    for n in range(10):
        played.put(parcel(inform(f"{n}")), at=n * 10)
    played.run(600)
    assert [0.0, 180.0] == starts(played)


def test_a_call_does_not_wait_for_the_limit_of_news() -> None:
    """And takes with it what waits."""
    played = Played({"sms": SMS})
    played.put(parcel(inform("A")), at=0)
    played.put(parcel(inform("B")), at=10)
    played.put(parcel(call("C")), at=20)
    played.run(60)
    assert [0.0, 20.0] == starts(played)


def test_an_ordinary_call_waits_for_the_limit_of_calls() -> None:
    """The sixth within a quarter of an hour."""
    played = Played({"sms": SMS})
    for n in range(6):
        played.put(parcel(call(f"{n}")), at=n * 60)
    played.run(3_600)
    assert [0.0, 60.0, 120.0, 180.0, 240.0, 900.0] == starts(played)


def test_a_critical_call_waits_30_seconds_for_it_at_most() -> None:
    """Then it goes all the same, and is counted."""
    played = Played({"sms": SMS})
    for n in range(5):
        played.put(parcel(call(f"{n}")), at=n * 10)
    played.put(parcel(critical("grave")), at=41)
    played.put(parcel(call("ordinary")), at=75)
    played.run(2_000)
    assert [0.0, 10.0, 20.0, 30.0, 40.0, 70.0, 910.0] == starts(played)
    assert [False] * 5 + [True, False] == [one.send.over_limit for one in played.started]


def test_the_first_critical_call_of_an_area_waits_4_seconds_at_most() -> None:
    """A village in a storm must not hide that another one burns."""
    played = Played({"sms": SMS})
    for n in range(5):
        played.put(parcel(call(f"{n}")), at=n * 10)
    played.put(parcel(critical("elsewhere", at="36.04.18")), at=41)
    played.run(2_000)
    assert 44.0 == starts(played)[5]


def test_a_critical_call_keeps_its_promise_behind_the_first_call_of_another_area() -> None:
    """That one may wait for the limit of calls; with it the critical call would."""
    played = Played({"sms": SMS})
    for n in range(5):
        played.put(parcel(call(f"{n}")), at=n * 10)
    played.put(parcel(critical("grave")), parcel(call("elsewhere", at="36.04.18")), at=41)
    played.run(2_000)
    assert 70.0 == starts(played)[5]
    assert critical("grave").id in played.started[5].names


def test_a_critical_call_overtakes_what_is_tried_again_from_behind_another_call() -> None:
    """Wherever it stands in its line."""
    failing = call("fails").id
    played = Played(
        {"sms": FREE},
        lambda send, _: (1.0, AGAIN if send.first.notice.id == failing else DELIVERED),
    )
    played.put(parcel(call("told")), at=0)
    played.put(parcel(call("fails")), at=2)
    played.put(parcel(critical("grave")), parcel(call("elsewhere", at="36.04.18")), at=20)
    played.run(30)
    assert 1 == played.delivered[critical("grave").id]


def test_a_call_that_was_lowered_before_it_went_out_keeps_the_place_of_a_call() -> None:
    """News would wait for its limit; here nobody has been asked yet."""
    for story in ([call("A"), lowered("A")], [lowered("A"), call("A")]):
        played = Played({"sms": SMS}, answer(DELIVERED, seconds=10))
        played.put(parcel(inform("first")), at=0)
        played.put(*map(parcel, story), at=1)
        played.run(600)
        assert [0.0, 10.0] == starts(played)
        (told,) = played.started[1].send.notices
        assert (NoticeKind.CALL, 2) == (told.kind, told.alerts[0].revision)
        assert [1] * 3 == list(played.settled.values())


def test_the_law_of_a_provider_holds_for_critical_calls_too() -> None:
    """One message a second to a chat: it would be refused."""
    chat = ChannelPolicy(each=(Limit(1, 1),))
    played = Played({"chat": chat})
    for n in range(4):
        played.put(parcel(critical(f"{n}", at=f"36.04.{n + 10}"), "chat"), at=n * 0.2)
    played.run(60)
    assert [0.0, 1.0] == starts(played)


def test_the_limit_of_a_channel_holds_over_all_destinations() -> None:
    """Five within five seconds."""
    played = Played({"sms": SMS})
    for number in range(1, 13):
        played.put(parcel(call("A", to=destination(number), severity=Severity.CRITICAL)))
    played.run(60)
    assert [5, 5, 2] == [sum(n * 5 <= at < n * 5 + 5 for at in starts(played)) for n in range(3)]


def test_a_message_that_reached_nobody_uses_up_no_limit() -> None:
    """A gateway that was down for an hour must not silence the next hour."""
    policy = ChannelPolicy(calls=(Limit(1, 3_600),), give_up_s=10)
    played = Played({"sms": policy, "mail": FREE}, by_channel(sms=AGAIN, mail=DELIVERED))
    played.put(parcel(call("A"), "sms", "mail"))
    played.put(parcel(call("B"), "sms", "mail"), at=100)
    played.run(200)
    assert [["sms", "mail"]] * 2 == [
        list(dict.fromkeys(s.send.first.channel for s in played.started if call(n).id in s.names))
        for n in "AB"
    ]


def test_a_message_counts_from_when_it_arrived() -> None:
    """Not from the first of the tries that failed."""
    played = Played({"sms": SMS}, answer(AGAIN, AGAIN, AGAIN, AGAIN, DELIVERED))
    played.put(parcel(inform("A")), parcel(inform("B")), at=0)
    played.put(parcel(inform("C")), at=60)
    played.run(1_000)
    arrived, following = played.started[4].at + 1, played.started[5].at
    assert 180 == following - arrived


def test_what_went_before_a_restart_counts_against_the_limits() -> None:
    """Its receipts tell when."""
    played = Played({"sms": SMS})
    played.outbox.remember([Past("sms", WHO, 0, at) for at in (-20.0, -10.0)])
    played.outbox.remember([Past("gone", WHO, 0, -1.0)])
    played.put(parcel(inform("A")))
    played.run(1_000)
    assert [170.0] == starts(played)
