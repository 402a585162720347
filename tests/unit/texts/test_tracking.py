"""What a sender is told: something in each case, alike in both languages, and nothing more."""

import re
from pathlib import Path
from typing import Final

import pytest

from streams.domain.effects import TriageStatus
from streams.texts.tracking import RECEIVED, TRACKING, tracking_text

PAGE: Final = Path("docs/reference/triage.md")
WAITING: Final = ("place", "category", "rule", "late", "score", "resolved")


@pytest.mark.parametrize("status", TriageStatus)
def test_every_status_has_an_answer_whatever_the_reason(status: TriageStatus) -> None:
    """A pack may name a rule that nobody here knows."""
    for why in ("", "W99", *WAITING):
        text = tracking_text(status, why)
        assert text.id
        assert text.en


def test_who_can_help_is_asked() -> None:
    """For the place, or for what happened; else there is nothing to add."""
    asked = {why: tracking_text(TriageStatus.OPEN, why) for why in WAITING}
    assert "TPS" in asked["place"].id
    assert len({asked["place"], asked["category"], asked["score"]}) == 3
    assert 1 == len({asked[why] for why in ("rule", "late", "score", "resolved")})


def test_no_answer_tells_what_was_made_of_it() -> None:
    """Neither a code, nor a rule, nor that there is an alert."""
    for text in (RECEIVED, *TRACKING.values()):
        assert not re.search(r"\d|[A-Z]{3}-|\b[WVTX]\d|alert|peringatan", text.id + text.en)


def test_the_page_has_every_sentence() -> None:
    """In both languages, as they are sent."""
    page = PAGE.read_text(encoding="utf-8")
    missing = [
        sentence
        for text in (RECEIVED, *TRACKING.values())
        for sentence in (text.id, text.en)
        if sentence not in page
    ]
    assert [] == missing
