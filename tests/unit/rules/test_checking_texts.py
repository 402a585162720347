"""Texts of rules that could not be filled in when somebody has to read them."""

from typing import Final

import pytest

from streams.errors import ConfigError
from streams.rules.reading import read_pack
from streams.rules.wording import FIELDS
from tests.support.packs import changed

FILE: Final = "rules/T03.yaml"
KNOWN: Final = "begins, deadline, limit_minutes, place"
NO_FORMAT: Final = "every name stands for a text, expected it bare as {place}"

REFUSED: Final = {
    # what is changed, on which line it is told, and what is said
    "a name that the detector does not know": (
        "Soal di {place}",
        "Soal di {tempat}",
        f"15: texts.title: found {{tempat}}, expected one of {KNOWN}",
    ),
    "a name of another detector": (
        "Ringkas.",
        "{voices} suara.",
        f"16: texts.summary: found {{voices}}, expected one of {KNOWN}",
    ),
    "a name that is known in one language only": (
        "Check.",
        "Check {where}.",
        f"17: texts.action: found {{where}}, expected one of {KNOWN}",
    ),
    "a brace that is not closed": (
        "Matter at {place}",
        "Matter at {place",
        "15: texts.title: expected '}' before end of string; expected names in braces",
    ),
    "a brace that is not opened": (
        "Brief.",
        "Brief}.",
        "16: texts.summary: Single '}' encountered in format string; expected names in braces",
    ),
    "a brace without a name": (
        "Brief.",
        "Brief {}.",
        f"16: texts.summary: found {{}}, expected one of {KNOWN}",
    ),
    "a part of a name": (
        "Matter at {place}",
        "Matter at {place.code}",
        f"15: texts.title: found {{place.code}}, expected one of {KNOWN}; did you mean place",
    ),
    "a number's format for a text": (
        "Matter at {place}",
        "Matter at {place:.2f}",
        "15: texts.title: Unknown format code 'f' for object of type 'str'; " + NO_FORMAT,
    ),
    "a format that is filled in itself": (
        "Matter at {place}",
        "Matter at {place:{tempat}}",
        "15: texts.title: 'tempat'; " + NO_FORMAT,
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), REFUSED.values(), ids=REFUSED)
def test_a_text_that_cannot_be_filled_in_is_refused(old: str, new: str, told: str) -> None:
    """Before somebody is paged with braces in the message."""
    with pytest.raises(ConfigError) as refused:
        read_pack(changed(FILE, old, new))
    assert f"{FILE}:{told}" == str(refused.value)


@pytest.mark.parametrize("name", sorted(FIELDS["overdue"]))
def test_every_name_of_the_detector_may_be_used(name: str) -> None:
    """In either language; what has no braces stands as it is."""
    rule = read_pack(changed(FILE, "Brief.", f"So {{{name}}}.")).rules[0]
    assert f"So {{{name}}}." == rule.texts.summary.en
