"""Drives the detector `outlier`: TPS whose share of invalid ballots lies far above its siblings'.

Siblings are the TPS of one kecamatan in one contest, by the final forms that stand. What is held
back, and who is in no plan, says nothing here.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from streams.domain.alert import Why
from streams.domain.forms import Ledger
from streams.domain.ids import AreaCode, ElectionId, Scope, kecamatan_of
from streams.judge.held import Counted, Held, look
from streams.judge.standing_forms import Moved, entry_of
from streams.judge.telling import Teller
from streams.judge.world import Watched
from streams.rules.compiled_counts import OutlierRule
from streams.rules.detectors import outlier
from streams.rules.wording import contest_text
from streams.texts.words import number_text

__all__ = ["notice"]

_EMPTY: Final = Ledger()
_PERCENT: Final = 100
_NOBODY: Final = outlier.Siblings()


def notice(teller: Teller, watched: Watched, moved: Moved) -> None:
    """Put the share of a TPS in its place, and ask who lies apart now."""
    rules = watched.rules.counts.outlier
    if not rules or not moved.tps.listed:
        return
    assert teller.accepted is not None, "a count has come"
    election, kecamatan = teller.accepted.election, kecamatan_of(moved.tps.code)
    key = (election, moved.contest, kecamatan)
    before = teller.state.siblings.get(key) or _NOBODY
    share, old = _share(watched, moved), before.of(moved.tps.code)
    if share == old:
        return
    after = outlier.replace(before, moved.tps.code, old, share)
    teller.state.siblings.put(key, after)
    for rule in rules:
        _look_at_all(teller, watched, rule, kecamatan)


def _share(watched: Watched, moved: Moved) -> outlier.Share | None:
    entry = entry_of(watched, moved.tps, moved.ledger)
    if entry is None or entry.held or not entry.form.is_final:
        return None
    return outlier.invalid_share(entry.form)


def _look_at_all(teller: Teller, watched: Watched, rule: OutlierRule, kecamatan: AreaCode) -> None:
    """Ask of each TPS of a kecamatan that lies apart, or did before."""
    assert teller.accepted is not None, "a count has come"
    election, state = teller.accepted.election, teller.state
    found: dict[AreaCode, tuple[str, outlier.Outlier]] = {}
    known: set[AreaCode] = set()
    for contest in watched.plan.election.contests:
        siblings = state.siblings.get((election, contest.id, kecamatan)) or _NOBODY
        known.update(
            tps
            for _, tps, _ in siblings.ranked
            if state.condition.get((election, rule.head.rule.id, Scope(tps), "")) is not None
        )
        for one in outlier.outliers(siblings, rule.limits):
            found.setdefault(one.tps, (contest.id, one))
    # A TPS whose share was withdrawn is among nobody any more.
    own = teller.accepted.place
    for code in sorted({*found, *known, own}):
        if (tps := watched.plan.tps.get(code)) is not None:
            counted = Counted(election, tps, "", _EMPTY)
            ask = partial(_apart, teller, watched, rule, (counted, found.get(code)))
            look(teller, rule.head, counted, ("",), ask)


def _apart(
    teller: Teller,
    watched: Watched,
    rule: OutlierRule,
    asked: tuple[Counted, tuple[str, outlier.Outlier] | None],
) -> Iterator[Held]:
    counted, found = asked
    if found is None:
        return
    contest, one = found
    key = (ElectionId(counted.election), counted.tps.code, contest)
    entry = entry_of(watched, counted.tps, teller.state.ledgers.get(key) or _EMPTY)
    assert entry is not None, "what has a share has a form"
    percent = one.share * _PERCENT
    yield Held(
        name="",
        form=entry.form,
        why=(
            Why("invalid_percent", round(percent, 3), rule.limits.share_permille / 10),
            Why("robust_z", round(one.z, 3), rule.limits.z),
            Why("siblings_min", rule.limits.siblings_min),
        ),
        values={"percent": number_text(percent), "contest": contest_text(watched.plan, contest)},
    )
