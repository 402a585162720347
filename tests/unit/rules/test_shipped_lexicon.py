"""The shipped lexicon against reports as people write them: never wrong, and often enough sure."""

import re
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import pytest
import yaml
from msgspec import Struct

from streams.domain.words import SEVERITIES, Severity
from streams.rules.classifier import Classification, Classifier, Reason
from streams.rules.lexicon import Lexicon, compile_lexicon, parse_lexicon

RULES: Final = Path(__file__).parents[3] / "streams" / "rules"
PACK: Final = RULES / "packs" / "siaga"
AREAS: Final = RULES.parent / "territory" / "data" / "areas.csv"
UNTOLD: Final = {"KAM-07"}
"""The duress code: what it is must not be readable in a file."""
CAREFUL: Final = {"KAM-03", "KAM-06", "NET-01"}
FLOORS: Final = {
    "KAM-01": 0.95,
    "KAM-02": 0.9,
    "KAM-03": 0.85,
    "KAM-04": 0.9,
    "KAM-05": 0.95,
    # A rumour of a bomb stays a suggestion on purpose.
    "KAM-06": 0.6,
    "INT-01": 0.95,
    "INT-02": 0.85,
    "INT-03": 0.75,
    "PID-01": 0.95,
    "PID-02": 0.9,
    "PID-03": 0.95,
}
"""Share of the reports of a category that are sure: measured, then rounded down."""
FLOOR: Final = 0.9
"""The same over all reports."""


class Corpus(Struct, frozen=True, forbid_unknown_fields=True):
    """Texts and what must come of them; told in the file."""

    reports: dict[str, tuple[str, ...]]
    suggested: dict[str, tuple[str, ...]]
    traps: tuple[str, ...]
    quiet: tuple[str, ...]


class Category(Struct, frozen=True):
    """What is needed of the taxonomy."""

    severity: Severity


def read(path: Path) -> object:
    """Read a YAML file."""
    return yaml.safe_load(path.read_text("utf-8"))


CORPUS: Final = msgspec.convert(read(Path(__file__).with_name("lexicon_corpus.yaml")), Corpus)
TAXONOMY: Final = msgspec.convert(read(PACK / "taxonomy.yaml"), dict[str, Category])


@cache
def shipped() -> Lexicon:
    """Return the lexicon as data."""
    return parse_lexicon("lexicon.yaml", (PACK / "lexicon.yaml").read_text("utf-8"))


@cache
def ready() -> Classifier:
    """Return the shipped lexicon made ready."""
    return compile_lexicon(shipped(), TAXONOMY, "lexicon.yaml")


@cache
def classify(text: str) -> Classification:
    """Classify a text with the shipped lexicon."""
    return ready().classify(text)


def test_the_corpus_is_large_and_a_third_of_it_traps() -> None:
    """At least 300 texts, and for every two reports one text that only looks like one."""
    reports = sum(map(len, CORPUS.reports.values()))
    others = sum(map(len, CORPUS.suggested.values())) + len(CORPUS.traps) + len(CORPUS.quiet)
    assert reports + others >= 300
    assert others >= (reports + others) / 3


@pytest.mark.parametrize("category", sorted(CORPUS.reports))
def test_no_report_is_surely_something_else(category: str) -> None:
    """A report is sure of its own category or of none."""
    wrong = {
        text: found
        for text in CORPUS.reports[category]
        if (found := classify(text).category) not in {category, ""}
    }
    assert {} == wrong


@pytest.mark.parametrize("category", sorted(FLOORS))
def test_important_reports_are_mostly_sure(category: str) -> None:
    """What the police must hear of at once does not wait in triage as a rule."""
    texts = CORPUS.reports[category]
    assert (
        sum(classify(text).category == category for text in texts) / len(texts)
        >= (FLOORS[category])
    )


def test_reports_are_mostly_sure() -> None:
    """Over all categories too."""
    sure = [
        classify(one).category == code for code, texts in CORPUS.reports.items() for one in texts
    ]
    assert sum(sure) / len(sure) >= FLOOR


def test_traps_are_never_sure() -> None:
    """Negations, questions, rumours, jokes, memories and homonyms page nobody."""
    assert {} == {text: found for text in CORPUS.traps if (found := classify(text).category)}


def test_quiet_texts_are_nothing() -> None:
    """A calm text has no category and no suggestion, and says so."""
    for text in CORPUS.quiet:
        assert Classification("", (), Reason.NOTHING) == classify(text), text


@pytest.mark.parametrize("category", sorted(CORPUS.suggested))
def test_what_is_not_sure_is_suggested(category: str) -> None:
    """What waits for a person says what it may be."""
    for text in CORPUS.suggested[category]:
        found = classify(text)
        assert "" == found.category, text
        assert category in {one.category for one in found.suggestions}, text


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("ricuh", "KAM-01"),
        ("rusuh", "KAM-01"),
        ("bentrok", "KAM-01"),
        ("serangan fajar", "PID-01"),
        ("diintimidasi", "INT-01"),
        ("kotak dirusak", "KAM-04"),
        ("ada yg ngajak warga jgn nyoblos", "KAM-10"),
        ("warga diancam jgn nyoblos", "INT-01"),
    ],
)
def test_the_words_everybody_thinks_of_are_sure(text: str, category: str) -> None:
    """They are sure by themselves; "jgn nyoblos" by who says it, asking or threatening."""
    assert category == classify(text).category


def test_who_says_do_not_vote_decides() -> None:
    """Alone, "jgn nyoblos" is an incitement or a threat: a person asks."""
    assert {"INT-01", "KAM-10"} == {one.category for one in classify("jgn nyoblos").suggestions}


def test_every_category_has_words() -> None:
    """All of the taxonomy can be told, but the duress code."""
    strong = {code for code, entry in shipped().categories.items() if entry.strong}
    assert set(TAXONOMY) - UNTOLD == strong
    assert strong == set(CORPUS.reports)


def test_what_must_not_be_missed_is_careful() -> None:
    """Bombs and weapons, and the police's own conduct, which the police must not be paged for."""
    assert CAREFUL == {code for code, entry in shipped().categories.items() if entry.careful}


def test_nothing_outranks_what_is_more_severe() -> None:
    """A report of two things is filed under the one that is worse."""
    for code, entry in shipped().categories.items():
        for other in entry.over:
            ours, theirs = (SEVERITIES.index(TAXONOMY[one].severity) for one in (code, other))
            assert ours >= theirs, f"{code} over {other}"


def test_every_class_is_used() -> None:
    """A class that no term names is a mistake of whoever edited last."""
    named = set(re.findall(r"<(\w+)>", (PACK / "lexicon.yaml").read_text("utf-8")))
    assert set(shipped().classes) == named


def test_no_name_of_a_place_is_a_report() -> None:
    """Serang is a kabupaten, no attack."""
    rows = AREAS.read_text("utf-8").splitlines()[1:]
    names = {row.partition(",")[2].strip('"') for row in rows}
    assert {} == {
        name: found
        for name in sorted(names)
        if (found := ready().classify(f"Kami di {name}, TPS 3 {name}").category)
    }


def test_a_homonym_near_a_threat_hides_nothing() -> None:
    """A figure of speech in one sentence leaves the next one alone."""
    assert "KAM-06" == classify("DPT ini bom waktu. Ada bom di TPS 5").category
