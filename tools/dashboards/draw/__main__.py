"""Draw dashboards: `python -m tools.dashboards.draw --prometheus URL --out FOLDER`.

With `--invented` instead of a Prometheus it draws the pictures of the documentation.
"""

import argparse
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from tests.support.chromium import browser
from tools.dashboards.__main__ import FOLDER
from tools.dashboards.draw.ask import Prometheus, Span
from tools.dashboards.draw.files import read
from tools.dashboards.draw.invented_tsdb import SPAN, remembered
from tools.dashboards.draw.page import WIDTH, page

__all__ = ["draw", "main"]


def draw(prometheus: Prometheus, span: Span, folder: Path, chromium: Browser) -> list[Path]:
    """Write a picture of each dashboard; return where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for file in sorted(FOLDER.glob("*.json")):
        picture = folder / f"grafana-{file.stem}.png"
        tab = chromium.new_page(viewport={"width": WIDTH, "height": 900})
        tab.set_content(page(read(file), prometheus, span))
        tab.screenshot(path=picture, full_page=True)
        tab.close()
        written.append(picture)
    return written


def main() -> None:
    """Draw all dashboards, of a Prometheus or of the invented day."""
    parser = argparse.ArgumentParser(prog="python -m tools.dashboards.draw")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--prometheus", metavar="URL")
    which.add_argument("--invented", action="store_true", help="a day that never was")
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--until", type=float, help="seconds since 1970 (default: now)")
    parser.add_argument("--minutes", type=float, default=60.0, help="how far back (default: 60)")
    parser.add_argument("--scrape", type=float, default=5.0, help="scrape interval in seconds")
    asked = parser.parse_args()
    until = float(asked.until or time.time())
    span = Span(until - 60 * float(asked.minutes), until, float(asked.scrape))
    with ExitStack() as stack:
        chromium = stack.enter_context(browser())
        if asked.invented:
            folder = Path(stack.enter_context(TemporaryDirectory()))
            prometheus, span = stack.enter_context(remembered(folder)), SPAN
        else:
            prometheus = Prometheus(str(asked.prometheus))
        for written in draw(prometheus, span, asked.out, chromium):
            sys.stdout.write(f"{written}\n")


if __name__ == "__main__":
    main()
