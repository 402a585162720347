"""Where an officer is on duty, by the roster: whose TPS, and who is at a TPS.

An officer stands by the TPS of his pair; who is in none, by those of his desa; who has none, by
those at which he has checked in.
"""

from collections.abc import Iterable

from msgspec import Struct

from streams.domain.ids import AreaCode, ElectionId, Scope, desa_of
from streams.domain.words import TpsClass
from streams.judge.roster import common_area, most_vulnerable, scope_of
from streams.judge.state import PartitionState
from streams.territory.plan import Officer, Plan, Tps

__all__ = ["Post", "officers_at", "post_of"]


class Post(Struct, frozen=True):
    """What an officer is there for."""

    tps: tuple[Tps, ...]
    """None: nobody knows of any."""
    tps_class: TpsClass
    """Of the most vulnerable of them."""
    place: AreaCode
    """The narrowest area that all of them lie in."""


def post_of(plan: Plan, kabupaten: AreaCode, officer_id: str, seen_at: Iterable[AreaCode]) -> Post:
    """Return where an officer is on duty, who has checked in at some TPS."""
    officer = plan.officers.get((kabupaten, officer_id))
    listed = _listed(plan, officer) if officer else ()
    known = (plan.tps_or_unknown(code) for code in (listed or tuple(seen_at)))
    tps = tuple(one for one in known if one is not None)
    place = common_area(tuple(one.code for one in tps)) if tps else kabupaten
    return Post(tps, most_vulnerable(tps), place)


def _listed(plan: Plan, officer: Officer) -> tuple[AreaCode, ...]:
    of_pair = plan.pairs.get((officer.kabupaten, officer.pair), ())
    return of_pair or (plan.tps_of_desa.get(officer.desa, ()) if officer.desa else ())


def officers_at(state: PartitionState, election: ElectionId, tps: AreaCode) -> list[Scope]:
    """Return who has checked in and is on duty for a TPS, in order."""
    watched = state.world.of(election)
    listed = watched.plan.tps.get(tps)
    posts = [("desa", desa_of(tps), "")]
    if listed is not None:
        posts.append(("pair", listed.kabupaten, listed.pair))
    by_roster = {
        scope_of(tps, "officer", officer)
        for post in posts
        for officer in watched.on_duty.get(post, ())
    }
    found = by_roster | state.seen_at.get((election, tps), set())
    return sorted(one for one in found if state.checkins.get((election, one)) is not None)
