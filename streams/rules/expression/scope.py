"""What an expression can see where it stands, and what was found out about it."""

from collections.abc import Mapping

from msgspec import Struct

from streams.rules.expression import guards
from streams.rules.expression.compiler import folded
from streams.rules.expression.faults import Refusal, nearest
from streams.rules.expression.guards import NEVER_FAILS, Facts, Known
from streams.rules.expression.operators import may_fail
from streams.rules.expression.static_types import Field, MapType, RecordType, Type, shown
from streams.rules.expression.syntax import Select
from streams.rules.expression.typed import Constant, Typed

__all__ = ["Checked", "Scope", "field_of", "made"]


class Scope(Struct, frozen=True):
    """What an expression can see where it stands."""

    variables: Mapping[str, Type]
    facts: Facts = frozenset()
    """Paths that are known to be there."""
    macros: int = 0
    """How many macros are around."""

    def knowing(self, more: Facts) -> "Scope":
        """Return the same place, with more known to be there."""
        return Scope(self.variables, guards.with_facts(self.facts, more), self.macros)


class Checked(Struct, frozen=True):
    """What an expression means, and what its outcome tells."""

    node: Typed
    known: Known


def made(node: Typed, *parts: Checked) -> Checked:
    """Finish an operation that has a value when its parts have."""
    constant = folded(node)
    if isinstance(constant, Constant):
        return Checked(constant, NEVER_FAILS)
    known = guards.strict((part.known for part in parts), may_fail=may_fail(node))
    return Checked(node, known)


def field_of(syntax: Select, operand: Typed) -> Field:
    """Return the field that is selected.

    Raises:
        Refusal: where there is none of the name.
    """
    match operand.type:
        case RecordType() as record:
            if syntax.field not in record.fields:
                problem = f"found {syntax.field}, expected a field of {record.name}; "
                raise Refusal(problem + nearest(syntax.field, record.fields), syntax.field_span)
            return record.fields[syntax.field]
        case MapType():
            problem = f"found .{syntax.field} of {shown(operand.type)}, "
            raise Refusal(f'{problem}expected an index: ["{syntax.field}"]', syntax.field_span)
        case _:
            problem = f"found .{syntax.field} of {shown(operand.type)}, expected a record"
            raise Refusal(problem, syntax.field_span)
