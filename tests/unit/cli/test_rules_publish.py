"""`siaga rules publish`, as far as it goes without a broker: what is never sent."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from streams.cli.command import main
from tests.support.packs import CONDITION, SURGE, text_of, with_tests, write_pack

FAILS = '  - {name: NAME, until: "07:40", expect: [{at: "07:31", change: opened}]}\n'


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("a",), "test T03 'a' does not hold; see `siaga rules test`"),
        (("a", "b", "c"), "test T03 'a' and 2 more does not hold; see `siaga rules test`"),
    ],
)
def test_a_pack_with_a_test_that_fails_is_not_published(
    names: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told before anybody is asked for a broker."""
    tests = "".join(FAILS.replace("NAME", name) for name in names)
    folder = write_pack(tmp_path, with_tests(tests))
    assert 1 == main(["rules", "publish", str(folder), "--election", "uji"])
    assert f"siaga: not published: {told}\n" == capsys.readouterr().err


def test_a_stable_rule_without_a_test_is_not_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """People would be called by what nobody has tried; a shadow calls nobody."""
    silent = '  - {name: a, until: "07:00", expect: []}\n'
    text = with_tests(silent)
    files = [*text.files]
    files[-1] = replace(files[-1], text=SURGE.replace("maturity: stable", "maturity: shadow"))
    folder = write_pack(tmp_path, replace(text, files=tuple(files)))
    words = ["rules", "publish", str(folder), "--election", "uji"]
    advice = "write at least one that fires and one that holds"
    expected = f"siaga: not published: {{}} no tests; {advice}\n"
    assert 1 == main(words)
    assert expected.format("W02, W04 have") == capsys.readouterr().err
    (folder / "rules" / "W02.yaml").write_text(f"{CONDITION}tests:\n{silent}", "utf-8")
    assert 1 == main(words)
    assert expected.format("W04 has") == capsys.readouterr().err


def test_a_folder_of_another_election_is_not_published(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its overrides were written for other TPS; one letter must not bring them here."""
    assert 1 == main(["rules", "publish", str(folder), "--election", "serang-2025"])
    assert capsys.readouterr().err.endswith(": the folder is of serang-2024, not serang-2025\n")


def test_a_pack_without_rules_is_not_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By it every alert would end, and none would open."""
    bare = text_of()
    folder = write_pack(tmp_path, replace(bare, files=bare.files[:1]))
    assert 1 == main(["rules", "publish", str(folder), "--election", "uji"])
    assert capsys.readouterr().err.startswith("siaga: pack uji has no rules; expected")


def test_a_pack_that_cannot_be_read_is_not_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With file and line."""
    folder = write_pack(tmp_path, with_tests("  - a\n"))
    assert 1 == main(["rules", "publish", str(folder), "--election", "uji"])
    assert capsys.readouterr().err.startswith("siaga: rules/T03.yaml:20: tests[0]: expected a")
