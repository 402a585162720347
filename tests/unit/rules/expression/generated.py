"""Well-typed expressions, made at random, with no more parentheses than they need.

A piece of text carries how strongly it holds together, as the grammar has it from the ternary (0)
to what can stand in front of a dot (7). What may be missing is read only where it is known.
"""

from collections.abc import Callable
from typing import Final

from hypothesis import assume
from hypothesis import strategies as st
from msgspec import Struct

from streams.rules.expression.calls import MACROS_MAX
from streams.rules.expression.literals import duration_text, timestamp_text
from streams.rules.expression.syntax import TEXT_MAX
from tests.unit.rules.expression.texts import quoted
from tests.unit.rules.expression.world import (
    DOUBLES,
    DURATIONS,
    INTS,
    KEYS,
    STRINGS,
    TIMESTAMPS,
)

Draw = st.DrawFn
KINDS: Final = ("bool", "int", "double", "string", "timestamp", "duration", "numbers", "words")
PATTERNS: Final = ("a", "^a", "b$", "[ab]{1,2}0", "(a|b)1?", "^.{0,3}$", "^[^a]*$", r"\\d", "é|😀")
_SIGNS: Final = {
    "int": (("+", 4), ("-", 4), ("*", 5), ("/", 5), ("%", 5)),
    "double": (("+", 4), ("-", 4), ("*", 5), ("/", 5)),
    "string": (("+", 4),),
    "duration": (("+", 4), ("-", 4)),
}
_NAMES: Final = {
    "bool": ("b", "w.b"),
    "int": ("i", "j"),
    "double": ("x", "y", "w.inner.d"),
    "string": ("s", "t"),
    "timestamp": ("at", "until"),
    "duration": ("span",),
    "numbers": ("numbers",),
    "words": ("words",),
    "doubles": ("doubles",),
}
_OPTIONAL: Final = {
    "w.q": "int",
    "w.note": "string",
    "w.inner.n": "int",
    "w.inner.note": "string",
    "w.maybe.n": "int",
    "w.maybe.note": "string",
}
"""Fields that may be missing, by their type; those of `w.maybe` twice over."""


class Piece(Struct, frozen=True):
    """A piece of an expression."""

    text: str
    strength: int = 7

    def at_least(self, strength: int) -> str:
        """Return the text, in parentheses where it would fall apart."""
        return self.text if self.strength >= strength else f"({self.text})"


class Maker(Struct, frozen=True):
    """Makes expressions of a depth, with what can be read besides the variables."""

    draw: Draw
    depth: int
    known: tuple[tuple[str, str], ...] = ()
    """Text and type of what is known to be there, and of the variables of macros."""
    macros: int = 0
    """How many macros are around."""

    def piece(self, kind: str) -> Piece:
        """Make an expression of a type."""
        if self.depth == 0:
            return self._leaf(kind)
        deeper = Maker(self.draw, self.depth - 1, self.known, self.macros)
        ways: list[Callable[[], Piece]] = [lambda: deeper.ternary(kind)]
        # What is deep at the top is worth its time; below, it may end early.
        ways += [lambda: self._leaf(kind)] if self.depth == 1 else []
        if kind in _SIGNS:
            ways += [lambda: deeper.sum(kind)] * 3
        match kind:
            case "bool":
                ways += [deeper.compared, deeper.logic, deeper.logic, deeper.guarded]
                ways += [deeper.inside, deeper.searched, deeper.opposite]
                ways += [deeper.quantified] if self.macros < MACROS_MAX else []
            case "int" | "double":
                ways += [lambda: deeper.negative(kind), lambda: deeper.converted(kind)]
                ways += [deeper.sized, deeper.indexed, deeper.risky] if kind == "int" else []
            case "string":
                ways.append(lambda: deeper.converted(kind))
            case "timestamp" | "duration":
                ways.append(lambda: deeper.moved(kind))
            case _:
                ways.append(lambda: deeper.listed(kind))
        return self.draw(st.sampled_from(ways))()

    def _leaf(self, kind: str) -> Piece:
        names = [text for text, of in self.known if of == kind]
        choice = st.sampled_from((*names, *names, *_NAMES[kind])).map(Piece)
        return self.draw(choice | literals(kind))

    def ternary(self, kind: str) -> Piece:
        """Make `c ? a : b`."""
        condition, yes, no = self.piece("bool"), self.piece(kind), self.piece(kind)
        return Piece(f"{condition.at_least(1)} ? {yes.at_least(1)} : {no.text}", 0)

    def sum(self, kind: str) -> Piece:
        """Make arithmetic that stays in its type."""
        sign, strength = self.draw(st.sampled_from(_SIGNS[kind]))
        left, right = self.piece(kind), self.piece(kind)
        text = f"{left.at_least(strength)} {sign} {right.at_least(strength + 1)}"
        return Piece(text, strength)

    def moved(self, kind: str) -> Piece:
        """Make arithmetic between moments and durations."""
        forms = ("timestamp + duration", "duration + timestamp", "timestamp - duration")
        form = "timestamp - timestamp" if kind == "duration" else self.draw(st.sampled_from(forms))
        left, sign, right = form.split()
        text = f"{self.piece(left).at_least(4)} {sign} {self.piece(right).at_least(5)}"
        return Piece(text, 4)

    def negative(self, kind: str) -> Piece:
        """Make a number with the other sign."""
        return Piece(f"-{self.piece(kind).at_least(7)}", 6)

    def opposite(self) -> Piece:
        """Make `!a`."""
        return Piece(f"!{self.piece('bool').at_least(7)}", 6)

    def converted(self, kind: str) -> Piece:
        """Make a conversion."""
        takes = {"int": ("double", "int"), "double": ("int", "double")}
        of = self.draw(st.sampled_from(takes.get(kind, ("int", "bool", "string"))))
        return Piece(f"{kind}({self.piece(of).text})")

    def sized(self) -> Piece:
        """Make a size, of either form."""
        of = self.draw(st.sampled_from(("string", "numbers", "words")))
        inner = self.piece(of)
        return Piece(
            self.draw(st.sampled_from((f"size({inner.text})", f"{inner.at_least(7)}.size()")))
        )

    def risky(self) -> Piece:
        """Make arithmetic that fails, or nearly."""
        sign, right = self.draw(
            st.sampled_from((("/", "0"), ("%", "j"), ("%", "-1"), ("/", "-1"), ("%", "3")))
        )
        return Piece(f"{self.piece('int').at_least(5)} {sign} {right}", 5)

    def indexed(self) -> Piece:
        """Make an index that may not be there."""
        return Piece(f"{self.piece('numbers').at_least(7)}[{self.piece('int').text}]")

    def listed(self, kind: str) -> Piece:
        """Write a list out."""
        of = "int" if kind == "numbers" else "string"
        count = self.draw(st.integers(1, 3))
        return Piece(f"[{', '.join(self.piece(of).text for _ in range(count))}]")

    def compared(self) -> Piece:
        """Make a comparison."""
        kind = self.draw(st.sampled_from((*KINDS, "colour", "doubles")))
        if kind == "colour":
            word = self.draw(st.sampled_from(('"green"', "'red'", "s", "w.colour")))
            return Piece(f"w.colour {self.draw(st.sampled_from(('==', '!=')))} {word}", 3)
        signs = ("==", "!=", "<", "<=", ">", ">=")
        few = kind in {"bool", "numbers", "words", "doubles"}
        sign = self.draw(st.sampled_from(signs[:2] if few else signs))
        if kind == "doubles":
            return Piece(f"doubles {sign} doubles", 3)
        left, right = self.piece(kind), self.piece(kind)
        if kind in {"numbers", "words"}:
            right = self.draw(st.sampled_from((right, right, Piece("[]"))))
        return Piece(f"{left.at_least(3)} {sign} {right.at_least(4)}", 3)

    def logic(self) -> Piece:
        """Make a chain of conditions."""
        sign, strength = self.draw(st.sampled_from((("&&", 2), ("||", 1))))
        count = self.draw(st.integers(2, 4))
        terms = [self.piece("bool").at_least(strength + 1) for _ in range(count)]
        return Piece(f" {sign} ".join(terms), strength)

    def guarded(self) -> Piece:
        """Make a condition that reads what may be missing, in one of the ways it may."""
        path = self.draw(st.sampled_from((*_OPTIONAL, *(f'votes["{key}"]' for key in KEYS))))
        kind = _OPTIONAL.get(path, "int")
        guard = f"has({path})" if path in _OPTIONAL else f"{path[6:-1]} in votes"
        guard = f"has(w.maybe) && {guard}" if path.startswith("w.maybe") else guard
        known = (*self.known, (path, kind), (path, kind))
        inner = Maker(self.draw, self.depth, known, self.macros)
        read = Piece(
            f"{path} {self.draw(st.sampled_from(('==', '!=')))} {self.piece(kind).at_least(4)}", 3
        )
        read = self.draw(st.sampled_from((read, inner.piece("bool"))))
        match self.draw(st.integers(0, 2)):
            case 0:
                return Piece(f"{guard} && {read.at_least(3)}", 2)
            case 1:
                return Piece(f"!({guard}) || {read.at_least(2)}", 1)
            case _:
                return Piece(f"{guard} ? {read.at_least(1)} : {self.piece('bool').text}", 0)

    def inside(self) -> Piece:
        """Make `in`."""
        of, kind = self.draw(
            st.sampled_from((("int", "numbers"), ("string", "words"), ("double", "doubles")))
        )
        if kind == "doubles":
            return Piece(f"{self.piece(of).at_least(3)} in doubles", 3)
        left, right = self.piece(of), self.piece(kind)
        text = self.draw(st.sampled_from((right.at_least(4), "votes" if of == "string" else "[]")))
        return Piece(f"{left.at_least(3)} in {text}", 3)

    def searched(self) -> Piece:
        """Make a search in a text."""
        text = self.draw(st.sampled_from((self.piece("string").at_least(7), "w.colour")))
        if self.draw(st.booleans()):
            return Piece(f'{text}.matches("{self.draw(st.sampled_from(PATTERNS))}")')
        name = self.draw(st.sampled_from(("startsWith", "endsWith", "contains")))
        return Piece(f"{text}.{name}({self.piece('string').text})")

    def quantified(self) -> Piece:
        """Make a macro over a list or a map."""
        variable = f"v{len(self.known)}_{self.depth}"
        over, known = self.draw(
            st.sampled_from(
                (
                    (None, ((variable, "int"),)),
                    ("words", ((variable, "string"),)),
                    ("votes", ((variable, "string"), (f"votes[{variable}]", "int"))),
                    ("w.items", ((f"{variable}.d", "double"), (f"{variable}.d", "double"))),
                )
            )
        )
        text = over or self.piece("numbers").at_least(7)
        inner = Maker(self.draw, self.depth, (*self.known, *known), self.macros + 1)
        body = inner.piece("bool")
        name = self.draw(st.sampled_from(("all", "exists", "exists_one")))
        return Piece(f"{text}.{name}({variable}, {body.text})")


def literals(kind: str) -> st.SearchStrategy[Piece]:
    """Make literals of a type, each as it could be written."""
    match kind:
        case "bool":
            return st.sampled_from((Piece("true"), Piece("false")))
        case "int":
            return INTS.flatmap(_ints)
        case "double":
            finite = DOUBLES.filter(lambda value: abs(value) < 1e300)
            return finite.map(lambda value: Piece(f"{value!r}", 7 if value > 0 else 6))
        case "string":
            return STRINGS.flatmap(quoted).map(Piece)
        case "timestamp":
            return TIMESTAMPS.map(lambda ms: Piece(f'timestamp("{timestamp_text(ms)}")'))
        case "duration":
            return DURATIONS.map(lambda ms: Piece(f'duration("{duration_text(ms)}")'))
        case "words":
            return st.sampled_from((Piece('["a"]'), Piece('["a", "b"]')))
        case _:
            return st.sampled_from((Piece("[1, -2, 3]"), Piece("[0,]")))


def _ints(value: int) -> st.SearchStrategy[Piece]:
    strength = 7 if value >= 0 else 6
    return st.sampled_from((Piece(str(value), strength), Piece(hex(value), strength)))


@st.composite
def expressions(draw: Draw, depths: tuple[int, ...] = (1, 2, 2)) -> tuple[str, str]:
    """Make an expression of one of the depths, and say of which type."""
    # More numbers than there would be: a number tells more of a mistake than a bool does.
    kind = draw(st.sampled_from((*KINDS, "bool", "bool", "int", "int")))
    piece = Maker(draw, draw(st.sampled_from(depths))).piece(kind)
    assume(len(piece.text) <= TEXT_MAX)
    return piece.text, kind
