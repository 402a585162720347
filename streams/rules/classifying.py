"""The classifier of a pack: made once of each lexicon, since that takes a good part of a second."""

from functools import lru_cache

from streams.rules.classifier import Classifier
from streams.rules.lexicon import compile_lexicon, parse_lexicon
from streams.rules.pack import PackFile

__all__ = ["classifier_of"]

_KEPT = 4
"""Lexicons at a time: those of the elections watched, and one that is being compared."""


@lru_cache(maxsize=_KEPT)
def classifier_of(lexicon: PackFile, categories: frozenset[str]) -> Classifier:
    """Return the classifier of a lexicon, into `categories`, those of the taxonomy.

    Raises:
        ConfigError: with file, field and what was expected.
    """
    return compile_lexicon(parse_lexicon(lexicon.name, lexicon.text), categories, lexicon.name)
