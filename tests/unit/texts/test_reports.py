"""The catalogue of the reports: both languages say the same, and no word is missing."""

from string import Formatter

import pytest

from streams.domain.alert import Text
from streams.domain.events import ActorRole, BoxPlace, CommandKind
from streams.domain.facts import Stage
from streams.domain.strength import Duty
from streams.domain.words import Severity
from streams.territory.plan import ElectionKind
from streams.texts.reports import DAYS, MONTHS, REPORTS


def names_in(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("text", REPORTS.values(), ids=REPORTS)
def test_both_languages_tell_the_same(text: Text) -> None:
    """Each name that one fills in the other fills in as well."""
    assert text.id
    assert text.en
    assert names_in(text.id) == names_in(text.en)


@pytest.mark.parametrize(
    "words",
    [[*Severity], [*Stage], [*BoxPlace], [*ActorRole], [*ElectionKind], [*Duty]],
    ids=lambda words: type(words[0]).__name__,
)
def test_every_word_of_a_closed_set_is_known(words: list[str]) -> None:
    """A report never fails for want of a word."""
    assert set() == set(words) - set(REPORTS)


def test_every_command_is_said_in_words() -> None:
    """Whatever a person has ordered."""
    assert set() == {f"do_{word}" for word in CommandKind} - set(REPORTS)


def test_a_week_has_its_days_and_a_year_its_months() -> None:
    """From Monday, and from January."""
    assert (7, 12) == (len(DAYS), len(MONTHS))
    assert ("Senin", "Januari") == (DAYS[0].id, MONTHS[0].id)
