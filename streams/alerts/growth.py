"""What becomes of an alert while its condition goes on: its evidence grows, its words follow.

Nobody is called for that. A line tells it only where it is news (contract §5), so that a riot with
sixty reports is not sixty lines.
"""

import re
from typing import Final

from msgspec.structs import replace

from streams.alerts.case import Judgment
from streams.domain.alert import Alert, Text

__all__ = ["grow", "is_news"]

_COUNTS: Final = frozenset({"source_classes", "desa_burning", "tps_with_image", "shortfall"})
"""Checks that count what an alert rests on;"""
_FACT: Final = "fact"
"""of a dossier each fact is a check of its own."""
_NUMBER: Final = re.compile(r"[0-9]+")


def grow(alert: Alert, now: Judgment) -> Alert:
    """Return the alert as its evidence stands now, with the words for it."""
    return replace(
        alert,
        title=now.title,
        summary=now.summary,
        action=now.action,
        route=now.route,
        why=now.why,
        evidence=now.evidence,
    )


def is_news(before: Alert, after: Alert) -> bool:
    """Tell whether an alert has grown by something that is worth a line (contract §5: `updated`).

    That is its title but for the numbers in it, its route, whether a check of its why holds, and
    its key evidence where there is more of it: the first voice of a class of sources, a further
    fact of a dossier, desa, TPS with one photo, or officer that is short. More of the same is none.
    """
    held, holds = _holds(before), _holds(after)
    turned = any(held[check] != holds[check] for check in held.keys() & holds.keys())
    renamed = _without_numbers(before.title) != _without_numbers(after.title)
    return (
        renamed
        or turned
        or before.route != after.route
        or _key_evidence(after) > _key_evidence(before)
    )


def _without_numbers(title: Text) -> tuple[str, str]:
    return _NUMBER.sub("", title.id), _NUMBER.sub("", title.en)


def _holds(alert: Alert) -> dict[str, set[bool]]:
    """Return whether each check holds; of a dossier several may have one name."""
    found: dict[str, set[bool]] = {}
    for one in alert.why:
        found.setdefault(one.check, set()).add(one.holds)
    return found


def _key_evidence(alert: Alert) -> int:
    counted = sum(int(one.value) for one in alert.why if one.check in _COUNTS)
    return counted + sum(one.check == _FACT for one in alert.why)
