"""Show one rule: what it looks for, its numbers by class, its texts, and how well it is tested.

Shown is what judges: the rule with its profile and the overrides of an election on top. `--yaml`
prints the file that it stands in, as a beginning for a rule of one's own.
"""

import argparse
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from streams.cli.rule_source import add_source, text_at
from streams.cli.rules_test import rules_named
from streams.domain.alert import Text
from streams.rules.checking import detector_name
from streams.rules.pack import Rule, version_of
from streams.rules.reading import draft_of

__all__ = ["add_arguments", "run", "shown"]

_EPILOG: Final = """\
examples:
  siaga rules show T03
  siaga rules show T10 --profile pilkades
  siaga rules show X31 elections/rejang-lebong-2024
  siaga rules show W04 --yaml > my-pack/rules/W31.yaml

exit code: 0 shown, 1 there is no such rule or pack
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga rules show`."""
    parser.epilog = _EPILOG
    parser.add_argument("rule", metavar="RULE", help="its id, as T03")
    add_source(parser)
    parser.add_argument("--yaml", action="store_true", help="print its file, as it is written")


def run(arguments: argparse.Namespace) -> int:
    """Show the rule, and return the exit code."""
    text = text_at(arguments.pack, arguments.profile)
    draft = draft_of(text)
    [rule] = rules_named(draft.pack(text.profile), [arguments.rule])
    if arguments.yaml:
        file, _ = draft.rules[rule.id].base.mark(())
        print(next(one.text for one in (*text.files, *text.overrides) if one.name == file), end="")
    else:
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
    yield from _labelled("summary", (rule.texts.summary,))
    yield from _labelled("action", (rule.texts.action,))
    yield from _labelled("checklist", rule.checklist)
    yield from _labelled("may be", rule.false_positives)
    firing = sum(bool(case.expect) for case in rule.tests)
    yield f"  tests      {firing} that fire, {len(rule.tests) - firing} that hold"


def _by_class(value: str | tuple[str, ...] | None) -> str:
    if value is None:
        return "of the taxonomy"
    return value if isinstance(value, str) else " / ".join(value)


def _labelled(label: str, texts: Iterable[Text]) -> Iterator[str]:
    lines = [line for text in texts for line in _text("", text)]
    for number, line in enumerate(lines):
        yield f"  {'' if number else label:9}  {line}"


def _text(indent: str, text: Text) -> Iterator[str]:
    yield f"{indent}{text.id}"
    yield f"{indent}{text.en}"
