"""From text to an expression that can be evaluated and asked why."""

from collections.abc import Callable

from msgspec import Struct

from streams.rules.expression.checker import check
from streams.rules.expression.comparing import Values
from streams.rules.expression.compiler import compiled
from streams.rules.expression.faults import ExpressionError, Refusal
from streams.rules.expression.parser import is_name, parse
from streams.rules.expression.paths import paths_of
from streams.rules.expression.scope import Scope
from streams.rules.expression.static_types import STRING, Type, fits, shown, stranger
from streams.rules.expression.tracer import Explanation, explained
from streams.rules.expression.typed import Typed

__all__ = ["Environment", "Expression", "compile_expression"]


class Environment(Struct, frozen=True):
    """The variables that an expression can use, and their types."""

    variables: dict[str, Type]

    def __post_init__(self) -> None:
        for name in self.variables:
            assert is_name(name), f"{name} cannot name a variable"


class Expression(Struct, frozen=True):
    """A checked expression; equal texts in equal environments mean the same."""

    text: str
    type: Type
    """Of its value."""
    paths: tuple[str, ...]
    """The fields that it reads; see `streams.rules.expression.paths`."""
    evaluate: Callable[[Values], object]
    """Compute the value for variables by name; raises `EvaluationError` and nothing else."""
    node: Typed

    def explain(self, values: Values) -> Explanation:
        """Tell why the value is what it is; slower by far than `evaluate`, and never raises."""
        return explained(self.node, self.text, values)


def compile_expression(text: str, environment: Environment, expected: Type) -> Expression:
    """Read, check and compile an expression that must have a value of the expected type.

    Raises:
        ExpressionError: with line, column, what was found and what was expected.
    """
    try:
        node = _checked(text, environment, expected)
    except Refusal as refusal:
        raise ExpressionError(refusal.problem, refusal.span, text) from None
    return Expression(text, node.type, paths_of(node), compiled(node), node)


def _checked(text: str, environment: Environment, expected: Type) -> Typed:
    syntax = parse(text)
    node = check(syntax, Scope(environment.variables)).node
    if not fits(node.type, expected):
        strange = stranger(node.type, expected)
        found = shown(node.type)
        # A literal is told by its word, an enumeration by its name.
        if strange is not None and found == shown(STRING):
            found = f'"{strange[0]}"'
        raise Refusal(f"found {found}, expected {shown(expected)}", syntax.span)
    return node
