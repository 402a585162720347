"""Which category a report is of: as it says, else as its text says, if that is sure."""

from typing import Final

from msgspec import Struct

from streams.domain.journal import AcceptedReport, AcceptedStatus
from streams.domain.words import Situation
from streams.rules.compiled import CompiledPack

__all__ = ["DISTURBANCE", "Sorted", "sort_report"]

DISTURBANCE: Final = "UMM-01"
"""What an officer's or committee's `gangguan` is a report of (contract §2)."""


class Sorted(Struct, frozen=True):
    """What a report is about, as far as that is sure."""

    category: str
    """Empty: a person must say."""
    suggestions: tuple[str, ...] = ()
    """What the text may be about, the likeliest first."""


def sort_report(rules: CompiledPack, accepted: AcceptedReport | AcceptedStatus) -> Sorted:
    """Return the category of a report, or what a person may find it to be."""
    if isinstance(accepted, AcceptedStatus):
        return Sorted(DISTURBANCE)
    event = accepted.event
    if isinstance(event.category, str):
        return Sorted(event.category)
    if event.situation is Situation.GANGGUAN:
        return Sorted(DISTURBANCE)
    if rules.classifier is None or not isinstance(event.text, str):
        return Sorted("")
    found = rules.classifier.classify(event.text)
    return Sorted(found.category, tuple(one.category for one in found.suggestions))
