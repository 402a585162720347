"""How much of a day a demo plays."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from streams.cli.demo import Options, last_second
from streams.cli.demo_day import load_day
from streams.cli.demo_words import Language
from streams.domain.times import SECOND_MS

DAY = load_day(Path(__file__).parents[3] / "elections" / "rejang-lebong-2024", 1)
WHOLE = Options(broker="", seconds=None, speed=60.0, language=Language.ID, is_headless=True)


@pytest.mark.parametrize(
    ("seconds", "speed", "played_s"), [(10.0, 60.0, 600), (0.5, 1.0, 1), (2.0, 2.6, 6)]
)
def test_it_is_played_as_long_as_asked_for(seconds: float, speed: float, played_s: int) -> None:
    """On the wall; the last second that has begun is played to its end."""
    asked = replace(WHOLE, seconds=seconds, speed=speed)
    assert DAY.starts + played_s * SECOND_MS == last_second(DAY, asked)


@pytest.mark.parametrize("asked", [{}, {"seconds": 1e9}, {"seconds": 1.0, "speed": 0.0}])
def test_else_the_whole_day(asked: dict[str, float]) -> None:
    """Where nothing is asked, or more than there is; and when it goes as fast as it can."""
    assert DAY.ends == last_second(DAY, replace(WHOLE, **asked))
