"""Forms: who counted what at a TPS, and whose word stands.

A *form* is one count of one contest at one TPS, as one source sent it. Sources that answer for the
same thing are one *side*: the organisers, the supervisors, the police, the witnesses of one camp,
the citizens (ADR 18). The *ledger* has the forms of one contest at one TPS.

    forms, in any order of arrival ─► each side's own, ordered by (at, id)
                                         │ less what another form of that side corrects
                                         ▼
                                      the latest of each side ─► the form that stands for the TPS

Everything is worked out from the set of forms, so a correction may come before what it corrects.
A number that a form does not tell is None and never 0.

Bound: the `FORMS_MAX` newest forms a side, the `CAMPS_MAX` first camps by name. What is dropped is
dropped whenever it comes, so that the bound, too, does not depend on the order of arrival.
"""

from bisect import bisect_left
from itertools import groupby
from typing import Final

from msgspec import UNSET, Struct, UnsetType

from streams.domain.events import Ballots, CountStatus, Source, Voters
from streams.domain.journal import AcceptedCount
from streams.domain.times import EpochMs
from streams.domain.words import SourceClass, source_class_of

__all__ = [
    "CAMPS_MAX",
    "FORMS_MAX",
    "PRECEDENCE",
    "Form",
    "Ledger",
    "Side",
    "Votes",
    "add",
    "begun_anew",
    "form_of",
    "form_that_stands",
    "is_authorised_correction",
    "kept",
    "latest_forms",
    "precedence_of",
    "side_of",
    "sides_of",
    "votes_sum",
]

FORMS_MAX: Final = 32
"""Forms kept of one side: 12 hours of counting with one every 25 minutes. What fell further back
is no longer seen to have fallen."""
CAMPS_MAX: Final = 32
"""Camps whose witnesses are kept; a pemilu has up to 24 parties."""
PRECEDENCE: Final = (
    SourceClass.ORGANISERS,
    SourceClass.SUPERVISORS,
    SourceClass.POLICE,
    SourceClass.WITNESSES,
    SourceClass.CITIZENS,
)
"""Whose form stands for a TPS, the first before the others. Source: ADR 18."""
_AUTHORISED: Final = frozenset({SourceClass.ORGANISERS, SourceClass.SUPERVISORS})

Votes = tuple[tuple[str, int], ...]
"""Choices and their votes, in the order of the choices."""


class Side(Struct, frozen=True, gc=False, array_like=True):
    """Who answers for a form."""

    of: SourceClass
    """One of `PRECEDENCE`."""
    camp: str = ""
    """Of witnesses: whose; empty for all who named none."""


class Form(Struct, frozen=True, gc=False, array_like=True, kw_only=True):
    """One count. Numbers are whole, of signed 64 bits, and may be negative; None: not told."""

    contest: str
    side: Side
    at: EpochMs
    id: str
    source: str
    offset: str
    """Where it stands in the journal."""
    status: CountStatus
    votes: Votes
    valid: int | None = None
    invalid: int | None = None
    received: int | None = None
    """Ballots; so are the three below."""
    used: int | None = None
    spoiled: int | None = None
    unused: int | None = None
    dpt: int | None = None
    """Voters who came and stand on that list; so are the two below."""
    dptb: int | None = None
    dpk: int | None = None
    corrects: str = ""
    image: str = ""
    """SHA-256 of the photo, 64 hexadecimal digits."""

    @property
    def is_final(self) -> bool:
        """Whether the sender says that it will not change."""
        return self.status is CountStatus.FINAL


class Ledger(Struct, frozen=True, gc=False, array_like=True):
    """All forms of one contest at one TPS: side by side by precedence, each by (at, id)."""

    forms: tuple[Form, ...] = ()


def side_of(source: Source) -> Side:
    """Return the side that a source speaks for; who belongs to none speaks as a citizen.

    An operator speaks for the side of whom it relays.
    """
    of = source_class_of(source.speaks_as)
    if of not in PRECEDENCE:
        return Side(SourceClass.CITIZENS)
    return Side(of, source.camp if of is SourceClass.WITNESSES else "")


def form_of(accepted: AcceptedCount, offset: str) -> Form:
    """Return the form that an accepted count brings; `offset` names its record."""
    event = accepted.event
    ballots = event.ballots if isinstance(event.ballots, Ballots) else Ballots()
    voters = event.voters if isinstance(event.voters, Voters) else Voters()
    return Form(
        contest=event.contest,
        side=side_of(event.source),
        at=accepted.at,
        id=event.id,
        source=event.source.id,
        offset=offset,
        status=event.status,
        votes=tuple(sorted(event.votes.items())),
        valid=_told(event.valid),
        invalid=_told(event.invalid),
        received=_told(ballots.received),
        used=_told(ballots.used),
        spoiled=_told(ballots.spoiled),
        unused=_told(ballots.unused),
        dpt=_told(voters.dpt),
        dptb=_told(voters.dptb),
        dpk=_told(voters.dpk),
        corrects=event.corrects,
        image="" if event.image_sha256 is UNSET else event.image_sha256,
    )


def _told(number: int | UnsetType) -> int | None:
    return None if number is UNSET else number


def votes_sum(form: Form) -> int:
    """Return the votes of all choices that the form names; it may exceed 64 bits."""
    return sum(votes for _, votes in form.votes)


def add(ledger: Ledger, form: Form) -> Ledger:
    """Return the ledger with one more form; one that it has changes nothing.

    All forms must be of one contest and TPS.
    """
    forms = ledger.forms
    place = bisect_left(forms, _order(form), key=_order)
    if place < len(forms) and _order(forms[place]) == _order(form):
        return ledger
    return Ledger(_bounded((*forms[:place], form, *forms[place:]), form.side))


def _bounded(forms: tuple[Form, ...], grown: Side) -> tuple[Form, ...]:
    own = [form for form in forms if form.side == grown]
    if len(own) > FORMS_MAX:
        forms = tuple(form for form in forms if form is not own[0])
    witnesses = {form.side.camp for form in forms if form.side.of is SourceClass.WITNESSES}
    if len(witnesses) > CAMPS_MAX:
        last = Side(SourceClass.WITNESSES, max(witnesses))
        forms = tuple(form for form in forms if form.side != last)
    return forms


def precedence_of(side: Side) -> tuple[int, str]:
    """Return where a side stands: the smaller goes first, camps by name."""
    return PRECEDENCE.index(side.of), side.camp


def _order(form: Form) -> tuple[tuple[int, str], EpochMs, str, str, str]:
    """Two counts of one moment and id are told apart by who sent them, and where they stand."""
    return precedence_of(form.side), form.at, form.id, form.source, form.offset


def sides_of(ledger: Ledger) -> tuple[tuple[Form, ...], ...]:
    """Return the forms of each side that spoke, by precedence, each side's in order of time."""
    return tuple(tuple(forms) for _, forms in groupby(ledger.forms, key=lambda form: form.side))


def kept(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """Return the forms of one side, in order of time, without those that another of it corrects.

    A correction stands at its own time. It takes back what is older, and what is newer (clocks
    differ) unless it was taken back itself: so of two that correct each other the newer is kept,
    and a side that spoke always has a form.
    """
    gone: set[int] = set()
    for place in range(len(forms) - 1, -1, -1):
        for target in _corrected_by(place, forms):
            if target < place or place not in gone:
                gone.add(target)
    return tuple(form for place, form in enumerate(forms) if place not in gone)


def _corrected_by(place: int, forms: tuple[Form, ...]) -> list[int]:
    """Return where the forms are that a form corrects.

    Ids are unique within a source only, so a source means its own form; somebody else's of its side
    is meant where no other has that id.
    """
    form = forms[place]
    if not form.corrects:
        return []
    named = [at for at, one in enumerate(forms) if one.id == form.corrects and at != place]
    own = [at for at in named if forms[at].source == form.source]
    return own or (named if len({forms[at].source for at in named}) == 1 else [])


def latest_forms(ledger: Ledger) -> tuple[Form, ...]:
    """Return the form of each side that counts, by precedence of the sides."""
    return tuple(kept(forms)[-1] for forms in sides_of(ledger))


def form_that_stands(ledger: Ledger) -> Form | None:
    """Return the form that stands for the TPS, or None before the first.

    A final one goes before a provisional one, then the order of `PRECEDENCE` holds. Source: ADR 18.
    """
    latest = latest_forms(ledger)
    return min(latest, key=lambda form: not form.is_final, default=None)


def is_authorised_correction(form: Form) -> bool:
    """Tell whether an organiser or a supervisor says that this form replaces another."""
    return bool(form.corrects) and form.side.of in _AUTHORISED


def begun_anew(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """Return the forms of one side that a fall is looked for in, in order of time.

    They begin with the last authorised correction, and what such a one corrects is not among them.
    A correction by anybody else takes nothing out: it does not explain a fall.
    """
    if not any(is_authorised_correction(form) for form in forms):
        return forms
    standing = kept(forms)
    last = max(at for at, one in enumerate(standing) if is_authorised_correction(one))
    return standing[last:]
