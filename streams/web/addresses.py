"""Addresses that requests come from: whose one is, and whether it is of one who is named."""

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

__all__ = ["fault_of_named", "home_of", "one_of"]

_HOME_BITS: Final = 64
_ANY: Final = "*"


def home_of(address: str) -> str:
    """Return what stands for whoever has an address: of IPv6 the network, of which he has all."""
    found = _read(address)
    if found is None:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    return str(ip_network((found.packed, _HOME_BITS), strict=False))


def fault_of_named(named: Sequence[str]) -> str:
    """Return which of some is none that addresses can be named by; empty: all are good."""
    if list(named) == [_ANY]:
        return ""
    wrong = next((one for one in named if not _is_network(one)), None)
    if wrong is None:
        return ""
    return f"expected addresses or networks, as 10.0.0.7 or 10.0.0.0/24, or * alone; got {wrong!r}"


def one_of(named: Sequence[str]) -> Callable[[str], bool]:
    """Return what tells whether an address is one of some; named by address, network or `*`."""
    if list(named) == [_ANY]:
        return lambda _address: True
    networks = [ip_network(one) for one in named if _is_network(one)]

    def is_one(address: str) -> bool:
        found = _read(address)
        return found is not None and any(found in network for network in networks)

    return is_one


def _read(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    # A socket of IPv6 that listens for both has addresses of IPv4 in the shape of its own.
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def _is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True
