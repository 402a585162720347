"""Keys, ways and attempts of parcels."""

import pytest
from msgspec.structs import replace

from streams.delivery.parcel import Parcel, area_of, key_of
from streams.delivery.rounds import KEEP_S, following
from streams.domain.ids import Scope
from tests.support.notifier import alert, call, parcel


def at_attempts(one: Parcel, count: int, now: float = 0.0) -> list[str]:
    """Return the channels of a parcel's attempts, one after the other."""
    found: list[str] = []
    now_at: Parcel | None = one
    while now_at is not None and len(found) < count:
        found.append(f"{now_at.attempt}:{now_at.channel}")
        now_at = following(now_at, now)
    return found


@pytest.mark.parametrize(
    ("ways", "dead", "attempts"),
    [
        (("sms",), (), ["0:sms", "1:sms", "2:sms", "3:sms"]),
        (("sms", "mail"), (), ["0:sms", "1:mail", "2:sms", "3:mail"]),
        (("sms", "mail", "wa"), (1,), ["0:sms", "2:wa", "3:sms", "5:wa"]),
        (("sms", "mail"), (0,), ["1:mail", "3:mail", "5:mail", "7:mail"]),
        (("sms", "sms"), (), ["0:sms", "1:sms", "2:sms", "3:sms"]),
    ],
    ids=["one way", "a fallback", "one that is dead", "the own one is dead", "two numbers"],
)
def test_attempts_go_through_the_ways_in_rounds(
    ways: tuple[str, ...], dead: tuple[int, ...], attempts: list[str]
) -> None:
    """And step over what is dead, counting on."""
    assert attempts == at_attempts(parcel(call("A"), *ways, dead=dead).on(0), 4)


def test_an_old_notice_begins_no_new_round() -> None:
    """But it goes through the round that it is in."""
    old = parcel(call("A"), "sms", "mail")
    assert ["0:sms", "1:mail"] == at_attempts(old, 4, now=KEEP_S + 1)


def test_attempts_are_counted_no_further_than_a_receipt_can() -> None:
    """Nobody sees the hundredth."""
    assert 100 == len(at_attempts(parcel(call("A")), 200))


def test_a_parcel_without_a_way_has_no_next_attempt() -> None:
    """All of them have refused it."""
    assert following(parcel(call("A"), "sms", "mail", dead=(0, 1)), 0.0) is None


def test_the_key_of_a_notice_is_its_id_its_channel_and_the_attempt() -> None:
    """As its receipt is called."""
    one = parcel(call("A"), "sms", "mail").on(1)
    assert f"{one.notice.id}:mail:1" == key_of([one])


def test_the_key_of_a_bundle_says_what_is_in_it() -> None:
    """In whatever order; and another bundle has another key."""
    one, two, three = (parcel(call(name)) for name in "ABC")
    assert key_of([one, two]) == key_of([one, two])
    assert 4 == len(
        {key_of(each) for each in ([one], [one, two], [one, three], [one, replace(two, attempt=1)])}
    )


@pytest.mark.parametrize(
    ("scope", "area"),
    [
        ("36.04.17", "36.04.17"),
        ("36.04.17.2010", "36.04.17"),
        ("36.04.17.2010-001", "36.04.17"),
        ("36.04", "36.04"),
        ("pair:36.04/P03", "36.04"),
    ],
)
def test_the_area_of_an_alert_is_its_kecamatan(scope: str, area: str) -> None:
    """Of what is wider than that, or no place at all, its kabupaten."""
    assert area == area_of(replace(alert("A"), scope=Scope(scope)))
