"""Keeps what officers say of places: the newest word of each officer on each.

Nobody knows before whether it will be asked for: a crowd may say otherwise later, and an alert may
begin by a report that comes after the word. What is taken back was never said, whichever of the
two comes first.
"""

from collections.abc import Iterator
from typing import Final

from streams.domain.ids import AreaCode, ElectionId, desa_of
from streams.domain.journal import AcceptedReport, AcceptedStatus
from streams.domain.words import Situation
from streams.judge.state import PartitionState
from streams.rules.detectors import dispute

__all__ = ["forget_word", "keep_word", "words_near"]

_NOTHING: Final = dispute.Words()
_DESA_LENGTH: Final = 13


def keep_word(
    state: PartitionState,
    accepted: AcceptedReport | AcceptedStatus,
    situation: Situation,
    name: str,
) -> dispute.Word | None:
    """Keep an officer's word on a TPS or desa; None: it is on no such place, or was taken back."""
    event, place = accepted.event, accepted.place
    if len(place) < _DESA_LENGTH or _was_taken_back(state, accepted):
        return None
    word = dispute.Word(
        at=accepted.at,
        place=place,
        situation=situation,
        source=event.source.id,
        id=event.id,
        topic=accepted.origin.topic,
        offset=name,
    )
    key = (accepted.election, place)
    state.words.put(key, dispute.said(state.words.get(key) or _NOTHING, word))
    state.spoken_at.setdefault((accepted.election, desa_of(place)), set()).add(place)
    return word


def forget_word(state: PartitionState, accepted: AcceptedStatus) -> None:
    """Forget the word that a status takes back, if it was one."""
    key = (accepted.election, accepted.place)
    if (words := state.words.get(key)) is not None:
        event = accepted.event
        state.words.put(key, dispute.unsaid(words, event.source.id, event.corrects))


def words_near(
    state: PartitionState, election: ElectionId, desa: AreaCode
) -> Iterator[dispute.Word]:
    """Yield the words on a desa and its TPS, those that no plan has among them."""
    for place in sorted(state.spoken_at.get((election, desa), ())):
        yield from (state.words.get((election, place)) or _NOTHING).words


def _was_taken_back(state: PartitionState, accepted: AcceptedReport | AcceptedStatus) -> bool:
    if not isinstance(accepted, AcceptedStatus):
        return False
    facts = state.facts.get((accepted.election, accepted.place))
    event = accepted.event
    return facts is not None and (event.source.id, event.id) in facts.taken_back
