"""What is told of Siaga itself: what it does not see, since when, and by which number."""

from typing import Final

from streams.domain.alert import Text, Why
from streams.domain.effects import RuleFault
from streams.domain.times import MINUTE_MS, SECOND_MS
from streams.domain.words import TpsClass
from streams.judge.telling import Grounds
from streams.rules.compiled_areas import BlindRule
from streams.texts.words import number_text

__all__ = [
    "of_fault",
    "of_lag",
    "of_letters",
    "of_restricted_fault",
    "of_silence",
    "of_silent_gateway",
    "of_stuck_gateway",
    "of_wrong_clock",
]

_CLASS: Final = TpsClass.KURANG_RAWAN
"""It watches no TPS, and has none in its evidence (contract §1)."""
_PERCENT: Final = 100


def of_lag(rule: BlindRule, read_until: str) -> Grounds:
    """Return what is told where what was sent is not read."""
    what = Text(
        f"kabar sesudah {read_until} belum terbaca, diam tidak dapat dinilai",
        f"what came after {read_until} is not read yet, silence cannot be judged",
    )
    lag = Why("lag_seconds", rule.lag_ms / SECOND_MS)
    return _told(what, Why("trusted_until", read_until), lag)


def of_silence(rule: BlindRule, since: str, tps: int) -> Grounds:
    """Return what is told where nothing comes from a kabupaten in which `tps` TPS vote."""
    what = Text(
        f"tidak ada kabar apa pun masuk sejak {since}", f"nothing at all has come in since {since}"
    )
    limit = Why("limit_minutes", rule.silent_ms / MINUTE_MS)
    return _told(what, Why("since", since), limit, Why("tps_voting", tps))


def of_letters(rule: BlindRule, refused: int, total: int) -> Grounds:
    """Return what is told where too much of what comes cannot be taken."""
    percent = number_text(_PERCENT * refused / max(1, total))
    what = Text(
        f"{refused} dari {total} kabar ({percent.id} %) tidak dapat diterima",
        f"{refused} of {total} messages ({percent.en} %) could not be taken",
    )
    return _told(what, Why("refused", refused, rule.letters_min), Why("came_in", total))


def of_stuck_gateway(rule: BlindRule, name: str, oldest: str) -> Grounds:
    """Return what is told where messages wait in a gateway; silence is not judged there."""
    what = Text(
        f"gerbang {name} tersendat: pesan sejak {oldest} belum diteruskan, diam tidak dinilai",
        f"gateway {name} is stuck: messages since {oldest} wait in it, silence is not judged",
    )
    limit = Why("limit_minutes", rule.gateway_stuck_ms / MINUTE_MS)
    return _told(what, Why("since", oldest), limit)


def of_silent_gateway(name: str, since: str) -> Grounds:
    """Return what is told where a gateway has stopped to speak; silence is judged again there."""
    what = Text(
        f"gerbang {name} tanpa tanda sampai {since}; kabar lewat gerbang ini mungkin tertahan",
        f"gateway {name} gave no sign until {since}; messages through it may be held up",
    )
    return _told(what, Why("expected_by", "not received", since))


def of_wrong_clock(name: str, received: str, behind_ms: int) -> Grounds:
    """Return what is told where a gateway's clock is slow; silence is not judged there."""
    minutes = behind_ms // MINUTE_MS
    what = Text(
        f"jam gerbang {name} salah atau tandanya terlambat: tertinggal {minutes} menit pada "
        f"{received}, diam tidak dinilai",
        f"the clock of gateway {name} is wrong or its signs come late: {minutes} minutes behind at "
        f"{received}, silence is not judged",
    )
    return _told(what, Why("received", received), Why("behind_minutes", minutes))


def of_fault(fault: RuleFault) -> Grounds:
    """Return what is told where a rule has failed."""
    what = Text(
        f"aturan {fault.rule} gagal pada {fault.scope} dan tidak dinilai lagi di sana",
        f"rule {fault.rule} failed on {fault.scope} and is not asked about it any more",
    )
    return _told(what, Why("put_aside", f"{fault.rule} {fault.scope}"), Why("fault", fault.detail))


def of_restricted_fault() -> Grounds:
    """Return what everybody may know of the failing of a rule whose alerts only some may see."""
    what = Text(
        "aturan terbatas gagal di satu tempat atau lebih dan tidak dinilai lagi di sana; nama "
        "aturannya ada di log pekerja",
        "a restricted rule failed in one place or more and is not asked there any more; the log of "
        "the worker has its name",
    )
    return _told(what)


def _told(what: Text, *why: Why) -> Grounds:
    return Grounds(tps_class=_CLASS, values={"what": what}, why=(Why("class", _CLASS.value), *why))
