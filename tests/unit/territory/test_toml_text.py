"""A TOML file whose faults have lines."""

import pytest

from streams.territory.fault import Faults
from streams.territory.toml_text import Document, read_toml


def read(text: str) -> tuple[Document, Faults]:
    """Read a file with tables [[people]]; it must be TOML."""
    faults = Faults("x.toml")
    document = read_toml(text, ("people",), faults)
    assert document is not None
    return document, faults


def test_keys_and_tables_know_their_lines() -> None:
    """A fault in the second of two tables is on its own line; a missing key on the header's."""
    text = 'a = 1\n\n[[people]]\nname = "x"\n[[people]]\n# comment\nname = 3\n"age" = 1\n'
    document, faults = read(text)
    document.top.error("a", "two")
    second = document.tables["people"][1]
    second.error("name", "a text")
    second.error("age", "two")
    second.error("mail", "an address")
    document.top.error("b", "anything")
    expected = [(1, "1"), (7, "3"), (8, "1"), (5, "nothing"), (0, "nothing")]
    assert expected == [(one.line, one.found) for one in faults.noted]


@pytest.mark.parametrize(
    ("text", "line"), [("a = \n", 1), ("a = 1\na = 2\n", 2), ("a = 1\nb = [\n", 0), ("\nx", 0)]
)
def test_what_is_no_toml_is_one_fault(text: str, line: int) -> None:
    """The parser's own words, with the line unless it was the end of the file."""
    faults = Faults("x.toml")
    assert read_toml(text, (), faults) is None
    assert [line] == [one.line for one in faults.noted]
    assert faults.noted[0].found.startswith("no TOML: ")


@pytest.mark.parametrize("number", [5000 * "9", f"0x{5000 * 'f'}"], ids=["decimal", "hexadecimal"])
def test_a_number_beyond_64_bits_is_one_fault_of_its_field(number: str) -> None:
    """One that Python does not read, and one that it can't write into a message."""
    faults = Faults("election.toml")
    assert read_toml(f"a = 1\nmax_voters = {number}\n", (), faults) is None
    digits = len(number)
    told = f"election.toml:2: max_voters: found a number of {digits} digits, expected a whole numb"
    assert [told] == [str(one)[: len(told)] for one in faults.noted]


def test_a_byte_order_mark_and_windows_lines_are_taken() -> None:
    """Notepad's habits are no fault."""
    document, _ = read('\ufeffa = "x"\r\nb = 2\r\n')
    assert ("x", 2) == (document.top.text("a"), document.top.value("b"))


@pytest.mark.parametrize("text", ["people = 3\n", "people = [1]\n", "[people]\nname = 1\n"])
def test_a_table_of_another_form_is_named(text: str) -> None:
    """One bracket for two, or a value, is told; there are no tables then."""
    document, faults = read(text)
    assert () == document.tables["people"]
    assert [("people", 1)] == [(one.column, one.line) for one in faults.noted]


@pytest.mark.parametrize(
    ("text", "value", "faults"),
    [('a = " x "', "x", 0), ("a = 3", "", 1), ('a = ""', "", 1), ('a = "  "', "", 1), ("", "", 1)],
)
def test_a_text_is_in_quotes_and_not_empty(text: str, value: str, faults: int) -> None:
    """Blanks around it are dropped."""
    document, noted = read(text)
    assert value == document.top.text("a")
    assert faults == len(noted.noted)


def test_a_missing_text_may_have_a_default() -> None:
    """Then nothing is noted; a wrong one is noted all the same."""
    document, faults = read("b = 1\n")
    assert ("siaga", "x") == (document.top.text("a", "siaga"), document.top.text("b", "x"))
    assert ["b"] == [one.column for one in faults.noted]


@pytest.mark.parametrize(
    "text", ['["a", "a"]', '["a", 1]', '["a", ""]', "[]", '"a"', "[[1]]", '["a", " a "]']
)
def test_a_list_of_texts_has_different_texts_only(text: str) -> None:
    """Anything else is one fault and no list."""
    document, faults = read(f"a = {text}\n")
    assert () == document.top.texts("a")
    assert 1 == len(faults.noted)


@pytest.mark.parametrize(
    ("text", "value", "severities"),
    [
        ("a = 5", 5, []),
        ("a = 0", 0, []),
        ("a = 11", 7, ["error"]),
        ("a = -1", 7, ["error"]),
        ("a = 5.5", 7, ["error"]),
        ("a = true", 7, ["error"]),
        ('a = "5"', 7, ["error"]),
        ("", 7, ["warning"]),
    ],
)
def test_a_whole_number_has_limits(text: str, value: int, severities: list[str]) -> None:
    """What is not one becomes the default; a missing one is told as well."""
    document, faults = read(text)
    assert value == document.top.whole("a", 7, 0, 10)
    assert severities == [one.severity for one in faults.noted]


def test_a_number_may_have_a_fraction() -> None:
    """Within its limits."""
    document, faults = read("a = 0.025\nb = 1.5\n")
    assert (0.025, 0.5) == (
        document.top.number("a", 0.5, 0, 1),
        document.top.number("b", 0.5, 0, 1),
    )
    assert ["b"] == [one.column for one in faults.noted]


def test_an_unknown_key_does_not_pass_silently() -> None:
    """It is a warning with the nearest known key."""
    document, faults = read("heartbeat_minute = 3\n")
    document.top.known_keys("heartbeat_minutes", "date")
    assert [(1, "warning")] == [(one.line, one.severity) for one in faults.noted]
    assert faults.noted[0].expected.endswith("(did you mean heartbeat_minutes?)")


def test_a_hidden_value_is_not_shown() -> None:
    """Addresses stay out of messages, wrong or not."""
    document, faults = read('target = "+62812"\n')
    document.top.hidden("target", "an address")
    document.top.hidden("other", "an address")
    expected = ["something else (not shown)", "nothing"]
    assert expected == [one.found for one in faults.noted]


@pytest.mark.parametrize(
    ("text", "shown"), [("a = true", "true"), ("a = [1]", "[1]"), ("a = 2024-11-27", "2024-11-27")]
)
def test_values_are_shown_as_they_were_written(text: str, shown: str) -> None:
    """Not as Python writes them."""
    document, faults = read(text)
    document.top.error("a", "x")
    assert shown == faults.noted[0].found
