"""Lexica: what can be read, what is refused, and how each rule of judging shows in a text."""

from typing import Final

import pytest

from streams.errors import ConfigError
from streams.rules.classifier import SUGGESTIONS_MAX, Classification, Reason, Suggestion
from streams.rules.lexicon import compile_lexicon, parse_lexicon
from streams.rules.spelling import TEXT_MAX

CATEGORIES: Final = ("KAM-01", "KAM-06", "KAM-08", "INT-01", "INF-02", "UMM-01", "PID-01")
LEXICON: Final = """
room: 1
near: 3
spellings: {tidak: [gak, tdk], tidak ada: [gada], di: [d], warga: [wrg], dua kali: [2x]}
roots: {rusuh: [], ancam: [ancem], serang: [], rusak: [], bagi: [], coblos: [], pukul: []}
apart: [serangan]
unjoined: [serang]
numbered: {tps: tps, pukul: jam}
dotted: [jl]
classes: {voter: [warga, pemilih], crowd: [massa]}
negations: [tidak, bukan, belum]
fillers: [ada, laporan]
joiners: [dan, atau]
breaks: [tapi]
barriers: [oleh]
light: [di, tps]
homonyms: [bom waktu, rusuh hati]
guards:
  hypothesis: {reach: ahead, terms: [kalau]}
  rumour: {reach: sentence, terms: [katanya, hoaks]}
  drill: {reach: text, terms: [simulasi]}
  likeness: {reach: clause, terms: [ibarat]}
categories:
  KAM-01:
    over: [KAM-08]
    strong: [rusuh, massa+serbu tps]
    weak: [ribut]
    unless: [main bola]
  KAM-06: {careful: true, over: [INT-01], strong: [ada bom], weak: [bom], unless: [bom ikan]}
  KAM-08: {strong: [pendukung cekcok]}
  INT-01: {strong: [diancam, mengancam <voter>]}
  INF-02: {strong: [beredar hoaks], despite: [rumour]}
  UMM-01: {strong: [maling, coblos dua kali], weak: [=rusak]}
  PID-01: {strong: [serangan fajar, bagi uang, dipukul kpps, tidak netral]}
"""
REFUSED: Final = {
    # what is changed, and what is said of it
    "not YAML": ("room: 1", "room: [1", "not YAML: "),
    "an unknown field": ("room: 1", "room: 1\nspace: 2", "found `space`, expected one of"),
    "an unknown reach": ("reach: ahead", "reach: far", "found 'far', expected one of"),
    "too much room": (
        "room: 1",
        "room: 9",
        "room: found 9, expected a whole number",
    ),
    "a category that is not in the taxonomy": (
        "UMM-01: {",
        "UMM-09: {",
        "categories.UMM-09: expected a category of the taxonomy",
    ),
    "a code that is none": ("  UMM-01: {", "  maling: {", "categories"),
    "an empty term": ("[maling,", "['',", "categories.UMM-01.strong[0]: found '', expected 1 to 6"),
    "a term without words": (
        "[maling,",
        "['!!!',",
        "categories.UMM-01.strong[0]: found '!!!', expected words of small letters",
    ),
    "a term in capitals": ("[maling,", "[Maling,", "found 'Maling', expected words of small"),
    "a term that is too long": ("[maling,", "[a b c d e f g,", "expected 1 to 6 words"),
    "a class that nobody knows": ("<voter>", "<voters>", "found <voters>, expected one of crowd"),
    "one strong term in two categories": (
        "[maling,",
        "[merusuh, rusuh,",
        "categories.UMM-01.strong[1]: 'rusuh' stands in categories.KAM-01.strong[0] too",
    ),
    "one term twice by another spelling": (
        "[serangan fajar,",
        "[bagi uang, serangan fajar,",
        "'bagi uang' stands in categories.PID-01.strong[0] too",
    ),
    "one spelling for two words": ("warga: [wrg]", "warga: [gak]", "'gak' is typed for 'tidak'"),
    "a spelling of two words": ("[wrg]", "[w rg]", "spellings.warga: found 'w rg', expected one"),
    "a guard that nobody knows": (
        "despite: [rumour]",
        "despite: [rumor]",
        "categories.INF-02.despite: found rumor, expected one of drill, hypothesis",
    ),
    "outranking nothing": ("over: [KAM-08]", "over: [KAM-02]", "categories.KAM-01.over: KAM-02"),
    "outranking itself": ("over: [KAM-08]", "over: [KAM-01]", "expected another category"),
    "outranking each other": (
        "KAM-08: {strong",
        "KAM-08: {over: [KAM-01], strong",
        "outranks it too",
    ),
    "outranking what is careful": ("over: [KAM-08]", "over: [KAM-06]", "KAM-06 is careful"),
}


def classify(text: str) -> Classification:
    """Classify with the small lexicon above."""
    return compile_lexicon(parse_lexicon("own.yaml", LEXICON), CATEGORIES).classify(text)


@pytest.mark.parametrize(("old", "new", "told"), REFUSED.values(), ids=REFUSED)
def test_a_lexicon_with_a_fault_is_refused(old: str, new: str, told: str) -> None:
    """The message names the file, the field, and what was expected."""
    assert old in LEXICON
    with pytest.raises(ConfigError) as refused:
        compile_lexicon(
            parse_lexicon("own.yaml", LEXICON.replace(old, new, 1)), CATEGORIES, "own.yaml"
        )
    assert str(refused.value).startswith("own.yaml:")
    assert told in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "rusuh",
        "RUSUUUUH!!!",
        "r.u.s.u.h rusuh",
        "rusuh2",
        "rusuh-rusuhan",
        "ru5uh",
        "rusuhnya",
        "kerusuhan",
        "perusuh",
        "di rusuhin",
        "rüsuh",
        "\uff52\uff55\uff53\uff55\uff48",
        "rus\u200buh",
        "tidak ada polisi, disini rusuh",
        "tidak rusak tapi rusuh",
        "maen bola. rusuh",
        "rusuh kalau begini",
        "tps 3 ibarat pasar, rusuh",
    ],
)
def test_a_word_is_found_however_it_is_typed(text: str) -> None:
    """Spelling, affixes and what stands in another clause hide nothing."""
    assert "KAM-01" == classify(text).category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("wrg diancem", "INT-01"),
        ("d ancam", "INT-01"),
        ("di ancamin", "INT-01"),
        ("ngancam warga", "INT-01"),
        ("mengancam para warga", "INT-01"),
        ("mengancam pemilihnya", "INT-01"),
        ("nyoblos 2x", "UMM-01"),
        ("massa serbu di tps", "KAM-01"),
        ("bagi2 uang", "PID-01"),
        ("membagikan banyak uang", "PID-01"),
        ("petugas tidak netral", "PID-01"),
        ("beredar hoaks", "INF-02"),
        ("tps diserbu. Massa serbu tps 1", "KAM-01"),
        ("lempar batu di jl. mawar rusuh", "KAM-01"),
    ],
)
def test_a_term_takes_its_forms(text: str, category: str) -> None:
    """A root takes all its forms, an inflected word its own, a class all its words."""
    assert category == classify(text).category


@pytest.mark.parametrize(
    "text",
    [
        "ancaman",
        "mengancam polisi",
        "mengancam",
        "bagi tahu semua orang uang",
        "bagi oleh uang",
        "bagi. uang",
        "bagi, uang",
        "massa lalu serbu tps",
        "dari Serang",
        "kami di serang",
        "pukul 10 kpps datang",
        "tidak pernah netral",
        "rusuh hati",
        "rusuh main bola",
    ],
)
def test_what_only_looks_like_a_term_is_nothing(text: str) -> None:
    """Other forms, too much room, a barrier, a clause's end, a place, an hour, a homonym."""
    assert Classification("", (), Reason.NOTHING) == classify(text)


@pytest.mark.parametrize(
    "text",
    [
        "tidak rusuh",
        "gada laporan rusuh",
        "tidak ada keributan, maling dan serangan fajar",
        "tidak rusuh, diancam atau maling",
        "rusuh tidak ada",
        "tidak ada polisi, rusuh",
    ],
)
def test_what_is_denied_is_not_sure(text: str) -> None:
    """Before, behind and along a list; and the list is not only its first item."""
    assert "" == classify(text).category


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("kalau warga rusuh", "hypothesis"),
        ("katanya rusuh", "rumour"),
        ("rusuh katanya", "rumour"),
        ("Simulasi! rusuh", "drill"),
        ("ibarat rusuh", "likeness"),
        ("rusuh?", "?"),
        ("tidak lama lagi rusuh", "not"),
    ],
)
def test_a_guard_makes_a_suggestion_of_it(text: str, doubt: str) -> None:
    """It says which guard stood by, and how little is left."""
    suggestion = Suggestion("KAM-01", ("rusuh",), (doubt,), 2)
    assert Classification("", (suggestion,), Reason.DOUBT) == classify(text)


def test_a_guard_does_not_reach_beyond() -> None:
    """A rumour of one sentence says nothing about the next."""
    assert "KAM-01" == classify("Katanya hujan. Di sini rusuh").category


def test_weak_words_only_suggest() -> None:
    """However many there are."""
    expected = (Suggestion("KAM-01", ("ribut",), (), 1), Suggestion("UMM-01", ("=rusak",), (), 1))
    assert Classification("", expected, Reason.WEAK) == classify("ribut ribut rusak")


def test_two_that_are_sure_wait_for_a_person() -> None:
    """Neither outranks the other, so both are suggested, the stronger first."""
    found = classify("rusuh, ribut, ada maling")
    assert ("", Reason.SEVERAL) == (found.category, found.why)
    assert [("KAM-01", 5), ("UMM-01", 4)] == [
        (one.category, one.score) for one in found.suggestions
    ]


def test_one_may_outrank_another() -> None:
    """Then it is sure, and the other is still suggested."""
    found = classify("pendukung cekcok sampai rusuh")
    assert ("KAM-01", Reason.SURE) == (found.category, found.why)
    assert ["KAM-01", "KAM-08"] == [one.category for one in found.suggestions]


@pytest.mark.parametrize(
    "text", ["rusuh. Katanya ada bom", "maling. bukan bom", "bom ikan. rusuh", "bom waktu. rusuh"]
)
def test_what_must_not_be_missed_holds_up_all_others(text: str) -> None:
    """Doubted, denied or a homonym: it is suggested first, and nothing else is sure."""
    found = classify(text)
    assert ("", "KAM-06") == (found.category, found.suggestions[0].category)
    assert Reason.CAREFUL is found.why


def test_what_must_not_be_missed_may_outrank_others() -> None:
    """Where it is sure of itself it does not wait for them."""
    assert "KAM-06" == classify("kami diancam, ada bom").category


@pytest.mark.parametrize(
    ("text", "doubt"), [("bukan bom", "not"), ("bom waktu", "other"), ("bom ikan", "other")]
)
def test_what_must_not_be_missed_says_why_it_is_doubted(text: str, doubt: str) -> None:
    """A person sees that somebody denied it, or that the words may mean something else."""
    assert (doubt,) == classify(text).suggestions[0].doubts


def test_suggestions_are_few() -> None:
    """A person in triage is not handed the whole taxonomy."""
    text = "rusuh, ada bom, pendukung cekcok, diancam, beredar hoaks, maling, serangan fajar"
    assert SUGGESTIONS_MAX == len(classify(text).suggestions)


def test_a_long_text_is_read_to_its_limit() -> None:
    """What stands behind it is not looked at."""
    assert "KAM-01" == classify(" " * (TEXT_MAX - 5) + "rusuh").category
    assert "" == classify(" " * (TEXT_MAX - 4) + "rusuh").category
    assert "" == classify("\ufdfa" * TEXT_MAX + " rusuh").category
