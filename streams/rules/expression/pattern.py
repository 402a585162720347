r"""Patterns of `matches`: those regular expressions that take linear time under Python's `re`.

`re` looks for a match by trying ways, so what has to be bounded is the number of ways that it can
try from one place of the text. It is counted while the pattern is read:

    character, class, escape     1 way
    AB                           ways(A) × ways(B)
    A|B                          ways(A) + ways(B)
    A{m,n}                       ways(A)^m + ... + ways(A)^n;  ? is {0,1}
    A* A+ A{m,}                  as many ways as there are characters

A pattern may have 250 ways and no unbounded repetition; then the time is a constant for each
place of the text. If it begins with `^` there is one place to begin at, and one unbounded
repetition of a single character or class is allowed. Both are linear in the text.

Refused besides: repetition in a repetition, look-around, back-references, names, flags, lazy and
possessive repetition, `\b`, `\p`, `[[:alpha:]]`, and `^` or `$` inside the pattern. Everything that
is accepted means what it means in RE2: `\d \w \s` are ASCII, `.` is everything but a line feed,
`^` and `$` are the ends of the text.
"""

import re
from typing import Final

from msgspec import Struct

__all__ = ["COUNT_MAX", "LENGTH_MAX", "WAYS_MAX", "Pattern", "pattern_of"]

WAYS_MAX: Final = 250
LENGTH_MAX: Final = 200
"""Characters of a pattern."""
COUNT_MAX: Final = 100
"""Largest number in a repetition."""

_CLASSES: Final = {
    "d": "0-9",
    "w": "0-9A-Za-z_",
    "s": r"\t\n\f\r ",
    "n": r"\n",
    "t": r"\t",
    "r": r"\r",
    "f": r"\f",
}
_PUNCTUATION: Final = frozenset(r"\.+*?()|[]{}^$-/")
_COUNTED: Final = re.compile(r"\{([0-9]{1,4})(,([0-9]{1,4})?)?\}")
_TIMES: Final = {"?": (0, 1), "*": (0, None), "+": (1, None)}


class Pattern(Struct, frozen=True):
    """A pattern that can be searched for in linear time."""

    text: str
    """As it was written."""
    python: str
    """The same in the syntax of `re`."""
    ways: int
    """Ways that can be tried from one place, unbounded repetition apart."""


class _Part(Struct, frozen=True):
    """A piece of a pattern: what it is in Python, its ways, and whether it repeats."""

    python: str
    ways: int
    repeats: bool = False
    unbounded: int = 0
    single: bool = False
    """Whether it is one character, whichever."""


def pattern_of(text: str) -> Pattern:
    """Read a pattern.

    Raises:
        ValueError: with what was found, where, and what was expected.
    """
    if len(text) > LENGTH_MAX:
        raise ValueError(f"found {len(text)} characters, expected at most {LENGTH_MAX}")
    part = _Reader(text).whole()
    if part.ways > WAYS_MAX:
        problem = f"found {part.ways} ways to match from one place, expected at most {WAYS_MAX}"
        raise ValueError(f"{problem}; take choices or repetitions away")
    if part.unbounded and not text.startswith("^"):
        raise ValueError("found * or + in a pattern without ^, expected a bound: .{0,40}")
    if part.unbounded > 1:
        raise ValueError("found * or + twice, expected one, and bounds for the others: .{0,40}")
    return Pattern(text, part.python, part.ways)


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._is_choice = False

    def whole(self) -> _Part:
        """Read all, with the anchors around it."""
        start = self._take("^")
        inner = self._choice()
        # `$` of Python would also match in front of a last line feed.
        end = self._take("$")
        if self._at < len(self._text):
            raise ValueError(self._found("the end of the pattern"))
        if (start or end) and self._is_choice:
            raise ValueError("found ^ or $ beside |, expected parentheses: ^(a|b)$")
        python = ("^" if start else "") + inner.python + (r"\Z" if end else "")
        return _Part(python, inner.ways, inner.repeats, inner.unbounded)

    def _choice(self) -> _Part:
        parts = [self._row()]
        while self._take("|"):
            parts.append(self._row())
        self._is_choice = len(parts) > 1
        return _Part(
            "|".join(part.python for part in parts),
            sum(part.ways for part in parts),
            any(part.repeats for part in parts),
            sum(part.unbounded for part in parts),
        )

    def _row(self) -> _Part:
        python, ways, repeats, unbounded = "", 1, False, 0
        while self._at < len(self._text) and self._text[self._at] not in "|)$":
            part = self._repeated()
            python += part.python
            ways *= part.ways
            repeats |= part.repeats
            unbounded += part.unbounded
        return _Part(python, ways, repeats, unbounded)

    def _repeated(self) -> _Part:
        part = self._single()
        times = self._times()
        if times is None:
            return part
        least, most = times
        if part.repeats:
            raise ValueError(f"found a repetition in a repetition before character {self._at + 1}")
        if most is None and not part.single:
            raise ValueError(f"found an unbounded group before character {self._at + 1}, {_BOUND}")
        last = least if most is None else most
        ways = sum(part.ways**count for count in range(least, last + 1))
        written = f"{{{least},{'' if most is None else most}}}"
        return _Part(part.python + written, ways, repeats=True, unbounded=int(most is None))

    def _times(self) -> tuple[int, int | None] | None:
        """Read a repetition as least and most; None: there is none."""
        sign = self._text[self._at : self._at + 1]
        if sign in {"?", "*", "+"}:
            self._at += 1
            times = _TIMES[sign]
        elif sign == "{":
            times = self._counted()
        else:
            return None
        if self._text[self._at : self._at + 1] in {"?", "*", "+", "{"}:
            raise ValueError(self._found("no second repetition"))
        return times

    def _counted(self) -> tuple[int, int | None]:
        counted = _COUNTED.match(self._text, self._at)
        if counted is None:
            raise ValueError(self._found("numbers in {}, as {0,40}"))
        self._at = counted.end()
        least = int(counted[1])
        most = int(counted[3] or least) if counted[2] != "," else None
        if not least <= (least if most is None else most) <= COUNT_MAX:
            problem = f"found {counted[0]}, expected numbers that rise and are at most {COUNT_MAX}"
            raise ValueError(problem)
        return least, most

    def _single(self) -> _Part:
        sign = self._text[self._at]
        match sign:
            case "(":
                return self._group()
            case "[":
                return self._class()
            case "\\":
                return _Part(f"[{self._escape()}]", 1, single=True)
            case ".":
                self._at += 1
                return _Part(r"[^\n]", 1, single=True)
            case "*" | "+" | "?" | "{" | "}" | "]" | "^":
                raise ValueError(self._found(f"\\{sign} for the character itself"))
            case _:
                self._at += 1
                return _Part(re.escape(sign), 1, single=True)

    def _group(self) -> _Part:
        self._at += 1
        if self._text.startswith("?", self._at) and not self._text.startswith("?:", self._at):
            raise ValueError(self._found("a plain group; look-around, names and flags are refused"))
        self._at += 2 if self._text.startswith("?:", self._at) else 0
        inner = self._choice()
        if not self._take(")"):
            raise ValueError(self._found(")"))
        return _Part(f"(?:{inner.python})", inner.ways, inner.repeats, inner.unbounded)

    def _escape(self) -> str:
        """Read an escape as what stands in a class of Python."""
        letter = self._text[self._at + 1 : self._at + 2]
        if letter in _CLASSES or letter in _PUNCTUATION:
            self._at += 2
            return _CLASSES.get(letter, "\\" + letter)
        raise ValueError(self._found(r"one of \d \w \s \n \t, or \ before a sign"))

    def _class(self) -> _Part:
        self._at += 1
        python = "[" + ("^" if self._take("^") else "")
        if self._text.startswith("]", self._at):
            raise ValueError(self._found("a character in []"))
        while not self._take("]"):
            first = self._member()
            if re.match(r"-[^\]]", self._text[self._at :]):
                self._at += 1
                last = self._member()
                if len(first) > 1 or len(last) > 1 or first > last:
                    raise ValueError(self._found("a range that rises, as a-z"))
                first = f"{first}-{last}"
            python += first
        return _Part(python + "]", 1, single=True)

    def _member(self) -> str:
        sign = self._text[self._at : self._at + 1]
        if sign == "\\":
            return self._escape()
        if sign in {"", "["}:
            raise ValueError(self._found(r"] at the end of a class; \[ for the character itself"))
        self._at += 1
        # Doubled signs may come to mean something in Python's classes, so all are escaped.
        return sign if sign.isalnum() else re.escape(sign)

    def _take(self, sign: str) -> bool:
        here = self._text.startswith(sign, self._at)
        self._at += here
        return here

    def _found(self, expected: str) -> str:
        found = repr(self._text[self._at]) if self._at < len(self._text) else "the end"
        return f"found {found} at character {self._at + 1}, expected {expected}"


_BOUND: Final = "expected a bound: {0,5}"
