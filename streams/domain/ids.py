"""Codes of places and ids of alerts: how they look, how they nest, how they are made.

Codes are Kemendagri's, with dots: province `36`, kabupaten/kota `36.04`, kecamatan `36.04.17`,
desa/kelurahan `36.04.17.2010`; a TPS adds a dash and three digits (contract §1). A code contains
its parents as prefixes, so the tree needs no table. BPS codes (`3604170`) have no dots and match
nothing here.
"""

import hashlib
import re
from base64 import b32encode
from typing import Final, NewType

from streams.domain.words import AreaKind

__all__ = [
    "AREA_PATTERNS",
    "CATEGORY_PATTERN",
    "DESA_PATTERN",
    "DRILL_MARK",
    "TPS_PATTERN",
    "AlertId",
    "AreaCode",
    "ElectionId",
    "Scope",
    "alert_id",
    "area_kind",
    "desa_of",
    "digest_id",
    "kabupaten_of",
    "kabupaten_of_id",
    "kecamatan_of",
    "parents_of",
    "provinsi_of",
]

AreaCode = NewType("AreaCode", str)
"""Code of an area of any level, or of a TPS."""
AlertId = NewType("AlertId", str)
"""`1702-MZXW6YTBOI2HGZLM`: kabupaten digits, dash, 16 base32 characters."""
ElectionId = NewType("ElectionId", str)
"""Id of an election folder; a drill of it is `REAL#drill-ID`."""
DRILL_MARK: Final = "#drill-"
"""Stands between the id of an election and that of a drill of it. Source: contract §2."""
Scope = NewType("Scope", str)
"""What an alert is about, as it stands in transitions: a code, or `pair:36.04/P03` and alike."""

TPS_PATTERN: Final = r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}-[0-9]{3}$"
DESA_PATTERN: Final = r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}$"
CATEGORY_PATTERN: Final = r"^(KAM|INT|PID|NET|LOG|PRO|HIT|KES|BEN|INF|UMM)-[0-9]{2}$"
AREA_PATTERNS: Final = {
    AreaKind.PROVINSI: r"[0-9]{2}",
    AreaKind.KABUPATEN: r"[0-9]{2}\.[0-9]{2}",
    AreaKind.KECAMATAN: r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}",
    AreaKind.DESA: r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}",
    AreaKind.TPS: r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}-[0-9]{3}",
}
"""Patterns without anchors, to be used with `fullmatch`."""

_KIND_BY_LENGTH: Final = {
    2: AreaKind.PROVINSI,
    5: AreaKind.KABUPATEN,
    8: AreaKind.KECAMATAN,
    13: AreaKind.DESA,
    17: AreaKind.TPS,
}
_COMPILED: Final = {kind: re.compile(pattern) for kind, pattern in AREA_PATTERNS.items()}
_ID_BYTES: Final = 10  # 80 bits are 16 characters of base32 without padding.
_SEPARATOR: Final = "\x1f"  # Cannot stand in a code, a rule id or a key.


def area_kind(code: str) -> AreaKind | None:
    """Return the level of a well-formed code, or None if `code` is not one."""
    kind = _KIND_BY_LENGTH.get(len(code))
    return kind if kind is not None and _COMPILED[kind].fullmatch(code) else None


def provinsi_of(code: str) -> AreaCode:
    """Return the province that a well-formed code of any level lies in."""
    return AreaCode(code[:2])


def kabupaten_of(code: str) -> AreaCode:
    """Return the kabupaten/kota of a well-formed code: its first five characters."""
    return AreaCode(code[:5])


def kabupaten_of_id(well_formed: str) -> AreaCode:
    """Return the kabupaten/kota whose digits an id of an alert, report or notice begins with."""
    return AreaCode(f"{well_formed[:2]}.{well_formed[2:4]}")


def kecamatan_of(code: str) -> AreaCode:
    """Return the kecamatan of a well-formed code of a kecamatan, desa or TPS."""
    return AreaCode(code[:8])


def desa_of(code: str) -> AreaCode:
    """Return the desa or kelurahan of a well-formed code of a desa or TPS."""
    return AreaCode(code[:13])


def parents_of(code: str) -> tuple[AreaCode, ...]:
    """Return the codes from the province down to `code` itself, for a well-formed code."""
    return tuple(AreaCode(code[:length]) for length in _KIND_BY_LENGTH if length <= len(code))


def digest_id(kabupaten: str, *parts: str) -> AlertId:
    """Return kabupaten digits, a dash, and 16 base32 characters of a hash of `parts`."""
    digest = hashlib.sha256(_SEPARATOR.join(parts).encode()).digest()[:_ID_BYTES]
    return AlertId(f"{kabupaten.replace('.', '')}-{b32encode(digest).decode()}")


def alert_id(
    kabupaten: str, episode_of: tuple[ElectionId, str, Scope, str], episode: int
) -> AlertId:
    """Return the id of an episode of (election, rule, scope, key), counted from 1.

    It has no time and no pack in it: the same on every replay, and under a new pack (contract §4).
    """
    return digest_id(kabupaten, *episode_of, str(episode))
