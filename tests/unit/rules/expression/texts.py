"""Texts that may be expressions, patterns or times, and often are not."""

from typing import Final

from hypothesis import strategies as st

_SEEDS: Final = (
    'has(w.q) && w.q > 3 || !b ? s == "a\\n\'" : t != r"\\d"',
    "numbers.all(v, v / 2 >= -1 && v % 3 != 0x1F)",
    'votes.exists(k, votes[k] * 2 - -1 <= 5) && "01" in votes',
    "size(s) + s.size() == int(1.5e3)",
    'at + duration("1h30m") > timestamp("2024-11-27T07:00:00.5+07:00")',
    '// c\n[1,2,][i] in numbers && s.matches("^a{1,2}$")',
    "w.inner.d < .5 && string(i) == '\\x41\\101\\u00e9'",
)
_BITS: Final = (
    *"()[]{}.,:?!&|=<>+-*/% \n\t\r\f\v\"'\\rRx0159eEuabB_$@#;`~^é\xa0",
    *("&&", "||", "==", "in ", "true", "null", "has(", ".all(", "//", '"""', "'''", 'r"', 'b"'),
    *("\\u", "\\x4", "0x", "1.", ".5", "1e", "u", ".(", ").", "while", '\\"', "\\'", "--", "!!"),
)
_PATTERN_BITS: Final = (
    *"ab1é .\n()|?*+^$[]{}_😀#-",
    *(
        r"\d",
        r"\w",
        r"\s",
        r"\.",
        r"\n",
        r"\\",
        r"\-",
        r"\b",
        r"\S",
        "(?:",
        "(?i)",
        "&&",
        "--",
        "~~",
    ),
    *("[ab]", "[^a]", "[a-b1]", r"[\d-]", "[-a]", "[a-]", r"[^\w\s]", "[a&&b]", r"[\]]", "[$^]"),
    *("{2}", "{0,2}", "{1,}", "{,2}"),
)
_TIME_BITS: Final = (
    "1",
    "20",
    "h",
    "m",
    "s",
    "ms",
    "-",
    "+",
    ".5",
    "0",
    "999999",
    "us",
    "1h",
    "30m",
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Change an expression at one to three places, whatever comes of it."""
    text = draw(st.sampled_from(_SEEDS))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 4)))
        text = text[:start] + draw(st.just("") | st.sampled_from(_BITS)) + text[end:]
    return text


def patterns() -> st.SearchStrategy[str]:
    """Make texts that may be patterns."""
    bits = st.lists(st.sampled_from(_PATTERN_BITS), min_size=1, max_size=6).map("".join)
    return st.tuples(st.sampled_from(("", "", "^")), bits).map("".join)


def times() -> st.SearchStrategy[str]:
    """Make texts that may be a duration or a timestamp."""
    durations = st.lists(st.sampled_from(_TIME_BITS), min_size=1, max_size=5).map("".join)
    parts = (
        st.sampled_from(("0000", "0001", "1900", "2000", "2024", "9999")),
        st.sampled_from(("-00", "-01", "-02", "-06", "-12", "-13")),
        st.sampled_from(("-00", "-01", "-28", "-29", "-30", "-31", "-32")),
        st.sampled_from(("T00", "T23", "T24", "t07", " 07")),
        st.sampled_from((":00", ":59", ":60")),
        st.sampled_from((":00", ":59", ":59.5", ":00.123", ":00.1234", ":60", "")),
        st.sampled_from(("Z", "Z", "z", "+07:00", "-23:59", "+24:00", "+00:60", "")),
    )
    return durations | st.tuples(*parts).map("".join)


def written_strings() -> st.SearchStrategy[tuple[str, str]]:
    """Make a string, and one of the ways to write it."""
    texts = st.text(max_size=6).filter(str.isprintable)
    return texts.flatmap(lambda text: st.tuples(st.just(text), quoted(text)))


def quoted(text: str) -> st.SearchStrategy[str]:
    """Write a string in one of the ways in which it can be written."""
    simple = text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
    coded = "".join(f"\\U{ord(character):08x}" for character in text)
    single = "".join(
        f"\\{ord(character):03o}" if ord(character) < 128 else character for character in text
    )
    return st.sampled_from((f'"{simple}"', f'"{coded}"', f"'{single}'"))
