"""Fields of rules of another kind than they must be: told with file, line and field."""

from typing import Final

import pytest

from streams.errors import ConfigError
from streams.rules.reading import read_pack
from tests.support.packs import changed

T03: Final = "rules/T03.yaml"
W04: Final = "rules/W04.yaml"
LADDERS: Final = r"^(OPS|ADM|GAK|PROP|SYS)(\\+(OPS|ADM|GAK|PROP|SYS))*$"
REFUSED: Final = {
    # what is changed in which file, on which line it is told, and what is said
    "not YAML": (T03, "id: T03", "id: [T03", 2, "not YAML: did not find expected ',' or ']'"),
    "a field that nobody knows": (
        T03,
        "owner: bag-ops",
        "boss: bag-ops",
        4,
        "boss: Object contains unknown field `boss`",
    ),
    "a field that is missing": (
        T03,
        "owner: bag-ops\n",
        "",
        1,
        "Object missing required field `owner`",
    ),
    "a severity that is none": (
        T03,
        "severity: medium",
        "severity: merah",
        12,
        "severity: Invalid enum value 'merah'",
    ),
    "three thresholds": (
        T03,
        "[30m, 20m, 10m, 20m]",
        "[30m, 20m, 10m]",
        10,
        "detector.watches[0].limit: Expected `array` of length 4, got 3",
    ),
    "a duration without a unit": (
        T03,
        "[30m, 20m, 10m, 20m]",
        "15",
        10,
        "detector.watches[0].limit: Expected `str | array`, got `int`",
    ),
    "a duration of another unit": (
        T03,
        "limit: [45m,",
        "limit: [45d,",
        11,
        "detector.watches[1].limit[0]: Expected `str` matching regex '^[0-9]+(h|m|s)$'",
    ),
    "a ladder that is none": (
        T03,
        "ladders: ADM",
        "ladders: OPS+GKA",
        13,
        f"ladders: Expected `str` matching regex '{LADDERS}'",
    ),
    "a third language": (
        T03,
        'en: "Matter at {place}"}',
        'en: "Matter at {place}", fr: "Cas"}',
        15,
        "texts.title.fr: Object contains unknown field `fr`",
    ),
    "a third language of what looks like it": (
        T03,
        "ladders: ADM\n",
        (
            "ladders: ADM\nfalse_positives:\n  - {id: Macet., en: A jam.}\n"
            "  - {id: Hujan., en: Rain., fr: Pluie.}\n"
        ),
        16,
        "false_positives[1].fr: Object contains unknown field `fr`",
    ),
    "a happening that there is not": (
        T03,
        "ends: [opened]",
        "ends: [dibuka]",
        10,
        "detector.watches[0].ends[0]: Invalid enum value 'dibuka'",
    ),
    "a detector that there is not": (
        T03,
        "type: overdue",
        "type: late",
        7,
        "detector.type: Invalid value 'late'",
    ),
    "a version below 1": (T03, "version: 1", "version: 0", 2, "version: Expected `int` >= 1"),
    "an id of another form": (
        T03,
        "id: T03",
        "id: buka",
        1,
        "id: Expected `str` matching regex '^[A-Z][0-9]{2}$'",
    ),
    "a category of another form": (
        W04,
        "[INT-01, INT-02]",
        "[INT-1]",
        9,
        "detector.categories[0]: Expected `str` matching regex '^[A-Z]{3}-[0-9]{2}$'",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "line", "told"), REFUSED.values(), ids=REFUSED)
def test_a_field_with_a_fault_is_refused(
    file: str, old: str, new: str, line: int, told: str
) -> None:
    """The message names the file, the line, the field, and what was expected."""
    with pytest.raises(ConfigError) as refused:
        read_pack(changed(file, old, new))
    assert f"{file}:{line}: {told}" == str(refused.value)
