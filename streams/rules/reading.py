"""From the files of a pack to its rules: base, profile and overrides, merged field by field.

    pack files ──► rule, its `profiles.<profile>` on top, the folder's overrides on top ──► Rule

A pack is a folder: `taxonomy.yaml`, `lexicon.yaml`, `ladders.yaml`, and one file a rule under
`rules/`. Here it is a list of files with their texts, because the same texts may come from a
folder, from this package, or from the journal. An election's own folder `rules/` may change fields
of rules by id, and of the ladders, and may bring whole rules of its own:

    overrides:
      T03: {severity: high}
    rules:
      - {id: X31, version: 1, ...}
    ladders: {high: {minutes: [0, 0, 3, 10]}}

An override may bring tests, in place of those of its rule: numbers that it moves are pinned by
other tests. A profile brings none; a test of the rule says itself which election it is about.

Every file, rule, profile and test is read, whatever is wrong with the one before it: an author who
mends a file is told all of its faults.
"""

import hashlib
from collections.abc import Iterable
from functools import lru_cache, reduce
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from streams.domain.policy import STANDARD
from streams.rules.cases import RuleCase, WrittenCase, written_cases
from streams.rules.checking import check_rule
from streams.rules.classifying import classifier_of
from streams.rules.faults import Found, PackFault
from streams.rules.ladders import policy_of
from streams.rules.pack import Pack, PackFile, Route, Rule
from streams.rules.profiles import PROFILES, change_at, fields_at, profiles_of
from streams.rules.speaking import converted, nearest
from streams.rules.taxonomy import taxonomy_of
from streams.rules.yaml_text import Tree, merged, read_yaml

__all__ = ["Draft", "PackText", "Source", "content_hash", "draft_of", "read_pack"]

_TAXONOMY: Final = "taxonomy.yaml"
_LEXICON: Final = "lexicon.yaml"
_LADDERS: Final = "ladders.yaml"
_RULES: Final = "rules/"
_OVERRIDES: Final = "overrides"
_TESTS: Final = "tests"
_APART: Final = frozenset({PROFILES, _TESTS})
_NOT_IN_PROFILE: Final = {
    "id": "a profile keeps the id of its rule",
    _TESTS: "tests stand beside `profiles`; `world: {kind: pilkades}` in one says what it is about",
    PROFILES: "expected the fields that differ in this profile",
}
_NOT_IN_OVERRIDE: Final = {
    "id": "an override keeps the id of its rule",
    PROFILES: "expected the fields themselves: they count in the profile of the election",
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


# Elections of one day mostly share a pack; it is taken apart once.
@lru_cache(maxsize=16)
def read_pack(text: PackText) -> Pack:
    """Read a pack for its profile, with an election's overrides on top.

    Raises:
        PackError: with file, line, field and what was found or expected, of all that is wrong.
    """
    return draft_of(text).pack(text.profile)


class Source(Struct, frozen=True):
    """A rule as it is written, and what is changed of it."""

    base: Tree
    changes: tuple[Tree, ...] = ()

    @property
    def changed_untested(self) -> tuple[str, ...]:
        """Files that change the rule, if none of them brings tests."""
        if any(_TESTS in one.data for one in self.changes):
            return ()
        return tuple(dict.fromkeys(one.mark(())[0] for one in self.changes))

    def cases(self) -> tuple[WrittenCase, ...]:
        """Return the tests of the rule: those of the last override that brings some, else its own.

        Raises:
            PackError: with file, line, field and what was found or expected.
        """
        tested = [one for one in (self.base, *self.changes) if _TESTS in one.data]
        return written_cases(tested[-1]) if tested else ()


class Draft(Struct, frozen=True):
    """A pack as it is written, before a profile is chosen."""

    name: str
    taxonomy: Tree
    rules: dict[str, Source]
    ladders: Source | None
    lexicon: PackFile | None
    faults: tuple[PackFault, ...] = ()
    """Why a part of it could not be read at all, whatever the profile."""

    def pack(self, profile: str) -> Pack:
        """Return the pack for a profile.

        Raises:
            PackError: with file, line, field and what was found or expected, of all that is wrong.
        """
        found = Found(self.faults)
        taxonomy: dict[str, Route] = {}
        with found.noting():
            taxonomy = taxonomy_of(self.taxonomy, profile)
        if not taxonomy:
            # Without it there would be a fault in every rule that names a category.
            found.raise_any()
        if self.lexicon is not None:
            with found.noting():
                # A fault in it is told now, and not when the first text comes.
                classifier_of(self.lexicon, frozenset(taxonomy))
        rules: list[Rule] = []
        for name in sorted(self.rules):
            with found.noting():
                rules.append(_rule(self.rules[name], profile, taxonomy))
        policy = STANDARD
        if self.ladders is not None:
            with found.noting():
                policy = policy_of(reduce(merged, self.ladders.changes, self.ladders.base))
        found.raise_any()
        return Pack(self.name, taxonomy, tuple(rules), policy, self.lexicon)


def draft_of(text: PackText) -> Draft:
    """Read the files of a pack and the overrides on top of it; the draft keeps their faults.

    Raises:
        PackError: There is no taxonomy, or it cannot be read.
    """
    found = Found()
    trees = _trees((file for file in text.files if file.name != _LEXICON), found)
    if _TAXONOMY not in trees:
        if not any(file.name == _TAXONOMY for file in text.files):
            what = "is missing; expected the categories of reports"
            found.faults.append(PackFault(_TAXONOMY, 0, "", what))
        found.raise_any()
    rules: dict[str, Source] = {}
    for name, tree in sorted(trees.items()):
        if name.startswith(_RULES):
            with found.noting():
                _add(rules, tree)
    overrides = _trees(text.overrides, found)
    for tree in overrides.values():
        _override(rules, tree, found)
    ladders = _ladders(trees, overrides, found)
    lexicon = next((file for file in text.files if file.name == _LEXICON), None)
    return Draft(text.name, trees[_TAXONOMY], rules, ladders, lexicon, tuple(found.faults))


def _trees(files: Iterable[PackFile], found: Found) -> dict[str, Tree]:
    """Return what can be read of some files, by name."""
    trees: dict[str, Tree] = {}
    for file in files:
        with found.noting():
            trees[file.name] = _tree(file)
    return trees


# Elections share the files of a pack, each with overrides of its own on top; no tree is changed.
@lru_cache(maxsize=256)
def _tree(file: PackFile) -> Tree:
    return read_yaml(file.name, file.text)


def _add(rules: dict[str, Source], tree: Tree) -> None:
    name = tree.data.get("id")
    if not isinstance(name, str):
        raise tree.fault(("id",), "expected the id of a rule, such as T03")
    if name in rules:
        first = rules[name].base.where(("id",))
        raise tree.fault(("id",), f"rule {name} stands twice; see {first}")
    rules[name] = Source(tree)


def _override(rules: dict[str, Source], tree: Tree, found: Found) -> None:
    """Take on what a file of the election's folder brings and changes."""
    for name in tree.data:
        if name not in {_OVERRIDES, "rules", "ladders"}:
            what = "expected `overrides` (fields by rule id), `rules` or `ladders`"
            found.faults += tree.fault((name,), what).faults
    own = tree.data.get("rules") or []
    if not isinstance(own, list) or not all(isinstance(one, dict) for one in own):
        found.faults += tree.fault(("rules",), "expected a list of whole rules").faults
        own = []
    for number in range(len(own)):
        with found.noting():
            _add(rules, tree.under(("rules", number)))
    with found.noting():
        for name in fields_at(tree, (_OVERRIDES,)):
            with found.noting():
                _change_rule(rules, tree, name)


def _ladders(trees: dict[str, Tree], overrides: dict[str, Tree], found: Found) -> Source | None:
    """Return how ladders are climbed, with what the election's folder changes of it."""
    changes: list[Tree] = []
    for tree in overrides.values():
        if "ladders" in tree.data:
            with found.noting():
                fields_at(tree, ("ladders",))
                changes.append(tree.under(("ladders",)))
    base = trees.get(_LADDERS)
    if base is None:
        if changes:
            found.faults += changes[0].fault((), f"the pack has no {_LADDERS} to change").faults
        return None
    return Source(base, tuple(changes))


def _change_rule(rules: dict[str, Source], tree: Tree, name: str) -> None:
    path = (_OVERRIDES, name)
    if name not in rules:
        known = ", ".join(sorted(rules))
        raise tree.fault(path, f"no rule {name} in the pack; it has {known}{nearest(name, rules)}")
    source = rules[name]
    change = change_at(tree, path, _NOT_IN_OVERRIDE)
    rules[name] = Source(source.base, (*source.changes, change))


def _rule(source: Source, profile: str, taxonomy: dict[str, Route]) -> Rule:
    """Read a rule for a profile.

    Every profile is read, or a fault in one would be found on the day that it is used first.
    """
    found = Found()
    base = _judging(source.base)
    changes = tuple(map(_judging, source.changes))
    trees: dict[str, Tree] = {}
    with found.noting():
        trees = {
            name: merged(base, change)
            for name, change in profiles_of(source.base, _NOT_IN_PROFILE).items()
        }
    trees.setdefault(profile, base)
    rules: dict[str, Rule] = {}
    for name, tree in trees.items():
        changed = reduce(merged, changes, tree)
        with found.noting():
            rules[name] = converted(changed, Rule)
            check_rule(changed, rules[name], taxonomy, name)
    tests: tuple[RuleCase, ...] = ()
    with found.noting():
        tests = tuple(one.case for one in source.cases())
    found.raise_any()
    return replace(rules[profile], tests=tests)


def _judging(tree: Tree) -> Tree:
    """Return what judges of a rule, without what is read by itself."""
    return Tree({name: one for name, one in tree.data.items() if name not in _APART}, tree.marks)
