"""What the tests of dashboards read: as they are built, and as they are committed."""

from collections.abc import Iterator
from typing import Final

from tools.dashboards.__main__ import FOLDER
from tools.dashboards.catalogue import files
from tools.dashboards.draw.files import Dashboard, Panel, Target, read

__all__ = ["BUILT", "NAMES", "SHOWN", "panels_of", "targets"]

BUILT: Final = files()
NAMES: Final = sorted(BUILT)
SHOWN: Final = {name: read(FOLDER / name) for name in NAMES if (FOLDER / name).is_file()}


def panels_of(dashboard: Dashboard) -> Iterator[Panel]:
    """Yield the panels, without the lines above them."""
    return (panel for panel in dashboard.panels if panel.type != "row")


def targets() -> Iterator[Target]:
    """Yield every query of every panel."""
    for dashboard in SHOWN.values():
        for panel in panels_of(dashboard):
            yield from panel.targets
