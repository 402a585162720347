"""From text to the tree of `syntax`, by the grammar of `grammar`.

A refusal says what stands there and everything that could stand there instead; a word of another
language (`and`, `null`, `=`) gets the one that is meant.
"""

import math
from functools import cache
from typing import Final, Protocol, TypeAlias, cast

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedToken

from streams.rules.expression.faults import Refusal, Span
from streams.rules.expression.grammar import GRAMMAR, RESERVED
from streams.rules.expression.literals import string_of
from streams.rules.expression.syntax import (
    TEXT_MAX,
    Binary,
    Call,
    Chain,
    Conditional,
    Index,
    Items,
    Literal,
    Name,
    Paren,
    Select,
    Syntax,
    Unary,
    check_bounds,
)

__all__ = ["is_name", "parse"]

_VALUES: Final = frozenset({"NAME", "INT", "STRING", "LPAR"})
"""Terminals that all can stand where a value can begin."""
_SIGNS: Final = {
    "RPAR": ")",
    "RSQB": "]",
    "COLON": ":",
    "COMMA": ",",
    "LPAR": "(",
    "NAME": "a name",
    "$END": "the end",
}
_MEANT: Final = {
    "=": "write == to compare",
    "&": "write && for and",
    "|": "write || for or",
    "{": "maps cannot be written out",
    '"': "a string ends in its line with the quote it began with",
    "'": "a string ends in its line with the quote it began with",
}
_WORDS_MEANT: Final = {
    "and": "write &&",
    "or": "write ||",
    "null": "there is no null; write has(...) to ask whether something is there",
}


def is_name(text: str) -> bool:
    """Tell whether `text` can name a variable."""
    return text.isascii() and text.isidentifier() and text not in RESERVED


def parse(text: str) -> Syntax:
    """Read an expression.

    Raises:
        Refusal: with the first place that is no expression.
    """
    if len(text) > TEXT_MAX:
        problem = f"found {len(text)} characters, expected at most {TEXT_MAX}; write two rules"
        raise Refusal(problem, Span(0, 1, 1, 1))
    try:
        root = _parser().parse(text)
    except UnexpectedCharacters as error:
        start = cast("int", error.pos_in_stream)
        at = Span(start, start + 1, error.line, error.column)
        found = text[start]
        meant = _MEANT.get(found, "expected a name, a value or an operator")
        raise Refusal(f"found {found!r}, {meant}", at) from None
    except UnexpectedToken as error:
        token = cast("Token", error.token)
        at = _end_of(text) if token.type == "$END" else _span(token)
        before = text[: at.start].rstrip()
        raise Refusal(_unexpected(token, error.accepts, before), at) from None
    check_bounds(root)
    return root


class _Parser(Protocol):
    """What lark is for us: `_Builder` makes the tree, and lark cannot know its type."""

    def parse(self, text: str, /) -> Syntax: ...


@cache
def _parser() -> _Parser:
    """Build the parser at its first use: a program that reads no rule does not wait for it."""
    made: object = Lark(GRAMMAR, parser="lalr", lexer="basic", transformer=_Builder())
    return cast("_Parser", made)


def _unexpected(token: Token, accepted: set[str], before: str) -> str:
    """Say what stands there and what could."""
    found = "the end" if token.type == "$END" else repr(str(token))
    if before == "not" or before.endswith((" not", "(not")):
        return f"found not {token}, write !{token}"
    if token in _WORDS_MEANT:
        return f"found {found}, {_WORDS_MEANT[token]}"
    expected = [_SIGNS[sign] for sign in sorted(accepted & _SIGNS.keys() - _VALUES)]
    if accepted >= _VALUES:
        expected.insert(0, "a value")
    elif "NAME" in accepted:
        expected.insert(0, "a name")
    else:
        # The parser has given up what binds more strongly already, so it does not name them all.
        expected.insert(0, "an operator")
    return f"found {found}, expected {' or '.join(expected)}"


def _span(first: Token, last: Token | None = None) -> Span:
    """Return where tokens are; lark gives a place to every token that it has read."""
    end = (last or first).end_pos
    assert first.start_pos is not None
    assert end is not None
    assert first.line is not None
    assert first.column is not None
    return Span(first.start_pos, end, first.line, first.column)


def _end_of(text: str) -> Span:
    """Return the place behind the last character."""
    line = text.rfind("\n") + 1
    return Span(len(text), len(text) + 1, text.count("\n") + 1, len(text) - line + 1)


Part: TypeAlias = Syntax | Token
"""What a callback gets: the trees below and the signs between them."""


def _over(parts: list[Part]) -> Span:
    """Return the span from the first part to the last."""
    first, last = (
        _span(part) if isinstance(part, Token) else part.span for part in (parts[0], parts[-1])
    )
    return Span(first.start, last.end, first.line, first.column)


def _trees(parts: list[Part]) -> tuple[Syntax, ...]:
    return tuple(part for part in parts if not isinstance(part, Token))


def _name(part: Part) -> str:
    """Return a name that must not be one of the reserved words."""
    assert isinstance(part, Token)
    name = str(part)
    if name in RESERVED:
        meant = _WORDS_MEANT.get(name, "expected a name; CEL reserves this word")
        raise Refusal(f"found {name!r}, {meant}", _span(part))
    return name


def _member(part: Part) -> str:
    """Return the name of a field or method, which may be a reserved word, but no value."""
    return _name(part) if str(part) == "null" else str(part)


class _Builder(Transformer[Token, Syntax]):
    """What each rule of the grammar becomes; lark calls these from the leaves up."""

    def conditional(self, parts: list[Part]) -> Syntax:
        condition, yes, no = _trees(parts)
        return Conditional(_over(parts), condition, yes, no)

    def chain(self, parts: list[Part]) -> Syntax:
        return Chain(_over(parts), str(parts[1]), _trees(parts))

    def binary(self, parts: list[Part]) -> Syntax:
        left, right = _trees(parts)
        return Binary(_over(parts), str(parts[1]), left, right)

    def unary(self, parts: list[Part]) -> Syntax:
        operator, (operand,) = str(parts[0]), _trees(parts)
        match operand:
            # The least whole number has no positive twin, so the sign is part of the literal.
            case Literal(value=int() | float() as value) if operator == "-" and not isinstance(
                value, bool
            ):
                return Literal(_over(parts), -value)
            case _:
                return Unary(_over(parts), operator, operand)

    def select(self, parts: list[Part]) -> Syntax:
        (operand,) = _trees(parts)
        field = parts[-1]
        assert isinstance(field, Token)
        return Select(_over(parts), operand, _member(field), _span(field))

    def index(self, parts: list[Part]) -> Syntax:
        operand, key = _trees(parts)
        return Index(_over(parts), operand, key)

    def method(self, parts: list[Part]) -> Syntax:
        target, *arguments = _trees(parts)
        return Call(_over(parts), _member(parts[2]), target, tuple(arguments))

    def call(self, parts: list[Part]) -> Syntax:
        return Call(_over(parts), _name(parts[0]), None, _trees(parts))

    def name(self, parts: list[Part]) -> Syntax:
        return Name(_over(parts), _name(parts[0]))

    def paren(self, parts: list[Part]) -> Syntax:
        (inner,) = _trees(parts)
        return Paren(_over(parts), inner)

    def items(self, parts: list[Part]) -> Syntax:
        return Items(_over(parts), _trees(parts))

    def truth(self, parts: list[Part]) -> Syntax:
        return Literal(_over(parts), str(parts[0]) == "true")

    def whole(self, parts: list[Part]) -> Syntax:
        return Literal(_over(parts), int(str(parts[0]), 0 if str(parts[0])[1:2] == "x" else 10))

    def double(self, parts: list[Part]) -> Syntax:
        value = float(str(parts[0]))
        if value == math.inf:
            raise Refusal(f"found {parts[0]}, expected a number that fits a double", _over(parts))
        return Literal(_over(parts), value)

    def string(self, parts: list[Part]) -> Syntax:
        try:
            return Literal(_over(parts), string_of(str(parts[0])))
        except ValueError as error:
            raise Refusal(str(error), _over(parts)) from None
