"""Which message may be edited, and what is forgotten."""

from collections.abc import Iterable

import pytest

from streams.courier import memory
from streams.courier.memory import Memory, Sent
from streams.domain.ids import AlertId

WHO, CHANNEL = "serang-2019 OPS/polsek@36.04/1", "telegram"


def noted(*told: tuple[str, str]) -> Memory:
    """Return a memory of messages, as (reference, letters of alerts)."""
    found = Memory()
    for reference, alerts in told:
        found.note(Sent(WHO, CHANNEL, reference), ids(alerts))
    return found


def ids(letters: str) -> Iterable[AlertId]:
    """Return alerts named by a letter each."""
    return map(AlertId, letters)


@pytest.mark.parametrize(
    ("told", "reference"),
    [
        ([], ""),
        ([("1", "A")], "1"),
        ([("1", "A"), ("2", "A")], "2"),
        ([("1", "A"), ("1", "A")], "1"),
        ([("1", "AB")], ""),
        ([("1", "A"), ("1", "B")], ""),
        ([("1", "A"), ("1", "B"), ("1", "A")], ""),
        ([("1", "A"), ("2", "AB")], "1"),
        ([("", "A")], ""),
        ([("1", "")], ""),
    ],
    ids=[
        "nothing",
        "one message",
        "the newest",
        "edited",
        "told with another",
        "in parts, as receipts tell it",
        "mixed for good",
        "the newest that tells it alone",
        "a channel without references",
        "about no alert",
    ],
)
def test_only_a_message_of_one_alert_may_be_edited(
    told: list[tuple[str, str]], reference: str
) -> None:
    """The news of one alert must not take away the others."""
    assert reference == noted(*told).reference(WHO, CHANNEL, AlertId("A"))


def test_messages_of_others_and_of_other_channels_are_theirs() -> None:
    """A reference means nothing elsewhere."""
    found = noted(("1", "A"))
    assert "" == found.reference("other", CHANNEL, AlertId("A"))
    assert "" == found.reference(WHO, "mail", AlertId("A"))


def test_what_is_over_is_not_among_the_alerts_of_a_destination() -> None:
    """Its code is free again."""
    found = noted(("1", "AB"), ("2", "C"))
    found.over(WHO, AlertId("A"))
    found.over("nobody", AlertId("A"))
    assert ("B", "C") == found.alerts(WHO)
    assert () == found.alerts("nobody")


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was used longest ago goes first."""
    monkeypatch.setattr(memory, "_MESSAGES_MAX", 2)
    monkeypatch.setattr(memory, "_ALERTS_MAX", 2)
    found = noted(("1", "A"), ("2", "B"), ("1", "A"), ("3", "C"))
    references = [found.reference(WHO, CHANNEL, one) for one in ids("ABC")]
    assert ["1", "", "3"] == references
    assert ("A", "C") == found.alerts(WHO)
