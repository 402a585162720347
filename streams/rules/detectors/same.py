"""Detector `same`: what should be different is the same, exactly or nearly.

**Exactly.** A fingerprint (the hash of a photo) belongs to one place. Who *bears* it are forms:

    IDLE --a second place--> HOLDING --withdrawn, until one place is left--> IDLE

It is a function of who bears it, whatever the order. Bound: `BEARERS_MAX` a fingerprint; the last
one of the place that has the most makes room, so one place cannot push another out.

**Nearly.** A rumour travels as a text that people copy, shorten and misspell. Of a text only the
letters are looked at: without case, accents, digits, punctuation, blanks (SMS leave them out, or
put them in) and repeats. Its *shingles* are the runs of `_SHINGLE` letters in it; the likeness of
two texts is Jaccard's, shingles in both over shingles in either. Kept is only a *sketch*: the
`SKETCH_SIZE` smallest hashes. The smallest hashes of two sets together are a fair sample of their
union, so the share of them that is in both estimates the likeness; it is exact where two texts
have no more than that many different shingles together. Letters instead of words, because an
abbreviation or a lost blank changes every word shingle near it, and only few of letters.

Texts that are alike are in one *claim*, and so are those that are alike to a third. A claim holds
once enough senders from enough desa lie in one window, closed on both sides:

    IDLE --the window is full--> HOLDING --more alike texts--> HOLDING
    HOLDING --somebody has answered the rumour--> IDLE, its texts are forgotten
    two claims that hold, and a text like both: they stay two, it joins the one it is more like

Whether a text is in a claim that holds does not depend on the order in which texts came, as long
as they lie within two windows of each other. The name of a claim that holds never changes.

Bound: texts within two windows of the newest, at most `TEXTS_MAX`, and of `CLAIMS_MAX` claims that
hold the newest text, so that they are known again. A claim that makes room is not ended by that;
it may begin once more. A text is compared with each sketch that is kept.
"""

import unicodedata
from collections import Counter
from hashlib import blake2b
from itertools import groupby
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.domain.times import EpochMs
from streams.domain.words import TpsClass

__all__ = [
    "BEARERS_MAX",
    "CLAIMS_MAX",
    "LETTERS_MIN",
    "SKETCH_SIZE",
    "TEXTS_MAX",
    "AlikeLimits",
    "AlikeState",
    "Bearer",
    "Began",
    "Finding",
    "Finished",
    "Grew",
    "SameState",
    "Text",
    "answer",
    "bear",
    "forget",
    "hear",
    "is_shared",
    "likeness",
    "sketch_of",
    "withdraw",
]

BEARERS_MAX: Final = 64
TEXTS_MAX: Final = 200
CLAIMS_MAX: Final = 32
SKETCH_SIZE: Final = 64
LETTERS_MIN: Final = 12
"""A text with fewer letters says nothing that could be told again from another."""
_SHINGLE: Final = 5
_HASH_BYTES: Final = 4
_NAME_BYTES: Final = 8
_WINDOWS_KEPT: Final = 2

Sketch = tuple[int, ...]
"""The smallest hashes of the shingles of a text, in order."""


class Bearer(Struct, frozen=True, gc=False, array_like=True, order=True):
    """Somewhere a fingerprint was seen."""

    place: AreaCode
    at: EpochMs
    source: str
    id: str
    topic: str
    offset: str
    """Where it stands in the journal."""


class SameState(Struct, frozen=True, gc=False, array_like=True):
    """Who bears one fingerprint, in order."""

    bearers: tuple[Bearer, ...] = ()


class Text(Struct, frozen=True, gc=False, array_like=True, order=True):
    """A text that somebody sent."""

    at: EpochMs
    source: str
    id: str
    desa: AreaCode
    topic: str
    offset: str
    """Where it stands in the journal."""
    sketch: Sketch
    tps_class: TpsClass = TpsClass.KURANG_RAWAN
    """Of the TPS that it is about."""
    claim: str = ""
    """The claim that it is in; set by `hear`."""


class AlikeState(Struct, frozen=True, gc=False, array_like=True):
    """Texts of one kabupaten, in order, and which claims hold."""

    texts: tuple[Text, ...] = ()
    held: tuple[str, ...] = ()


class AlikeLimits(Struct, frozen=True, gc=False):
    """What a rule asks of texts."""

    alike_min: float
    """Above 0, at most 1: the likeness from which two texts are alike."""
    sources_min: int
    desa_min: int
    window_ms: int


class Began(Struct, frozen=True, gc=False):
    """It holds. Of a fingerprint `claim` is empty."""

    claim: str = ""


class Grew(Struct, frozen=True, gc=False):
    """A text has joined a claim that holds already."""

    claim: str


class Finished(Struct, frozen=True, gc=False):
    """A fingerprint is left with one place, or none."""


Finding = Began | Grew | Finished


def bear(state: SameState, bearer: Bearer) -> tuple[SameState, Began | None]:
    """Take in somebody who bears the fingerprint; the same source and id again change nothing."""
    if any((one.source, one.id) == (bearer.source, bearer.id) for one in state.bearers):
        return state, None
    bearers = sorted((*state.bearers, bearer))
    if len(bearers) > BEARERS_MAX:
        crowd = Counter(one.place for one in bearers)
        bearers.remove(max(bearers, key=lambda one: (crowd[one.place], one)))
    after = SameState(tuple(bearers))
    return after, Began() if is_shared(after) and not is_shared(state) else None


def withdraw(state: SameState, source: str, bearer_id: str) -> tuple[SameState, Finished | None]:
    """Take back one who bears it; one that is not known changes nothing."""
    after = SameState(
        tuple(one for one in state.bearers if (one.source, one.id) != (source, bearer_id))
    )
    return after, Finished() if is_shared(state) and not is_shared(after) else None


def is_shared(state: SameState) -> bool:
    """Tell whether more than one place bears the fingerprint."""
    return len({one.place for one in state.bearers}) > 1


def sketch_of(text: str) -> Sketch:
    """Return what is kept of a text; nothing if it has fewer than `LETTERS_MIN` letters.

    The same on every machine and in every process: no hash of Python's own is in it.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(sign for sign, _ in groupby(sign for sign in plain if sign.isalpha()))
    if len(letters) < LETTERS_MIN:
        return ()
    ends = range(_SHINGLE, len(letters) + 1)
    shingles = {letters[end - _SHINGLE : end] for end in ends}
    hashes = {
        int.from_bytes(blake2b(shingle.encode(), digest_size=_HASH_BYTES).digest())
        for shingle in shingles
    }
    return tuple(sorted(hashes)[:SKETCH_SIZE])


def likeness(one: Sketch, other: Sketch) -> float:
    """Return how alike two texts are, from 0 to 1; a text without a sketch is like no other."""
    common = set(one).intersection(other)
    if not common:
        return 0.0
    sample = sorted({*one, *other})[:SKETCH_SIZE]
    return len(common.intersection(sample)) / len(sample)


def hear(
    state: AlikeState, text: Text, limits: AlikeLimits
) -> tuple[AlikeState, Began | Grew | None]:
    """Take in one more text.

    One that is known, says too little or is older than all that can matter changes nothing.
    """
    known = any((one.source, one.id) == (text.source, text.id) for one in state.texts)
    if known or not text.sketch:
        return state, None
    claim, joined = _claim(state, text, limits)
    texts = [replace(one, claim=claim) if one.claim in joined else one for one in state.texts]
    after = _trimmed([*texts, replace(text, claim=claim)], state.held, limits)
    own = tuple(one for one in after.texts if one.claim == claim)
    if not any((one.source, one.id) == (text.source, text.id) for one in own):
        return state, None
    if claim in after.held:
        return after, Grew(claim)
    if not _is_full(own, limits):
        return after, None
    return _trimmed([*after.texts], (*after.held, claim), limits), Began(claim)


def _claim(state: AlikeState, text: Text, limits: AlikeLimits) -> tuple[str, set[str]]:
    """Return the claim that a text is in, and which others become one with it."""
    alike = {
        one: share
        for one in state.texts
        if (share := likeness(one.sketch, text.sketch)) >= limits.alike_min
    }
    loose = {one.claim for one in alike}.difference(state.held)
    ranked = sorted((-share, one.claim) for one, share in alike.items() if one.claim in state.held)
    if ranked:
        return ranked[0][1], loose
    first = min(one for one in (*state.texts, text) if one is text or one.claim in loose)
    name = f"{first.source}\x1f{first.id}"
    return blake2b(name.encode(), digest_size=_NAME_BYTES).hexdigest(), loose


def _trimmed(texts: list[Text], held: tuple[str, ...], limits: AlikeLimits) -> AlikeState:
    ordered = sorted(texts)
    last = {one.claim: one for one in ordered if one.claim in held}
    kept_claims = sorted(last, key=lambda claim: last[claim])[-CLAIMS_MAX:]
    marks = [last[claim] for claim in kept_claims]
    oldest = ordered[-1].at - _WINDOWS_KEPT * limits.window_ms
    recent = [one for one in ordered if one.at >= oldest and one not in marks]
    kept = (*marks, *recent[-(TEXTS_MAX - CLAIMS_MAX) :])
    return AlikeState(tuple(sorted(kept)), tuple(sorted(kept_claims)))


def _is_full(texts: tuple[Text, ...], limits: AlikeLimits) -> bool:
    """Tell whether some window has enough senders from enough desa."""
    for end in texts:
        inside = [one for one in texts if end.at - limits.window_ms <= one.at <= end.at]
        desa, sources = {one.desa for one in inside}, {one.source for one in inside}
        if len(sources) >= limits.sources_min and len(desa) >= limits.desa_min:
            return True
    return False


def forget(state: AlikeState, source: str, text_id: str) -> AlikeState:
    """Return the texts without one; what is in a claim that holds stays until that is answered."""
    texts = tuple(
        one
        for one in state.texts
        if (one.source, one.id) != (source, text_id) or one.claim in state.held
    )
    return AlikeState(texts, state.held)


def answer(state: AlikeState, claim: str) -> AlikeState:
    """Somebody has answered a rumour: it holds no longer, and what was said of it is forgotten."""
    texts = tuple(one for one in state.texts if one.claim != claim)
    return AlikeState(texts, tuple(one for one in state.held if one != claim))
