"""Takes in a report: asks every rule that hears it, and says what waits for a person instead.

    report ─► its category ─► evidence (`weighing`) · copies (`rumours`) · `disputes` · `rates`
                          └─► not sure, too late, or not enough yet: triage

Nothing that somebody reports is dropped: what is not sure in place or category, comes too late
for its window or stays below its threshold goes to triage, and leaves it as confirmed when the
voices add up.
"""

from collections.abc import Sequence
from typing import Final

from streams.domain.events import Source
from streams.domain.journal import Accepted, AcceptedReport, AcceptedStatus, Flag
from streams.domain.times import HOUR_MS, MINUTE_MS
from streams.domain.words import Channel
from streams.judge import disputes, rates, rumours
from streams.judge.sorting import sort_report
from streams.judge.state import PartitionState
from streams.judge.telling import Teller
from streams.judge.triage import open_report
from streams.judge.weighing import weigh
from streams.rules.compiled import ScoreRule

__all__ = ["report"]

_LATE_MS: Final = 10 * MINUTE_MS
_LATE_BY_CHANNEL_MS: Final = {Channel.SMS: HOUR_MS, Channel.RADIO: HOUR_MS}
"""Windows take evidence that comes later than this no more. Source: domain §4b, proposal."""
_DESA_LENGTH: Final = 13


def report(teller: Teller, accepted: AcceptedReport | AcceptedStatus) -> None:
    """Take in a report: as evidence where it is sure, else as a matter of triage."""
    if isinstance(accepted, AcceptedStatus) and _was_taken_back(teller.state, accepted):
        return
    watched = teller.state.world.of(accepted.election)
    found = sort_report(watched.rules, accepted)
    category = found.category
    weighed = watched.rules.score.get(category, ())
    compared = watched.rules.rumours.get(category, ())
    if doubt := _doubt(accepted, category, is_heard=bool(weighed or compared)):
        teller.effects.append(open_report(teller, accepted, found, doubt))
    else:
        wanting = [weigh(teller, rule, accepted, category) for rule in weighed]
        wanting += [rumours.hear(teller, rule, accepted) for rule in compared]
        if all(wanting):
            teller.effects.append(open_report(teller, accepted, found, wanting[0]))
        disputes.hear(teller, accepted, category)
    # After it was weighed: a flood lowers the weight of what comes later.
    if not _is_late(accepted) and not _is_secret(weighed):
        rates.notice(teller, accepted, placed=_is_placed(accepted))


def _was_taken_back(state: PartitionState, accepted: AcceptedStatus) -> bool:
    """Tell whether a status was taken back before it came: then it was never said."""
    facts = state.facts.get((accepted.election, accepted.place))
    event = accepted.event
    return facts is not None and (event.source.id, event.id) in facts.taken_back


def _is_secret(weighed: Sequence[ScoreRule]) -> bool:
    """Tell whether only few may hear of a report: then it is not even one of many."""
    return bool(weighed) and all(rule.head.rule.restricted_to for rule in weighed)


def _doubt(accepted: Accepted, category: str, *, is_heard: bool) -> str:
    """Return why a person must look at a report before it can count; empty if none must."""
    if not _is_placed(accepted):
        return "place"
    if not is_heard:
        return "rule" if category else "category"
    return "late" if _is_late(accepted) else ""


def _is_placed(accepted: Accepted) -> bool:
    return Flag.PLACE_UNSURE not in accepted.flags and len(accepted.place) >= _DESA_LENGTH


def _is_late(accepted: Accepted) -> bool:
    return accepted.received_at - accepted.at > _patience_ms(accepted)


def _patience_ms(accepted: Accepted) -> int:
    channel = _source(accepted).channel
    return _LATE_BY_CHANNEL_MS.get(channel, _LATE_MS) if isinstance(channel, Channel) else _LATE_MS


def _source(accepted: Accepted) -> Source:
    assert isinstance(accepted, AcceptedReport | AcceptedStatus), "a command has no source"
    return accepted.event.source
