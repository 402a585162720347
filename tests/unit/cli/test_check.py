"""`siaga check ELECTION`: every fault, a last line, and the exit code."""

import argparse
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from streams.cli.check import add_arguments, run
from streams.cli.settings import add_everywhere
from streams.errors import InputError
from streams.room.users import Users
from streams.room.users_file import change_users
from tests.unit.room.people import POST, USERS
from tests.unit.territory.folders import TEXTS

REJANG_LEBONG = Path(__file__).parents[3] / "elections" / "rejang-lebong-2024"


def check(*words: str) -> int:
    """Run the verb as the command line would."""
    parser = argparse.ArgumentParser(prog="siaga check")
    add_arguments(parser)
    add_everywhere(parser)
    return run(parser.parse_args(words))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the good folder to disk."""
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def write_rules(folder: Path, text: str) -> None:
    """Put rules of its own into an election folder."""
    (folder / "rules").mkdir()
    (folder / "rules" / "local.yaml").write_text(text, encoding="utf-8")


def test_a_good_folder_is_summed_up(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, exit code 0."""
    assert 0 == check(str(folder))
    expected = (
        "serang-2024: 4 TPS (kurang_rawan 2, rawan 1, sangat_rawan 1, khusus 0), 2000 voters,"
        " 3 desa, 1 Polsek, 2 pairs, 4 officers (3 on duty), 3 actors, 5 contacts:"
        " 0 errors, 0 warnings\n"
    )
    assert expected == capsys.readouterr().out


def test_warnings_are_told_and_the_folder_is_usable(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 0, and the count at the end."""
    (folder / "actors.csv").unlink()
    assert 0 == check(str(folder))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("actors.csv: found no such file, expected actor,role,area;")
    assert lines[0].endswith(" [warning]")
    assert lines[1].endswith("0 actors, 5 contacts: 0 errors, 1 warnings")


def test_all_errors_are_told_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With file, line and column; exit code 1."""
    (folder / "tps.csv").write_text(TEXTS["tps.csv"].replace("500", "x").replace("true", "ada"))
    assert 1 == check(str(folder))
    lines = capsys.readouterr().out.splitlines()
    expected = "tps.csv:2: internet: found 'ada', expected true or false"
    assert (expected, 6) == (lines[1], len(lines))
    assert f"{folder}: not usable: 5 errors, 0 warnings" == lines[-1]


def test_json_says_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object, with each fault's parts apart."""
    (folder / "tps.csv").write_text(TEXTS["tps.csv"].replace("rawan,-6", "aman,-6"))
    (folder / "actors.csv").unlink()
    assert 1 == check("--json", str(folder))
    found = json.loads(capsys.readouterr().out)
    assert (False, 1, 1, None) == tuple(
        found[key] for key in ("usable", "errors", "warnings", "summary")
    )
    expected = {
        "file": "tps.csv",
        "line": 2,
        "column": "class",
        "found": "'aman'",
        "expected": "one of kurang_rawan, rawan, sangat_rawan, khusus",
        "severity": "error",
    }
    assert expected == found["faults"][0]


def test_json_sums_a_good_folder_up(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Classes in the contract's order."""
    assert 0 == check("--json", str(folder))
    summary = json.loads(capsys.readouterr().out)["summary"]
    expected = {"kurang_rawan": 2, "rawan": 1, "sangat_rawan": 1, "khusus": 0}
    assert (expected, 4) == (summary["tps_by_class"], summary["tps"])
    assert list(expected) == list(summary["tps_by_class"])


def test_a_pack_that_there_is_not_makes_the_folder_unusable(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A worker would not start with it; the fault names the packs that there are."""
    named = TEXTS["election.toml"].replace('pack = "siaga"', 'pack = "sigap"')
    (folder / "election.toml").write_text(named, encoding="utf-8")
    assert 1 == check(str(folder))
    expected = (
        "election.toml: pack: found what no worker can start with (pack 'sigap': there is none of"
        " this name; known: siaga), expected a pack to judge by\n"
        f"{folder}: not usable: 1 errors, 0 warnings\n"
    )
    assert expected == capsys.readouterr().out


def test_an_override_with_a_fault_makes_the_folder_unusable(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A worker refuses it too; in JSON there is no summary."""
    write_rules(folder, "overrides:\n  T03:\n    severity: merah\n")
    assert 1 == check("--json", str(folder))
    found = json.loads(capsys.readouterr().out)
    assert (False, 1, None) == tuple(found[key] for key in ("usable", "errors", "summary"))
    [fault] = found["faults"]
    assert ("rules/local.yaml", 3, "severity") == (fault["file"], fault["line"], fault["column"])
    assert "found 'merah', expected one of low, medium, high, critical" == fault["found"]


def test_every_fault_of_the_rules_is_named_at_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its own file and line: of a field, of a rule that there is not, and of a test."""
    text = """\
overrides:
  T03:
    severty: low
    tests: [{name: a, until: "25:00", expect: [{at: "07:00", change: open}]}]
  T99: {severity: low}
"""
    write_rules(folder, text)
    assert 1 == check(str(folder))
    *told, last = capsys.readouterr().out.splitlines()
    expected = (
        "rules/local.yaml:3: severty: found `severty`, expected one of",
        "rules/local.yaml:4: expect[0].change: found 'open', expected one of",
        "rules/local.yaml:4: until: found '25:00', expected a local time",
        "rules/local.yaml:5: overrides.T99: no rule T99 in the pack",
    )
    for begin, line in zip(expected, told, strict=True):
        assert line.startswith(begin)
    assert last.endswith("not usable: 4 errors, 0 warnings")


def test_a_folder_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    """As with every other verb: told on standard error, exit code 1."""
    with pytest.raises(InputError, match="no such folder") as caught:
        check(str(tmp_path / "nothing"))
    assert 1 == caught.value.exit_code


def test_no_folder_at_all_is_a_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    """The parser's own exit code 2."""
    with pytest.raises(SystemExit) as caught:
        check()
    assert 2 == caught.value.code
    assert "ELECTION" in capsys.readouterr().err


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    """A newcomer can copy a line."""
    with pytest.raises(SystemExit) as caught:
        check("--help")
    assert 0 == caught.value.code
    assert "siaga check elections/rejang-lebong-2024 --json" in capsys.readouterr().out


def test_a_test_that_cannot_be_run_is_a_warning(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Workers run no tests, but an author wants to know; those of the pack are none of his."""
    text = """\
overrides:
  T03:
    tests:
      - name: a
        until: "08:00"
        events:
          - {at: "06:30", status: heartbeat}
          - {at: "25:61", status: heartbeat}
        expect: []
      - {name: b, until: "08:00", world: {kind: pilpres}, expect: []}
"""
    write_rules(folder, text)
    assert 0 == check(str(folder))
    first, second, last = capsys.readouterr().out.splitlines()
    assert first.startswith("rules/local.yaml:8: events[1]: bad_time: ")
    assert second.startswith("rules/local.yaml:10: world: its world cannot be: ")
    assert all(line.endswith(" [warning]") for line in (first, second))
    assert last.endswith(": 0 errors, 2 warnings")


def test_contacts_are_held_against_the_channels(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By `--notify`, or by the settings; what a contact has as address is never shown."""
    (tmp_path / "etc").mkdir()
    channels = tmp_path / "etc" / "notify.toml"
    channels.write_text('[channels.screen]\ntype = "stdout"\n', encoding="utf-8")
    assert 1 == check(str(folder), "--notify", str(channels))
    named = capsys.readouterr().out
    settings = tmp_path / "etc" / "siaga.toml"
    settings.write_text(f'notify_file = "{channels}"\n', encoding="utf-8")
    assert 1 == check(str(folder), "--config", str(settings))
    assert named == capsys.readouterr().out
    line = next(line for line in named.splitlines() if "OPS/polsek@36.04/1" in line)
    assert line.startswith("contacts.toml: OPS/polsek@36.04/1: found 'webhook', expected a channel")
    assert "invalid" not in named


def test_channels_that_fit_have_no_fault(folder: Path, tmp_path: Path) -> None:
    """The word of each contact is a channel there."""
    channels = tmp_path / "notify.toml"
    channels.write_text('[channels.webhook]\ntype = "stdout"\n', encoding="utf-8")
    assert 0 == check(str(folder), "--notify", str(channels))


def test_users_whose_area_has_no_tps_are_warned_of(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """By file, id and area, with areas that have TPS; the folder is usable all the same."""
    file = tmp_path_factory.mktemp("etc") / "users.toml"
    change_users(file, lambda _: USERS.with_user("curup", replace(POST, area="17.02")))
    assert 0 == check(str(folder), "--users-file", str(file))
    lines = capsys.readouterr().out.splitlines()
    said = "found 17.02, where no TPS is watched: the page of this user stays empty, expected an"
    assert f"{file}: users.curup.area: {said} area with TPS, as 36.04 (Serang) [warning]" in lines
    assert 1 == sum("no TPS" in line for line in lines)


def test_a_user_of_another_election_of_the_settings_is_none_of_them(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """He is there for that one."""
    etc = tmp_path_factory.mktemp("etc")
    change_users(etc / "users.toml", lambda _: Users({"curup": replace(POST, area="17.02")}))
    (etc / "siaga.toml").write_text(f'elections = ["{REJANG_LEBONG}"]\n', encoding="utf-8")
    words = ("--users-file", str(etc / "users.toml"), "--config", str(etc / "siaga.toml"))
    assert 0 == check(str(folder), *words)
    assert "no TPS" not in capsys.readouterr().out
