"""Stories of the outbox: what fails, and servers that are down."""

from itertools import pairwise

from streams.delivery.breaker import BreakerState
from streams.delivery.parcel import Result, Tried
from streams.delivery.policy import ChannelPolicy
from streams.delivery.rounds import KEEP_S, ROUND_S
from streams.domain.words import Severity
from tests.support.notifier import (
    DELIVERED,
    Answers,
    Played,
    Started,
    call,
    destination,
    inform,
    parcel,
)
from tests.unit.delivery.receivers import (
    AGAIN,
    FREE,
    REFUSED,
    WEBHOOK,
    answer,
    by_channel,
    critical,
    outcomes,
    starts,
)

# ── Failures ─────────────────────────────────────────────────────────────────────────────────────


def test_a_try_that_fails_is_repeated_under_the_same_key() -> None:
    """Ever less often; what came meanwhile is another message."""
    played = Played({"sms": FREE}, answer(AGAIN, AGAIN, AGAIN, DELIVERED))
    played.put(parcel(call("A")))
    played.put(parcel(call("B")), at=2)
    played.run(60)
    keys = [one.send.key for one in played.started]
    assert [call("A").id] * 4 + [call("B").id] == [key.partition(":")[0] for key in keys]
    assert 2 == len(set(keys))
    gaps = [b - a for a, b in zip(starts(played)[:3], starts(played)[1:4], strict=True)]
    assert sorted(gaps) == gaps
    assert [1, 2, 3, 4, 1] == [one.send.tries for one in played.started]


def test_a_critical_call_overtakes_a_message_that_is_tried_again() -> None:
    """That one may hang for minutes."""
    tried = {inform("old").id: Tried(Result.AGAIN, "timeout"), critical("grave").id: DELIVERED}
    played = Played({"sms": FREE}, lambda send, _: (1.0, tried[send.first.notice.id]))
    played.put(parcel(inform("old")))
    played.put(parcel(critical("grave")), at=20)
    played.run(60)
    assert 1 == played.delivered[critical("grave").id]
    assert any(20 <= one.at <= 22 and critical("grave").id in one.names for one in played.started)


def test_a_receiver_that_asks_to_be_left_alone_is() -> None:
    """All of its messages wait, not only that which it answered so."""
    held = Tried(Result.AGAIN, "http 429", after_s=20)
    played = Played({"hook": WEBHOOK}, answer(held, DELIVERED))
    played.put(parcel(call("A"), "hook"))
    played.put(parcel(call("B"), "hook"), at=5)
    played.run(60)
    assert [0.0, 21.0, 21.0] == starts(played)


def test_after_giving_up_the_next_way_is_tried() -> None:
    """And the receipt names it."""
    played = Played({"sms": FREE, "mail": FREE}, by_channel(sms=AGAIN, mail=DELIVERED))
    played.put(parcel(call("A"), "sms", "mail"))
    played.run(600)
    assert ["0:sms again > mail …", "1:mail delivered"] == outcomes(played)
    assert FREE.give_up_s - 60 < played.started[-1].at <= FREE.give_up_s


def test_a_refusal_goes_to_the_next_way_at_once() -> None:
    """Nothing is tried twice that was refused."""
    played = Played({"sms": FREE, "mail": FREE}, by_channel(sms=REFUSED, mail=DELIVERED))
    played.put(parcel(call("A"), "sms", "mail"))
    played.run(600)
    assert ["0:sms refused > mail …", "1:mail delivered"] == outcomes(played)
    assert [0.0, 1.0] == starts(played)


def test_what_all_ways_refuse_is_settled_as_failed() -> None:
    """Trying on would change nothing."""
    played = Played({"sms": FREE, "mail": FREE}, by_channel(sms=REFUSED, mail=REFUSED))
    played.put(parcel(call("A"), "sms", "mail"))
    played.run(10_000)
    assert ["0:sms refused > mail …", "1:mail refused"] == outcomes(played)


def test_when_no_way_works_it_is_told_and_tried_on_for_two_hours() -> None:
    """In rounds, with a rest between; each end of a round is told."""
    played = Played({"sms": FREE}, answer(AGAIN))
    played.put(parcel(call("A")))
    played.run(20_000)
    assert ["0:sms again …", "1:sms again …"] == outcomes(played)[:2]
    assert "again" in outcomes(played)[-1]
    assert [1] == list(played.settled.values())
    gaps = [b.at - a.at for a, b in pairwise(played.started)]
    assert max(gaps) >= ROUND_S
    assert KEEP_S < played.started[-1].at < KEEP_S + ROUND_S + 2 * FREE.give_up_s


def test_a_channel_that_comes_back_delivers_what_was_given_up() -> None:
    """Nothing is dropped."""
    played = Played({"sms": FREE}, lambda _, now: (1.0, DELIVERED if now > 1_000 else AGAIN))
    played.put(parcel(call("A")))
    played.run(5_000)
    assert 1 == played.delivered[call("A").id]
    assert played.started[-1].at < 1_000 + 60 + ROUND_S + FREE.give_up_s


# ── Servers ──────────────────────────────────────────────────────────────────────────────────────


def down(until: float) -> Answers:
    """Answer nothing before a time."""
    return lambda _, now: (1.0, DELIVERED if now >= until else AGAIN)


def test_a_server_that_is_down_is_not_hammered() -> None:
    """A hundred destinations wait for one probe; then all are told."""
    played = Played({"sms": ChannelPolicy()}, down(200))
    for number in range(1, 101):
        played.put(parcel(call("A", to=destination(number))), at=number * 0.1)
    played.run(600)
    assert sum(one.at < 200 for one in played.started) < 20
    assert 100 == sum(played.delivered.values())
    assert BreakerState.CLOSED in played.outbox.servers.states.values()


def test_one_number_that_fails_does_not_silence_the_others() -> None:
    """A gateway that chokes on it is well."""
    bad = destination(1)
    played = Played(
        {"sms": FREE},
        lambda send, _: (1.0, AGAIN if send.first.notice.destination == bad else DELIVERED),
    )
    played.put(*(parcel(call(f"{n}", to=bad)) for n in range(3)))
    for n in range(20):
        played.put(parcel(call(f"{n}", to=destination(2))), at=62 + n * 10)
    played.run(290)
    waits = [one.at - (62 + n * 10) for n, one in enumerate(_of(played, 2))]
    assert 20 == len(waits)
    assert max(waits) < 2


def _of(played: Played, number: int) -> list[Started]:
    return [one for one in played.started if one.send.first.notice.destination.number == number]


def test_a_destination_of_its_own_server_fails_for_itself_alone() -> None:
    """One webhook that is down, another that is well."""
    bad = destination(1)
    played = Played(
        {"hook": WEBHOOK},
        lambda send, _: (1.0, AGAIN if send.first.notice.destination == bad else DELIVERED),
    )
    for n in range(20):
        played.put(
            parcel(call(f"{n}", to=bad), "hook"),
            parcel(call(f"{n}", to=destination(2)), "hook"),
            at=n,
        )
    played.run(60)
    assert 20 == sum(played.delivered.values())
    states = played.outbox.servers.states
    assert {str(bad): BreakerState.OPEN, str(destination(2)): BreakerState.CLOSED} == {
        name.partition(" ")[2]: state if state is not BreakerState.HALF_OPEN else BreakerState.OPEN
        for (_, name), state in states.items()
    }


def test_a_critical_call_does_not_wait_for_a_server_that_is_known_to_be_down() -> None:
    """It takes its next way at once; other calls wait for a while."""
    played = Played({"sms": FREE, "mail": FREE}, by_channel(sms=AGAIN, mail=DELIVERED))
    for number in (1, 2, 3, 4, 5):
        played.put(parcel(call("old", to=destination(number)), "sms"))
    played.put(parcel(call("ordinary", to=destination(8)), "sms", "mail"), at=60)
    grave = call("grave", to=destination(9), severity=Severity.CRITICAL)
    played.put(parcel(grave, "sms", "mail"), at=60)
    played.run(120)
    by_mail = [one for one in played.started if one.send.first.channel == "mail"]
    assert [{grave.id}] == [one.names for one in by_mail]
    assert by_mail[0].at < 62


def test_critical_calls_that_found_out_that_a_server_is_down_take_their_next_way_too() -> None:
    """They were tried already, and would else wait longest of all."""
    played = Played({"sms": FREE, "mail": FREE}, by_channel(sms=AGAIN, mail=DELIVERED))
    for number in range(1, 7):
        grave = call("grave", to=destination(number), severity=Severity.CRITICAL)
        played.put(parcel(grave, "sms", "mail"))
    played.put(parcel(call("ordinary", to=destination(7)), "sms", "mail"))
    played.run(60)
    by_mail = [one for one in played.started if one.send.first.channel == "mail"]
    assert set(range(1, 7)) == {one.send.first.notice.destination.number for one in by_mail}
    assert max(one.at for one in by_mail) < 10


def test_a_receiver_that_wants_nothing_more_gets_nothing_more() -> None:
    """Whatever comes for it takes the next way."""
    closed = Tried(Result.CLOSED, "http 410")
    played = Played({"hook": WEBHOOK, "mail": FREE}, by_channel(hook=closed, mail=DELIVERED))
    for n in range(3):
        played.put(parcel(call(f"{n}"), "hook", "mail"), at=n * 1.2)
    played.run(60)
    assert 1 == sum(one.send.first.channel == "hook" for one in played.started)
    assert 3 == sum(played.delivered.values())


def test_a_long_rest_that_a_receiver_asks_for_is_a_reason_to_take_the_next_way() -> None:
    """For what is critical at once, for all else when its time is over."""
    held = Tried(Result.AGAIN, "http 429", after_s=3_000)
    played = Played({"hook": WEBHOOK, "mail": FREE}, by_channel(hook=held, mail=DELIVERED))
    played.put(parcel(call("A"), "hook", "mail"))
    played.put(parcel(critical("grave"), "hook", "mail"), at=10)
    played.put(parcel(call("B"), "hook", "mail"), at=10)
    played.run(300)
    sent = {one.send.first.notice.id: round(one.at) for one in played.started}
    by_mail = [sent[one.id] for one in (call("A"), critical("grave"), call("B"))]
    assert by_mail[0] <= 2
    assert by_mail[1] <= 12
    assert 130 <= by_mail[2] <= 132
