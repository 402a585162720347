"""What each rule does at a TPS that is closed, postponed, or in no plan: one row a rule.

The rows are read from the contract, the table of rules and ADR 18, not from the rules' YAML: they
are what the authors of a rule must say, and the suite then holds the rule to it. A rule without a
row fails the suite. `closed` is the end of voting there, `postponed` that it was put off or broken
off (PSS, PSL). *Before* is a second before the first alert of a case; *after* a minute after it.
"""

from enum import StrEnum
from typing import Final

from msgspec import Struct

__all__ = ["TABLE", "Row", "Unknown", "Word"]


class Unknown(StrEnum):
    """What a rule makes of a TPS that no plan has, in a desa that votes (contract §2)."""

    AS_KURANG_RAWAN = "as_kurang_rawan"
    """It judges it as any other TPS of that class."""
    IN_PART = "in_part"
    """It judges what does not rest on the plan: it tells the same of it, or nothing."""
    NOT_JUDGED = "not_judged"
    """It needs what only a plan says, so it is silent about it."""


class Word(Struct, frozen=True):
    """What a word of a TPS does to a rule."""

    fires_after: bool
    """Whether what would fire fires still when the word has come before."""
    outlives: bool
    """Whether what has fired holds on when the word comes."""
    reason: str


class Row(Struct, frozen=True):
    """One rule."""

    closed: Word
    postponed: Word
    unknown: Unknown
    why_unknown: str


def _goes_on(reason: str) -> Word:
    return Word(fires_after=True, outlives=True, reason=reason)


def _stops(reason: str) -> Word:
    return Word(fires_after=False, outlives=False, reason=reason)


_KNOWN: Final = Unknown.AS_KURANG_RAWAN
_SILENT: Final = Unknown.NOT_JUDGED
_OFF: Final = "Voting that is put off or broken off has no deadline any more."
_NO_STAGE: Final = "What people report is no matter of stages: it counts at any hour."
_COUNTED: Final = "What has been counted stands, whatever becomes of the poll."
_ON_ITS_WAY: Final = "A box that has left is on its way, and in danger, whatever its TPS says."
_FOUND: Final = "What was found differs still: a word of the TPS explains nothing."
_PLACE: Final = "Its desa votes, so it is a place like another, of the lowest class."
_HOURS: Final = "It has the election's hours."
_NO_SHARE: Final = "It is in no share and no total: nobody knows how many voters it has."
_NO_DPT: Final = "Its number of voters is not known."
_TOLD: Final = "What others told was told, and only a person ends what was made of it."
_CALLED: Final = "Whoever an alert calls is there or is not, whatever the TPS says."
_PIPELINE: Final = "It watches our pipeline by the hours of the plan, and not a TPS."
_ORDERED: Final = "Who acts on alerts has to be on duty, whatever they are about."

_ASKED: Final = "An alert asks for officers for as long as it is open, whatever its TPS says."
_REPORTS: Final = Row(_goes_on(_NO_STAGE), _goes_on(_NO_STAGE), _KNOWN, _PLACE)
_FORMS: Final = Row(_goes_on(_COUNTED), _goes_on(_COUNTED), _KNOWN, "The form speaks for itself.")
_TOTALS: Final = Row(_goes_on(_COUNTED), _goes_on(_COUNTED), _SILENT, _NO_SHARE)

TABLE: Final = {
    "T01": Row(
        _goes_on("Closing says nothing of materials, but that it had to do without them."),
        _stops(_OFF),
        _KNOWN,
        _HOURS,
    ),
    "T02": Row(
        _goes_on("The number of ballots that came is no other for it."),
        _goes_on("They lie there for the day to which it is put off."),
        _SILENT,
        _NO_DPT,
    ),
    "T03": Row(
        _goes_on("A TPS that is said to be closed was not said to have opened: T13 asks about it."),
        _stops(_OFF),
        _KNOWN,
        _HOURS,
    ),
    "T04": Row(
        _goes_on("Another word of closing before the time is one more, and ends nothing."),
        Word(
            fires_after=True,
            outlives=False,
            reason="A later `postponed` explains the closing; an earlier one does not.",
        ),
        _KNOWN,
        _HOURS,
    ),
    "T05": Row(
        _stops("Nobody votes there any more."),
        _stops(_OFF),
        _KNOWN,
        _HOURS,
    ),
    "T06": Row(
        _goes_on("Nobody has said that it went on: counting may stand still as well."),
        _stops(_OFF),
        _KNOWN,
        _PLACE,
    ),
    "T07": Row(
        _stops("Silence is looked for while a TPS is open."),
        _stops(_OFF),
        _KNOWN,
        _PLACE,
    ),
    "T08": Row(
        _goes_on("It is closed already; another sender's word of it begins nothing."),
        _stops(_OFF),
        _KNOWN,
        _PLACE,
    ),
    "T09": Row(
        _goes_on("Closing is long past when counting is overdue."),
        _stops(_OFF),
        _KNOWN,
        _HOURS,
    ),
    "T10": Row(_goes_on(_ON_ITS_WAY), _goes_on(_ON_ITS_WAY), _KNOWN, _PLACE),
    "T11": Row(_goes_on(_ON_ITS_WAY), _goes_on(_ON_ITS_WAY), _KNOWN, _PLACE),
    "T12": Row(_goes_on(_FOUND), _goes_on(_FOUND), _KNOWN, _PLACE),
    "T13": Row(
        _goes_on("A word that comes after the stage which needed it fills no gap."),
        _goes_on("The stage that is missing was not put off: the one after it has come."),
        _KNOWN,
        _PLACE,
    ),
    "V01": _FORMS,
    "V02": Row(
        _goes_on(_COUNTED),
        _goes_on(_COUNTED),
        Unknown.IN_PART,
        "Its own voters are not known; the ballots it received and the most of any TPS are.",
    ),
    "V03": Row(_goes_on(_COUNTED), _goes_on(_COUNTED), _SILENT, _NO_DPT),
    "V04": _FORMS,
    "V05": _FORMS,
    "V06": _FORMS,
    "V07": _TOTALS,
    "V08": _TOTALS,
    "V09": _TOTALS,
    "V10": Row(
        _goes_on("Counting begins when voting is over."),
        _stops("Counting that is broken off is resumed on another day."),
        _KNOWN,
        _PLACE,
    ),
    "V11": _TOTALS,
    "V12": _FORMS,
    "V13": _TOTALS,
    "W01": _REPORTS,
    "W02": _REPORTS,
    "W03": _REPORTS,
    "W04": _REPORTS,
    "W05": _REPORTS,
    "W06": _REPORTS,
    "W07": _REPORTS,
    "W08": _REPORTS,
    "W09": _REPORTS,
    "W10": Row(
        _goes_on("Officers stay until the box is in, and are to be heard of until then."),
        _stops("Where nobody votes nobody guards the vote."),
        _KNOWN,
        "Its officers are watched by the check-ins that name them there.",
    ),
    "W11": _REPORTS,
    "W12": _REPORTS,
    "W13": _REPORTS,
    "W14": _REPORTS,
    "W15": _REPORTS,
    "X01": Row(
        _stops("Silence of many is looked for while they are open for voting."),
        _stops(_OFF),
        _SILENT,
        "It is in no share of its kecamatan.",
    ),
    "X02": Row(_goes_on(_ASKED), _goes_on(_ASKED), _KNOWN, _PLACE),
    "X03": Row(_goes_on(_TOLD), _goes_on(_TOLD), _KNOWN, _PLACE),
    "X05": Row(_goes_on(_PIPELINE), _goes_on(_PIPELINE), _KNOWN, "What it says is heard as well."),
    "X06": Row(_goes_on(_TOLD), _goes_on(_TOLD), _KNOWN, _PLACE),
    "X07": Row(_goes_on(_ORDERED), _goes_on(_ORDERED), _KNOWN, _PLACE),
    "X08": Row(_goes_on(_CALLED), _goes_on(_CALLED), _KNOWN, _PLACE),
    "X09": Row(_goes_on(_CALLED), _goes_on(_CALLED), _KNOWN, _PLACE),
}
"""By rule. Sources: contract §2, §4, the table of rules, ADR 18."""
