"""How to write a rule: what the guide shows is read, judged and pinned as it says."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.alerts.ladder import due_minutes, levels_of
from streams.authoring.events import lines_of
from streams.authoring.mutation import mutants_of, survives
from streams.authoring.packs import Packs
from streams.authoring.places import NUMBERS, desa_code, plan_of
from streams.authoring.trial import try_rule
from streams.domain.alert import Ladder
from streams.domain.ids import AreaCode
from streams.domain.policy import STANDARD
from streams.domain.words import Severity, TpsClass
from streams.rules.cases import CaseWorld, RuleCase, written_cases
from streams.rules.pack import PackFile, Rule
from streams.rules.reading import Draft, draft_of
from streams.rules.yaml_text import read_yaml
from streams.setup import pack_text
from streams.territory.plan import ElectionKind
from tests.support.snippets import DOCS, RuleTests, fenced, rule_tests

TEXT: Final = (DOCS / "how-to" / "write-a-rule.md").read_text("utf-8")
EXAMPLES: Final = rule_tests(TEXT)
EMPTY: Final = RuleCase(name="a", until="08:00", expect=())


def block_with(words: str) -> str:
    """Return the only block of the guide that has these words in it."""
    [found] = [block for block in fenced(TEXT, "yaml") if words in block]
    return found


@pytest.fixture(scope="module")
def draft() -> Draft:
    """Read the rule of the guide as from the folder of an election, on a pack without others."""
    shipped = pack_text("siaga", "pilkada")
    taxonomy = tuple(file for file in shipped.files if file.name == "taxonomy.yaml")
    text = block_with("has(event.queue) && event.queue > 300")
    own = (PackFile("rules/queues.yaml", text),)
    return draft_of(replace(shipped, files=taxonomy, overrides=own))


@pytest.fixture
def rule(draft: Draft) -> Rule:
    """Return the rule of the guide."""
    found = draft.pack("pilkada").rule("L01")
    assert found is not None
    return found


def test_the_rule_of_the_guide_holds_to_its_tests(draft: Draft, rule: Rule) -> None:
    """It has some, and each holds."""
    trials = [*try_rule(Packs(draft), rule)]
    assert trials
    assert [] == [(trial.case.name, trial.faults) for trial in trials if not trial.holds]


def test_each_number_of_the_rule_of_the_guide_is_pinned(draft: Draft, rule: Rule) -> None:
    """As the guide asks of everybody: no number can be moved without a test that fails."""
    mutants = [*mutants_of(draft, "L01")]
    assert mutants
    assert [] == [mutant.what for mutant in mutants if survives(mutant, rule)]


def test_the_override_of_the_guide_holds_to_its_tests() -> None:
    """It changes a list of the shipped rule as a whole, and its tests pin each number of that."""
    text = block_with("T03:").partition("rules:")[0]
    draft = draft_of(pack_text("siaga", "pilkada", [PackFile("rules/queues.yaml", text)]))
    changed = draft.pack("pilkada").rule("T03")
    assert changed is not None
    assert all(trial.holds for trial in try_rule(Packs(draft), changed))
    limits = [one for one in mutants_of(draft, "T03") if "limit" in one.field]
    assert limits
    assert [] == [one.what for one in limits if survives(one, changed)]


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("kind", ["pilkada", "pilkades"])
def test_the_ladders_climb_as_the_guide_says(severity: Severity, kind: str) -> None:
    """Every step of OPS, ADM and GAK, with its minutes."""
    [row] = [line for line in TEXT.splitlines() if line.startswith(f"| `{severity}` |")]
    cells = dict(zip(("OPS", "ADM", "GAK"), row.strip("| ").split(" | ")[1:], strict=True))
    for ladder, cell in cells.items():
        levels = levels_of(Ladder(ladder), ElectionKind(kind))
        minutes = due_minutes(STANDARD, severity, TpsClass.KURANG_RAWAN, levels)
        first = max(n for n, due in enumerate(minutes) if not due)
        steps = [f"`{levels[first]}`"]
        steps += [f"{minutes[n]:g} `{levels[n]}`" for n in range(first + 1, len(minutes))]
        usual, _, village = cell.rstrip(")").partition(" (")
        assert "; ".join(steps) == (village or usual if kind == "pilkades" else usual)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_examples_hold(example: RuleTests) -> None:
    """Each is judged by the shipped rule that it names."""
    faults = example.faults()
    assert faults
    assert dict.fromkeys(faults, ()) == faults


def test_the_events_that_the_guide_lists_can_be_sent() -> None:
    """One each of what is written short."""
    events = "".join(
        f"      {line}\n" for line in block_with("# TPS 1, from its KPPS").splitlines()
    )
    text = f'tests:\n  - name: a\n    until: "15:00"\n    expect: []\n    events:\n{events}'
    [written] = written_cases(read_yaml("page", text))
    assert 23 == len([*lines_of(written.case)])


def test_the_little_world_is_as_the_guide_says() -> None:
    """Its officers, desa, Polsek, hours, contests and choices."""
    plan = plan_of(replace(EMPTY, world=CaseWorld(pair="P01")), NUMBERS)
    election = plan.election
    [contest] = election.contests
    village = plan_of(replace(EMPTY, world=CaseWorld(kind="pilkades")), ["1"]).election
    told = [
        *(f"`{officer.officer}`" for officer in plan.officers.values()),
        *(f"`{officer.role}`" for officer in plan.officers.values()),
        *(f"`{{{name}}}` {plan.name_of(AreaCode(desa_code(name)))}" for name in "ABCDEF"),
        *(f"`{choice}`" for choice in contest.choices),
        f"`poll_opens` {election.poll_opens}",
        f"`poll_closes` {election.poll_closes}",
        f"`{contest.id}`",
        f"`{contest.area}`",
        f"`{village.contests[0].id}`",
    ]
    assert [] == [one for one in told if one not in TEXT]
    assert {"petugas-1", "petugas-2"} == {
        officer.officer for officer in plan.officers.values() if officer.pair == "P01"
    }
