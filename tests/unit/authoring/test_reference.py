"""The reference page of rules: the generated one, and nothing in it without a word."""

import re
from typing import Final

from msgspec import structs

from streams.authoring.reference import PAGE, reference_page
from streams.rules.cases import CaseWorld, Expected, RuleCase
from streams.rules.pack import Rule
from streams.rules.specs import OverdueWatch

TEXT: Final = reference_page()


def test_the_page_is_the_generated_one() -> None:
    """`python -m streams.authoring.reference` writes it."""
    assert TEXT == PAGE.read_text("utf-8")


def test_every_field_of_a_rule_and_of_its_tests_is_there() -> None:
    """Under the name that an author writes."""
    kinds = (Rule, OverdueWatch, RuleCase, CaseWorld, Expected)
    names = {field.encode_name for kind in kinds for field in structs.fields(kind)}
    assert set() == {name for name in names if f"`{name}`" not in TEXT}


def test_no_row_of_a_table_is_empty_where_a_field_is_named() -> None:
    """Each row has its name and its kind."""
    rows = re.findall(r"^\| (`[^`]+`) \| ([^|]*) \|", TEXT, re.MULTILINE)
    assert rows
    assert [] == [name for name, kind in rows if not kind.strip()]
