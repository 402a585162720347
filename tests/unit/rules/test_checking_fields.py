"""Fields of rules of another kind than they must be: told with file, line and field."""

from typing import Final

import pytest

from streams.errors import ConfigError
from streams.rules.reading import read_pack
from tests.support.packs import changed

T03: Final = "rules/T03.yaml"
W04: Final = "rules/W04.yaml"
REFUSED: Final = {
    # what is changed in which file, on which line it is told, and what is said
    "not YAML": (T03, "id: T03", "id: [T03", 2, "not YAML: did not find expected ',' or ']'"),
    "a field that nobody knows": (
        T03,
        "owner: bag-ops",
        "owner: bag-ops\nboss: saya",
        5,
        "boss: found `boss`, expected one of",
    ),
    "a field that is missing": (
        T03,
        "owner: bag-ops\n",
        "",
        1,
        "expected `owner`, which is missing",
    ),
    "a severity that is none": (
        T03,
        "severity: medium",
        "severity: merah",
        12,
        "severity: found 'merah', expected one of",
    ),
    "three thresholds": (
        T03,
        "[30m, 20m, 10m, 20m]",
        "[30m, 20m, 10m]",
        10,
        "detector.watches[0].limit: found a list of 3, expected one value, or four",
    ),
    "a duration without a unit": (
        T03,
        "[30m, 20m, 10m, 20m]",
        "15",
        10,
        "detector.watches[0].limit: found 15, expected a duration as 30m, 90s or 2h",
    ),
    "a duration of another unit": (
        T03,
        "limit: [45m,",
        "limit: [45d,",
        11,
        "detector.watches[1].limit[0]: found '45d', expected a duration as 30m, 90s or 2h",
    ),
    "a ladder that is none": (
        T03,
        "ladders: ADM",
        "ladders: OPS+GKA",
        13,
        "ladders: found 'OPS+GKA', expected ladders as OPS+ADM (OPS, ADM, GAK, PROP, SYS)",
    ),
    "a third language": (
        T03,
        'en: "Matter at {place}"}',
        'en: "Matter at {place}", fr: "Cas"}',
        15,
        "texts.title.fr: found `fr`, expected one of",
    ),
    "a third language of what looks like it": (
        T03,
        "ladders: ADM\n",
        (
            "ladders: ADM\nfalse_positives:\n  - {id: Macet., en: A jam.}\n"
            "  - {id: Hujan., en: Rain., fr: Pluie.}\n"
        ),
        16,
        "false_positives[1].fr: found `fr`, expected one of",
    ),
    "a happening that there is not": (
        T03,
        "ends: [opened]",
        "ends: [dibuka]",
        10,
        "detector.watches[0].ends[0]: found 'dibuka', expected one of",
    ),
    "a detector that there is not": (
        T03,
        "type: overdue",
        "type: late",
        7,
        "detector.type: found 'late', expected one of overdue, ",
    ),
    "a version below 1": (
        T03,
        "version: 1",
        "version: 0",
        2,
        "version: found 0, expected a whole number, at least 1",
    ),
    "an id of another form": (
        T03,
        "id: T03",
        "id: buka",
        1,
        "id: found 'buka', expected an id as L01",
    ),
    "a category of another form": (
        W04,
        "[INT-01, INT-02]",
        "[INT-1]",
        9,
        "detector.categories[0]: found 'INT-1', expected a category of the taxonomy as KAM-01",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "line", "told"), REFUSED.values(), ids=REFUSED)
def test_a_field_with_a_fault_is_refused(
    file: str, old: str, new: str, line: int, told: str
) -> None:
    """The message names the file, the line, the field, and what was expected."""
    with pytest.raises(ConfigError) as refused:
        read_pack(changed(file, old, new))
    assert str(refused.value).startswith(f"{file}:{line}: {told}")
