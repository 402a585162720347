"""Says whether the lines of alerts are as they were told: the half of `siaga audit` about proof."""

import argparse
import asyncio
import sys
from collections.abc import Iterable, Sequence

from streams.cli.audit_chain import Fault, Whole, check_lines
from streams.cli.broker import find_topics, open_reader
from streams.cli.settings import config_of
from streams.cli.terminal import lines_of, open_input, shown_name
from streams.cli.told_lines import LINE_TOPICS, FoundLine, lines_in_file, lines_in_topics
from streams.config import Config

__all__ = ["verdict", "verify"]


def verify(arguments: argparse.Namespace) -> int:
    """Check the chain over a file or the topics, and return the exit code."""
    if arguments.file is None:
        checked = asyncio.run(_topics(config_of(arguments)))
    else:
        with open_input(arguments.file) as source:
            lines = lines_of(source, arguments.file, quiet=sys.stdout.isatty())
            checked = list(check_lines(lines_in_file(lines, shown_name(arguments.file))))
    words, is_whole = verdict(checked, arguments.known)
    print("\n".join(words))
    return 0 if is_whole else 1


def verdict(checked: Iterable[Whole | Fault], known: Sequence[str]) -> tuple[list[str], bool]:
    """Return what is to be said of the partitions, and whether all is as it was told.

    Args:
        checked: One for each partition.
        known: Hashes that were kept elsewhere; the chain must have come to each of them.
    """
    words: list[str] = []
    lines, links, is_whole = 0, set[str](), True
    for one in checked:
        match one:
            case Whole():
                lines += one.lines
                links |= one.links
                words += _whole(one)
            case Fault():
                is_whole = False
                words.append(f"not as told: {one}")
    for link in known:
        if link.lower() not in links:
            is_whole = False
            words.append(f"not as told: no chain has come to {link}; what led to it is gone")
    if is_whole:
        words.insert(0, f"ok {lines} lines")
    return words, is_whole


def _whole(one: Whole) -> list[str]:
    end = one.end
    ends = f"ends with {end.open.hex()}, restricted {end.restricted.hex()}"
    words = [f"partition {one.partition}: {one.lines} lines, {ends}"]
    if one.unchained:
        proved = "do not lead to the first link" if one.unsure else "lead to the first link"
        told = f"the first {one.unchained} lines have no chain, an older version told them"
        words.append(f"partition {one.partition}: {told}; they {proved}")
    return words


async def _topics(config: Config) -> list[Whole | Fault]:
    found = await find_topics(config, LINE_TOPICS)
    checked: list[Whole | Fault] = []
    async with open_reader(found) as reader:
        for partition in range(max(found.partitions.values())):
            lines: list[FoundLine] = await lines_in_topics(reader, found.slots(partition))
            checked += check_lines(lines)
    return checked
