"""Moves every number of a pack by one unit, to see whether a test of its rule notices.

A *mutant* is a rule with one number moved, its own, one of its profiles' or one of the overrides
on top of it: a duration by one of its unit, a whole number by 1, a fraction by one of its last
decimal. A number that an override replaces judges nothing, and is not moved. A mutant is killed if
a test of the rule fails, or if it cannot be read. One that survives is a threshold that nobody has
pinned down; it says something only of a rule whose tests hold as it stands (`failing`).
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.authoring.packs import Packs
from streams.authoring.trial import try_rule
from streams.errors import ConfigError
from streams.rules.pack import Rule
from streams.rules.reading import Draft, Source
from streams.rules.yaml_text import Node, Path, Tree, Value

__all__ = ["Mutant", "failing", "mutants_of", "survives"]

_MOVED: Final = ("detector", "quiet", "act_by")
"""Fields whose numbers are thresholds and windows."""
_EXPRESSIONS: Final = frozenset({"where", "raise_where"})
_DURATION: Final = re.compile(r"^[0-9]+[hms]$")
_IN_EXPRESSION: Final = re.compile(r"(?<![\w.\"])([0-9]+)(?=\b)|(?<=\")([0-9]+)(?=[hms]\")")


class Mutant(Struct, frozen=True):
    """A rule with one number moved."""

    rule: str
    field: str
    """As `detector.window`."""
    what: str
    """Field, value and what it became."""
    draft: Draft


def failing(packs: Packs, rule: Rule) -> int:
    """Count the tests of a rule that fail as it stands: they would notice whatever is moved."""
    return sum(not trial.holds for trial in try_rule(packs, rule))


def mutants_of(draft: Draft, rule_id: str) -> Iterator[Mutant]:
    """Yield the mutants of a rule, two for each of its numbers."""
    source = draft.rules[rule_id]
    written = (source.base, *source.changes)
    for layer, tree in enumerate(written):
        above = [one.data for one in written[layer + 1 :]]
        for path, value in _leaves(tree.data, ()):
            own = _of_rule(path)
            if own[0] not in _MOVED or any(_replaces(one, own) for one in above):
                continue
            where = tree.where(path).rpartition(": ")[2]
            for moved in _moved(value, expression=path[-1] in _EXPRESSIONS):
                layers = [*written]
                layers[layer] = Tree(_with(tree.data, path, moved), tree.marks)
                changed = Source(layers[0], tuple(layers[1:]))
                rules = {**draft.rules, rule_id: changed}
                what = f"{where}: {value} -> {moved}"
                yield Mutant(rule_id, where, what, replace(draft, rules=rules))


def survives(mutant: Mutant, rule: Rule) -> bool:
    """Tell whether no test of the rule notices a mutant."""
    packs = Packs(mutant.draft)
    try:
        return all(trial.holds for trial in try_rule(packs, rule))
    except ConfigError:
        return False


def _of_rule(path: Path) -> Path:
    """Return the path that a value of a profile has in its rule; any other is there already.

    A profile's numbers hold in its own kind of election only, so only tests of that kind notice.
    """
    match path:
        case ("profiles", _, field, *rest):
            return (field, *rest)
        case _:
            return path


def _replaces(change: Node, path: Path) -> bool:
    """Tell whether an override puts something in the place of a value below it."""
    value: Value = change
    for step in path:
        if not isinstance(value, dict):
            return True
        if step not in value:
            return False
        value = value[str(step)]
    return True


def _leaves(value: Value, path: Path) -> Iterator[tuple[Path, Value]]:
    match value:
        case dict():
            for name, one in value.items():
                yield from _leaves(one, (*path, name))
        case list():
            for number, one in enumerate(value):
                yield from _leaves(one, (*path, number))
        case bool() | None:
            pass
        case _:
            yield path, value


def _moved(value: Value, *, expression: bool) -> Iterator[Value]:
    match value:
        case int():
            yield from (value - 1, value + 1)
        case float():
            unit = Decimal(1).scaleb(int(Decimal(repr(value)).as_tuple().exponent))
            yield from (float(Decimal(repr(value)) + sign * unit) for sign in (-1, 1))
        case str() if _DURATION.match(value):
            number, unit_name = int(value[:-1]), value[-1]
            yield from (f"{one}{unit_name}" for one in (number - 1, number + 1) if one >= 0)
        case str() if expression:
            for found in _IN_EXPRESSION.finditer(value):
                for sign in (-1, 1):
                    number_text = str(int(found[0]) + sign)
                    yield value[: found.start()] + number_text + value[found.end() :]
        case _:
            pass


def _with(data: Node, path: Path, value: Value) -> Node:
    """Return a mapping with one value in it replaced."""
    changed = _replaced(data, path, value)
    assert isinstance(changed, dict), "a mapping stays one"
    return changed


def _replaced(data: Value, path: Path, value: Value) -> Value:
    if not path:
        return value
    first, *rest = path
    match data:
        case dict():
            name = str(first)
            return {**data, name: _replaced(data[name], tuple(rest), value)}
        case list():
            return [
                _replaced(one, tuple(rest), value) if number == first else one
                for number, one in enumerate(data)
            ]
        case _:
            raise AssertionError("a path leads through mappings and lists")
