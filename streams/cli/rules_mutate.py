"""Move every number that a pack writes by one unit, and name those that no test notices.

Thresholds, windows and numbers in expressions are moved one after the other, up and down, and the
tests of the rule are run each time. A number whose moving nobody notices is pinned by no test;
where none can pin it, the rule says why (`unpinned`). Of an election folder the numbers of its
overrides are moved too, by the tests that they bring.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import Console

from streams.authoring.mutation import Mutant, failing, mutants_of, survives
from streams.authoring.packs import Packs
from streams.cli.rule_source import add_source, draft_at
from streams.cli.rules_test import rules_named
from streams.errors import InputError
from streams.rules.pack import Rule

__all__ = ["add_arguments", "run"]

_EPILOG: Final = """\
examples:
  siaga rules mutate
  siaga rules mutate my-pack --rule T03

exit code: 0 every number is pinned, 1 one is not, a test fails as it stands, or the pack cannot be
read
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga rules mutate`."""
    parser.epilog = _EPILOG
    add_source(parser)
    parser.add_argument(
        "--rule", metavar="RULE", action="append", default=[], help="only this one; may be repeated"
    )


def run(arguments: argparse.Namespace) -> int:
    """Try the mutants, name the survivors rule by rule, and return the exit code."""
    draft, pack = draft_at(arguments)
    rules = rules_named(pack, arguments.rule)
    _check_holding(Packs(draft), rules)
    tried = survivors = 0
    for rule in rules:
        mutants = list(mutants_of(draft, rule.id))
        unnoticed = [mutant for mutant in _watched(rule, mutants) if survives(mutant, rule)]
        left = [one.what for one in unnoticed if not {one.field, one.what} & rule.unpinned.keys()]
        tried += len(mutants)
        survivors += len(left)
        print("\n".join(_told(rule, mutants, unnoticed, left)), flush=True)
    print(f"{tried} mutants, {survivors} unnoticed and not explained")
    return 1 if survivors else 0


def _check_holding(packs: Packs, rules: Iterable[Rule]) -> None:
    """Refuse rules with a test that fails as it stands: it would seem to notice every move.

    Raises:
        InputError: There is one.
    """
    counted = ((rule.id, failing(packs, rule)) for rule in rules)
    told = [
        f"{name}: {count} {'test fails as it stands' if count == 1 else 'tests fail as they stand'}"
        for name, count in counted
        if count
    ]
    if told:
        raise InputError(f"{'; '.join(told)}; mend it first (siaga rules test)")


def _watched(rule: Rule, mutants: Sequence[Mutant]) -> Iterator[Mutant]:
    """Yield mutants, and say on a terminal how far they are."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from mutants
        return
    with console.status(rule.id) as status:
        for number, mutant in enumerate(mutants, 1):
            status.update(f"{rule.id}: {number} of {len(mutants)}")
            yield mutant


def _told(
    rule: Rule, mutants: Sequence[Mutant], unnoticed: Iterable[Mutant], left: Sequence[str]
) -> Iterator[str]:
    if not mutants:
        yield f"{rule.id}  no number to move"
        return
    yield f"{rule.id}  {len(mutants):4} moved, {len(left)} unnoticed"
    yield from (f"      {what}" for what in left)
    explained = {word for one in unnoticed for word in (one.field, one.what)}
    for one in sorted(explained & rule.unpinned.keys()):
        yield f"      {one}: {rule.unpinned[one]}"
