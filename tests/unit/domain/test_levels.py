"""Which level stands above another."""

import pytest

from streams.domain.levels import level_above


@pytest.mark.parametrize(
    ("ladder", "level", "above"),
    [
        ("OPS", "tps", "polsek"),
        ("OPS", "polres", "polda"),
        ("OPS", "polda", ""),
        ("ADM", "kpps", "ppk"),
        ("ADM", "panitia", "camat"),
        ("GAK", "panitia", "satreskrim"),
        ("GAK", "ptps", "panwascam"),
        ("SYS", "it", "polres_ops"),
        ("SYS", "polres_ops", ""),
        ("agency", "bpbd", ""),
        ("OPS", "nobody", ""),
        ("", "", ""),
    ],
)
def test_the_level_above_is_that_of_its_ladder(ladder: str, level: str, above: str) -> None:
    """In a village that elects its head as well; at the top there is none."""
    assert above == level_above(ladder, level)
