"""Whose fault it was that a message of several notices was refused."""

import pytest

from streams.delivery.apart import halves
from streams.delivery.parcel import Parcel, Result, Send, Tried
from streams.domain.ids import AlertId
from tests.support.notifier import (
    DELIVERED,
    Played,
    alert,
    call,
    destination,
    inform,
    notice,
    parcel,
)
from tests.unit.delivery.receivers import FREE, REFUSED, SMS, outcomes

A, B, C, D = (parcel(call(name)) for name in "ABCD")
A2 = parcel(inform("A", 2))
AB = parcel(notice(alert("A", 1), alert("B", 2), to=destination()))


@pytest.mark.parametrize(
    ("parcels", "parts"),
    [
        ([A], ()),
        ([A, A2], ()),
        ([A, B], ((A,), (B,))),
        ([A, B, C], ((A, B), (C,))),
        ([A, B, C, D], ((A, B), (C, D))),
        ([A, B, A2], ((A, A2), (B,))),
        ([A2, B, C, AB], ((A2, AB, B), (C,))),
        ([A2, AB], ((A2,), (AB,))),
    ],
    ids=["one", "says one thing", "two", "three", "four", "news", "linked", "linked alone"],
)
def test_halves_have_no_alert_in_common_as_far_as_that_can_be(
    parcels: list[Parcel], parts: tuple[tuple[Parcel, ...], ...]
) -> None:
    """So what is out of date in the whole is so in its half."""
    assert parts == halves(parcels)


def choking(*names: str) -> Played:
    """Return a play with a channel that refuses whatever tells one of these notices."""
    bad = {call(name).id for name in names}

    def answer(send: Send, _: float) -> tuple[float, Tried]:
        return 0.1, REFUSED if any(one.id in bad for one in send.notices) else DELIVERED

    played = Played({"sms": FREE, "mail": FREE}, answer)
    played.put(parcel(call("first")))
    return played


def ended(played: Played, result: Result) -> set[AlertId]:
    """Return the notices that ended so."""
    return {one.parcel.notice.id for one in played.ended if one.result is result}


def test_one_notice_that_is_refused_costs_none_of_those_beside_it() -> None:
    """They are told within the minute, in few messages."""
    played = choking("7")
    played.put(*(parcel(call(f"{n}")) for n in range(100)), at=0.05)
    played.run(60)
    assert {call("7").id} == ended(played, Result.REFUSED)
    assert 100 == len(ended(played, Result.DELIVERED))
    assert 20 > len(played.started)
    assert not list(played.outbox.parcels)


def test_only_what_was_refused_by_itself_takes_the_next_way() -> None:
    """Its receipt says so; the others have none of a failure."""
    played = choking("bad")
    played.put(*(parcel(call(name), "sms", "mail") for name in ("good", "bad")), at=0.05)
    played.run(60)
    assert 1 == sum(line == "0:sms refused > mail …" for line in outcomes(played))
    assert ["mail"] == [
        one.send.first.channel for one in played.started if one.send.first.attempt == 1
    ]


def test_what_is_told_apart_keeps_to_the_limits() -> None:
    """Each half is a message."""
    played = Played(
        {"sms": SMS}, lambda send, _: (0.1, REFUSED if len(send.notices) > 1 else DELIVERED)
    )
    played.put(*(parcel(call(f"{n}")) for n in range(8)))
    played.run(800)
    assert 5 == len(ended(played, Result.DELIVERED))
