"""Show one rule: what it looks for, its numbers by class, its texts, and how well it is tested."""

import argparse
from collections.abc import Iterator
from typing import Final

import msgspec

from streams.cli.rule_source import add_source, pack_at
from streams.domain.alert import Text
from streams.errors import InputError
from streams.rules.checking import detector_name
from streams.rules.pack import Rule, version_of

__all__ = ["add_arguments", "run", "shown"]

_EPILOG: Final = """\
examples:
  siaga rules show T03
  siaga rules show T10 --profile pilkades
  siaga rules show X31 elections/rejang-lebong-2024

exit code: 0 shown, 1 there is no such rule or pack
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga rules show`."""
    parser.epilog = _EPILOG
    parser.add_argument("rule", metavar="RULE", help="its id, as T03")
    add_source(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show the rule, and return the exit code."""
    pack = pack_at(arguments)
    rule = pack.rule(arguments.rule)
    if rule is None:
        known = ", ".join(one.id for one in pack.rules)
        raise InputError(f"no rule {arguments.rule} in pack {pack.name}; it has {known}")
    print("\n".join(shown(rule)))
    return 0


def shown(rule: Rule) -> Iterator[str]:
    """Yield the lines by which a rule is shown."""
    yield f"{rule.id} ({version_of(rule)}), {rule.maturity}, {rule.owner}"
    yield from _text("  ", rule.texts.title)
    yield ""
    yield f"  source     {rule.source}"
    yield f"  detector   {detector_name(rule.detector)}"
    # As it is written: an author finds each line again in the file.
    written = msgspec.yaml.encode(rule.detector, order="deterministic").decode()
    yield from (f"             {line}" for line in written.splitlines())
    yield f"  severity   {_by_class(rule.severity)}"
    yield f"  ladders    {_by_class(rule.ladders)}"
    yield f"  quiet      {rule.quiet}"
    yield f"  runbook    {rule.runbook}"
    yield f"  restricted {', '.join(rule.restricted_to) or 'no'}"
    yield "  texts"
    for text in (rule.texts.summary, rule.texts.action, *rule.false_positives):
        yield from _text("             ", text)
    firing = sum(bool(case.expect) for case in rule.tests)
    yield f"  tests      {firing} that fire, {len(rule.tests) - firing} that hold"


def _by_class(value: str | tuple[str, ...] | None) -> str:
    if value is None:
        return "of the taxonomy"
    return value if isinstance(value, str) else " / ".join(value)


def _text(indent: str, text: Text) -> Iterator[str]:
    yield f"{indent}{text.id}"
    yield f"{indent}{text.en}"
