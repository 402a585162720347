"""Tell which thresholds the tests of a pack reach from both sides.

A rule whose numbers depend on the class of a TPS must fire and hold in tests of every class; any
other rule must do both somewhere. Classes stand in the order kurang_rawan, rawan, sangat_rawan,
khusus; `4/9` are four tests that fire and nine that hold.
"""

import argparse
from collections.abc import Iterator
from typing import Final

from streams.authoring.coverage import Coverage, coverage_of
from streams.authoring.packs import Packs
from streams.authoring.trial import try_rule
from streams.cli.rule_source import add_source, draft_at
from streams.cli.rules_test import rules_named

__all__ = ["add_arguments", "run"]

_EPILOG: Final = """\
examples:
  siaga rules coverage
  siaga rules coverage elections/rejang-lebong-2024

exit code: 0 everything is reached, 1 something is not, or the pack cannot be read
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga rules coverage`."""
    parser.epilog = _EPILOG
    add_source(parser)


def run(arguments: argparse.Namespace) -> int:
    """Count what the tests reach, tell what they do not, and return the exit code."""
    draft, pack = draft_at(arguments)
    packs, rules = Packs(draft), rules_named(pack, ())
    found = [coverage_of(rule, try_rule(packs, rule)) for rule in rules]
    print("\n".join(_table(found)))
    gaps = sum(len(one.gaps) for one in found)
    print(f"{len(found)} rules, {gaps} gaps")
    return 1 if gaps else 0


def _table(found: list[Coverage]) -> Iterator[str]:
    for one in found:
        counts = [f"{f}/{h}" for f, h in zip(one.fired, one.held, strict=True)]
        cells = "  ".join(count.rjust(7) for count in counts)
        kind = "by class" if one.by_class else "one for all"
        yield f"{one.rule}  {cells}  {kind}"
        yield from (f"     {gap}" for gap in one.gaps)
