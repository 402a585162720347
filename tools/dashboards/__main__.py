"""Write the dashboards: `python -m tools.dashboards [--room URL]`.

They go to `deploy/grafana/dashboards`. A test fails while a committed file differs from what this
writes without arguments.
"""

import argparse
from pathlib import Path
from typing import Final

from tools.dashboards.catalogue import files
from tools.dashboards.frame import ROOM

__all__ = ["FOLDER", "main"]

FOLDER: Final = Path(__file__).parents[2] / "deploy" / "grafana" / "dashboards"


def main() -> None:
    """Write one file a dashboard."""
    parser = argparse.ArgumentParser(prog="python -m tools.dashboards")
    parser.add_argument("--room", default=ROOM, help=f"where the control room is (default: {ROOM})")
    room = str(parser.parse_args().room)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in files(room).items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
