"""Runbooks as the page shows them: HTML made of our own Markdown, and of nothing else.

What a runbook is written in is small: a heading, paragraphs, lists, **strong** and `code`. All else
is text. So nothing that somebody writes into one becomes a script, a link, or an address.
"""

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from streams.domain.alert import Text

__all__ = ["as_html", "runbook_of"]

_FOLDERS: Final = (
    Path(__file__).parent / "runbooks",
    Path(__file__).parents[2] / "docs" / "runbooks",
)
"""Of a package that is installed, and of its sources."""
_NAME: Final = re.compile(r"docs/runbooks/([A-Z][0-9]{2}\.md)")
_ITEM: Final = re.compile(r"(?:[0-9]+\.|-)\s+(.*)")
_ORDERED: Final = re.compile(r"[0-9]+\.")
_INLINE: Final = (
    (re.compile(r"\*\*(.+?)\*\*", re.DOTALL), r"<strong>\1</strong>"),
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
)
_EMPTY: Final = Text("", "")


@lru_cache(256)
def runbook_of(name: str) -> Text:
    """Return the runbook that an alert names, as HTML; empty: there is none of this name.

    Runbooks are written in Indonesian, for those who act.
    """
    found = _NAME.fullmatch(name)
    files = (folder / found[1] for folder in _FOLDERS) if found else ()
    file = next((one for one in files if one.is_file()), None)
    if file is None:
        return _EMPTY
    made = as_html(file.read_text(encoding="utf-8"))
    return Text(made, made)


def as_html(markdown: str) -> str:
    """Return Markdown of the small kind as HTML."""
    blocks = re.split(r"\n\s*\n", markdown.strip())
    return "\n".join(piece for block in blocks for piece in _block(block))


def _block(block: str) -> Iterator[str]:
    lines = block.splitlines()
    if lines and lines[0].startswith("#"):
        yield f"<h2>{_inline(lines[0].lstrip('#').strip())}</h2>"
        lines = lines[1:]
    if not lines:
        return
    if _ITEM.match(lines[0]):
        name = "ol" if _ORDERED.match(lines[0]) else "ul"
        items = "".join(f"<li>{_inline(item)}</li>" for item in _items(lines))
        yield f"<{name}>{items}</{name}>"
    else:
        yield f"<p>{_inline(' '.join(line.strip() for line in lines))}</p>"


def _items(lines: list[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        found = _ITEM.match(line)
        if found:
            items.append(found[1].strip())
        else:
            items[-1] += f" {line.strip()}"
    return items


def _inline(text: str) -> str:
    made = html.escape(text, quote=True)
    for pattern, into in _INLINE:
        made = pattern.sub(into, made)
    return made
