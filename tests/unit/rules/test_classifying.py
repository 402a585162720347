"""The classifier of a pack, made once of each lexicon."""

import pytest

from streams.errors import ConfigError
from streams.rules.classifying import classifier_of
from streams.rules.pack import PackFile
from tests.support.packs import LEXICON

KNOWN = frozenset({"INT-01", "INT-02"})
FILE = PackFile("lexicon.yaml", LEXICON)


def test_a_text_finds_its_category() -> None:
    """By the words of the lexicon."""
    found = classifier_of(FILE, KNOWN).classify("saya diancam")
    assert "INT-01" == found.category


def test_the_same_lexicon_is_made_ready_once() -> None:
    """It takes a good part of a second; the same text in another record is the same lexicon."""
    assert classifier_of(FILE, KNOWN) is classifier_of(PackFile("lexicon.yaml", LEXICON), KNOWN)


def test_another_lexicon_or_taxonomy_is_another_classifier() -> None:
    """An override of a word must not find the words of before."""
    other = PackFile("lexicon.yaml", LEXICON.replace("diancam", "dipukul"))
    assert classifier_of(FILE, KNOWN) is not classifier_of(other, KNOWN)
    assert "INT-01" == classifier_of(other, KNOWN).classify("saya dipukul").category
    assert classifier_of(FILE, KNOWN) is not classifier_of(FILE, frozenset({"INT-01"}))


def test_a_lexicon_with_a_fault_is_refused_each_time() -> None:
    """A refusal is not remembered as a classifier."""
    for _ in range(2):
        with pytest.raises(ConfigError, match=r"^lexicon\.yaml: categories\.INT-01: expected a"):
            classifier_of(FILE, frozenset({"INT-02"}))
