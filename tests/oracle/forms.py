"""Forms: what each side has counted at a TPS, and which of its forms counts.

ADR 18: "A *side* is organisers, supervisors, witnesses of one camp, police, or citizens. Of each
side and contest the latest form counts; one that `corrects` another of its side takes that one's
place."
"""

from collections.abc import Iterable

from tests.oracle.absence import not_taken_back
from tests.oracle.events import Event
from tests.oracle.tables import POLICE
from tests.oracle.told import by_moment
from tests.oracle.values import integer, part, text

__all__ = [
    "AUTHORISED",
    "finals",
    "forms_by_side",
    "history",
    "is_final",
    "not_replaced",
    "side_of",
    "standing_form",
    "total",
    "valid",
    "votes",
]

AUTHORISED = ("organisers", "supervisors")
_SIDES = {
    **dict.fromkeys(("kpps", "panitia", "ppk", "linmas"), "organisers"),
    **dict.fromkeys(("ptps", "panwas"), "supervisors"),
    **dict.fromkeys(POLICE, "police"),
    "saksi": "witnesses",
    **dict.fromkeys(("warga", "anonim"), "citizens"),
}
_RANKS = ("organisers", "supervisors", "police", "witnesses", "citizens")


def side_of(count: Event) -> str:
    """The side that has counted; `system` is none."""
    side = _SIDES.get(count.role, "")
    if side != "witnesses":
        return side
    return f"witnesses {text(part(count.value, 'source'), 'camp')}"


def is_final(count: Event) -> bool:
    """Whether it is the end of counting."""
    return text(count.value, "status") == "final"


def votes(count: Event) -> dict[str, int]:
    """Votes by choice, as far as the form names them."""
    named = part(count.value, "votes")
    return {choice: got for choice in named if (got := integer(named, choice)) is not None}


def total(count: Event) -> int:
    """Σ votes."""
    return sum(votes(count).values())


def valid(count: Event) -> int:
    """The valid votes; of a form that does not say, Σ votes."""
    told = integer(count.value, "valid")
    return total(count) if told is None else told


def _all_by_side(counts: list[Event], contest: str) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for count in by_moment(counts):
        if text(count.value, "contest") == contest and (side := side_of(count)):
            found.setdefault(side, []).append(count)
    return found


def forms_by_side(counts: list[Event], contest: str) -> dict[str, list[Event]]:
    """By side: its forms that no other of its side takes back, the latest last."""
    kept = {
        side: not_taken_back(forms, lambda _taker, _taken: True)
        for side, forms in _all_by_side(counts, contest).items()
    }
    return {side: forms for side, forms in kept.items() if forms}


def not_replaced(forms: Iterable[Event]) -> list[Event]:
    """The forms that no other names: what has replaced one stays so when it is replaced itself."""
    known = by_moment(forms)
    named = {text(form.value, "corrects") for form in known}
    return [form for form in known if form.id not in named]


def history(counts: list[Event], contest: str) -> dict[str, list[Event]]:
    """By side: the forms that its latest is compared with, the latest last.

    V04: "A form with `corrects` from an organiser or a supervisor begins anew"; nobody else can
    explain a fall by saying that it corrects.
    """
    found = _all_by_side(counts, contest)
    for side in AUTHORISED:
        stood = forms_by_side(counts, contest).get(side, [])
        anew = [n for n, form in enumerate(stood) if text(form.value, "corrects")]
        found[side] = stood[anew[-1] :] if anew else stood
    return {side: forms for side, forms in found.items() if forms}


def finals(counts: list[Event], contest: str) -> list[Event]:
    """Every final form of a contest that stands, of any side."""
    by_side = forms_by_side(counts, contest)
    return [form for forms in by_side.values() for form in forms if is_final(form)]


def standing_form(counts: list[Event], contest: str) -> Event | None:
    """The form that stands for a TPS: of the sides' latest, a final one first, then by side."""
    best: list[tuple[bool, int, str, Event]] = []
    for side, forms in forms_by_side(counts, contest).items():
        form = forms[-1]
        best.append((not is_final(form), _RANKS.index(side.partition(" ")[0]), side, form))
    return min(best, key=lambda found: found[:3])[3] if best else None
