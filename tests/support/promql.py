"""As much of PromQL as it takes to ask about an expression: its selectors, durations, comparisons.

Nothing here judges whether an expression is right; Prometheus does that. It is read as words only,
so that a test can

- ask for each selector of an expression alone: one that finds nothing makes `a or b` look well,
- shorten every duration, so that an alarm that waits ten minutes is seen in seconds,
- let every comparison answer 0 or 1 instead of leaving series out: on a good day no alarm's
  expression has data, and neither has one whose two sides can never match.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

__all__ = ["armed", "milliseconds", "selectors", "shortened", "words"]

_WORD: Final = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)
    |(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)
    |(?P<duration>(?:\d+(?:ms|[smhdwy]))+)(?![\w.])
    |(?P<number>0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<name>[A-Za-z_][\w:]*)
    |(?P<sign>==|!=|=~|!~|>=|<=|[-+*/%^<>=(){}\[\],:@])""",
    re.VERBOSE,
)
_UNIT_MS: Final = {
    "ms": 1,
    "s": 1_000,
    "m": 60_000,
    "h": 3_600_000,
    "d": 86_400_000,
    "w": 7 * 86_400_000,
    "y": 365 * 86_400_000,
}
_PART: Final = re.compile(r"(\d+)(ms|[smhdwy])")
_COMPARISONS: Final = frozenset({"==", "!=", ">", "<", ">=", "<="})
_LISTS: Final = frozenset({"by", "without", "on", "ignoring", "group_left", "group_right"})
"""What labels stand behind, in brackets."""
_OTHERS: Final = frozenset({"and", "or", "unless", "bool", "offset", "atan2", "inf", "nan"})
_ARMED: Final = {"unless": "or", "absent": "count", "absent_over_time": "count_over_time"}
_OPENED: Final = {"(": ")", "{": "}", "[": "]"}


class Word(NamedTuple):
    """A piece of an expression."""

    kind: str
    text: str


def words(expression: str) -> list[Word]:
    """Return the pieces of an expression, without spaces and comments.

    Raises:
        ValueError: It has a character that PromQL has not, such as the `$` of a variable.
    """
    found: list[Word] = []
    at = 0
    while at < len(expression):
        match = _WORD.match(expression, at)
        if match is None or match.lastgroup is None:
            raise ValueError(f"{expression}: expected PromQL at {expression[at : at + 20]!r}")
        if match.lastgroup != "space":
            found.append(Word(match.lastgroup, match[0]))
        at = match.end()
    return found


def selectors(expression: str) -> list[str]:
    """Return the selectors of an expression, each once: `metric{label="value"}`, without ranges."""
    said = words(expression)
    return list(dict.fromkeys(_selectors(said)))


def _selectors(said: Sequence[Word]) -> Iterator[str]:
    at = 0
    while at < len(said):
        word = said[at]
        behind = said[at + 1].text if at + 1 < len(said) else ""
        if word.text in _LISTS and behind == "(":
            at = _closed(said, at + 1)
        elif word.text == "{":
            ends = _closed(said, at)
            yield _text(said[at : ends + 1])
            at = ends
        elif word.kind == "name" and behind == "{":
            ends = _closed(said, at + 1)
            yield _text(said[at : ends + 1])
            at = ends
        elif word.kind == "name" and _is_metric(word.text, behind):
            yield word.text
        at += 1


def _is_metric(name: str, behind: str) -> bool:
    # A function has its arguments behind it, and an aggregation those or its labels.
    return behind != "(" and behind not in _LISTS and name.lower() not in _LISTS | _OTHERS


def _closed(said: Sequence[Word], at: int) -> int:
    """Return where the bracket closes that opens at `at`."""
    opens, closes, depth = said[at].text, _OPENED[said[at].text], 0
    for number in range(at, len(said)):
        depth += (said[number].text == opens) - (said[number].text == closes)
        if depth == 0:
            return number
    raise ValueError(f"{_text(said)}: {opens} is not closed")


def _text(said: Sequence[Word]) -> str:
    """Write words as PromQL: a space between names, numbers and signs that would run together."""
    text = ""
    for word in said:
        glued = not text or text[-1] in "({[" or word.text in ")}],([{"
        text += word.text if glued else f" {word.text}"
    return text


def milliseconds(duration: str) -> int:
    """Return how long a duration is, such as `1h30m`."""
    parts = _PART.findall(duration)
    if "".join(number + unit for number, unit in parts) != duration or not parts:
        raise ValueError(f"{duration}: expected a duration, as 1h30m")
    return sum(int(number) * _UNIT_MS[unit] for number, unit in parts)


def shortened(expression: str, times: int) -> str:
    """Return an expression with every duration divided; numbers stay, whatever they mean."""
    said = words(expression)
    return _text([_divided(word, times) if word.kind == "duration" else word for word in said])


def _divided(word: Word, times: int) -> Word:
    return Word("duration", f"{max(1, milliseconds(word.text) // times)}ms")


def armed(expression: str) -> str:
    """Return an expression whose comparisons answer 0 or 1 instead of leaving series out.

    What is joined by `and` must then match on a good day too. `unless` becomes `or`: that its right
    side has nothing to say is no fault. What asks whether something is absent counts it.
    """
    said = words(expression)
    compared = _comparisons(said)
    found: list[Word] = []
    for number, word in enumerate(said):
        found.append(Word(word.kind, _ARMED.get(word.text, word.text)))
        if compared[number]:
            found.append(Word("name", "bool"))
    return _text(found)


def _comparisons(said: Sequence[Word]) -> list[bool]:
    """Say of each word whether it compares series: not in a selector, and without `bool`."""
    inside = 0
    found: list[bool] = []
    for number, word in enumerate(said):
        inside += (word.text == "{") - (word.text == "}")
        behind = said[number + 1].text if number + 1 < len(said) else ""
        found.append(inside == 0 and word.text in _COMPARISONS and behind != "bool")
    return found
