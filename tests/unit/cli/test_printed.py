"""Every command that help, README or docs print can be typed as it stands there.

It is parsed only, not run. What it names as a file that is shipped must be there.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from streams.cli.command import VERBS, parser_of
from streams.cli.reference import epilogs

ROOT: Final = Path(__file__).parents[3]
PAGES: Final = sorted(
    page
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))
    # Of the generated page the epilogs alone are commands.
    if page.name != "cli.md" and "adr" not in page.parts
)
SHIPPED: Final = ("deploy/", "docs/", "elections/", "streams/", "tests/")
FENCED: Final = re.compile(r"^(```|~~~)[^\n]*\n(.*?)^\1", re.DOTALL | re.MULTILINE)
INDENTED: Final = re.compile(r"^(?: {4}|\t)(.*)$", re.MULTILINE)
BEGIN: Final = re.compile(r"(?:^|[|;&]|\$\()\s*(?:\$ )?(?:\.venv/bin/)?siaga (?=[a-z])")
OWN: Final = {"elections/my-election"}
"""What a reader makes, as docs/how-to/write-a-rule.md says."""
SEPARATORS: Final = {"|", "||", "&&", "&", ";", ")", ">", ">>", "<"}
REMARK: Final = re.compile(r"\s{2,}(?![-\s#\"'])[^-\s].*$")
"""Of an epilog, which says behind a command what it does."""


class Printed(NamedTuple):
    """A command, and where it stands."""

    where: str
    words: tuple[str, ...]


def commands_in(text: str) -> Iterator[tuple[str, ...]]:
    """Find the commands in lines of a shell; those that go on in a next line are one."""
    for line in text.replace("\\\n", " ").splitlines():
        for begin in BEGIN.finditer(line):
            lexer = shlex.shlex(line[begin.end() :], posix=True, punctuation_chars="|&;<>()")
            lexer.whitespace_split = True
            words: list[str] = []
            for word in lexer:
                if word in SEPARATORS:
                    break
                words.append(word)
            yield tuple(words)


def code_of(markdown: str) -> str:
    """Return what stands in blocks of code."""
    fenced = [block for _, block in FENCED.findall(markdown)]
    return "\n".join([*fenced, *INDENTED.findall(FENCED.sub("", markdown))])


def printed() -> Iterator[Printed]:
    """Return all of them."""
    for name, epilog in epilogs():
        text = "\n".join(REMARK.sub("", line.strip()) for line in epilog.splitlines())
        yield from (Printed(f"siaga {name} --help", words) for words in commands_in(text))
    for page in PAGES:
        where = str(page.relative_to(ROOT))
        code = code_of(page.read_text(encoding="utf-8"))
        yield from (Printed(where, words) for words in commands_in(code))


PRINTED: Final = tuple(dict.fromkeys(printed()))


def complaint_of(verb: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return what a parser says of words that it does not take; `--help` ends it as well."""
    try:
        parser_of(verb).parse_args(words)
    except SystemExit as ended:
        return capsys.readouterr().err if ended.code else ""
    return ""


@pytest.mark.parametrize("one", PRINTED, ids=lambda one: f"{one.where}: {' '.join(one.words)}")
def test_a_printed_command_can_be_typed(one: Printed, capsys: pytest.CaptureFixture[str]) -> None:
    """Flags and words are those of its parser, and what is shipped is there."""
    verb, *words = one.words
    assert verb in VERBS
    assert "" == complaint_of(verb, words, capsys)
    shipped = (word for word in words if word.startswith(SHIPPED) and word not in OWN)
    assert [] == [word for word in shipped if not (ROOT / word).exists()]


def test_a_command_that_cannot_be_typed_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    """As one was that named nobody and no area."""
    words = ["add", "komandan", "--role", "commander", "--users-file", "users.toml"]
    assert "--name" in complaint_of("users", words, capsys)


def test_the_commands_are_found() -> None:
    """Every verb is printed somewhere, in help and in the README; parts of a line too."""
    assert set(VERBS) == {one.words[0] for one in PRINTED if "--help" in one.where}
    assert {"users", "room", "worker", "gate"} <= {
        one.words[0] for one in PRINTED if one.where == "README.md"
    }
    assert [("replay", "a", "-"), ("tail",)] == [
        *commands_in("zcat x | .venv/bin/siaga replay a - > out\n# siaga: no\nsiaga tail  # it\n")
    ]
