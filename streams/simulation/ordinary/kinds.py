"""Kinds of whole days: an ordinary one, one of outages, and one with its irregularities.

On an **ordinary** day nothing is wrong at any TPS. What people do takes as long as it takes, within
what the law and the plan allow: each span is drawn from the same distribution and drawn again if it
is longer than a share of the limit, so an ordinary day is the part of all days on which everybody
keeps to it. Escorts are named, seals are read as they were written, forms add up, nobody wins
narrowly, no TPS stands out. What remains are the troubles of messages (no signal for a while, late,
twice, out of order, by a wrong clock, corrected) and what people report that is not so. An alert
about any of it is noise, and that is what the budget is for.

On a day of **outages** one thing is wrong: half of those who lose their signal lose it with their
whole desa, as a mast fails, and nobody's loss of signal is drawn again. A TPS that nobody has heard
of for longer than its class allows is what T07 is there to tell of, and a mast that fails is an
incident by the taxonomy (INF-01). This was how an ordinary day was drawn at first; what is told of
such a day is measured, and has no budget.

On a day **with its irregularities** nothing is drawn again: some begin to count late, some boxes
take half as long again, an escort is not named, a sum is wrong, a village is won by one vote. Most
alerts of such a day are true; the table of it says what an operator may expect, not what is noise.
What supervisors count on real days and no TPS would call usual (materials short or late, ballots
swapped, the poll opened half an hour late) is in neither.

How the 200 reports are made up
===============================

An ordinary day has only reports that the sources call noise, and two sources say what noise is:

- Uchaguzi, October 2017: of 6,875 reports 6,296 (91.6 %) were archived as commentary, or as they
  fitted no category; 535 were published. So the others are 8.4 %, and 44 (0.6 %) fitted and could
  not be published.
- Gakkumdu, 2018-19: of 1,523 reports of a crime 176 were violations. So of those who claim
  something, 88.4 % are wrong, or cannot show it.

Of 200 that come in 183 are chatter and 17 claim something, of whom 15 claim what is not so. To take
Uchaguzi alone would make it 1 instead of 15; the larger is taken. So of the reports of an ordinary
day 0.084 * 0.884 / (0.916 + 0.084 * 0.884) = 7.5 % are unfounded claims, each drawn by itself,
whatever one voice of it is worth. The two that are true are no noise, and left out.

What the unfounded ones claim (`_UNFOUNDED`): money, neutrality and procedure, in this order, as in
the cases that Bawaslu told of during the pilkada of 2024: 109 events of money (89 told by the
public), 433 cases of civil servants and 195 of village heads over half a year of campaign, of which
99 and 42 were none; and on the day itself procedure, above all that a TPS has not opened (37,466 of
823,220 in February 2024). Grave ones are rare: of about 7,000 reports of August 2017 in Kenya 104
were of security, true ones included; here they are 4 of 100 claims, and those which page at a
single word (box seized, bomb) 1 of 1,000. The numbers themselves are guesses.

Chatter has a category where a complaint or a rumour seems to fit one (`_CHATTER`). That somebody
only asks or thanks and yet chooses a category that one voice fills (other crime, power, illness) is
not in the sources, and not drawn. Whoever finds how often it happens should add it: about half of
such messages would be an alert.
"""

from collections.abc import Mapping
from math import inf
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.words import Role
from streams.simulation.ordinary import rates
from streams.territory.plan import Plan

__all__ = ["IRREGULAR", "ORDINARY", "OUTAGES", "Day", "DayKind"]

_CHATTER: Final = {
    "": 100, "INF-02": 20, "KES-02": 10, "INT-03": 8, "PRO-03": 8, "KAM-09": 3,
}  # fmt: skip
"""Weights of what is archived: questions, thanks and wishes, mostly without a category; rumours,
queues, services. Guesses."""
_SMALL_TROUBLES: Final = {"UMM-01": 6, "INF-01": 4, "PRO-01": 4}
"""Told among the chatter of a day with its irregularities: a theft, a power cut, a TPS that is not
open yet. They are small, and true. Guesses."""
_UNFOUNDED: Final = {
    "PID-01": 25,
    "NET-02": 14, "NET-03": 7, "NET-01": 3,
    "PRO-03": 10, "PRO-01": 6, "INT-03": 8, "PID-02": 5, "PRO-02": 2, "LOG-03": 2,
    "PID-04": 8, "PID-03": 2,
    "INT-01": 4, "INT-02": 1,
    "LOG-01": 1, "LOG-02": 1, "LOG-04": 1,
    "HIT-01": 1, "HIT-02": 1, "HIT-03": 1,
    "KES-01": 0.5, "BEN-01": 0.5, "INF-01": 1, "UMM-01": 1,
    "KAM-08": 1.8, "KAM-10": 0.8, "KAM-09": 0.4, "KAM-01": 0.4, "KAM-02": 0.2, "KAM-03": 0.2,
    "KAM-11": 0.2, "KAM-05": 0.1, "KAM-04": 0.08, "KAM-06": 0.02,
}  # fmt: skip
"""Weights of what is claimed and is not so, about 110 in all; see above."""
_CLAIMED: Final = {
    "PID-01": 10, "PID-04": 10, "INT-01": 8, "PID-02": 6, "NET-02": 6, "KAM-08": 5, "LOG-03": 5,
    "NET-03": 4, "PID-03": 4, "LOG-02": 4, "HIT-01": 4, "INT-02": 3, "KAM-10": 3, "LOG-01": 3,
    "LOG-04": 3, "HIT-02": 3, "PRO-02": 3, "KES-01": 3, "KAM-01": 3, "HIT-03": 2, "NET-01": 2,
    "BEN-01": 2, "KAM-11": 1, "KAM-02": 1, "KAM-03": 1, "KAM-05": 1, "KAM-04": 0.2, "KAM-06": 0.05,
}  # fmt: skip
"""Weights of what is claimed, true or not: much about money and pressure, seldom about boxes that
are seized or bombs, which are rare in a country of 514 kabupaten. Guesses."""
_ARCHIVED: Final = 6_296 / 6_875
_VIOLATIONS: Final = 176 / 1_523
_CLAIMS_UNFOUNDED: Final = (1 - _ARCHIVED) * (1 - _VIOLATIONS)


class DayKind(Struct, frozen=True, kw_only=True):
    """In what kinds of days differ; shares of 1, times in minutes."""

    of_limit: float
    """How much of a limit of its class a TPS or an officer uses up at most."""
    of_eta: float
    """How much of the time that it should take a box takes at most."""
    of_median_invalid: float
    """How many times the median share of invalid ballots a TPS has at most."""
    turnout: float
    """Of the list, voters of all lists together, at most."""
    lead: float
    """How much better than the second the first of a contest is liked, at least."""
    unevenness: float
    """By which factor a choice is liked more or less at one TPS than in its area, at most."""
    preparing_median: float
    """From closing to the first ballot: unused ballots are crossed out, people eat and pray."""
    offline_of_limit: float
    """How much of the silence that its class allows a TPS is without signal at most."""
    offline_by_masts: float
    """Of the TPS that lose their signal, how many do so with their whole desa."""
    forms_until_signed: bool
    """Whether a TPS sends its numbers until the form is signed, or only while ballots are read."""
    escort_unnamed: float
    """Departures that name no escort."""
    seal_mistyped: float
    """Seal numbers that differ at arrival."""
    misread: float
    """Provisional forms with one digit misread."""
    slips: Mapping[str, float]
    """Weights of what was wrong with a final form that is corrected."""
    claims: float
    """Reports that claim something."""
    claimed: Mapping[str, float]
    """Weights of what they claim, by category."""
    chatter: Mapping[str, float]
    """Weights of what the others are about, by category; empty: none."""
    roles: Mapping[Role, float]
    """Weights of who reports."""


ORDINARY: Final = DayKind(
    of_limit=0.75,
    of_eta=1.4,
    of_median_invalid=1.8,
    turnout=0.94,
    lead=1.5,
    unevenness=1.15,
    preparing_median=20,
    offline_of_limit=0.75,
    offline_by_masts=0,
    forms_until_signed=True,
    escort_unnamed=0,
    seal_mistyped=0,
    misread=0,
    slips={"same": 60, "lists": 20},
    claims=_CLAIMS_UNFOUNDED / (_ARCHIVED + _CLAIMS_UNFOUNDED),
    claimed=_UNFOUNDED,
    chatter=_CHATTER,
    roles={Role.WARGA: 62, Role.ANONIM: 25},
)
"""Nothing is wrong at any TPS. Two forms of the slips of `IRREGULAR` are left: what is corrected
with them no rule finds wrong. Bounds are proposals: below the limits of domain §4b."""

OUTAGES: Final = replace(ORDINARY, offline_of_limit=inf, offline_by_masts=rates.OFFLINE_BY_MASTS)
"""An ordinary day but for one thing: some lose their signal for long, some by a mast that fails."""

IRREGULAR: Final = DayKind(
    of_limit=inf,
    of_eta=inf,
    of_median_invalid=inf,
    turnout=inf,
    lead=1,
    unevenness=inf,
    preparing_median=30,
    offline_of_limit=inf,
    offline_by_masts=rates.OFFLINE_BY_MASTS,
    forms_until_signed=False,
    escort_unnamed=0.03,
    seal_mistyped=0.001,
    misread=0.002,
    slips={"same": 60, "lists": 20, "moved": 12, "sums": 8},
    claims=1 - _ARCHIVED,
    claimed=_CLAIMED,
    chatter={**_CHATTER, **_SMALL_TROUBLES},
    roles={
        Role.WARGA: 62, Role.ANONIM: 25, Role.SAKSI: 6, Role.LINMAS: 2, Role.BHABINKAMTIBMAS: 2,
        Role.PTPS: 2, Role.KPPS: 1,
    },
)  # fmt: skip
"""A day as it comes. Sources and guesses:

- `escort_unnamed`, `preparing_median`: guesses.
- `seal_mistyped`: six digits that two people read aloud. A guess.
- `misread`: Sirekap's readers got 24.2 % of the TPS wrong (domain §0), but nobody looked at what
  they read; a form here was typed or confirmed by who holds the paper. A guess.
- `slips`: nothing in its numbers (photo unreadable, sent from the wrong page); a voter on the wrong
  list; a vote at the wrong choice; numbers that do not add up. The last is what supervisors find:
  273 of 435,296 TPS in the pilkada of 2024, 2,162 of 823,220 in the pemilu (Bawaslu, 3 February
  2025 and 15 February 2024), 0.06 and 0.26 % of the TPS; 8 % of 3 % is 0.24 % of the forms. The
  others are guesses.
- `claims`: Uchaguzi, October 2017, as above."""


class Day(Struct, frozen=True):
    """A day that is drawn."""

    plan: Plan
    seed: int
    """Another one is another day."""
    kind: DayKind = ORDINARY
