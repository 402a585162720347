"""Names of areas, compared as people mean them.

Two names are the same if they agree without case, blanks, punctuation and accents: "Ragas Masigit",
"RAGASMASIGIT" and "ragas-masigit" (contract §2). People also put the kind of the area before its
name, together or apart: "Desa Mekarsari", "Kel.Curup", "Kab. Serang". As blanks mean nothing,
whether a name begins with such a word cannot be told from the name alone ("Kelapa"): so a name has
several readings, and whoever looks it up looks for all of them.
"""

import unicodedata
from functools import lru_cache
from typing import Final

from streams.domain.words import AreaKind

__all__ = ["alikeness", "fold", "readings", "same_name", "short_name"]

_KIND_WORDS: Final = {
    AreaKind.PROVINSI: ("provinsi", "prov"),
    AreaKind.KABUPATEN: ("kabupaten", "kab"),
    AreaKind.KECAMATAN: ("kecamatan", "kec", "distrik"),
    AreaKind.DESA: ("desa", "ds", "kelurahan", "kel"),
}
_LEADS: Final = (
    "kabupaten administrasi ",
    "kota administrasi ",
    "kabupaten ",
    "kota ",
)
_KOTA: Final = "kota"


@lru_cache(maxsize=1 << 15)
def fold(name: str) -> str:
    """Return the letters and digits of a name, without case and accents."""
    plain = name.lower() if name.isascii() else unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def readings(name: str, kind: AreaKind) -> frozenset[str]:
    """Return the folded name, and what is left of it without a word for its kind before it."""
    folded = fold(name)
    found = {folded}
    for word in _KIND_WORDS.get(kind, ()):
        if folded.startswith(word):
            found.add(folded.removeprefix(word))
    return frozenset(found - {""})


def short_name(kabupaten: str) -> str:
    """Return the register's name of a kabupaten without its kind; a kota keeps the word.

    So "Serang" and "Kab. Serang" are the kabupaten, and "Kota Serang" is the kota.
    """
    lower = kabupaten.lower()
    for lead in _LEADS:
        if lower.startswith(lead):
            rest = kabupaten[len(lead) :]
            return f"{_KOTA} {rest}" if lead.startswith(_KOTA) else rest
    return kabupaten


def same_name(one: str, other: str, kind: AreaKind) -> bool:
    """Tell whether two spellings can name the same area of this level."""
    if kind is AreaKind.KABUPATEN:
        one, other = short_name(one), short_name(other)
    return fold(one) == fold(other) or bool(readings(one, kind) & readings(other, kind))


def alikeness(one: str, other: str) -> float:
    """Return how alike two folded names are, from 0 to 1: Dice's coefficient of letter pairs.

    Source: L. R. Dice, "Measures of the Amount of Ecologic Association Between Species" (1945).
    """
    pairs, others = _pairs(one), _pairs(other)
    total = len(pairs) + len(others)
    return 2 * len(pairs & others) / total if total else 0.0


@lru_cache(maxsize=1 << 15)
def _pairs(folded: str) -> frozenset[str]:
    return frozenset(folded[at : at + 2] for at in range(len(folded) - 1))
