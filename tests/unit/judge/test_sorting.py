"""Which category a report is of: as it says, else as its text says, if that is sure."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.journal import AcceptedReport, AcceptedStatus
from streams.domain.words import Situation
from streams.judge.sorting import DISTURBANCE, Sorted, restricted_to, sort_report
from tests.support.events import report
from tests.support.station import saying, unrest
from tests.support.stories import Told, at, events_of, journal
from tests.support.world import KR, every_rule

RIOT: Final = "ada bentrok massa di tps"


def found(told: Told, *, classifies: bool = True) -> Sorted:
    """Return what a report is found to be about."""
    [step] = events_of(journal(at("09:00"), told))
    assert isinstance(step.record, AcceptedReport | AcceptedStatus)
    rules = every_rule() if classifies else replace(every_rule(), classifier=None)
    return sort_report(rules, step.record)


def unruly(told: Told) -> Told:
    """Let a report say that there is a disturbance."""
    return saying(told, situation=Situation.GANGGUAN)


SORTED: Final[dict[str, tuple[Told, str]]] = {
    "as it says": (report("LOG-01", KR, "w1"), "LOG-01"),
    "as it says, whatever its text": (report("LOG-01", KR, "w1", text=RIOT), "LOG-01"),
    "a disturbance": (unruly(report("", KR, "w1")), DISTURBANCE),
    "a disturbance, whatever its text": (unruly(report("", KR, "w1", text=RIOT)), DISTURBANCE),
    "a disturbance with a category": (unruly(report("KAM-01", KR, "w1")), "KAM-01"),
    "a status that tells of one": (unrest(KR), DISTURBANCE),
    "by its text": (report("", KR, "w1", text=RIOT), "KAM-01"),
    "by no text at all": (report("", KR, "w1"), ""),
    "by a text that says nothing": (report("", KR, "w1", text="selamat pagi"), ""),
    "by a text about last time": (report("", KR, "w1", text="pemilu 2019 ada bentrok massa"), ""),
}


@pytest.mark.parametrize(("told", "category"), SORTED.values(), ids=SORTED)
def test_what_a_report_is_about(told: Told, category: str) -> None:
    """What the sender says of it goes before what a program reads out of it."""
    assert category == found(told).category


def test_where_a_pack_has_no_words_a_person_classifies() -> None:
    """Nothing is sure without a lexicon."""
    told = report("", KR, "w1", text=RIOT)
    assert Sorted("") == found(told, classifies=False)


def test_what_is_not_sure_has_the_likeliest_first() -> None:
    """A person has less to read."""
    doubtful = found(report("", KR, "w1", text="ada ribut ribut di tps"))
    assert ("", "KAM-01") == (doubtful.category, doubtful.suggestions[0])


def test_what_only_few_may_hear_of_is_not_suggested() -> None:
    """Who reads the queue must not learn from it what a report may be about."""
    doubtful = report("", KR, "w1", text="pak polisi katanya ikut kampanye")
    [step] = events_of(journal(at("09:00"), doubtful))
    assert isinstance(step.record, AcceptedReport)
    classifier = every_rule().classifier
    assert classifier is not None
    named = [one.category for one in classifier.classify(str(step.record.event.text)).suggestions]
    assert "NET-01" in named
    assert [one for one in named if one != "NET-01"] == list(found(doubtful).suggestions)


def test_who_may_hear_of_a_category_is_said_by_its_rules() -> None:
    """By all of them: what one rule tells everybody is no secret."""
    rules = every_rule()
    assert (("propam",), ()) == (restricted_to(rules, "NET-01"), restricted_to(rules, "KAM-01"))
    assert ((), ()) == (restricted_to(rules, ""), restricted_to(rules, "HIT-02"))
    both = (*rules.score["NET-01"], *rules.score["KAM-01"])
    told = replace(rules, score={**rules.score, "NET-01": both})
    assert () == restricted_to(told, "NET-01")
