"""What somebody was told, for tests of answers."""

from typing import Final

from streams.answers.asked import Answerer, Asked
from streams.domain.ids import AlertId, AreaCode, ElectionId
from tests.support.world import local

__all__ = ["ASKED", "KEYS", "POLSEK", "PRINCIPAL"]

POLSEK: Final = "OPS/polsek@36.04/1"
KEYS: Final = (b"the key of this installation 01.", b"the key that it had before this.")
ASKED: Final = Asked(
    alert=AlertId("3604-MZXW6YTBOI2HGZLM"),
    revision=2,
    told_at=local("07:30:15"),
    destination=POLSEK,
    climbs=True,
)
PRINCIPAL: Final = Answerer("polsek-carenang", AreaCode("36.04.17"), ElectionId("serang-2024"))
