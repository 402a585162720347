"""Where an officer is on duty, by the roster: whose TPS, and who is at a TPS.

An officer stands by the TPS of his pair; who is in none, by those of his desa; who has none, by
those of his Polsek.
"""

from collections.abc import Iterator

from msgspec import Struct

from streams.domain.ids import AreaCode, desa_of, kabupaten_of
from streams.domain.words import TpsClass
from streams.judge.roster import common_area, most_vulnerable
from streams.judge.state import Watched
from streams.territory.plan import Officer, Plan, Tps

__all__ = ["Post", "officers_at", "post_of"]


class Post(Struct, frozen=True):
    """What an officer is there for."""

    tps: tuple[Tps, ...]
    """None: nobody knows of any."""
    tps_class: TpsClass
    """Of the most vulnerable TPS of a pair or desa; of a Polsek as a whole `kurang_rawan`."""
    place: AreaCode
    """The narrowest area that all of them lie in."""


def post_of(plan: Plan, kabupaten: AreaCode, officer_id: str) -> Post:
    """Return where an officer is on duty."""
    officer = plan.officers.get((kabupaten, officer_id))
    codes = _codes(plan, officer) if officer else ()
    tps = tuple(plan.tps[code] for code in codes)
    near = officer is not None and bool(officer.pair or officer.desa)
    tps_class = most_vulnerable(tps if near else ())
    return Post(tps, tps_class, common_area(codes) if codes else kabupaten)


def _codes(plan: Plan, officer: Officer) -> tuple[AreaCode, ...]:
    of_pair = plan.pairs.get((officer.kabupaten, officer.pair), ())
    of_desa = plan.tps_of_desa.get(officer.desa, ()) if officer.desa else ()
    return of_pair or of_desa or plan.polsek.get((officer.kabupaten, officer.polsek), ())


def officers_at(watched: Watched, tps: AreaCode) -> Iterator[str]:
    """Yield who is on duty for a TPS, by id."""
    listed = watched.plan.tps.get(tps)
    if listed is None:
        return
    kabupaten = kabupaten_of(tps)
    for key in (
        ("pair", kabupaten, listed.pair),
        ("desa", desa_of(tps), ""),
        ("polsek", kabupaten, listed.polsek),
    ):
        yield from watched.on_duty.get(key, ())
