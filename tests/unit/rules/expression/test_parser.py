"""Reading: what binds how, and what is said of a text that is no expression."""

from typing import Final

import pytest

from streams.rules.expression.faults import Refusal
from streams.rules.expression.grammar import RESERVED
from streams.rules.expression.parser import is_name, parse
from streams.rules.expression.syntax import (
    DEPTH_MAX,
    NODES_MAX,
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
)

GROUPED: Final = {
    # text: the same with every operation in brackets
    "a + b * c": "<a + <b * c>>",
    "a - b - c": "<<a - b> - c>",
    "a * b / c % d": "<<<a * b> / c> % d>",
    "(a + b) * c": "<(<a + b>) * c>",
    "-a * b": "<<-a> * b>",
    "a - -b": "<a - <-b>>",
    "a--1": "<a - -1>",
    "a -1": "<a - 1>",
    "-1": "-1",
    "- 1": "-1",
    "-a.b": "<-a.b>",
    "!a.b(c)": "<!a.b(c)>",
    "!a == b": "<<!a> == b>",
    "a + 1 < b": "<<a + 1> < b>",
    "a < b == c": "<<a < b> == c>",
    "a in b == c": "<<a in b> == c>",
    "a == b && c || d": "<<<a == b> && c> || d>",
    "a || b && c": "<a || <b && c>>",
    "a && b && c": "<a && b && c>",
    "(a && b) && c": "<(<a && b>) && c>",
    "a || b ? c : d": "<<a || b> ? c : d>",
    "a ? b : c ? d : e": "<a ? b : <c ? d : e>>",
    "a ? b && c : d": "<a ? <b && c> : d>",
    "a[b].c[d + 1]": "a[b].c[<d + 1>]",
    "a.all(b, c > 1)": "a.all(b, <c > 1>)",
    "f()": "f()",
    "[a, b + c, ]": "[a, <b + c>]",
    "[]": "[]",
    "a.while.for": "a.while.for",
    "inner in xs": "<inner in xs>",
    "truest": "truest",
    "true && false": "<True && False>",
    "a // what follows is for people && b": "a",
    "a\n  && // first\n  b": "<a && b>",
    "a\t\f\r\n+ b": "<a + b>",
}
LITERALS: Final = {
    "true": True,
    "false": False,
    "0": 0,
    "007": 7,
    "0x1F": 31,
    "-0x1f": -31,
    "9223372036854775807": 9223372036854775807,
    "-9223372036854775808": -9223372036854775808,
    "1.5": 1.5,
    "-.5": -0.5,
    "1e3": 1000.0,
    "2.5E-1": 0.25,
    '"a"': "a",
    "'a\"b'": 'a"b',
    r'r"\d"': r"\d",
    r"R'\d'": r"\d",
    r'"\x41"': "A",
}
REFUSED: Final = {
    # text: line and column, and what is said
    "": (1, 1, "found the end, expected a value"),
    "a &&\n b +": (2, 5, "found the end, expected a value"),
    "a b": (1, 3, "found 'b', expected an operator or the end"),
    "(a": (1, 3, "found the end, expected an operator or )"),
    "a)": (1, 2, "found ')', expected an operator or the end"),
    "[a": (1, 3, "found the end, expected an operator or , or ]"),
    "[,]": (1, 2, "found ',', expected a value or ]"),
    "f(": (1, 3, "found the end, expected a value or )"),
    "f(a b": (1, 5, "found 'b', expected an operator or , or )"),
    "a.": (1, 3, "found the end, expected a name"),
    "a.in": (1, 3, "found 'in', expected a name"),
    "a.null": (
        1,
        3,
        "found 'null', there is no null; write has(...) to ask whether something is there",
    ),
    "a.null()": (
        1,
        3,
        "found 'null', there is no null; write has(...) to ask whether something is there",
    ),
    "a ? b": (1, 6, "found the end, expected an operator or :"),
    "!!a": (1, 2, "found '!', expected a value"),
    "- -a": (1, 3, "found '-', expected a value"),
    ".a": (1, 1, "found '.', expected a value"),
    "a = b": (1, 3, "found '=', write == to compare"),
    "a & b": (1, 3, "found '&', write && for and"),
    "a | b": (1, 3, "found '|', write || for or"),
    "a and b": (1, 3, "found 'and', write &&"),
    "a or b": (1, 3, "found 'or', write ||"),
    "not a": (1, 5, "found not a, write !a"),
    "a == null": (
        1,
        6,
        "found 'null', there is no null; write has(...) to ask whether something is there",
    ),
    "while": (1, 1, "found 'while', expected a name; CEL reserves this word"),
    "while(a)": (1, 1, "found 'while', expected a name; CEL reserves this word"),
    "{}": (1, 1, "found '{', maps cannot be written out"),
    '"a': (1, 1, "found '\"', a string ends in its line with the quote it began with"),
    "'a\n'": (1, 1, 'found "\'", a string ends in its line with the quote it began with'),
    "a # b": (1, 3, "found '#', expected a name, a value or an operator"),
    "5u": (1, 2, "found 'u', expected an operator or the end"),
    'b"a"': (1, 2, "found '\"a\"', expected an operator or the end"),
    "1e999": (1, 1, "found 1e999, expected a number that fits a double"),
    "9223372036854775808": (1, 1, "found 9223372036854775808, expected a number of 64 bits"),
    "-9223372036854775809": (1, 1, "found -9223372036854775809, expected a number of 64 bits"),
    r'"\ud800"': (1, 1, r"found the escape \ud800, expected one of a Unicode character"),
    r"r'\''": (1, 2, "found \"'\\\\''\", expected an operator or the end"),
    r"r'\'": (1, 2, 'found "\'", a string ends in its line with the quote it began with'),
}


def grouped(node: Syntax) -> str:
    """Write a tree with every operation in brackets."""
    match node:
        case Unary(operator=sign, operand=operand):
            return f"<{sign}{grouped(operand)}>"
        case Binary(operator=sign, left=left, right=right):
            return f"<{grouped(left)} {sign} {grouped(right)}>"
        case Chain(operator=sign, terms=terms):
            return f"<{f' {sign} '.join(map(grouped, terms))}>"
        case Conditional(condition=condition, yes=yes, no=no):
            return f"<{grouped(condition)} ? {grouped(yes)} : {grouped(no)}>"
        case _:
            return together(node)


def together(node: Literal | Name | Select | Index | Call | Items | Paren) -> str:
    """Write what holds together without brackets."""
    match node:
        case Literal(value=value):
            return repr(value)
        case Name(name=name):
            return name
        case Select(operand=operand, field=field):
            return f"{grouped(operand)}.{field}"
        case Index(operand=operand, key=key):
            return f"{grouped(operand)}[{grouped(key)}]"
        case Call(name=name, target=target, arguments=arguments):
            inside = ", ".join(map(grouped, arguments))
            return f"{f'{grouped(target)}.' if target else ''}{name}({inside})"
        case Items(items=items):
            return f"[{', '.join(map(grouped, items))}]"
        case Paren(inner=inner):
            return f"({grouped(inner)})"


@pytest.mark.parametrize(("text", "expected"), GROUPED.items())
def test_what_binds_how(text: str, expected: str) -> None:
    """From the ternary, which binds least, to the dot."""
    assert expected == grouped(parse(text))


@pytest.mark.parametrize(("text", "expected"), LITERALS.items())
def test_literals(text: str, expected: object) -> None:
    """A literal has the value and the type that it shows."""
    literal = parse(text)
    assert isinstance(literal, Literal)
    assert (type(expected), expected) == (type(literal.value), literal.value)


@pytest.mark.parametrize(("text", "expected"), REFUSED.items())
def test_what_is_no_expression_is_told_with_its_place(
    text: str, expected: tuple[int, int, str]
) -> None:
    """Where it is, what stands there, and what could."""
    with pytest.raises(Refusal) as refused:
        parse(text)
    span = refused.value.span
    assert expected == (span.line, span.column, refused.value.problem)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(a && b)", (0, 8)),
        ("a.b  .c", (0, 7)),
        ("  a[1] ", (2, 6)),
        ("f(a) + g", (0, 8)),
        ("-1", (0, 2)),
        (" [a, b]", (1, 7)),
    ],
)
def test_a_node_knows_its_place(text: str, expected: tuple[int, int]) -> None:
    """From its first character to behind its last, parentheses and all."""
    span = parse(text).span
    assert expected == (span.start, span.end)


def test_a_field_knows_its_place_in_lines() -> None:
    """Lines and columns count from one."""
    node = parse("a\n  .b")
    assert isinstance(node, Select)
    assert (2, 4) == (node.field_span.line, node.field_span.column)


@pytest.mark.parametrize(
    ("fits", "too_much", "told"),
    [
        ("a" * TEXT_MAX, "a" * (TEXT_MAX + 1), "found 2001 characters, expected at most 2000"),
        (
            "||".join(["a"] * (NODES_MAX - 1)),
            "||".join(["a"] * NODES_MAX),
            "the expression is too large, expected at most 500 parts",
        ),
        (
            "(" * (DEPTH_MAX - 1) + "a" + ")" * (DEPTH_MAX - 1),
            "(" * DEPTH_MAX + "a" + ")" * DEPTH_MAX,
            "the expression is too deep, expected at most 40 levels",
        ),
        (
            "+".join(["a"] * DEPTH_MAX),
            "+".join(["a"] * (DEPTH_MAX + 1)),
            "the expression is too deep, expected at most 40 levels",
        ),
    ],
)
def test_bounds(fits: str, too_much: str, told: str) -> None:
    """What just fits is read; one more is refused."""
    parse(fits)
    with pytest.raises(Refusal) as refused:
        parse(too_much)
    assert refused.value.problem.startswith(told)


def test_nothing_is_too_deep_to_be_refused() -> None:
    """As deep as a text can be, reading does not run out of stack."""
    deep = "(" * (TEXT_MAX // 2) + ")" * (TEXT_MAX // 2)
    with pytest.raises(Refusal, match="expected a value"):
        parse(deep)
    with pytest.raises(Refusal, match="too deep"):
        parse("[" * 999 + "]" * 999)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("event", True), ("_e1", True), ("1e", False), ("é", False), ("", False), ("a b", False)],
)
def test_names(text: str, expected: bool) -> None:  # noqa: FBT001  # A row of a table.
    """ASCII letters, digits and low lines."""
    assert expected is is_name(text)


def test_no_reserved_word_is_a_name() -> None:
    """Twenty-one words, each refused."""
    assert 21 == len(RESERVED)
    assert not any(map(is_name, RESERVED))
