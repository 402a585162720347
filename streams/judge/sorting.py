"""Which category a report is of: as it says, else as its text says, if that is sure."""

from typing import Final

from msgspec import Struct

from streams.domain.journal import AcceptedReport, AcceptedStatus
from streams.domain.words import Situation
from streams.rules.compiled import CompiledPack

__all__ = ["DISTURBANCE", "Heard", "Sorted", "restricted_to", "sort_report"]

DISTURBANCE: Final = "UMM-01"
"""What an officer's or committee's `gangguan` is a report of (contract §2)."""


class Sorted(Struct, frozen=True):
    """What a report is about, as far as that is sure."""

    category: str
    """Empty: a person must say."""
    suggestions: tuple[str, ...] = ()
    """What the text may be about, the likeliest first."""


class Heard(Struct, frozen=True, gc=False):
    """A report as the rules hear it."""

    accepted: AcceptedReport | AcceptedStatus
    category: str
    checked: bool = False
    """Whether a person has checked it: then it is enough by itself."""


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
    suggestions = (one.category for one in found.suggestions)
    return Sorted(
        found.category, tuple(one for one in suggestions if not restricted_to(rules, one))
    )


def restricted_to(rules: CompiledPack, category: str) -> tuple[str, ...]:
    """Return the roles that may hear of reports of a category; none: everybody may."""
    weighed = rules.score.get(category, ())
    if not all(rule.head.rule.restricted_to for rule in weighed):
        return ()
    return tuple(sorted({role for rule in weighed for role in rule.head.rule.restricted_to}))
