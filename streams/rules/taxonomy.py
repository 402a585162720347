"""From the file of a taxonomy to its categories, as the kind of election has them.

    KAM-04: {id: "Perampasan kotak suara", …, route: [polres, kpu],
             profiles: {pilkades: {route: [polres, panitia]}}}

Who is told, and what people call a category, may differ by the kind of election: a village has
neither KPU nor Bawaslu. What judges reports of it may not: that is the rules' to say, and they
have profiles of their own.
"""

from typing import Final

from streams.rules.faults import Found
from streams.rules.pack import Route
from streams.rules.profiles import KINDS, PROFILES, profiles_of
from streams.rules.speaking import converted
from streams.rules.yaml_text import Tree, merged

__all__ = ["taxonomy_of"]

_IN_PROFILE: Final = ("id", "en", "route")
_NOT_IN_PROFILE: Final = {
    name: "a profile of a category changes only `id`, `en` and `route`"
    for name in (*Route.__struct_fields__, PROFILES)
    if name not in _IN_PROFILE
}


def taxonomy_of(tree: Tree, profile: str) -> dict[str, Route]:
    """Return the categories of a taxonomy as a profile has them.

    Raises:
        PackError: with file, line, field and what was found or expected, of all that is wrong.
    """
    found, routes = Found(), dict[str, Route]()
    for name, value in tree.data.items():
        with found.noting():
            if not isinstance(value, dict):
                raise tree.fault((name,), "expected fields as `severity: high`")
            routes[name] = _category(tree.under((name,)), profile)
    found.raise_any()
    return routes


def _category(tree: Tree, profile: str) -> Route:
    """Read a category for a profile.

    Every kind is read, or a fault in one would be found on the day that it is used first.
    """
    base = Tree({name: one for name, one in tree.data.items() if name != PROFILES}, tree.marks)
    found, routes = Found(), dict[str, Route]()
    changes: dict[str, Tree] = {}
    with found.noting():
        changes = profiles_of(tree, _NOT_IN_PROFILE)
    for name in (*KINDS, profile):
        change = changes.get(name)
        with found.noting():
            routes[name] = converted(base if change is None else merged(base, change), Route)
    found.raise_any()
    return routes[profile]
