"""Expressions of rules over happenings: which names they see, and how they are asked.

| scope of the rule | names |
|---|---|
| officer | `event` |
| tps, pair | `event`, `tps` |
| box | `event`, `tps`, and `departure`: what was said when the box left |
"""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from streams.domain.alert import Why
from streams.domain.happenings import Point
from streams.rules.expression.condition import Environment, Expression, compile_expression
from streams.rules.expression.faults import EvaluationError
from streams.rules.expression.static_types import BOOL
from streams.rules.specs import ConditionScope
from streams.rules.views import DEPARTURE, EVENT, TPS, About

__all__ = ["BOX_NAMES", "OFFICER_NAMES", "TPS_NAMES", "Where", "compile_where", "names_of"]

OFFICER_NAMES: Final = Environment({"event": EVENT})
TPS_NAMES: Final = Environment({"event": EVENT, "tps": TPS})
BOX_NAMES: Final = Environment({"event": EVENT, "tps": TPS, "departure": DEPARTURE})


def names_of(scope: ConditionScope) -> Environment:
    """Return what expressions see in a condition of some scope."""
    match scope:
        case ConditionScope.OFFICER:
            return OFFICER_NAMES
        case ConditionScope.BOX:
            return BOX_NAMES
        case ConditionScope.TPS | ConditionScope.FORM:
            return TPS_NAMES


class Where(Struct, frozen=True):
    """An expression that is true of some happenings."""

    expression: Expression

    def holds(self, point: Point, about: About) -> bool:
        """Tell whether it is true; what cannot be computed is not."""
        try:
            return self.expression.evaluate(_values(point, about)) is True
        except EvaluationError:
            return False

    def why(self, point: Point, about: About) -> tuple[Why, ...]:
        """Return what decided it, as arithmetic; that something was told at all is none."""
        told = self.expression.explain(_values(point, about)).deciding
        return tuple(
            Why(leaf.text, leaf.figures, holds=leaf.holds is True)
            for leaf in told
            if not (leaf.operator == "has" and leaf.holds)
        )


def compile_where(text: str, names: Environment) -> Where:
    """Compile an expression of a rule.

    Raises:
        ExpressionError: with line and column in the expression, and what was expected.
    """
    return Where(compile_expression(text, names, BOOL))


def _values(point: Point, about: About) -> Mapping[str, object]:
    return {"event": point, "tps": about, "departure": about}
