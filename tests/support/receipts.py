"""Receipts in stories: what became of telling a level of an alert that the story names.

    delivered("OPS/polsek", "W02@officer:A1"), failed("OPS/polsek", ..., next_way="sms")

An alert is named as everywhere in stories and is the first episode of its case. A receipt is of its
first revision unless told otherwise.
"""

from typing import Final

from msgspec.structs import replace

from streams.domain.ids import Scope, alert_id
from streams.domain.receipt import Receipt, ReceiptAlert, ReceiptOutcome
from tests.support.stories import Told, code_of
from tests.support.world import ELECTION, KABUPATEN

__all__ = ["delivered", "failed", "id_of", "receipt"]

_NAMED_BY_STORY: Final = ""


def id_of(name: str, election: str = ELECTION) -> str:
    """Return the id of the first episode of a case, as `T03@KR` or `W15@KR|KAM-11`."""
    rule, _, about = code_of(name).partition("@")
    scope, _, key = about.partition("|")
    return alert_id(KABUPATEN, (type(ELECTION)(election), rule, Scope(scope), key), 1)


def receipt(outcome: ReceiptOutcome, post: str, *names: str, revision: int = 1) -> Told:
    """Tell what became of a notice to the first contact of a level, as `OPS/polsek`."""
    alerts = tuple(ReceiptAlert(id_of(name), revision) for name in names)
    event = Receipt(
        id=_NAMED_BY_STORY,
        at="",
        notice=f"{KABUPATEN.replace('.', '')}-AAAAAAAAAAAAAAAA",
        destination=post if "@" in post else f"{post}@{KABUPATEN}/1",
        channel="sms",
        outcome=outcome,
        alerts=alerts,
    )
    return Told(event=event, place=KABUPATEN)


def delivered(post: str, *names: str, revision: int = 1) -> Told:
    """Somebody was reached."""
    return receipt(ReceiptOutcome.DELIVERED, post, *names, revision=revision)


def failed(post: str, *names: str, next_way: str = "", revision: int = 1) -> Told:
    """A way was given up; `next_way` is tried now."""
    told = receipt(ReceiptOutcome.FAILED, post, *names, revision=revision)
    assert isinstance(told.event, Receipt), "it is made so"
    return replace(told, event=replace(told.event, next=next_way))
