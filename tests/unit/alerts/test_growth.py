"""What becomes of an alert while its condition goes on, and what of that is news."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.alerts.growth import grow, is_news
from streams.domain.alert import Alert, Evidence, Text, Why
from tests.support.books import OPENED_AT, judgment, opened

CALM: Final = Why("score", 3.0, 3.0)
ONE_CLASS: Final = Why("source_classes", 1, 1)


def with_why(*why: Why) -> Alert:
    """Return an open alert with these checks."""
    return opened(replace(judgment(), why=why))


def test_everything_that_is_said_of_it_follows_its_evidence() -> None:
    """State, level and revision stay."""
    text = Text("nilai 4", "score 4")
    now = {
        "title": text,
        "summary": text,
        "action": text,
        "route": ("bpbd",),
        "why": (Why("score", 4.0, 3.0),),
        "evidence": (Evidence("crowd.reports", "r1", OPENED_AT),),
    }
    assert replace(opened(), **now) == grow(opened(), replace(judgment(), **now))


@pytest.mark.parametrize(
    ("before", "after", "news"),
    [
        ((CALM,), (Why("score", 9.0, 3.0),), False),
        ((CALM,), (Why("score", 1.0, 3.0, holds=False),), True),
        ((CALM,), (CALM, Why("posture", "rawan")), False),
        ((ONE_CLASS,), (Why("source_classes", 2, 1),), True),
        ((Why("source_classes", 2, 1),), (ONE_CLASS,), False),
        ((Why("fact", "T12 a"),), (Why("fact", "T12 a"), Why("fact", "W09 b")), True),
        ((Why("fact", "T12 a"), Why("fact", "W09 b")), (Why("fact", "T12 a"),), False),
    ],
)
def test_news_is_a_check_that_turns_and_the_first_voice_of_its_class(
    before: tuple[Why, ...], after: tuple[Why, ...], *, news: bool
) -> None:
    """More of the same is none, and less is none either (contract §5)."""
    assert news == is_news(with_why(*before), with_why(*after))


@pytest.mark.parametrize(
    ("field", "news"), [("title", True), ("summary", False), ("action", False)]
)
def test_news_is_another_title(field: str, *, news: bool) -> None:
    """A summary has the numbers of now, and changes with each voice."""
    assert news == is_news(opened(), replace(opened(), **{field: Text("baru", "new")}))


def test_news_is_another_route() -> None:
    """Somebody else must know of it."""
    assert is_news(opened(), replace(opened(), route=("bpbd",)))


def test_evidence_alone_is_no_news() -> None:
    """A riot with sixty reports is not sixty lines."""
    evidence = (Evidence("crowd.reports", "r1", OPENED_AT),)
    assert not is_news(opened(), replace(opened(), evidence=evidence))
