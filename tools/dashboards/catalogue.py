"""All dashboards, and their files."""

import json
from typing import Final

from grafana_foundation_sdk.cog.encoder import JSONEncoder

from tools.dashboards import alerts, area, counts, notices, pipeline, wall
from tools.dashboards.frame import ROOM, framed

__all__ = ["DASHBOARDS", "files"]

DASHBOARDS: Final = (
    (wall.WALL, wall.PANELS),
    (area.AREAS, area.PANELS),
    (alerts.ALERTS, alerts.PANELS),
    (counts.COUNTS, counts.PANELS),
    (pipeline.PIPELINE, pipeline.PANELS),
    (notices.NOTICES, notices.PANELS),
)
"""In the order in which a day needs them."""


def files(room: str = ROOM) -> dict[str, str]:
    """Return what is written: the name of each file and its text."""
    return {
        f"{frame.uid}.json": json.dumps(
            framed(frame, panels, room),
            cls=JSONEncoder,
            indent=1,
            sort_keys=True,
            ensure_ascii=False,
        )
        + "\n"
        for frame, panels in DASHBOARDS
    }
