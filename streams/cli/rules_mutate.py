"""Move every number of a pack by one unit, and name those that no test notices.

Thresholds, windows and numbers in expressions are moved one after the other, up and down, and the
tests of the rule are run each time. A number whose moving nobody notices is pinned by no test;
where none can pin it, the rule says why (`unpinned`).
"""

import argparse
import sys
from typing import Final

from streams.authoring.mutation import mutants_of, survives
from streams.cli.rule_source import add_source, text_at
from streams.cli.rules_test import rules_named
from streams.rules.reading import draft_of

__all__ = ["add_arguments", "run"]

_EPILOG: Final = """\
examples:
  siaga rules mutate
  siaga rules mutate my-pack --rule T03

exit code: 0 every number is pinned, 1 one is not, or the pack cannot be read
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
    text = text_at(arguments.pack, arguments.profile)
    draft = draft_of(text)
    tried = survivors = 0
    for rule in rules_named(draft.pack(text.profile), arguments.rule):
        mutants = list(mutants_of(draft, rule.id))
        unnoticed = [mutant for mutant in mutants if survives(mutant, rule)]
        left = [one.what for one in unnoticed if not {one.field, one.what} & rule.unpinned.keys()]
        explained = {word for one in unnoticed for word in (one.field, one.what)}
        explained &= rule.unpinned.keys()
        tried += len(mutants)
        survivors += len(left)
        print(f"{rule.id}  {len(mutants):4} moved, {len(left)} unnoticed")
        print("".join(f"      {what}\n" for what in left), end="")
        print("".join(f"      {one}: {rule.unpinned[one]}\n" for one in sorted(explained)), end="")
        sys.stdout.flush()
    print(f"{tried} mutants, {survivors} unnoticed and not explained")
    return 1 if survivors else 0
