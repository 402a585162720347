"""Areas of users that nobody knows, or where nothing is watched."""

import pytest

from streams.domain.events import ActorRole
from streams.domain.ids import AreaCode
from streams.room.user_areas import fault_of_area, unwatched
from streams.territory.areas import Areas
from streams.territory.plan import Actor
from streams.wire.folder import shipped_areas
from tests.unit.territory.folders import plan_of

REGISTER = Areas.of(
    {
        AreaCode(code): name
        for code, name in {
            "17": "Bengkulu",
            "17.02": "Kabupaten Rejang Lebong",
            "17.02.06": "Kota Padang",
            "17.02.09": "Curup",
            "17.02.09.1001": "Talang Benih",
            "17.09": "Kabupaten Bengkulu Tengah",
        }.items()
    }
)


@pytest.mark.parametrize("code", ["", "17", "17.02", "17.02.06", "17.02.09.1001", "17.09.44"])
def test_an_area_of_the_register_is_one_and_so_is_any_where_it_lists_none(code: str) -> None:
    """It knows kecamatan and desa of some kabupaten: all of one or none."""
    assert "" == fault_of_area(code, REGISTER)


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("17.02.99", "17.02.09 (Curup) or 17.02.06 (Kota Padang)?"),
        ("17.02.09.1002", "17.02.09.1001 (Talang Benih)?"),
        ("17.99", "17.09 (Kabupaten Bengkulu Tengah) or"),
        ("17.99.01", "17.09 (Kabupaten Bengkulu Tengah) or"),
        ("36", "17 (Bengkulu)?"),
    ],
)
def test_an_area_that_nobody_knows_is_refused_with_those_nearest(code: str, meant: str) -> None:
    """Of its level beside it; else those beside what it would lie in."""
    assert f"area: nobody knows {code}; did you mean {meant}" in fault_of_area(code, REGISTER)


def test_the_shipped_register_knows_what_it_ships() -> None:
    """No such kecamatan in Rejang Lebong; of another kabupaten it says nothing."""
    areas = shipped_areas()
    assert "17.02.0" in fault_of_area("17.02.99", areas)
    assert "" == fault_of_area("11.01.99", areas)


def actor(name: str, area: str) -> Actor:
    """Return a user as the roster has him."""
    return Actor(name, ActorRole.OPERATOR, AreaCode(area))


def test_users_where_nothing_is_watched_are_warned_of() -> None:
    """By file, user and area, with areas that have TPS; of the others nothing is said."""
    users = [
        actor("pusat", ""),
        actor("provinsi", "36"),
        actor("desa", "36.04.17.2010"),
        actor("curup", "17.02"),
        actor("sebelah", "36.04.99"),
    ]
    curup, beside = map(str, unwatched("users.toml", users, [plan_of()]))
    assert (
        "users.toml: users.curup.area: found 17.02, where no TPS is watched: the page of this user"
        " stays empty, expected an area with TPS, as 36.04 (Serang) [warning]"
    ) == curup
    assert "36.04.17 (Carenang)" in beside


def test_without_elections_nobody_is_warned_of() -> None:
    """A room may be without any; then it knows no names, and shows what is on the topics."""
    assert () == unwatched("users.toml", [actor("curup", "17.02")], [])
