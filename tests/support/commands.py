"""What tests of the command `siaga` share: a small election folder on disk, and events as lines."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.unit.territory.folders import TEXTS

__all__ = ["DAY", "NOBODY", "TPS", "TPS_1", "TPS_2", "election_folder", "event_line", "status"]

DAY: Final = "2024-11-27"
TPS_1: Final = "36.04.17.2010-001"
"""Rawan, opens at 07:00."""
TPS_2: Final = "36.04.17.2010-002"
"""Kurang rawan, opens at 08:00."""
TPS: Final = (TPS_1, TPS_2, "36.04.17.2006-001", "36.04.18.2007-001")
NOBODY: Final = "36.05.01.2001-001"
"""A code that no loaded election has."""

Json = Mapping[str, object]


def election_folder(parent: Path, texts: Mapping[str, str] = TEXTS) -> Path:
    """Write an election folder, and return it."""
    folder = parent / "serang-2024"
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def status(name: str, clock: str, kind: str, tps: str = TPS_1) -> Json:
    """Return the value of a status, as the KPPS sends it."""
    return {
        "id": name,
        "at": f"{DAY}T{clock}+07:00",
        "kind": kind,
        "tps": tps,
        "source": {"id": f"kpps-{tps}", "role": "kpps"},
    }


def event_line(value: Json, topic: str = "tps.status") -> bytes:
    """Return a line of an events file, received when it happened."""
    line = {"topic": topic, "received_at": value["at"], "value": value}
    return json.dumps(line).encode() + b"\n"
