"""Asks the tests of the alarms about changed ones: which change does no day notice?

`python -m tests.unit.deploy.mutant_days` changes every alarm and every recorded series, one thing
at a time (`mutants`), and has Prometheus' own checker run the tests of `deploy/prometheus/tests`
that are about it. It says how many changes there were and which of them no test has noticed.
"""

import argparse
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

import msgspec
import yaml
from msgspec import Struct

from tests.support.prometheus import promtool
from tests.unit.deploy.alarms import TESTS, Rule, alarms, recorded
from tests.unit.deploy.mutants import UNCHANGED, Mutant, mutants, name_of

__all__ = ["Day", "Test", "days", "main", "rule_file", "survivors"]

_BESIDE: Final = 2
_GROUP: Final = "changed"


Test = dict[str, object]
"""A test as it stands in a file: it is handed on, and not looked into."""


class Day(Struct, frozen=True):
    """One test of the checker."""

    every: str
    """How often rules are computed in it."""
    asks: str
    """What it asks for, as text."""
    test: Test


class _File(Struct):
    evaluation_interval: str
    tests: list[Test]


def days() -> list[Day]:
    """Return all tests of all files."""
    files = (msgspec.convert(yaml.safe_load(one.read_text("utf-8")), _File) for one in TESTS)
    return [
        Day(file.evaluation_interval, str(test.get("promql_expr_test", test["name"])), test)
        for file in files
        for test in file.tests
    ]


def survivors(changes: Iterable[Mutant], of: Sequence[Day]) -> Iterator[Mutant]:
    """Yield the changes that no test of these days notices."""
    asked = list(changes)
    with ThreadPoolExecutor(_BESIDE) as pool:
        noticed = pool.map(partial(_is_noticed, of=of), asked)
        yield from (one for one, is_noticed in zip(asked, noticed, strict=True) if not is_noticed)


def _is_noticed(change: Mutant, of: Sequence[Day]) -> bool:
    """Run the tests that are about it, those to the sample first, for they are the sharpest."""
    named = _about(change)
    rules = [change.rule if name_of(one) == change.of else one for one in _asked_by(named)]
    asked: dict[str, list[Test]] = {}
    for day in of:
        if any(name in day.asks for name in named):
            asked.setdefault(day.every, []).append(day.test)
    return any(not _is_passed(rules, every, asked[every]) for every in sorted(asked, reverse=True))


def _asked_by(named: Collection[str]) -> list[Rule]:
    """Return the alarms and series of these names, and before them the series that they ask for."""
    found = [one for one in (*recorded(), *alarms()) if {one.record, one.alert} & set(named)]
    needed = [one for one in recorded() if any(one.record in other.expr for other in found)]
    return [*(one for one in needed if one not in found), *found]


def _about(change: Mutant) -> frozenset[str]:
    """Return the names by which tests ask for it: of a series also those of its alarms."""
    if change.rule.alert:
        return frozenset({change.rule.alert})
    using = (one.alert for one in alarms() if change.of in one.expr)
    return frozenset({change.of, *using})


def _is_passed(rules: Sequence[Rule], every: str, tests: Sequence[Test]) -> bool:
    asked = {"rule_files": ["rules.yml"], "evaluation_interval": every, "tests": list(tests)}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "rules.yml").write_text(rule_file(rules), "utf-8")
        (Path(folder) / "tests.yml").write_text(yaml.safe_dump(asked), "utf-8")
        return promtool(Path(folder), "test", "rules", "tests.yml").returncode == 0


def rule_file(rules: Sequence[Rule]) -> str:
    """Return a file of rules, computed in this order."""
    group = {"name": _GROUP, "rules": [msgspec.to_builtins(rule) for rule in rules]}
    return yaml.safe_dump({"groups": [group]}, sort_keys=False)


def main(said: Sequence[str] | None = None) -> int:
    """Change, ask, and print; return the exit code: 1 if some change was not noticed."""
    parser = argparse.ArgumentParser(
        "python -m tests.unit.deploy.mutant_days", description=(__doc__ or "").split("\n\n", 1)[0]
    )
    parser.add_argument("names", nargs="*", metavar="RULE", help="alarms or series (default: all)")
    names = set(parser.parse_args(said).names)
    rules = [
        one for one in (*recorded(), *alarms()) if not names or {one.record, one.alert} & names
    ]
    every = list(chain.from_iterable(map(mutants, rules)))
    changes = [one for one in every if (one.of, one.what) not in UNCHANGED]
    found = 0
    for one in survivors(changes, days()):
        found += 1
        sys.stdout.write(f"not noticed: {one.of}: {one.what}\n")
        sys.stdout.flush()
    sys.stdout.write(
        f"{len(changes)} changes of {len(rules)} rules, {found} not noticed;"
        f" {len(every) - len(changes)} that can change nothing were left out\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
