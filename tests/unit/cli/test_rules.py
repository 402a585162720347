"""`siaga rules`: one verb, several actions, each a module of its own."""

from importlib import import_module
from pathlib import Path

import pytest

from streams.cli.command import main, parser_of, verb_of
from streams.cli.rules import ACTIONS


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_explains_itself(action: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Help has the docstring of its module, examples and the exit codes."""
    with pytest.raises(SystemExit, match=r"^0$"):
        main(["rules", action, "--help"])
    told = capsys.readouterr().out
    words = import_module(f"streams.cli.rules_{action}").__doc__ or ""
    assert words.strip() in told
    assert f"\nexamples:\n  siaga rules {action}" in told
    assert "\nexit code: 0 " in told


def test_the_verb_lists_its_actions(capsys: pytest.CaptureFixture[str]) -> None:
    """In the order in which an author meets them, with the first line of each."""
    with pytest.raises(SystemExit, match=r"^0$"):
        main(["rules", "--help"])
    told = capsys.readouterr().out
    found = [line.split()[0] for line in told.splitlines() if line[:5].strip() and line[4:5] != " "]
    assert [*ACTIONS] == [name for name in found if name in ACTIONS]


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_takes_the_common_flags(action: str) -> None:
    """As every verb does."""
    needed = {"show": ["T03"], "diff": ["a", "b", "--election", "e", "--events", "x"]}
    words = [*needed.get(action, []), *(["--election", "e"] if action == "publish" else [])]
    found = parser_of("rules").parse_args([action, *words, "--log-format", "json"])
    assert (action, "json") == (found.action, found.log_format)


@pytest.mark.parametrize(
    ("before", "behind", "expected"),
    [
        ((), (), (None, None)),
        (("--config", "a.toml", "--log-format", "json"), (), (Path("a.toml"), "json")),
        ((), ("--config", "a.toml", "--log-format", "json"), (Path("a.toml"), "json")),
        (("--config", "a.toml"), ("--log-format", "text"), (Path("a.toml"), "text")),
        (("--config", "a.toml"), ("--config", "b.toml"), (Path("b.toml"), None)),
    ],
)
def test_a_common_flag_may_stand_on_either_side_of_the_action(
    before: tuple[str, ...], behind: tuple[str, ...], expected: tuple[Path | None, str | None]
) -> None:
    """What was given before it is kept, unless it is given again."""
    found = parser_of("rules").parse_args([*before, "list", *behind])
    assert expected == (found.config, found.log_format)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "siaga: the following arguments are required: ACTION (siaga rules --help shows how)"),
        (("listt",), "siaga: argument ACTION: invalid choice: 'listt'"),
        (("show",), "siaga: the following arguments are required: RULE (siaga rules show --help"),
        (("list", "--profile", "pilpres"), "siaga: argument --profile: invalid choice: 'pilpres'"),
        (("diff", "siaga"), "siaga: the following arguments are required: NEW, --election, --ev"),
    ],
)
def test_a_misspelt_command_exits_2(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says what is wrong, and where to look."""
    with pytest.raises(SystemExit, match=r"^2$"):
        main(["rules", *words])
    error = capsys.readouterr().err
    assert error.startswith(told)
    assert 1 == error.count("\n")


def test_an_action_is_a_verb_of_its_own() -> None:
    """It describes its arguments and does something, as the verb itself."""
    for name in ("rules", *(f"rules_{action}" for action in ACTIONS)):
        verb = verb_of(name)
        assert callable(verb.add_arguments)
        assert callable(verb.run)
