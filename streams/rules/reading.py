"""From the files of a pack to its rules: base, profile and overrides, merged field by field.

    pack files ──► rule, its `profiles.<profile>` on top, the folder's overrides on top ──► Rule

A pack is a folder: `taxonomy.yaml`, `lexicon.yaml`, and one file a rule under `rules/`. Here it
is a list of files with their texts, because the same texts may come from a folder, from this
package, or from the journal. An election's own folder `rules/` may change fields of rules by id,
and may bring whole rules of its own:

    overrides:
      T03: {severity: high}
    rules:
      - {id: X31, version: 1, ...}

An override may bring tests, in place of those of its rule: numbers that it moves are pinned by
other tests. A profile brings none; a test of the rule says itself which election it is about.
"""

import hashlib
from functools import reduce
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from streams.errors import ConfigError
from streams.rules.cases import cases_of
from streams.rules.checking import check_rule
from streams.rules.classifying import classifier_of
from streams.rules.pack import Pack, PackFile, Route, Rule
from streams.rules.yaml_text import Node, Path, Tree, Value, converted, merged, read_yaml
from streams.territory.plan import ElectionKind

__all__ = ["Draft", "PackText", "Source", "content_hash", "draft_of", "read_pack"]

_TAXONOMY: Final = "taxonomy.yaml"
_LEXICON: Final = "lexicon.yaml"
_RULES: Final = "rules/"
_OVERRIDES: Final = "overrides"
_PROFILES: Final = "profiles"
_TESTS: Final = "tests"
_KINDS: Final = tuple(map(str, ElectionKind))
"""Of elections, and so of profiles."""
_APART: Final = frozenset({_PROFILES, _TESTS})
_NOT_IN_PROFILE: Final = {
    "id": "a profile keeps the id of its rule",
    _TESTS: "tests stand beside `profiles`; `world: {kind: pilkades}` in one says what it is about",
    _PROFILES: "expected the fields that differ in this profile",
}
_NOT_IN_OVERRIDE: Final = {
    "id": "an override keeps the id of its rule",
    _PROFILES: "expected the fields themselves: they count in the profile of the election",
}


class PackText(Struct, frozen=True):
    """All that the rules of an election are made of."""

    name: str
    profile: str
    files: tuple[PackFile, ...]
    overrides: tuple[PackFile, ...] = ()


def content_hash(text: PackText) -> str:
    """Return the hash by which a pack is published: 64 hexadecimal digits."""
    encoded = msgspec.json.encode(text, order="deterministic")
    return hashlib.sha256(encoded).hexdigest()


def read_pack(text: PackText) -> Pack:
    """Read a pack for its profile, with an election's overrides on top.

    Raises:
        ConfigError: with file, line, field and what was found or expected.
    """
    return draft_of(text).pack(text.profile)


class Source(Struct, frozen=True):
    """A rule as it is written, and what is changed of it."""

    base: Tree
    changes: tuple[Tree, ...] = ()


class Draft(Struct, frozen=True):
    """A pack as it is written, before a profile is chosen."""

    name: str
    taxonomy: Tree
    rules: dict[str, Source]
    lexicon: PackFile | None

    def pack(self, profile: str) -> Pack:
        """Return the pack for a profile.

        Raises:
            ConfigError: with file, line, field and what was found or expected.
        """
        taxonomy = _taxonomy(self.taxonomy)
        if self.lexicon is not None:
            # A fault in it is told now, and not when the first text comes.
            classifier_of(self.lexicon, frozenset(taxonomy))
        rules = tuple(_rule(self.rules[name], profile, taxonomy) for name in sorted(self.rules))
        return Pack(self.name, taxonomy, rules, self.lexicon)


def draft_of(text: PackText) -> Draft:
    """Read the files of a pack and the overrides on top of it.

    Raises:
        ConfigError: with file, line, field and what was found or expected.
    """
    trees = {
        file.name: read_yaml(file.name, file.text) for file in text.files if file.name != _LEXICON
    }
    if _TAXONOMY not in trees:
        raise ConfigError(f"{_TAXONOMY}: is missing; expected the categories of reports")
    rules: dict[str, Source] = {}
    for name, tree in sorted(trees.items()):
        if name.startswith(_RULES):
            _add(rules, tree)
    for file in text.overrides:
        _override(rules, read_yaml(file.name, file.text))
    lexicon = next((file for file in text.files if file.name == _LEXICON), None)
    return Draft(text.name, trees[_TAXONOMY], rules, lexicon)


def _taxonomy(tree: Tree) -> dict[str, Route]:
    for name, value in tree.data.items():
        if not isinstance(value, dict):
            raise ConfigError(f"{tree.where((name,))}: expected fields as `severity: high`")
    return {name: converted(tree.under((name,)), Route) for name in tree.data}


def _add(rules: dict[str, Source], tree: Tree) -> None:
    name = tree.data.get("id")
    if not isinstance(name, str):
        raise ConfigError(f"{tree.where(('id',))}: expected the id of a rule, such as T03")
    if name in rules:
        first = rules[name].base.where(("id",))
        raise ConfigError(f"{tree.where(('id',))}: rule {name} stands twice; see {first}")
    rules[name] = Source(tree)


def _override(rules: dict[str, Source], tree: Tree) -> None:
    unknown = sorted(tree.data.keys() - {_OVERRIDES, "rules"})
    if unknown:
        where = tree.where((unknown[0],))
        raise ConfigError(f"{where}: expected `overrides` (fields by rule id) or `rules`")
    own = tree.data.get("rules") or []
    if not isinstance(own, list) or not all(isinstance(one, dict) for one in own):
        raise ConfigError(f"{tree.where(('rules',))}: expected a list of whole rules")
    for number in range(len(own)):
        _add(rules, tree.under(("rules", number)))
    changes = _fields(tree, (_OVERRIDES,))
    for name in changes:
        path = (_OVERRIDES, name)
        if name not in rules:
            known = ", ".join(sorted(rules))
            raise ConfigError(f"{tree.where(path)}: no rule {name} in the pack; it has {known}")
        source = rules[name]
        change = _change(tree, path, _NOT_IN_OVERRIDE)
        rules[name] = Source(source.base, (*source.changes, change))


def _change(tree: Tree, path: Path, refused: dict[str, str]) -> Tree:
    """Return the fields of a rule that are changed at a path."""
    fields = _fields(tree, path)
    for name, why in refused.items():
        if name in fields:
            raise ConfigError(f"{tree.where((*path, name))}: {why}")
    return Tree(fields, tree.under(path).marks)


def _fields(tree: Tree, path: Path) -> Node:
    """Return the mapping at a path; an empty one where there is nothing."""
    value: Value = tree.data
    for step in path:
        value = value.get(str(step)) if isinstance(value, dict) else None
    if value is not None and not isinstance(value, dict):
        raise ConfigError(f"{tree.where(path)}: expected fields as `severity: high`")
    return value or {}


def _rule(source: Source, profile: str, taxonomy: dict[str, Route]) -> Rule:
    """Read a rule for a profile.

    Every profile is read, or a fault in one would be found on the day that it is used first.
    """
    base = _judging(source.base)
    changes = tuple(map(_judging, source.changes))
    trees = {name: merged(base, change) for name, change in _profiles(source.base).items()}
    trees.setdefault(profile, base)
    rules: dict[str, Rule] = {}
    for name, tree in trees.items():
        changed = reduce(merged, changes, tree)
        rules[name] = converted(changed, Rule)
        check_rule(changed, rules[name], taxonomy, name)
    tested = [one for one in (source.base, *source.changes) if _TESTS in one.data]
    return replace(rules[profile], tests=cases_of(tested[-1]) if tested else ())


def _judging(tree: Tree) -> Tree:
    """Return what judges of a rule, without what is read by itself."""
    return Tree({name: one for name, one in tree.data.items() if name not in _APART}, tree.marks)


def _profiles(tree: Tree) -> dict[str, Tree]:
    """Return what differs in each profile of a rule."""
    found: dict[str, Tree] = {}
    for name in _fields(tree, (_PROFILES,)):
        path = (_PROFILES, name)
        if name not in _KINDS:
            known = ", ".join(_KINDS)
            raise ConfigError(f"{tree.where(path)}: no such profile; expected one of {known}")
        found[name] = _change(tree, path, _NOT_IN_PROFILE)
    return found
