"""Why a command was refused, in Indonesian: every sentence that the fold can say has its own."""

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from streams.domain.events import CommandKind
from streams.texts.refusals import is_known, refusal_text

_STREAMS: Final = Path(__file__).parents[3] / "streams"
_MODULES: Final = (
    "judge/orders",
    "judge/desk",
    "judge/colours",
    "judge/packs",
    "judge/rule_faults",
    "judge/assignments",
    "judge/notes",
    "judge/stages",
    "judge/duress",
    "alerts/authority",
)
"""Where commands are refused: a function there returns why, as a sentence."""
_PARTS: Final = frozenset({"_called", "_roles"})
"""Functions that return a part of one."""
_WHO: Final = ("officer A1", "pair P1")
_FILLED: Final = {
    "_called(accepted)": _WHO,
    "calm": ("not calm yet", "calm for 12 minutes"),
    "_REASONS[command.command]": ("by whom it was closed, and its number there",),
    ("judge/assignments", "where"): ("any alert", "alert 3604-X"),
    ("judge/desk", "where"): (" for alert 3604-X", ""),
}
"""What may stand in braces where it is more than a word."""


def _sentences(module: str) -> Iterator[str]:
    """Yield what the functions of a module say, in each of its variants."""
    tree = ast.parse((_STREAMS / f"{module}.py").read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name not in _PARTS:
            for node in ast.walk(function):
                for value in _values(node):
                    yield from _variants(module, value)


def _values(node: ast.AST) -> Iterator[ast.expr]:
    value = node.value if isinstance(node, ast.Return) else None
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "reason":
        value = node.value
    if isinstance(value, ast.IfExp):
        yield from (value.body, value.orelse)
    elif isinstance(value, ast.BoolOp):
        yield from value.values
    elif value is not None:
        yield value


def _variants(module: str, value: ast.expr) -> Iterator[str]:
    match value:
        case ast.Constant(value=str() as said) if " " in said:
            yield said
        case ast.JoinedStr(values=parts):
            filled = [_filled(module, part) for part in parts]
            said_whole = ("".join(words) for words in itertools.product(*filled))
            # A key, as of a rule and its scope, is one word.
            yield from (said for said in said_whole if " " in said)
        case _:
            return


def _filled(module: str, part: ast.expr) -> tuple[str, ...]:
    if isinstance(part, ast.Constant):
        return (str(part.value),)
    assert isinstance(part, ast.FormattedValue)
    said = ast.unparse(part.value)
    is_command = said.endswith(".command.command") or said == "command.command"
    word = "close_case" if is_command or said == "event.command" else "X1"
    return _FILLED.get((module, said)) or _FILLED.get(said) or (word,)


SAID: Final = sorted({one for module in _MODULES for one in _sentences(module)})


def test_the_sentences_are_found() -> None:
    """The ones that everybody meets, and about as many as there are."""
    assert {
        "the actor is not on the roster (users_file, actors.csv) of this election",
        "officer A1 is not dispatched to any alert",
        "X1 is calm for 12 minutes; it goes down after X1 calm minutes",
    } <= {*SAID}
    assert len(SAID) > 60


@pytest.mark.parametrize("reason", SAID)
def test_each_has_an_indonesian_one(reason: str) -> None:
    """Whatever stands in it, and nothing of it is lost."""
    assert is_known(reason)
    said = refusal_text(reason)
    assert said.id != said.en
    assert ("X1" in reason) is ("X1" in said.id)
    assert "{" not in said.id


WORDS: Final = {
    "": ("", ""),
    "role viewer may not ack": (
        "Peran pengamat tidak berwenang memberi perintah ambil.",
        "Role viewer may not ack.",
    ),
    "an alert that is resolved cannot be moved by escalate": (
        "Alarm yang selesai tidak dapat diubah dengan perintah naikkan.",
        "An alert that is resolved cannot be moved by escalate.",
    ),
    "level polsek has been told already; the alert stands at polres": (
        "Jenjang Polsek sudah diberi tahu; alarm ini sekarang pada Kapolres.",
        "Level polsek has been told already; the alert stands at polres.",
    ),
    "ladder ADM has no level polda; it has kpps, ppk, kpu": (
        "Tangga ADM tidak punya jenjang Polda; yang ada: KPPS, PPK, KPU.",
        "Ladder ADM has no level polda; it has kpps, ppk, kpu.",
    ),
    "the situation of 17.02.09 is merah already": (
        "Situasi 17.02.09 memang sudah merah.",
        "The situation of 17.02.09 is merah already.",
    ),
    "something of a later version": (
        "Something of a later version.",
        "Something of a later version.",
    ),
}


@pytest.mark.parametrize(("reason", "said"), WORDS.items(), ids=[*WORDS])
def test_it_is_a_sentence_in_the_words_of_the_page(reason: str, said: tuple[str, str]) -> None:
    """What is not known goes on as it came."""
    found = refusal_text(reason)
    assert said == (found.id, found.en)


@pytest.mark.parametrize("command", CommandKind)
def test_every_command_has_a_word(command: CommandKind) -> None:
    """As its button has."""
    said = refusal_text(f"{command} needs `alert`").id
    assert command.value not in said.split()
