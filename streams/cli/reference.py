"""The reference page of the commands, made from their parsers: `python -m streams.cli.reference`.

It goes to `docs/reference/cli.md` of the source tree, and the page of the settings beside it. A
test fails while a committed page differs.
"""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final, cast

from streams.cli.command import VERBS, parser_of
from streams.cli.settings_page import settings_page

__all__ = ["cli_page", "epilogs", "main"]

_WIDTH: Final = 96
_INTRODUCTION: Final = """\
# Commands

What `siaga VERB --help` says, of every verb. This page is made from the parsers
(`python -m streams.cli.reference`).

Settings are looked up in this order: flags, `SIAGA_*` in the environment, `siaga.toml`, defaults. A
flag is named as its setting: `--metrics-port`, `SIAGA_METRICS_PORT`, `metrics_port`. All of them:
[settings.md](settings.md).

| exit code | meaning |
|---|---|
| 0 | done; a worker: asked to end (SIGTERM, Ctrl-C), and it has handed over |
| 1 | the input, a setting or a topic was bad; nothing was started |
| 2 | the command line was misspelt |
| 3 | a service that is needed cannot be reached |
| 70 | a worker has ended itself, because something was not as it must be |
| 130 | Ctrl-C |
| 141 | whoever read the output has gone, as `head` does |

What an operator can mend is one message, `siaga: …`, on standard error.

A worker that ends with 70 says why in its last line, `crash: …`: an error that nobody foresaw, a
lost place in the group, a partition that stands still, a hand-over that took too long. Start it
again, as its supervisor should do by itself (`restart` of Docker, `Restart=always` of systemd):
nothing is lost, it goes on where it stopped, as after a power cut. If it ends so again and again,
look at what that line names, and keep the log.
"""


def cli_page() -> str:
    """Return the page of the commands as Markdown."""
    return "\n".join([_INTRODUCTION, *map(_section, VERBS)])


def main() -> None:
    """Write the pages."""
    folder = Path(__file__).parents[2] / "docs" / "reference"
    for name, text in (("cli.md", cli_page()), ("settings.md", settings_page())):
        (folder / name).write_text(text, encoding="utf-8")


def epilogs() -> Iterator[tuple[str, str]]:
    """Return the examples of every verb and action, by its name."""
    for verb in VERBS:
        parser = parser_of(verb)
        yield verb, parser.epilog or ""
        yield from ((f"{verb} {one}", made.epilog or "") for one, made in _actions_of(parser))


def _section(name: str) -> str:
    parser = parser_of(name)
    under = (_help(f"{name} {one}", made, 3) for one, made in _actions_of(parser))
    return "\n".join((_help(name, parser, 2), *under))


def _actions_of(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:  # noqa: SLF001  argparse has no other way to ask for them
        if action.metavar == "ACTION":
            yield from cast("dict[str, argparse.ArgumentParser]", action.choices).items()


def _help(name: str, parser: argparse.ArgumentParser, depth: int) -> str:
    # The width of somebody's terminal is not part of the documentation.
    parser.formatter_class = partial(argparse.RawDescriptionHelpFormatter, width=_WIDTH)
    heading = f"{'#' * depth} `siaga {name}`"
    return f"{heading}\n\n```text\n{parser.format_help().rstrip()}\n```\n"


if __name__ == "__main__":
    main()
