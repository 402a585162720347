"""How many connections one address may have, and which addresses are one."""

import logging
from collections.abc import Sequence

import pytest

from streams.web.addresses import home_of, one_of
from streams.web.admitting import Places


def _nobody(_address: str) -> bool:
    return False


def test_an_address_has_as_many_places_as_there_are_for_one() -> None:
    """What one gives back it may take again, and others have their own."""
    places = Places(2, _nobody)
    first, second = places.take("192.0.2.1"), places.take("192.0.2.1")
    assert first is not None
    assert second is not None
    assert places.take("192.0.2.1") is None
    assert places.take("192.0.2.2") is not None
    first()
    assert places.take("192.0.2.1") is not None
    assert places.take("192.0.2.1") is None


def test_of_who_has_gone_nothing_is_kept() -> None:
    """Addresses are many."""
    places = Places(2, _nobody)
    leave = [places.take(f"192.0.2.{last}") for last in range(9)]
    assert 9 == len(places)
    for one in leave:
        assert one is not None
        one()
    assert 0 == len(places)
    assert places.take("192.0.2.1") is not None


def test_who_is_exempt_has_as_many_as_he_likes() -> None:
    """A proxy."""
    places = Places(1, one_of(["192.0.2.1"]))
    assert all(places.take("192.0.2.1") is not None for _ in range(9))


def test_it_is_said_once_a_minute_and_not_of_whom(caplog: pytest.LogCaptureFixture) -> None:
    """A flood of connections is no flood of lines."""
    moments = iter((0.0, 1.0, 59.9, 60.0, 61.0))
    places = Places(0, _nobody, lambda: next(moments))
    with caplog.at_level(logging.WARNING):
        for _ in range(5):
            assert places.take("192.0.2.1") is None
    lines = [one.getMessage() for one in caplog.records]
    assert 2 == len(lines)
    assert "`proxies`" in lines[0]
    assert "192.0.2.1" not in lines[0]


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1%eth0", "2001:db8::/64"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_whoever_has_an_address_of_ipv6_has_a_network_of_them(address: str, home: str) -> None:
    """And an address of IPv4 may be written as one of IPv6."""
    assert home == home_of(address)


@pytest.mark.parametrize(
    ("named", "are", "are_not"),
    [
        ([], [], ["192.0.2.1", "::1", ""]),
        (["192.0.2.1"], ["192.0.2.1", "::ffff:192.0.2.1"], ["192.0.2.2", "x"]),
        (["10.0.0.0/8", "2001:db8::1"], ["10.1.2.3", "2001:db8:0::1"], ["11.0.0.0", "::1"]),
        (["*"], ["192.0.2.1", "x"], []),
        (["no address", "::1"], ["::1"], ["no address"]),
    ],
)
def test_a_proxy_is_named_by_address_or_network(
    named: Sequence[str], are: Sequence[str], are_not: Sequence[str]
) -> None:
    """As uvicorn has it, which believes what it says."""
    is_one = one_of(named)
    assert [*are] == [one for one in (*are, *are_not) if is_one(one)]
