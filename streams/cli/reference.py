"""The reference page of the commands, made from their parsers: `python -m streams.cli.reference`.

It goes to `docs/reference/cli.md` of the source tree. A test fails while the committed page
differs.
"""

import argparse
from functools import partial
from pathlib import Path
from typing import Final, cast

from streams.cli.command import VERBS, parser_of

__all__ = ["cli_page", "main"]

_WIDTH: Final = 96
_INTRODUCTION: Final = """\
# Commands

What `siaga VERB --help` says, of every verb. This page is made from the parsers
(`python -m streams.cli.reference`).

Settings are looked up in this order: flags, `SIAGA_*` in the environment, `siaga.toml`, defaults. A
flag is named as its setting: `--metrics-port`, `SIAGA_METRICS_PORT`, `metrics_port`.

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
    """Return the page as Markdown."""
    return "\n".join([_INTRODUCTION, *map(_section, VERBS)])


def main() -> None:
    """Write the page."""
    page = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"
    page.write_text(cli_page(), encoding="utf-8")


def _section(name: str) -> str:
    parser = parser_of(name)
    under = (
        _help(f"{name} {one}", made, 3)
        for action in parser._actions  # noqa: SLF001  argparse has no other way to ask for them
        if action.metavar == "ACTION"
        for one, made in cast("dict[str, argparse.ArgumentParser]", action.choices).items()
    )
    return "\n".join((_help(name, parser, 2), *under))


def _help(name: str, parser: argparse.ArgumentParser, depth: int) -> str:
    # The width of somebody's terminal is not part of the documentation.
    parser.formatter_class = partial(argparse.RawDescriptionHelpFormatter, width=_WIDTH)
    heading = f"{'#' * depth} `siaga {name}`"
    return f"{heading}\n\n```text\n{parser.format_help().rstrip()}\n```\n"


if __name__ == "__main__":
    main()
