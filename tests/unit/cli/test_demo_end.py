"""How much of a day a demo plays."""

from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from streams.cli.demo import Options, last_second
from streams.cli.demo_day import Day, load_day
from streams.cli.demo_room import Login, login_lines
from streams.cli.demo_words import Language
from streams.config import Config
from streams.domain.times import SECOND_MS

FOLDER = Path(__file__).parents[3] / "elections" / "rejang-lebong-2024"
WHOLE = Options(broker="", seconds=None, speed=60.0, language=Language.ID, is_headless=True)


@cache
def day() -> Day:
    """The day, made once."""
    return load_day(FOLDER, 1)


@pytest.mark.parametrize(
    ("seconds", "speed", "played_s"), [(10.0, 60.0, 600), (0.5, 1.0, 1), (2.0, 2.6, 6)]
)
def test_it_is_played_as_long_as_asked_for(seconds: float, speed: float, played_s: int) -> None:
    """On the wall; the last second that has begun is played to its end."""
    asked = replace(WHOLE, seconds=seconds, speed=speed)
    assert day().starts + played_s * SECOND_MS == last_second(day(), asked)


@pytest.mark.parametrize("asked", [{}, {"seconds": 1e9}, {"seconds": 1.0, "speed": 0.0}])
def test_else_the_whole_day(asked: dict[str, float]) -> None:
    """Where nothing is asked, or more than there is; and when it goes as fast as it can."""
    assert day().ends == last_second(day(), replace(WHOLE, **asked))


def test_the_login_says_that_the_page_closes_with_the_story() -> None:
    """In both languages, with about how many minutes there are; less than one is one."""
    login = Login(Config(), "demo", "sandi", 8120)
    indonesian, english = login_lines(login, 412.0)
    assert indonesian.endswith("sandi sandi  (ditutup saat cerita selesai, sekitar 7 menit)")
    assert english.endswith("password sandi  (closes when the story ends, in about 7 min)")
    assert all("http://127.0.0.1:8120/" in line for line in (indonesian, english))
    assert "1 min" in login_lines(login, 0.0)[1]
