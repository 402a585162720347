"""A report as a page to print: its Markdown as HTML, with a style for A4 and nothing from outside.

Markdown of a report holds texts of strangers, escaped. HTML in it is not let through either, so
that a mistake there would show itself as text, and never as a page that does something.
"""

from html import escape
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt

__all__ = ["html_page"]

_STYLE: Final = Path(__file__).with_name("report_page.css")
_MARKED: Final = (
    '@page {{ @top-center {{ content: "{}"; color: #a00; font: 700 10pt sans-serif; }} }}\n'
)
"""Into the margin of each page: what is fixed to the window would cover a line of the text."""


def html_page(markdown: str, language: str, mark: str) -> str:
    """Return a report as HTML.

    Args:
        markdown: The report; its first heading is the title of the page.
        language: As `id`.
        mark: Stands on every printed page; empty: none does.
    """
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    title = next(line[2:] for line in markdown.splitlines() if line.startswith("# "))
    banner = f'<div class="restricted">{escape(mark)}</div>\n' if mark else ""
    style = _STYLE.read_text(encoding="utf-8") + (_MARKED.format(mark) if mark else "")
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n{banner}{body}</body>\n</html>\n"
    )
