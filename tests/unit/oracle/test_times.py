"""Times of the oracle."""

import pytest

from tests.oracle.times import parse_time, write_time, zone_h


@pytest.mark.parametrize(
    "written",
    ["2024-11-27T07:00:00+07:00", "2024-11-27t00:00:00z", "2024-11-27T09:00:00.000999999+09:00"],
)
def test_one_moment_is_written_in_many_ways(written: str) -> None:
    """§1 "RFC 3339 with an offset"; parts of a millisecond are cut off."""
    assert 1_732_665_600_000 == parse_time(written)


@pytest.mark.parametrize(
    "written",
    [
        "2024-11-27T07:00:00",
        "2024-11-27 07:00:00Z",
        "2024-11-27T07:00Z",
        "2024-11-27T07:00:00+7",
        "٢024-11-27T07:00:00Z",
        "2024-11-27T07:00:00Z\n",
    ],
)
def test_other_spellings_are_refused(written: str) -> None:
    """§1 "Digits are ASCII; patterns end strictly"; without an offset it is `schema`."""
    with pytest.raises(ValueError, match="not an RFC 3339 time"):
        parse_time(written)


@pytest.mark.parametrize(
    ("code", "hours"), [("17.02", 7), ("62.01", 7), ("73.71", 8), ("94.01", 9)]
)
def test_a_province_has_a_zone(code: str, hours: int) -> None:
    """Domain §2 "Zone by province code: WIB …; WITA …; WIT …"."""
    assert hours == zone_h(code)


def test_a_part_of_a_second_is_cut_off() -> None:
    """§7 "`at` in the kabupaten's zone, whole seconds"."""
    assert "2024-11-27T07:00:00+07:00" == write_time(1_732_665_600_999, 7)
