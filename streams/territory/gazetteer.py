"""Which place a report means: one place, or an honest "not sure" (contract §2). Never a guess.

Each field of a report is a *claim*: a set of areas that it may mean. A code means one; a name means
every watched area of that name ("Mekarsari" is three desa of Serang). Areas nest, so two claims
agree on the narrower of each pair that nests, and contradict each other if no pair does.

    {tps 36.04.17.2010-001} and {kecamatan 36.04.17}   agree on   {36.04.17.2010-001}
    {desa 36.04.17.2010}    and {desa 36.04.17.2006}   contradict; both lie in 36.04.17

The name of a desa comes last, as it can only choose within a kecamatan that the other claims make
sure. What is not sure goes to a person, for the narrowest area that is: the area in which all
claims lie. Where one kabupaten only is watched, that is sure from the start. Coordinates place
nothing: they are where a telephone is, not what its owner speaks of; they only rank candidates.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from msgspec import UNSET, Struct

from streams.domain.effects import DeadLetterReason
from streams.domain.events import Place
from streams.domain.ids import (
    AreaCode,
    area_kind,
    desa_of,
    kabupaten_of,
    kecamatan_of,
    parents_of,
)
from streams.domain.words import AreaKind
from streams.territory.areas import Areas
from streams.territory.atlas import Atlas
from streams.territory.candidates import candidates
from streams.territory.plan import Plan, covers

__all__ = ["Found", "Gazetteer", "Nowhere", "Resolved", "Unsure", "WhyUnsure"]

_EVERYWHERE: Final = AreaCode("")
_LENGTHS: Final = (13, 8, 5, 2)
"""Of the codes of desa, kecamatan, kabupaten, province."""

Claim = frozenset[AreaCode]


class WhyUnsure(StrEnum):
    """Why a report waits for a person to place it."""

    CONTRADICTION = "contradiction"
    """Two fields name different places."""
    HOMONYM = "homonym"
    """Two places within the sure area have this name."""
    NO_KECAMATAN = "no_kecamatan"
    """A name without a kecamatan, even if it is unique today."""
    NO_DESA = "no_desa"
    """Nothing narrower than a kecamatan or kabupaten was said."""
    UNKNOWN_NAME = "unknown_name"
    """Nobody knows a desa of this name."""
    UNKNOWN_CODE = "unknown_code"
    """The code may exist: the register does not list the desa of this kabupaten."""


class Resolved(Struct, frozen=True, gc=False):
    """The place is sure: a TPS or a desa."""

    area: AreaCode
    unknown_tps: bool = False
    """The TPS is not in the plan, but its desa votes."""


class Unsure(Struct, frozen=True, gc=False):
    """The place is not sure, `area` is; candidates within it, the likeliest first."""

    area: AreaCode
    candidates: tuple[AreaCode, ...]
    why: WhyUnsure


class Nowhere(Struct, frozen=True, gc=False):
    """No area is sure (`place`), or nobody knows the code (`unknown`); `detail` says what."""

    reason: DeadLetterReason
    detail: str


Found = Resolved | Unsure | Nowhere


class Gazetteer:
    """Finds places in the kabupaten that some elections watch."""

    def __init__(self, plans: Iterable[Plan], areas: Areas) -> None:
        """Index what is watched.

        Args:
            plans: The plans of the elections.
            areas: The register; of it come the names of kabupaten that are not watched.
        """
        self._plans = tuple(plans)
        self._atlas = Atlas.of(self._plans, areas)
        watched = self._atlas.watched
        self._only = next(iter(watched)) if len(watched) == 1 else _EVERYWHERE

    def resolve(self, place: Place) -> Found:
        """Find the place that the fields of a report mean."""
        codes, names = _codes(place), self._claims_by_name(place)
        if codes and not names and not any(self._may_exist(code) for code in codes):
            return Nowhere(DeadLetterReason.UNKNOWN, f"nobody knows the code {codes[0]}")
        claims = [*(Claim({desa_of(code)}) for code in codes), *names]
        agreed = Claim({self._only})
        for claim in claims:
            agreed = _agreement(agreed, claim)
        if not agreed:
            return self._unsure(_common(claims), place, WhyUnsure.CONTRADICTION)
        if len(agreed) == 1 and area_kind(min(agreed)) is AreaKind.DESA:
            return self._in_desa(min(agreed), place)
        return self._by_name(agreed, place) if place.name else self._without_name(agreed, place)

    def _may_exist(self, code: AreaCode) -> bool:
        """Tell whether a code is known, or of a kabupaten whose desa the register does not list."""
        kabupaten = kabupaten_of(code)
        if area_kind(code) is AreaKind.PROVINSI:
            return any(covers(code, watched) for watched in self._atlas.watched)
        if kabupaten not in self._atlas.watched:
            return False
        return desa_of(code) in self._atlas.known or kabupaten not in self._atlas.complete

    def _claims_by_name(self, place: Place) -> list[Claim]:
        """Return what names of kecamatan and kabupaten claim; an unknown one claims nothing."""
        atlas, found = self._atlas, list[Claim]()
        if place.kecamatan and area_kind(place.kecamatan) is None:
            found.append(atlas.named(place.kecamatan, AreaKind.KECAMATAN))
        if place.kabupaten and area_kind(place.kabupaten) is None:
            found.append(atlas.kabupaten_named(place.kabupaten))
        return [claim for claim in found if claim]

    def _in_desa(self, desa: AreaCode, place: Place) -> Found:
        """A code, or codes, name one desa: a name may not contradict it."""
        named = self._atlas.named(place.name, AreaKind.DESA)
        if desa not in self._atlas.known:
            return self._unsure(desa, place, WhyUnsure.UNKNOWN_CODE)
        if not named or desa in named:
            return self._at(desa, place)
        near = any(kecamatan_of(other) == kecamatan_of(desa) for other in named)
        area = kecamatan_of(desa) if near else kabupaten_of(desa)
        return self._unsure(area, place, WhyUnsure.CONTRADICTION)

    def _by_name(self, agreed: Claim, place: Place) -> Found:
        """A name chooses among the desa of a kecamatan that is sure; it is not sure alone."""
        named = self._atlas.named(place.name, AreaKind.DESA)
        area = _shared(agreed)
        if not named:
            return self._unsure(area, place, WhyUnsure.UNKNOWN_NAME)
        if any(area_kind(code) is not AreaKind.KECAMATAN for code in agreed):
            return self._unsure(area, place, WhyUnsure.NO_KECAMATAN)
        within = [code for code in named if kecamatan_of(code) in agreed]
        if not within:
            return self._unsure(AreaCode(area[:5]), place, WhyUnsure.CONTRADICTION)
        if len(within) > 1 or not self._pair_is_sure(agreed):
            return self._unsure(area, place, WhyUnsure.HOMONYM)
        return self._at(within[0], place)

    def _pair_is_sure(self, kecamatan: Claim) -> bool:
        """Tell whether "this name in a kecamatan of that name" can be in one place only.

        Two watched kabupaten may have a kecamatan of one name; if the desa of all of them are
        known and one has the name, it is that one.
        """
        return len(kecamatan) == 1 or all(
            kabupaten_of(code) in self._atlas.complete for code in kecamatan
        )

    def _without_name(self, agreed: Claim, place: Place) -> Found:
        area = _shared(agreed)
        strange = area_kind(area) is not None and area not in self._atlas.known
        why = WhyUnsure.UNKNOWN_CODE if strange else WhyUnsure.NO_DESA
        return self._unsure(area, place, why)

    def _at(self, desa: AreaCode, place: Place) -> Found:
        """The desa is sure; find the TPS in it."""
        numbers = [int(place.tps[-3:])] if place.tps is not UNSET else []
        numbers += [place.tps_number] if place.tps_number is not UNSET else []
        codes = tuple(AreaCode(f"{desa}-{number:03}") for number in dict.fromkeys(numbers))
        if len(codes) > 1:
            return Unsure(desa, codes, WhyUnsure.CONTRADICTION)
        if not codes or not any(plan.votes(desa) for plan in self._plans):
            return Resolved(desa)
        listed = any(codes[0] in plan.tps for plan in self._plans)
        return Resolved(codes[0], unknown_tps=not listed)

    def _unsure(self, area: AreaCode, place: Place, why: WhyUnsure) -> Found:
        """Return the narrowest known area that `area` is or lies in, for a person to look at."""
        parents = (code for code in reversed(_parents(area)) if code in self._atlas.known)
        sure = next(parents, self._only)
        if not sure:
            return Nowhere(DeadLetterReason.PLACE, f"no area is sure: {why}")
        return Unsure(sure, candidates(self._atlas, sure, place), why)


def _codes(place: Place) -> list[AreaCode]:
    """Return the well-formed codes of a place, the narrowest first."""
    texts = (
        *(text for text in (place.tps, place.desa) if text is not UNSET),
        place.kecamatan,
        place.kabupaten,
    )
    return [AreaCode(text) for text in texts if area_kind(text) is not None]


def _agreement(one: Claim, other: Claim) -> Claim:
    """Return the narrower of each pair of areas that nests; empty is a contradiction."""
    pairs = [(mine, theirs) for mine in one for theirs in other]
    return Claim(
        {theirs for mine, theirs in pairs if covers(mine, theirs)}
        | {mine for mine, theirs in pairs if covers(theirs, mine)}
    )


def _common(claims: Iterable[Claim]) -> AreaCode:
    """Return the narrowest area in which claims lie that contradict each other.

    Of a name that several areas have, those count that agree with a code or an unambiguous name.
    """
    sure = {min(claim) for claim in claims if len(claim) == 1}
    areas = set(sure)
    for claim in claims:
        near = {area for area in claim if any(_nests(area, other) for other in sure)}
        areas |= near or claim
    return _shared({area for area in areas if not _holds_another(area, areas)})


def _shared(areas: Iterable[AreaCode]) -> AreaCode:
    """Return the narrowest area that all of some areas are or lie in."""
    for length in _LENGTHS:
        heads = {area[:length] for area in areas}
        if len(heads) == 1 and len(head := min(heads)) == length:
            return AreaCode(head)
    return _EVERYWHERE


def _nests(one: AreaCode, other: AreaCode) -> bool:
    return covers(one, other) or covers(other, one)


def _holds_another(area: AreaCode, areas: Iterable[AreaCode]) -> bool:
    return any(area != other and covers(area, other) for other in areas)


def _parents(area: AreaCode) -> tuple[AreaCode, ...]:
    return parents_of(area) if area else ()
