"""Examples of the documentation, taken out of its pages to be run.

An example of a rule's tests begins with the line `# tests of W04`; what follows is a list as it
stands below `tests:` in the file of that rule.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from msgspec.structs import replace

from streams.authoring.packs import Packs
from streams.authoring.trial import try_rule
from streams.rules.cases import written_cases
from streams.rules.pack import Pack
from streams.rules.reading import Draft, draft_of
from streams.rules.yaml_text import read_yaml
from streams.setup import pack_text

__all__ = ["DOCS", "RuleTests", "fenced", "rule_tests"]

DOCS: Final = Path(__file__).parents[2] / "docs"
_FENCE: Final = re.compile(r"^```([a-z]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_TESTS_OF: Final = re.compile(r"# tests of ([A-Z][0-9]{2})\n")


def fenced(page: str, language: str) -> list[str]:
    """Return the blocks of a page that are of a language."""
    return [text for found, text in _FENCE.findall(page) if found == language]


class RuleTests(NamedTuple):
    """One block of tests, as it stands on a page."""

    rule: str
    text: str

    def faults(self) -> dict[str, tuple[str, ...]]:
        """Run the tests with the shipped rule; return of each what is wrong, by its name."""
        rule = _pack().rule(self.rule)
        assert rule is not None, self.rule
        written = written_cases(read_yaml("page", f"tests:\n{self.text}"))
        cases = tuple(one.case for one in written)
        trials = try_rule(_packs(), replace(rule, tests=cases))
        return {trial.case.name: trial.faults for trial in trials}


def rule_tests(page: str) -> dict[str, RuleTests]:
    """Return the blocks of a page that are tests of a rule, by a name of their own."""
    found: dict[str, RuleTests] = {}
    for number, block in enumerate(fenced(page, "yaml"), start=1):
        if heading := _TESTS_OF.match(block):
            found[f"{heading[1]}-block{number}"] = RuleTests(heading[1], block)
    return found


@cache
def _packs() -> Packs:
    return Packs(_draft())


@cache
def _draft() -> Draft:
    return draft_of(pack_text("siaga", "pilkada"))


@cache
def _pack() -> Pack:
    return _draft().pack("pilkada")
