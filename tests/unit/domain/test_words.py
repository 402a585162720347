"""The closed sets of the contract (§1), in its order and with its numbers."""

from typing import Final

import pytest

from streams.domain.words import (
    BASE_WEIGHT,
    SEVERITIES,
    TPS_CLASSES,
    VULNERABILITY,
    Role,
    source_class_of,
)

ROLES: Final = {
    # role: weight, class
    "pam_tps": (3, "police"),
    "bhabinkamtibmas": (3, "police"),
    "polsek": (3, "police"),
    "polres": (3, "police"),
    "ptps": (3, "supervisors"),
    "panwas": (3, "supervisors"),
    "kpps": (2, "organisers"),
    "panitia": (2, "organisers"),
    "ppk": (2, "organisers"),
    "linmas": (2, "organisers"),
    "saksi": (1, "witnesses"),
    "warga": (1, "citizens"),
    "anonim": (0.5, "citizens"),
    "system": (0, "system"),
}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
def test_a_role_has_its_weight_and_class(role: Role) -> None:
    """Every role but the operator's, who speaks for others, as the contract lists them."""
    assert ROLES[role] == (BASE_WEIGHT[role], source_class_of(role))


def test_an_operator_has_neither() -> None:
    """Whom it relays has: a weight of its own would count twice."""
    assert Role.OPERATOR not in BASE_WEIGHT
    with pytest.raises(KeyError):
        source_class_of(Role.OPERATOR)


def test_severities_and_classes_stand_in_the_order_of_the_contract() -> None:
    """Every list of thresholds is in this order."""
    assert ["low", "medium", "high", "critical"] == list(SEVERITIES)
    assert ["kurang_rawan", "rawan", "sangat_rawan", "khusus"] == list(TPS_CLASSES)


def test_khusus_ranks_right_below_sangat_rawan() -> None:
    """One class tighter than khusus is sangat_rawan (contract §1)."""
    ranked = sorted(TPS_CLASSES, key=VULNERABILITY.__getitem__)
    assert ["kurang_rawan", "rawan", "khusus", "sangat_rawan"] == ranked
