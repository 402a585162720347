"""Run the tests that rules bring along, each in a little election of its own.

A test holds if every line that it expects comes, in that order, and the rule opens no other alert.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import Console

from streams.authoring.packs import Packs
from streams.authoring.trial import Trial, try_rule
from streams.cli.rule_source import add_source, draft_at
from streams.errors import InputError
from streams.rules.pack import Pack, Rule
from streams.rules.reading import Source
from streams.rules.yaml_text import Tree

__all__ = ["add_arguments", "rules_named", "run", "untested_hint"]

_EPILOG: Final = """\
examples:
  siaga rules test
  siaga rules test my-pack --rule T03 --rule T07
  siaga rules test elections/rejang-lebong-2024 -v

exit code: 0 every test holds, 1 one does not, a rule has none, or the pack cannot be read
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga rules test`."""
    parser.epilog = _EPILOG
    add_source(parser)
    parser.add_argument(
        "--rule", metavar="RULE", action="append", default=[], help="only this one; may be repeated"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="name every test")


def run(arguments: argparse.Namespace) -> int:
    """Run the tests, tell what does not hold, and return the exit code."""
    draft, pack = draft_at(arguments)
    packs = Packs(draft)
    tried = failed = 0
    named = rules_named(pack, arguments.rule)
    if not any(rule.tests for rule in named):
        raise InputError(f"no test to run: of pack {pack.name}, {_listed(named)} have no `tests`")
    for rule in named:
        trials = tuple(_shown_trying(packs, rule))
        tried += len(trials)
        failed += sum(not trial.holds for trial in trials) + (not trials)
        source = draft.rules[rule.id]
        places = [one.tree for one in source.cases()]
        print("\n".join(_told(rule, trials, places, verbose=arguments.verbose)))
        if source.changed_untested and not all(trial.holds for trial in trials):
            print(f"    {untested_hint(source)}")
    print(f"{tried} tests, {failed} failed" if failed else f"{tried} tests, all hold")
    return 1 if failed else 0


def rules_named(pack: Pack, names: Iterable[str]) -> tuple[Rule, ...]:
    """Return the rules of these ids, or all.

    Raises:
        InputError: There is none of an id, or none at all.
    """
    wanted = tuple(names)
    if not pack.rules:
        raise InputError(f"pack {pack.name} has no rules; expected a file rules/ID.yaml for each")
    for name in wanted:
        if pack.rule(name) is None:
            raise InputError(f"no rule {name} in pack {pack.name}; it has {_listed(pack.rules)}")
    return tuple(rule for rule in pack.rules if not wanted or rule.id in wanted)


def _listed(rules: Iterable[Rule]) -> str:
    return ", ".join(rule.id for rule in rules)


def _shown_trying(packs: Packs, rule: Rule) -> Iterator[Trial]:
    """Run the tests of a rule, and say on a terminal which rule it is."""
    console = Console(stderr=True)
    if not console.is_terminal or not sys.stdout.isatty():
        yield from try_rule(packs, rule)
        return
    with console.status(f"{rule.id}: {len(rule.tests)} tests"):
        yield from try_rule(packs, rule)


def untested_hint(source: Source) -> str:
    """Return what to do if a rule is changed and its tests are those of what it was."""
    files = ", ".join(source.changed_untested)
    return f"{files} changes the rule and brings no `tests`; expected some of its own beside it"


def _told(
    rule: Rule, trials: Sequence[Trial], places: Sequence[Tree], *, verbose: bool
) -> Iterator[str]:
    bad = [trial for trial in trials if not trial.holds]
    verdict = f"{len(bad)} FAILED" if bad else "ok"
    yield f"{rule.id}  {len(trials):4} tests  {verdict if trials else 'NO TESTS'}"
    for trial, place in zip(trials, places, strict=True):
        if trial.holds:
            yield from [f"    ok      {trial.case.name}"] if verbose else []
            continue
        yield f"    FAILED  {trial.case.name} ({place.where(())})"
        yield from (f"            {place.where(one.path)}: {one.what}" for one in trial.refused)
        yield from (f"            {fault}" for fault in trial.faults)
        yield "            the rule told:" if trial.told else "            the rule told nothing"
        yield from (f"              {line}" for line in trial.told)
