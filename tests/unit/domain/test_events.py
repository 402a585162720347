"""Whose weight an event has."""

import pytest
from msgspec import UNSET, UnsetType

from streams.domain.events import Source
from streams.domain.words import Role


@pytest.mark.parametrize(
    ("role", "relayed", "speaks_as"),
    [
        (Role.KPPS, UNSET, Role.KPPS),
        (Role.KPPS, Role.POLSEK, Role.KPPS),
        (Role.OPERATOR, Role.POLSEK, Role.POLSEK),
        (Role.OPERATOR, UNSET, Role.WARGA),
        (Role.OPERATOR, Role.OPERATOR, Role.WARGA),
    ],
)
def test_an_operator_speaks_as_the_one_that_is_relayed(
    role: Role, relayed: Role | UnsetType, speaks_as: Role
) -> None:
    """Without one, as a citizen; nobody else speaks for others (contract §1)."""
    assert speaks_as is Source("s", role, relayed=relayed).speaks_as
