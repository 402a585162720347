"""`adjacency.csv` and `contacts.toml`."""

import pytest

from streams.domain.alert import Ladder
from streams.domain.ids import AreaCode
from streams.territory.plan import Way
from tests.unit.territory.folders import (
    BOGOR,
    CONTACTS,
    ELECTION,
    TEXTS,
    TPS_HEADER,
    Texts,
    cell,
    faults_of,
    plan_of,
    replaced,
    told,
)

MEKARSARI, RAGAS, LAMARAN = "36.04.17.2010", "36.04.17.2006", "36.04.18.2007"


def test_neighbours_are_neighbours_both_ways() -> None:
    """A border is written once and found from both sides."""
    adjacency = plan_of().adjacency
    expected = {RAGAS: (MEKARSARI,), MEKARSARI: (RAGAS, LAMARAN), LAMARAN: (MEKARSARI,)}
    assert expected == adjacency
    assert sorted(adjacency) == list(adjacency)


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        ("36.04.17.9999", "error"),
        ("17.02.09.1012", "warning"),
        ("36.04.17", "error"),
        ("Mekarsari", "error"),
        ("", "error"),
        (MEKARSARI, "error"),
    ],
)
def test_both_desa_must_exist(value: str, severity: str) -> None:
    """A desa of the register is known, in a kabupaten that is watched or not."""
    expected = [] if severity == "warning" else [f"adjacency.csv:2: desa_b: {severity}"]
    assert expected == told(cell("adjacency.csv", 2, "desa_b", value))


def test_a_desa_that_nobody_can_know_may_be_a_neighbour() -> None:
    """Where the register has no desa of a kabupaten, only its own TPS are known."""
    texts = replaced("election.toml", ('area = "36"', 'area = "32"'))
    texts |= {
        "tps.csv": TEXTS["tps.csv"] + BOGOR,
        "adjacency.csv": "desa_a,desa_b\n32.01.01.1001,32.01.01.1002\n",
    }
    assert AreaCode("32.01.01.1002") in plan_of(texts).adjacency


def test_a_border_that_stands_twice_is_taken_once() -> None:
    """Also the other way round; a person may want to know."""
    texts = TEXTS | {"adjacency.csv": f"desa_a,desa_b\n{RAGAS},{LAMARAN}\n{LAMARAN},{RAGAS}\n"}
    assert ["adjacency.csv:3: desa_b: warning"] == told(texts)
    assert {RAGAS: (LAMARAN,), LAMARAN: (RAGAS,)} == plan_of(texts).adjacency


def test_contacts_arrive_whole() -> None:
    """The language is the election's first where none is chosen."""
    texts = replaced("contacts.toml", ('level = "kpu"', 'level = "kpu"\nhours = "06:00-22:00"'))
    contacts = plan_of(texts).contacts
    assert [Ladder.OPS, Ladder.ADM, Ladder.GAK, Ladder.PROP, Ladder.SYS] == [
        contact.ladder for contact in contacts
    ]
    adm = contacts[1]
    expected = ("kpu", "36.04", "Piket", "webhook", "id", "06:00-22:00")
    assert expected == (adm.level, adm.area, adm.name, adm.channel, adm.language, adm.hours)
    assert "https://notify.example.invalid/ADM" == adm.target


def test_a_target_is_in_no_text() -> None:
    """Whatever prints a contact does not print where it leads."""
    assert "invalid" not in repr(plan_of().contacts)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('ladder = "PROP"\n', "", "22 ladder"),
        ('ladder = "PROP"', 'ladder = "PROPAM"', "23 ladder"),
        ('level = "kpu"', 'level = "polda"', "10 level"),
        ('level = "kpu"', 'level = "panitia_kab"', "10 level"),
        ('level = "kpu"', "level = 3", "10 level"),
        ('target = "https://notify.example.invalid/ADM"', "target = 3", "14 target"),
        ('target = "https://notify.example.invalid/ADM"', 'target = " "', "14 target"),
        ('target = "https://notify.example.invalid/ADM"', "", "8 target"),
        ('level = "kpu"', 'level = "kpu"\nlanguage = "jv"', "11 language"),
        ('level = "kpu"', 'level = "kpu"\nhours = "siang"', "11 hours"),
        ('level = "kpu"', 'level = "kpu"\nhours = "07:00-07:00"', "11 hours"),
        ('level = "kpu"', 'level = "kpu"\nhours = "07:00-25:00"', "11 hours"),
        ('level = "kpu"', 'level = "kpu"\nphone = "1"', "11 phone"),
    ],
)
def test_each_fault_is_named_once(old: str, new: str, fault: str) -> None:
    """On its line; a key that is missing on the line of its table."""
    faults = faults_of(replaced("contacts.toml", (old, new)))
    assert [fault] == [f"{one.line} {one.column}" for one in faults]
    assert "example.invalid" not in str(faults[0])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("area", "17.02"),
        ("area", "3604"),
        ("area", "20.01"),
        ("area", "Serang"),
        ("channel", "Telegram!"),
        ("channel", ""),
        ("name", ""),
    ],
)
def test_values_that_all_contacts_have_are_checked_in_each(key: str, value: str) -> None:
    """Here in the first."""
    head, _, rest = CONTACTS.partition(f'{key} = "')
    texts = TEXTS | {"contacts.toml": f'{head}{key} = "{value}"{rest.partition(chr(34))[2]}'}
    assert [key] == [one.column for one in faults_of(texts)]


def test_a_ladder_that_reaches_nobody_is_told() -> None:
    """As a warning: the folder can be used, alerts of that ladder reach nobody."""
    texts = TEXTS | {
        "contacts.toml": CONTACTS.replace(
            'ladder = "SYS"\nlevel = "it"', 'ladder = "OPS"\nlevel = "polda"'
        )
    }
    faults = faults_of(texts)
    assert ["nobody to tell on ladder SYS"] == [one.found for one in faults]
    assert ["warning"] == [one.severity for one in faults]


def test_an_empty_file_warns_for_each_ladder() -> None:
    """Five warnings, and the plan can be used."""
    texts = TEXTS | {"contacts.toml": ""}
    assert ["contacts.toml:0: : warning"] * 5 == told(texts)
    assert () == plan_of(texts).contacts


@pytest.mark.parametrize("text", ["contacts = 3\n", "[contacts]\nladder = 1\n"])
def test_one_bracket_is_not_two(text: str) -> None:
    """Nothing else is told of such a file but that nobody is reached."""
    errors = [one for one in faults_of(TEXTS | {"contacts.toml": text}) if one.severity == "error"]
    assert ["contacts"] == [one.column for one in errors]


def test_what_is_no_toml_is_one_fault() -> None:
    """And no warning for each ladder beside it."""
    assert ["contacts.toml:1: : error"] == told(TEXTS | {"contacts.toml": "[[contacts\n"})


def pilkades() -> Texts:
    """Return the folder of a village's election."""
    election = ELECTION.replace('kind = "pilkada"\nprofile = "pilkada"', 'kind = "pilkades"')
    return TEXTS | {"election.toml": election}


def test_a_village_has_other_levels() -> None:
    """There is no KPU in a pilkades, there is a panitia."""
    contacts = CONTACTS.replace('"kpu"', '"panitia_kab"').replace('"bawaslu"', '"satreskrim"')
    assert [] == told(pilkades() | {"contacts.toml": contacts})
    assert ["level", "level"] == [one.column for one in faults_of(pilkades())]


def test_contacts_without_a_map_are_not_told() -> None:
    """If no TPS could be read, no area is foreign and no desa unknown."""
    assert ["tps.csv:0: : error"] == told(TEXTS | {"tps.csv": TPS_HEADER})


AGENCY = """
[[contacts]]
agency = "bpbd"
area = "36.04"
name = "Pusdalops"
channel = "sms"
target = "+62000"
"""


def test_an_agency_stands_on_no_ladder() -> None:
    """It is told by the word that the routes of the taxonomy have for it."""
    found = plan_of(TEXTS | {"contacts.toml": CONTACTS + AGENCY}).contacts[-1]
    assert ("agency", "bpbd") == (found.ladder, found.level)


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ('agency = "bpbd"', 'agency = "Badan Penanggulangan"', "agency"),
        ('agency = "bpbd"', 'agency = ""', "agency"),
        ('agency = "bpbd"', 'agency = "bpbd"\nladder = "OPS"', "ladder"),
        ('agency = "bpbd"', 'agency = "bpbd"\nlevel = "tps"', "level"),
    ],
)
def test_a_contact_is_of_an_agency_or_of_a_level(old: str, new: str, column: str) -> None:
    """Never of both, and the agency is one word."""
    faults = faults_of(TEXTS | {"contacts.toml": CONTACTS + AGENCY.replace(old, new)})
    assert [column] == [one.column for one in faults if one.severity == "error"]


WAYS = (
    'fallback = [{channel = "sms", target = "+628119990001"}, {channel = "mail", target = "a@b"}]'
)
POLSEK = 'level = "polsek"'


def with_polsek(line: str) -> Texts:
    """Return the folder with one more line in the contact of the Polsek."""
    return replaced("contacts.toml", (POLSEK, f"{POLSEK}\n{line}"))


def test_ways_are_tried_in_their_order() -> None:
    """Of each the channel and the address, which is in no text."""
    [polsek] = [one for one in plan_of(with_polsek(WAYS)).contacts if one.level == "polsek"]
    assert (Way("sms", "+628119990001"), Way("mail", "a@b")) == polsek.fallback
    assert "0001" not in repr(polsek)
    assert () == plan_of().contacts[0].fallback


@pytest.mark.parametrize(
    "value",
    [
        '"sms"',
        "[]",
        '["sms"]',
        '[{channel = "sms"}]',
        '[{target = "+628119990001"}]',
        '[{channel = "SMS", target = "+628119990001"}]',
        '[{channel = "sms", target = " "}]',
        '[{channel = "sms", target = 628119990001}]',
        '[{channel = "sms", target = "+628119990001", hours = "07:00-22:00"}]',
        "[" + ",".join(['{channel = "sms", target = "+628119990001"}'] * 10) + "]",
    ],
)
def test_a_way_that_cannot_be_tried_is_a_fault_without_its_address(value: str) -> None:
    """Named with file, line and key; what stands there may be somebody's number."""
    [fault] = faults_of(with_polsek(f"fallback = {value}"))
    assert ("contacts.toml", 4, "fallback", "error") == (
        fault.file,
        fault.line,
        fault.column,
        fault.severity,
    )
    assert "0001" not in str(fault)
    assert "channel" in fault.expected


@pytest.mark.parametrize(
    ("actor", "severity"),
    [
        ("posko", ""),
        ("kapolres", ""),
        ("siaga", ""),
        ("poskoo", "error"),
        ("", "error"),
        ("lihat", "warning"),
        ("binuang", "warning"),
    ],
)
def test_whoever_answers_stands_on_the_roster(actor: str, severity: str) -> None:
    """And may act where the contact is: else his answers would be refused on the day."""
    texts = with_polsek(f'actor = "{actor}"')
    more = "lihat,viewer,36.04\nbinuang,operator,36.04.18\n"
    texts |= {"actors.csv": TEXTS["actors.csv"] + more}
    expected = [f"contacts.toml:4: actor: {severity}"] if severity else []
    assert expected == told(texts)


def test_without_a_roster_anybody_may_answer() -> None:
    """So a contact may name whom it likes; a roster with a fault is not held against it."""
    texts = {
        name: text for name, text in with_polsek('actor = "x"').items() if name != "actors.csv"
    }
    assert ["actors.csv:0: : warning"] == told(texts)
    assert "x" == plan_of(texts).contacts[0].actor
    broken = with_polsek('actor = "x"') | {"actors.csv": "actor,role,area\nx,chef,36.04\n"}
    assert ["actors.csv:2: role: error"] == told(broken)
