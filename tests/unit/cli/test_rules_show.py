"""`siaga rules show`: one rule, as an author reads it."""

from pathlib import Path

import pytest
import yaml

from streams.cli.command import main
from streams.cli.rules_show import shown
from streams.rules.pack import Rule, RuleText, version_of
from streams.setup import load_pack
from tests.support.packs import OVERDUE, rule_of, text_of, with_tests, write_pack

PACK = load_pack("siaga", "pilkada")
TESTS = """\
  - {name: a, until: "07:40", expect: [{at: "07:30", change: opened}]}
  - {name: b, until: {each: ["07:01", "07:02", "07:03", "07:04"]}, expect: []}
"""


def test_a_rule_is_shown_whole() -> None:
    """What it is called, where it comes from, what it looks for, and what people read."""
    rule = rule_of(with_tests(TESTS))
    lines = [*shown(rule)]
    assert lines[0].startswith("T03 (1@")
    assert lines[0].endswith("), stable, bag-ops")
    assert ["  Soal di {place}", "  Matter at {place}"] == lines[1:3]
    named = [line.split(maxsplit=1) for line in lines if line.startswith("  ")]
    found = {words[0]: words[-1] for words in named}
    assert "kebutuhan" == found["source"]
    assert ("overdue", "medium", "ADM", "30m") == (
        found["detector"],
        found["severity"],
        found["ladders"],
        found["quiet"],
    )
    assert ("docs/runbooks/T03.md", "no") == (found["runbook"], found["restricted"])
    assert "1 that fire, 4 that hold" == found["tests"]
    for label, text in (("summary", rule.texts.summary), ("action", rule.texts.action)):
        first = lines.index(f"  {label:9}  {text.id}")
        assert f"             {text.en}" == lines[first + 1]


def test_the_detector_is_shown_as_it_is_written() -> None:
    """Its fields can be put into a file again, with their defaults."""
    lines = [*shown(rule_of(text_of()))]
    first = lines.index("  detector   overdue") + 1
    last = next(n for n, line in enumerate(lines) if line.startswith("  severity"))
    found = yaml.safe_load("\n".join(line[13:] for line in lines[first:last]))
    assert ("overdue", "high") == (found["type"], found["raise_to"])
    assert ["30m", "20m", "10m", "20m"] == found["watches"][0]["limit"]
    assert [False, "any"] == [found["watches"][0]["final_counts"], found["watches"][1]["messages"]]


def test_what_depends_on_the_class_stands_in_its_order() -> None:
    """And what is the taxonomy's is called so."""
    by_class = OVERDUE.replace("severity: medium", "severity: [low, medium, high, critical]")
    lines = [*shown(rule_of(text_of({"rules/T03.yaml": by_class})))]
    assert "  severity   low / medium / high / critical" in lines
    evidence = [*shown(rule_of(text_of(), "W04"))]
    assert {"  severity   of the taxonomy", "  ladders    of the taxonomy"} <= {*evidence}


def test_what_is_harmless_and_whom_it_is_kept_from_is_shown() -> None:
    """Whoever decides must know both."""
    more = "restricted_to: [commander, liaison]\nfalse_positives: [{id: Macet., en: A jam.}]\n"
    rule = rule_of(text_of({"rules/T03.yaml": OVERDUE + more}))
    assert (RuleText("Macet.", "A jam."),) == rule.false_positives
    lines = [line.strip() for line in shown(rule)]
    assert {"restricted commander, liaison", "may be     Macet.", "A jam."} <= {*lines}


@pytest.mark.parametrize("rule", PACK.rules, ids=[rule.id for rule in PACK.rules])
def test_every_shipped_rule_can_be_shown(rule: Rule) -> None:
    """Whatever its detector is."""
    assert f"{rule.id} ({version_of(rule)}), {rule.maturity}, {rule.owner}" == next(shown(rule))
    assert 15 < len([*shown(rule)])


def test_a_shipped_rule_is_shown_by_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    """On standard output, each line of it."""
    assert 0 == main(["rules", "show", "T03"])
    rule = PACK.rule("T03")
    assert rule is not None
    assert [*shown(rule)] == capsys.readouterr().out.splitlines()


def test_the_profile_chooses_the_thresholds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As `--profile pilkades` asks for."""
    text = text_of({"rules/T03.yaml": f"{OVERDUE}profiles: {{pilkades: {{quiet: 5m}}}}\n"})
    folder = str(write_pack(tmp_path, text))
    assert 0 == main(["rules", "show", "T03", folder])
    assert "\n  quiet      30m\n" in capsys.readouterr().out
    assert 0 == main(["rules", "show", "T03", folder, "--profile", "pilkades"])
    assert "\n  quiet      5m\n" in capsys.readouterr().out


def test_a_rule_that_there_is_not_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those that there are are named."""
    folder = str(write_pack(tmp_path, text_of()))
    assert 1 == main(["rules", "show", "T99", folder])
    expected = "siaga: no rule T99 in pack uji; it has T03, W02, W04, W05\n"
    assert expected == capsys.readouterr().err


def test_a_rule_is_printed_as_it_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its whole file, wherever it stands: what an author begins with."""
    text = with_tests(TESTS)
    folder = write_pack(tmp_path, text)
    assert 0 == main(["rules", "show", "T03", str(folder), "--yaml"])
    [written] = [one.text for one in text.files if one.name == "rules/T03.yaml"]
    assert written == capsys.readouterr().out
