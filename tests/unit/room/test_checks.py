"""Checks of an alert as its page shows them: what holds, and which of them tells most."""

import pytest
from msgspec.structs import replace

from streams.domain.events import ActorRole
from streams.room.rows import alert_row, checks_of
from streams.wire.documents import WhyDocument
from tests.support.shown import shown

_COLOUR = (
    WhyDocument("class", "rawan", holds=True),
    WhyDocument("critical_open", 0, holds=True, threshold=2),
    WhyDocument("high_open", 3, holds=True, threshold=3),
)
"""X03 opens on either of two counts, and says of both that they hold."""


def test_a_check_that_is_not_reached_does_not_hold() -> None:
    """Beside `2 below` a tick would be a contradiction."""
    found = [holds for _, holds in checks_of(replace(shown(), why=_COLOUR))]
    assert [True, False, True] == found


def test_what_a_person_has_checked_does_not_make_the_score_reach() -> None:
    """That is enough by itself, and stands in a line of its own."""
    score = WhyDocument("score", 1.0, holds=True, threshold=3.0)
    checked = WhyDocument("checked", value=True, holds=True)
    found = [holds for _, holds in checks_of(replace(shown(), why=(score, checked)))]
    assert [False, True] == found


def test_the_check_that_tells_most_is_one_that_is_reached() -> None:
    """The queue says why by it."""
    row = alert_row(replace(shown(), why=_COLOUR), 0, ActorRole.OPERATOR)
    assert "alarm tinggi dalam satu jendela 3, kuning mulai 3" == row.why.id


@pytest.mark.parametrize(
    "check",
    [
        WhyDocument("score", 3.0, holds=True, threshold=3.0),
        WhyDocument("score", 3.5, holds=False, threshold=3.0),
        WhyDocument("chance", 1e-7, holds=True, threshold=0.001),
        WhyDocument("margin", 3, holds=True, threshold=10),
        WhyDocument("votes", 455, holds=False, threshold=475),
        WhyDocument("expected_by", "not received", holds=True, threshold="10:54"),
        WhyDocument("documented", value=True, holds=True),
    ],
    ids=["even", "failed above", "below is wanted", "at most", "equal", "words", "no threshold"],
)
def test_of_all_others_the_judgments_word_stands(check: WhyDocument) -> None:
    """What needs to be below, or equal, is not measured as if it had to reach its threshold."""
    assert [check.holds] == [one for _, one in checks_of(replace(shown(), why=(check,)))]
