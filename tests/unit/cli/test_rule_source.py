"""Which rules a command is about: a shipped pack, a folder with one, or an election's."""

import argparse
from pathlib import Path

import pytest
from msgspec.structs import replace

from streams.cli.rule_source import add_source, check_election, pack_at, text_at
from streams.domain.words import Severity
from streams.errors import ConfigError, InputError
from streams.rules.pack import PackFile
from streams.setup import pack_text
from tests.support.packs import OVERDUE, text_of, write_pack

OWN = "overrides: {T03: {severity: low}}\n"


def arguments(*words: str) -> argparse.Namespace:
    """Read a command line that names rules."""
    parser = argparse.ArgumentParser()
    add_source(parser)
    return parser.parse_args(words)


def test_the_shipped_pack_is_the_default() -> None:
    """As a pilkada has it."""
    found = arguments()
    assert ("siaga", None) == (found.pack, found.profile)
    assert pack_text("siaga", "pilkada") == text_at("siaga", None)
    assert pack_text("siaga", "pilkades") == text_at("siaga", "pilkades")


def test_a_folder_with_a_taxonomy_is_a_pack(tmp_path: Path) -> None:
    """Its name is that of the folder; files are named from its top, in their order."""
    found = text_at(str(write_pack(tmp_path, text_of())), None)
    assert ("uji", "pilkada", ()) == (found.name, found.profile, found.overrides)
    assert sorted(file.name for file in text_of().files) == [file.name for file in found.files]
    assert {*text_of().files} == {*found.files}
    assert "pemilu" == text_at(str(tmp_path / "uji"), "pemilu").profile


def test_a_folder_that_is_named_by_dots_keeps_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`siaga rules test .` in the folder itself."""
    monkeypatch.chdir(write_pack(tmp_path, text_of()))
    found = text_at(".", None)
    assert ("uji", "rules/T03.yaml") == (found.name, found.files[0].name)


def test_an_election_brings_its_overrides(folder: Path) -> None:
    """On top of the pack that it names, in the profile that it names."""
    (folder / "rules").mkdir()
    (folder / "rules" / "own.yaml").write_text(OWN, "utf-8")
    found = text_at(str(folder), None)
    assert ("siaga", "pilkada") == (found.name, found.profile)
    assert (PackFile("rules/own.yaml", OWN),) == found.overrides
    assert pack_text("siaga", "pilkada").files == found.files
    rule = pack_at(arguments(str(folder))).rule("T03")
    assert rule is not None
    assert Severity.LOW == rule.severity


def test_another_profile_may_be_asked_of_an_election(folder: Path) -> None:
    """Its overrides stay."""
    (folder / "rules").mkdir()
    (folder / "rules" / "own.yaml").write_text(OWN, "utf-8")
    found = text_at(str(folder), "pilkades")
    assert ("pilkades", 1) == (found.profile, len(found.overrides))


def test_a_pack_is_read_for_its_profile(tmp_path: Path) -> None:
    """As the command line asks for."""
    text = text_of({"rules/T03.yaml": f"{OVERDUE}profiles: {{pilkades: {{severity: low}}}}\n"})
    folder = str(write_pack(tmp_path, text))
    plain, village = (pack_at(arguments(folder, *more)) for more in ((), ("--profile", "pilkades")))
    assert ["medium", "low"] == [plain.rules[0].severity, village.rules[0].severity]


def test_a_folder_that_is_neither_is_told(tmp_path: Path) -> None:
    """With what would make it one."""
    expected = "neither a pack (with taxonomy.yaml) nor an election (with election.toml)"
    with pytest.raises(InputError) as refused:
        text_at(str(tmp_path), None)
    assert f"{tmp_path}: {expected}; looked in {tmp_path}" == str(refused.value)


@pytest.mark.parametrize("name", [".", "./nix", "nix/pack", "../nix", "kosong"])
def test_a_folder_that_is_neither_is_told_by_its_whole_path(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is looked for depends on where one stands; the message says where it was looked for."""
    (tmp_path / "kosong").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as refused:
        text_at(name, None)
    assert str(refused.value).endswith(f"; looked in {(tmp_path / name).resolve()}")


def test_a_shipped_pack_wins_over_a_folder_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clone makes a folder `siaga`; `./siaga` still says that the folder is meant."""
    (tmp_path / "siaga").mkdir()
    own = write_pack(tmp_path, replace(text_of(), name="siaga"))
    monkeypatch.chdir(tmp_path)
    assert pack_text("siaga", "pilkada") == text_at("siaga", None)
    for named in ("./siaga", "siaga/", str(own)):
        assert {*text_of().files} == {*text_at(named, None).files}


def test_a_folder_is_held_to_the_election_that_is_meant(folder: Path) -> None:
    """Only an election's folder says which it is; a pack is for any."""
    check_election(str(folder), "serang-2024")
    check_election("siaga", "serang-2025")
    check_election(str(write_pack(folder, text_of())), "serang-2025")
    with pytest.raises(InputError) as refused:
        check_election(str(folder), "serang-2025")
    assert f"{folder}: the folder is of serang-2024, not serang-2025" == str(refused.value)


def test_a_name_that_there_is_not_is_told() -> None:
    """With those that there are."""
    with pytest.raises(ConfigError, match=r"^pack 'nix': there is none of this name; known: siaga"):
        text_at("nix", None)


def test_an_election_that_cannot_be_used_is_told(folder: Path) -> None:
    """As `siaga check` tells it."""
    (folder / "tps.csv").unlink()
    with pytest.raises(InputError, match=r"tps\.csv"):
        text_at(str(folder), None)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    """By its name."""
    folder = write_pack(tmp_path, text_of())
    (folder / "rules" / "T03.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match=r"T03\.yaml: expected UTF-8$"):
        text_at(str(folder), None)
