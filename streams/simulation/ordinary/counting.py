"""Counting at a TPS: one contest after the other, forms under way, forms of the end, corrections.

    closed ─► eat, pray, cross out ─► read ballots ─► paperwork ─► … ─► copies ─► finished
                                      forms now and then   final form of each contest

Who still counts at sunset pauses. On an ordinary day a TPS begins within its limit, and sends its
numbers until the form is signed. The final form is that of those who run the TPS; a supervisor
often sends it too, a witness seldom.
"""

from collections.abc import Generator, Iterator
from typing import Final

from msgspec.structs import replace

from streams.domain.events import CountStatus, Source, StatusKind, VoteCount
from streams.domain.times import HOUR_MS, MINUTE_MS, EpochMs
from streams.domain.words import Role
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.chances import about, around, below
from streams.simulation.ordinary.desk import Desk
from streams.simulation.ordinary.station import Voted
from streams.simulation.ordinary.votes import has_lists, misread, slipped, tally_of
from streams.simulation.post import Post, whole_second
from streams.simulation.tally import EMPTY_COLUMN, Tally
from streams.territory.plan import Contest

__all__ = ["counting_posts"]

_LAST_BEFORE_MINUTES: Final = 5
"""Who is about to be done sends no form under way any more."""


def counting_posts(desk: Desk, voted: Voted) -> Generator[Post, None, EpochMs]:
    """Send all messages of counting; return when it was finished."""
    chance = desk.chance
    prepared = below(
        desk.most_ms(rates.COUNTING_LIMITS_MINUTES),
        lambda: around(chance, desk.day.kind.preparing_median, rates.PREPARING_SPREAD),
    )
    at = whole_second(voted.closed_at + prepared)
    yield from desk.say(StatusKind.COUNTING_STARTED, at)
    for contest in desk.plan.election.contests_of(desk.tps.code):
        tally = tally_of(desk, contest, voted)
        at = yield from _contest(desk, contest, tally, at)
    copies = around(chance, rates.COPIES_MEDIAN_MINUTES, rates.PAPERWORK_SPREAD)
    finished_at = _after_sunset(desk, at, copies)
    yield from desk.say(StatusKind.COUNTING_FINISHED, finished_at)
    return finished_at


def _contest(
    desk: Desk, contest: Contest, tally: Tally, begins: EpochMs
) -> Generator[Post, None, EpochMs]:
    """Count one contest; return when its final form was signed."""
    chance = desk.chance
    pace = rates.LIST_BALLOTS_A_MINUTE if has_lists(contest) else rates.BALLOTS_A_MINUTE
    read = about(chance, max(1.0, tally.used / pace), rates.SPEED_SPREAD_SHARE)
    paper = around(chance, rates.PAPERWORK_MEDIAN_MINUTES, rates.PAPERWORK_SPREAD)
    signed_at = _after_sunset(desk, begins, read + paper)
    read_at = EpochMs(begins + read)
    until = signed_at if desk.day.kind.forms_until_signed else read_at
    yield from _under_way(desk, tally, (begins, read_at), until)
    yield from _final(desk, tally, signed_at)
    return signed_at


def _after_sunset(desk: Desk, begins: EpochMs, lasts: int) -> EpochMs:
    """Return when a piece of work is done, with the pause at sunset if it falls into it."""
    midnight = desk.plan.election.day_start_at(desk.plan.offset_minutes(desk.tps.code))
    sunset = midnight + rates.MAGHRIB_HOUR * HOUR_MS
    pauses = begins <= sunset < begins + lasts
    return whole_second(begins + lasts + (rates.MAGHRIB_MINUTES * MINUTE_MS if pauses else 0))


def _under_way(
    desk: Desk, tally: Tally, reading: tuple[EpochMs, EpochMs], until: EpochMs
) -> Iterator[Post]:
    begins, read_at = reading
    chance = desk.chance
    # Twice in the time that it uses up at most of the one after which its silence is noticed.
    longest = desk.most_ms(rates.FORM_LIMITS_MINUTES) / 2 / MINUTE_MS
    every = min(rates.PROVISIONAL_EVERY_MINUTES, longest)
    source = desk.sender.source(desk.sender.organiser)
    at: float = begins + about(chance, every, rates.HEARTBEAT_SPREAD_SHARE)
    while at < until - _LAST_BEFORE_MINUTES * MINUTE_MS:
        moment = whole_second(at)
        so_far = tally.when_read(min(1, (moment - begins) / (read_at - begins)))
        form = desk.sender.count(so_far, CountStatus.PROVISIONAL, moment, source)
        wrong = chance.random() < desk.day.kind.misread
        yield desk.post(misread(form, chance) if wrong else form, moment)
        at += about(chance, every, rates.HEARTBEAT_SPREAD_SHARE)


def _final(desk: Desk, tally: Tally, at: EpochMs) -> Iterator[Post]:
    chance, sender = desk.chance, desk.sender
    organisers = sender.source(sender.organiser)
    form = sender.count(tally, CountStatus.FINAL, at, organisers)
    if chance.random() < rates.CORRECTED_SHARE:
        yield from _corrected(desk, tally, form, at)
    else:
        yield desk.post(form, at)
    for source in _copyists(desk, tally):
        moment = desk.later(at, rates.COPY_MEAN_MINUTES)
        yield desk.post(sender.count(tally, CountStatus.FINAL, moment, source), moment)


def _corrected(desk: Desk, tally: Tally, form: VoteCount, at: EpochMs) -> Iterator[Post]:
    """Send a form with a slip, and after a while the right one in its place."""
    yield desk.post(slipped(form, desk.chance, desk.day.kind.slips), at)
    again_at = desk.later(at, rates.CORRECTED_MEAN_MINUTES)
    again = desk.sender.count(tally, CountStatus.FINAL, again_at, form.source)
    yield desk.post(replace(again, corrects=form.id), again_at)


def _copyists(desk: Desk, tally: Tally) -> Iterator[Source]:
    """Yield who sends the final form besides those who run the TPS."""
    chance, sender = desk.chance, desk.sender
    if chance.random() < rates.SUPERVISOR_COPY_SHARE:
        yield sender.source(sender.supervisor)
    for camp in tally.votes:
        if camp != EMPTY_COLUMN and chance.random() < rates.WITNESS_COPY_SHARE:
            yield sender.source(Role.SAKSI, camp)
