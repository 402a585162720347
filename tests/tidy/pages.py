"""The form of documentation: decision records, and links that lead somewhere."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

SECTIONS = ["## Context", "## Options", "## Decision", "## Consequences"]
RECORD_NAME = re.compile(r"(\d{4})-[a-z0-9-]+\.md")
FENCED = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
CODE_SPAN = re.compile(r"`[^`\n]*`")
LINK = re.compile(
    r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE
)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#|//")


def bad_record(name: str, text: str) -> list[str]:
    """Complain of a decision record (ADR) without its number, title, status or sections."""
    numbered = RECORD_NAME.fullmatch(name)
    if not numbered:
        return [f"1: a record is named like 0001-what-was-decided.md, not {name}"]
    title = f"# {int(numbered[1])}. "
    found = [] if text.startswith(title) else [f"1: the title begins with '{title}'"]
    if not re.search(r"^Status: \S", text, re.MULTILINE):
        found.append("1: a line 'Status: …' is missing")
    if [line for line in text.splitlines() if line.startswith("## ")] != SECTIONS:
        found.append(f"1: the sections are {', '.join(SECTIONS)}, in this order")
    return found


def numbers_used_twice(names: Iterable[str]) -> list[str]:
    """Name the numbers that more than one decision record bears."""
    counted = Counter(numbered[1] for name in names if (numbered := RECORD_NAME.fullmatch(name)))
    return [number for number, count in sorted(counted.items()) if count > 1]


def links_of(markdown: str) -> list[str]:
    """List where a page's links lead within the repository; code is not searched."""
    prose = CODE_SPAN.sub("", FENCED.sub("", markdown))
    targets = [inline or reference for inline, reference in LINK.findall(prose)]
    return [target.split("#")[0] for target in targets if not ELSEWHERE.match(target)]


def broken_links(path: str, markdown: str, exists: Callable[[str], bool]) -> list[str]:
    """Complain of each relative link of the page at `path` to something that does not exist."""
    folder = PurePosixPath(path).parent
    return [
        f"{path}: nothing is at {target}"
        for target in links_of(markdown)
        if not exists(str(folder / target))
    ]
