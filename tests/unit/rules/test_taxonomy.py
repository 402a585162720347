"""Categories by the kind of election: who is told and what it is called differ, and no more."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.errors import ConfigError
from streams.rules.pack import Route
from streams.rules.reading import read_pack
from tests.support.packs import TAXONOMY, text_of

CATEGORY: Final = """\
KAM-04:
  id: Kotak suara dirampas
  en: Ballot box seized
  severity: critical
  route: [polres, kpu]
  corroboration: 0
"""
LINE: Final = TAXONOMY.count("\n") + CATEGORY.count("\n") + 1
"""Of `profiles:` in the file of the taxonomy."""
KINDS: Final = ("pilkada", "pilkades", "pemilu")


def category(profile: str, profiles: str) -> Route:
    """Return a category with profiles, as one of them has it."""
    taxonomy = TAXONOMY + CATEGORY + profiles
    return read_pack(text_of({"taxonomy.yaml": taxonomy}, profile)).taxonomy["KAM-04"]


def test_a_profile_changes_the_route() -> None:
    """In the election of that kind alone."""
    profiles = "  profiles: {pilkades: {route: [polres, panitia]}}\n"
    routes = [category(kind, profiles).route for kind in KINDS]
    assert [("polres", "kpu"), ("polres", "panitia"), ("polres", "kpu")] == routes


def test_a_profile_changes_the_name() -> None:
    """In one language or both; the rest of the category is as it stands."""
    profiles = "  profiles: {pilkades: {id: Kotak desa dirampas}}\n"
    base, found = category("pilkada", profiles), category("pilkades", profiles)
    assert replace(base, id="Kotak desa dirampas") == found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("profiles", ["", "  profiles:\n", "  profiles: {pilkades: }\n"])
def test_a_category_that_says_nothing_of_a_kind_is_the_same_in_it(kind: str, profiles: str) -> None:
    """Also where a profile is named and left empty."""
    assert ("Kotak suara dirampas", ("polres", "kpu")) == (
        category(kind, profiles).id,
        category(kind, profiles).route,
    )


PROFILE_FAULTS: Final = {
    "a name that is misspelt": (
        "  profiles: {pilkadez: {route: []}}\n",
        (
            f"{LINE}: profiles.pilkadez: no such profile; "
            "expected one of pilkada, pilkades, pemilu; did you mean pilkades"
        ),
    ),
    "a field that nobody knows": (
        "  profiles:\n    pemilu:\n      rout: [polres]\n",
        f"{LINE + 2}: rout: found `rout`, expected one of",
    ),
    "a value of another kind": (
        "  profiles:\n    pemilu:\n      route: polres\n",
        f"{LINE + 2}: route: found 'polres', expected a list",
    ),
    "what judges": (
        "  profiles:\n    pemilu: {route: [polres],\n      severity: low}\n",
        (
            f"{LINE + 2}: profiles.pemilu.severity: "
            "a profile of a category changes only `id`, `en` and `route`"
        ),
    ),
    "profiles": (
        "  profiles:\n    pemilu: {profiles: {pilkades: {route: []}}}\n",
        (
            f"{LINE + 1}: profiles.pemilu.profiles: "
            "a profile of a category changes only `id`, `en` and `route`"
        ),
    ),
    "no fields": (
        "  profiles:\n    pemilu: [polres]\n",
        f"{LINE + 1}: profiles.pemilu: expected fields as `severity: high`",
    ),
    "no names": (
        "  profiles: [pemilu]\n",
        f"{LINE}: profiles: expected fields as `severity: high`",
    ),
    "two of them": (
        "  profiles:\n    pilkades: {route: kpu}\n    pemilu: {route: kpu}\n",
        (
            f"{LINE + 1}: route: found 'kpu', expected a list, as `[…]`\n"
            f"taxonomy.yaml:{LINE + 2}: route: found 'kpu', expected a list, as `[…]`"
        ),
    ),
}


@pytest.mark.parametrize(("profiles", "told"), PROFILE_FAULTS.values(), ids=PROFILE_FAULTS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_in_a_profile_is_told_whichever_is_chosen(
    profiles: str, told: str, kind: str
) -> None:
    """Or it would be found on the day on which the profile is used first."""
    with pytest.raises(ConfigError) as refused:
        category(kind, profiles)
    assert str(refused.value).startswith(f"taxonomy.yaml:{told}")


def test_a_fault_of_the_category_itself_is_told_once() -> None:
    """Though it is read once for each kind."""
    with pytest.raises(ConfigError) as refused:
        category("pilkades", "  classes_min: 0\n")
    assert [f"taxonomy.yaml:{LINE}: classes_min: found 0, expected a whole number, at least 1"] == (
        str(refused.value).splitlines()
    )
