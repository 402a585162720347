"""Why: which leaves are told, with which figures, and which of them decided."""

from typing import Final

import pytest

from streams.domain.events import Attachment, CrowdReport, Source
from streams.domain.words import EvidenceKind, Role
from streams.rules.expression.static_types import BOOL, INT, STRING, Type
from streams.rules.expression.tracer import Explanation, Leaf
from tests.unit.rules.expression.asking import AT, VALUES, compiled_as

FIGURES: Final = {
    # text: its figures, left, operator, right, whether it holds
    "n > 5": ("7 > 5", 7, ">", 5, True),
    "n<5": ("7 < 5", 7, "<", 5, False),
    "n +  1 == m * 2": ("7 + 1 == 0 * 2", 8, "==", 0, False),
    "n - (m - 1) == 0": ("7 - (0 - 1) == 0", 8, "==", 0, False),
    "(n - m) - 1 == 0": ("7 - 0 - 1 == 0", 6, "==", 0, False),
    "(n + m) * 2 == 0": ("(7 + 0) * 2 == 0", 14, "==", 0, False),
    "n * (m / 1) == 0": ("7 * (0 / 1) == 0", 0, "==", 0, True),
    "-n < 0": ("-7 < 0", -7, "<", 0, True),
    "(flag ? n : m) + 1 > 0": ("7 + 1 > 0", 8, ">", 0, True),
    "size(words) >= 2": ("2 >= 2", 2, ">=", 2, True),
    "x > 1.0": ("1.5 > 1.0", 1.5, ">", 1.0, True),
    "event.kind == 'opened'": ('"heartbeat" == "opened"', "heartbeat", "==", "opened", False),
    "n in numbers": ("7 in [1, 2, 3]", 7, "in", (1, 2, 3), False),
    "'01' in count.votes": (
        '"01" in ["01", "02"]',
        "01",
        "in",
        {"01": 440, "02": 11},
        True,
    ),
    "s.startsWith('suap')": (
        '"suap di TPS".startsWith("suap")',
        "suap di TPS",
        "startsWith",
        "suap",
        True,
    ),
    "s.matches('TPS$')": (
        '"suap di TPS".matches("TPS$")',
        "suap di TPS",
        "matches",
        "TPS$",
        True,
    ),
    "has(event.queue)": ("has(event.queue)", 60, "has", None, True),
    "has(event.voters)": ("has(event.voters)", None, "has", None, False),
    "has(report.place)": ("has(report.place)", None, "has", None, False),
    "flag": ("true", True, "", None, True),
    "now - timestamp('2024-11-27T06:00:00+07:00') >= duration('1h')": (
        "2024-11-27T00:00:00Z - 2024-11-26T23:00:00Z >= 1h",
        3_600_000,
        ">=",
        3_600_000,
        True,
    ),
    "n / m > 1": ("7 / 0 > 1", None, ">", 1, None),
    "numbers[m - 1] > 1": ("? > 1", None, ">", 1, None),
}
REASONS: Final[dict[str, tuple[list[str], list[str]]]] = {
    # text: the leaves that were reached, and those of them that decided
    "n > 5 && m > 5 && x > 1.0": (["n > 5", "m > 5"], ["m > 5"]),
    "n > 5 && m < 5": (["n > 5", "m < 5"], ["n > 5", "m < 5"]),
    "m > 5 || n > 5 || flag": (["m > 5", "n > 5"], ["n > 5"]),
    "m > 5 || n < 5": (["m > 5", "n < 5"], ["m > 5", "n < 5"]),
    "!(m > 5 || n > 5)": (["m > 5", "n > 5"], ["n > 5"]),
    "n > 5 && (m > 5 || n < 5) && flag": (["n > 5", "m > 5", "n < 5"], ["m > 5", "n < 5"]),
    "n > 5 ? m > 5 : flag": (["n > 5", "m > 5"], ["n > 5", "m > 5"]),
    "n < 5 ? m > 5 : flag": (["n < 5", "flag"], ["n < 5", "flag"]),
    "numbers.all(v, v < 2)": (["v < 2", "v < 2"], ["v < 2"]),
    "numbers.all(v, v < 9)": (["v < 9"] * 3, ["v < 9"] * 3),
    "numbers.exists(v, v > 1)": (["v > 1"] * 2, ["v > 1"]),
    "numbers.exists_one(v, v > 1)": (["v > 1"] * 3, ["v > 1"] * 3),
    "[].all(v, false)": ([], []),
    # What fails decides only where nothing else does.
    "n / m > 1 && n < 5": (["n / m > 1", "n < 5"], ["n < 5"]),
    "n / m > 1 && n > 5": (["n / m > 1", "n > 5"], ["n / m > 1"]),
    "n / m > 1 || n > 5": (["n / m > 1", "n > 5"], ["n > 5"]),
    "n / m > 1 ? true : false": (["n / m > 1"], ["n / m > 1"]),
    "flag ? n / m > 1 : flag": (["flag", "n / m > 1"], ["n / m > 1"]),
    "!(n / m > 1)": (["n / m > 1"], ["n / m > 1"]),
    "[n / m].all(v, v > 1)": (["[n / m]"], ["[n / m]"]),
    "[1, 0].exists_one(v, 1 / v > 1)": (["1 / v > 1"] * 2, ["1 / v > 1"]),
}


def explained(text: str, expected: Type = BOOL, **values: object) -> Explanation:
    """Explain an expression over the events."""
    return compiled_as(text, expected).explain({**VALUES, **values})


def texts(leaves: tuple[Leaf, ...]) -> list[str]:
    """Return what is written of leaves."""
    return [leaf.text for leaf in leaves]


@pytest.mark.parametrize(("text", "expected"), FIGURES.items())
def test_a_leaf_has_its_figures(
    text: str, expected: tuple[str, object, str, object, bool | None]
) -> None:
    """Both sides as values, and the whole as arithmetic."""
    (leaf,) = explained(text).leaves
    assert expected == (leaf.figures, leaf.left, leaf.operator, leaf.right, leaf.holds)


@pytest.mark.parametrize(("text", "expected"), REASONS.items())
def test_what_decided_is_told_apart(text: str, expected: tuple[list[str], list[str]]) -> None:
    """All that was reached, in order, and what it came from."""
    told = explained(text)
    assert expected == (texts(told.leaves), texts(told.deciding))


def test_the_sum_of_votes_is_told_as_arithmetic() -> None:
    """So an alert carries its why."""
    text = (
        'has(count.valid) && "01" in count.votes && "02" in count.votes'
        ' && count.valid != count.votes["01"] + count.votes["02"]'
    )
    told = explained(text)
    assert told.value is True
    assert "452 != 440 + 11" == told.deciding[-1].figures
    assert 'count.valid != count.votes["01"] + count.votes["02"]' == told.deciding[-1].text


def test_a_leaf_in_a_macro_says_for_which_item() -> None:
    """Also in a macro in a macro."""
    (leaf,) = explained("count.votes.all(k, count.votes[k] < 400)").deciding
    assert (("k", "01"),) == leaf.bound
    (leaf,) = explained("numbers.exists(v, words.exists(w, v == 2 && w == 'b'))").deciding[1:]
    assert (("v", 2), ("w", "b")) == leaf.bound


def test_an_item_that_is_a_record_has_no_plain_value() -> None:
    """What is told of it are its fields."""
    report = CrowdReport(
        id="r2",
        at=AT,
        source=Source("w1", Role.WARGA),
        evidence=(Attachment(EvidenceKind.VIDEO),),
    )
    (leaf,) = explained("report.evidence.exists(e, e.kind == 'video')", report=report).leaves
    assert (("e", None),) == leaf.bound
    assert ("video", "video") == (leaf.left, leaf.right)


def test_white_space_is_made_one_but_not_in_strings() -> None:
    """A text is shown on one line, without its comments."""
    (leaf,) = explained("s   ==\n  'a  b // c' // why\n").leaves
    assert "s == 'a  b // c'" == leaf.text
    (leaf,) = explained(r"s  ==  r'a  \d  '").leaves
    assert r"s == r'a  \d  '" == leaf.text


def test_parentheses_around_a_leaf_are_left_out() -> None:
    """Those inside stay as they were written."""
    assert ["(n + 1) > 5"] == texts(explained("((n + 1) > 5) && flag").leaves[:1])


@pytest.mark.parametrize(
    ("text", "kind", "value", "leaves"),
    [
        ("n > 5 ? 'high' : 'low'", STRING, "high", ["n > 5"]),
        ("n > 9 ? 3 : n > 5 ? 2 : 1", INT, 2, ["n > 9", "n > 5"]),
        ("n + m", INT, 7, ["n + m"]),
        ("flag ? n / m : 1", INT, None, ["flag", "n / m"]),
    ],
)
def test_what_is_no_condition_is_explained_by_its_conditions(
    text: str, kind: Type, value: object, leaves: list[str]
) -> None:
    """A ladder of severities has a why as well."""
    told = explained(text, kind)
    assert (value, leaves) == (told.value, texts(told.leaves))
    assert bool(told.error) is (value is None)


def test_a_failure_is_told_and_not_raised() -> None:
    """With the leaf that failed."""
    told = explained("flag && n / m > 1")
    assert (None, "division by zero") == (told.value, told.error)
    (leaf,) = told.deciding
    assert (None, "division by zero") == (leaf.holds, leaf.error)


def test_words_are_plain_text() -> None:
    """An explanation can be written by any encoder."""
    (leaf,) = explained("event.kind == 'heartbeat'").leaves
    assert str is type(leaf.left)
