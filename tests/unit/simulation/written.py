"""Stories as their authors write them, for tests: short, and each with one thing to look at."""

from typing import Final

from streams.simulation.story import Story
from streams.simulation.story_file import parse_story
from tests.stories.judging import REJANG_LEBONG, plan_of

__all__ = ["OFFICER", "PAIR", "TPS", "story_of", "story_text"]

TPS: Final = "17.02.09.1027-002"
PAIR: Final = "pair:17.02/P55"
OFFICER: Final = "officer:17.02/P30A"


def story_text(incident: str, ends: str = "13:30") -> str:
    """Return the text of a story with one incident; `incident` is indented by four."""
    return f"""\
title: {{id: "Pagi", en: "Morning"}}
starts: "06:30"
ends: "{ends}"
incidents:
  - id: only
    at: "07:00"
    caption: {{id: "Satu", en: "One"}}
{incident}"""


def story_of(incident: str, ends: str = "13:30") -> Story:
    """Return a story with one incident."""
    return parse_story("story.yaml", story_text(incident, ends), plan_of(REJANG_LEBONG))
