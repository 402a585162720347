"""Drives the detectors of a TPS' counts as a whole, whatever the contest: turnout and pace.

Whoever looks at such a TPS looks at all of its forms, so there is one alert, of the contest by
which it is worst.
"""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import Final

from streams.domain.alert import Text, Why
from streams.domain.counts import cast_votes, impossibilities, listed_voters
from streams.domain.facts import TpsFacts
from streams.domain.forms import Form, Ledger, latest_forms, sides_of
from streams.domain.happenings import Happening
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import TPS_CLASSES
from streams.judge.held import Counted, Held, look
from streams.judge.standing_forms import roll_of
from streams.judge.telling import Teller
from streams.judge.world import Watched
from streams.rules.compiled_counts import PaceRule, TurnoutRule
from streams.rules.detectors.series import Hurry, hurry
from streams.rules.wording import contest_text
from streams.territory.plan import Tps
from streams.texts.words import number_text

__all__ = ["notice"]

_EMPTY: Final = Ledger()
_NO_FACTS: Final = TpsFacts()
_PERCENT: Final = 100


def notice(teller: Teller, watched: Watched, tps: Tps) -> None:
    """Ask what holds of all counts of a TPS, after one has come or the count has begun."""
    rules = watched.rules.counts
    assert teller.accepted is not None, "only a message changes what was counted"
    counted = Counted(teller.accepted.election, tps, "", _EMPTY)
    for full in rules.turnout:
        look(teller, full.head, counted, ("",), partial(_crowded, teller, watched, full, counted))
    for pace in rules.pace:
        look(teller, pace.head, counted, ("",), partial(_hurried, teller, watched, pace, counted))


def _crowded(
    teller: Teller, watched: Watched, rule: TurnoutRule, counted: Counted
) -> Iterator[Held]:
    """Yield the fullest of a TPS' latest forms, if it is too full by the rule."""
    tps = counted.tps
    shares = tuple(_turnouts(teller, watched, counted, rule.listed_min))
    limit = rule.percent[TPS_CLASSES.index(tps.tps_class)]
    share, contest, form = max(shares, key=lambda one: one[:2], default=(Fraction(-1), "", None))
    if form is None or share < Fraction(repr(limit)):
        return
    percent = number_text(float(share))
    came, listed = cast_votes(form), listed_voters(form, tps.dpt)
    formula = Text(
        f"{came} dari {listed} pemilih = {percent.id} %",
        f"{came} of {listed} voters = {percent.en} %",
    )
    yield Held(
        name="",
        form=form,
        why=(
            Why("turnout_percent", float(share), limit),
            Why("listed", listed, rule.listed_min),
        ),
        values={"formula": formula, "contest": contest_text(watched.plan, contest)},
    )


def _turnouts(
    teller: Teller, watched: Watched, counted: Counted, listed_min: int
) -> Iterator[tuple[Fraction, str, Form | None]]:
    """Yield the turnout in percent of each contest and side of a TPS, with its form.

    What cannot be is another rule's matter: such a form is held back and says nothing here.
    """
    tps, roll = counted.tps, roll_of(watched.plan, counted.tps)
    for contest in watched.plan.election.contests_of(tps.code) if tps.listed else ():
        ledger = teller.state.ledgers.get((counted.election, tps.code, contest.id)) or _EMPTY
        for form in latest_forms(ledger):
            listed = listed_voters(form, tps.dpt)
            if listed >= listed_min and not impossibilities(form, roll):
                yield Fraction(cast_votes(form) * _PERCENT, listed), contest.id, form


def _hurried(teller: Teller, watched: Watched, rule: PaceRule, counted: Counted) -> Iterator[Held]:
    """Yield the first form of a TPS that came sooner than people can count."""
    found = tuple(_hurries(teller, watched, rule, counted))
    if not found:
        return
    contest, first = min(found, key=lambda one: (one[1].form.at, one[1].form.id, one[0]))
    minutes = first.span_ms / MINUTE_MS
    yield Held(
        name="",
        form=first.form,
        why=(
            Why("ballots_counted", first.ballots),
            Why("in_minutes", round(minutes, 3)),
            Why("ballots_per_minute", rule.limits.ballots_per_minute),
        ),
        values={
            "ballots": str(first.ballots),
            "minutes": number_text(minutes),
            "contest": contest_text(watched.plan, contest),
        },
    )


def _hurries(
    teller: Teller, watched: Watched, rule: PaceRule, counted: Counted
) -> Iterator[tuple[str, Hurry]]:
    """Yield by contest what was counted too fast on any side."""
    tps, state = counted.tps, teller.state
    started_at = _started_at(state.facts.get((counted.election, tps.code)) or _NO_FACTS)
    for contest in watched.plan.election.contests_of(tps.code):
        ledger = state.ledgers.get((counted.election, tps.code, contest.id)) or _EMPTY
        for forms in sides_of(ledger):
            if (found := hurry(forms, started_at, rule.limits)) is not None:
                yield contest.id, found


def _started_at(facts: TpsFacts) -> EpochMs | None:
    """Return when a TPS began to count, as it first told; None: it has not told."""
    started = (one.at for one in facts.points if one.kind is Happening.COUNTING_STARTED)
    return min(started, default=None)
