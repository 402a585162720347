"""What is changed of a rule or of a category: by the kind of election, or by an election's folder.

A *change* is some fields of what it changes, and is merged on top of it field by field. Changes by
the kind of election stand below `profiles`, beside the fields that hold for every kind:

    severity: medium
    profiles:
      pilkades: {severity: low}
"""

from collections.abc import Mapping
from typing import Final

from streams.rules.speaking import nearest
from streams.rules.yaml_text import Node, Path, Tree, Value
from streams.territory.plan import ElectionKind

__all__ = ["KINDS", "PROFILES", "change_at", "fields_at", "profiles_of"]

PROFILES: Final = "profiles"
"""The field below which the changes by kind stand."""
KINDS: Final = tuple(map(str, ElectionKind))
"""Of elections, and so of profiles."""


def profiles_of(tree: Tree, refused: Mapping[str, str]) -> dict[str, Tree]:
    """Return what differs in each profile of a rule or of a category.

    Args:
        tree: The rule or category.
        refused: Fields that no profile changes, and why.

    Raises:
        PackError: with file, line, field and what was found or expected.
    """
    found: dict[str, Tree] = {}
    for name in fields_at(tree, (PROFILES,)):
        path = (PROFILES, name)
        if name not in KINDS:
            known = ", ".join(KINDS)
            what = f"no such profile; expected one of {known}{nearest(name, KINDS)}"
            raise tree.fault(path, what)
        found[name] = change_at(tree, path, refused)
    return found


def change_at(tree: Tree, path: Path, refused: Mapping[str, str]) -> Tree:
    """Return the fields that are changed at a path.

    Raises:
        PackError: Something else stands there, or a field that is refused.
    """
    fields = fields_at(tree, path)
    wrong = [((*path, name), why) for name, why in refused.items() if name in fields]
    if wrong:
        raise tree.faults(wrong)
    return Tree(fields, tree.under(path).marks)


def fields_at(tree: Tree, path: Path) -> Node:
    """Return the mapping at a path; an empty one where there is nothing.

    Raises:
        PackError: Something else stands there.
    """
    value: Value = tree.data
    for step in path:
        value = value.get(str(step)) if isinstance(value, dict) else None
    if value is not None and not isinstance(value, dict):
        raise tree.fault(path, "expected fields as `severity: high`")
    return value or {}
