"""Base rates of whole days of either kind, each with its source or called a guess.

They were written down by reasoning about people, roads and phones, before anything was measured. To
make a rule look better by changing one is to make it worse: change a rate only where a better
source is found, and say which. In what the two kinds of days differ stands in `kinds`.

Late materials, swapped ballots, counting before one o'clock (Bawaslu, 15 February 2024 and 3
February 2025) are left out of both. Stages are never forgotten, as the app asks for one after the
other.

Spreads are shares of the mean (`gauss`) or of the logarithm (`lognormal`: `random.lognormvariate`
around a median). Times in minutes unless the name says otherwise; shares of 1.
"""

from typing import Final

from streams.domain.words import TPS_CLASSES, Channel
from streams.territory.plan import ElectionKind

# ── Signal ───────────────────────────────────────────────────────────────────────────────────────

OFFLINE_SHARE: Final = 0.05
"""Of the TPS, which lose their signal once in the day: a battery, a lost phone. The budget fixes
it; 22,738 of the 435,296 TPS of the pilkada of 2024 had no internet (Bawaslu, domain §2)."""
OFFLINE_BY_MASTS: Final = 0.5
"""Of these, how many lose it with their whole desa where masts fail. A guess."""
OFFLINE_MEAN_MINUTES: Final = 30.0
"""Exponential: most are back in half an hour, one of twenty after an hour and a half. A guess."""
SILENCE_LIMITS_MINUTES: Final = dict(zip(TPS_CLASSES, (90.0, 60.0, 30.0, 60.0), strict=True))
"""By class, how long a TPS may be silent. Source: domain §4b (T07), proposal."""
OFFLINE_HOURS: Final = (5.0, 21.0)
"""Local hours in which a loss of signal begins, evenly."""
BURST_SECONDS: Final = 60
"""Within which the phone sends what it has kept, in any order."""
REDELIVERED_SHARE: Final = 0.01
"""Messages that a gateway sends twice. A guess."""
REDELIVERED_MEAN_MINUTES: Final = 3.0
CLOCK_WRONG_SHARE: Final = 0.01
CLOCK_WRONG_SPREAD_MINUTES: Final = 2.0
"""Phones whose clock is wrong, and by how much, before or after. A guess: OpenSignal found 3.5 % of
the Android phones of 2013 an hour off, mostly by their time zone, which does not matter here as
each time is sent with its offset."""

# ── A TPS until it closes ────────────────────────────────────────────────────────────────────────

LOGISTICS_HOUR: Final = 17.0
"""Local hour of the evening before at which materials come, on average. Source: KPU Demak hands
them out on D-1 (domain §2); the hour is a guess."""
LOGISTICS_SPREAD_HOURS: Final = 1.0
DAWN_BEFORE_MINUTES: Final = 35.0
DAWN_SPREAD_MINUTES: Final = 12.0
"""Of materials at dawn, before the hour that the plan names. Guesses."""
OPENING_MEAN_MINUTES: Final = 3.0
OPENING_SPREAD_MINUTES: Final = 5.0
"""After the hour: the oath takes as long as it takes. Bawaslu counted 1.25 % (pilkada 2024) and
4.6 % (pemilu 2024) of the TPS that opened late; how late it did not say. To be so late that
somebody should know is left out."""
OPENING_LIMITS_MINUTES: Final = (30, 20, 10, 20)
"""By class, how late a TPS may open. Source: domain §4b (T03), proposal."""
HEARTBEAT_SPREAD_SHARE: Final = 0.2
FORGOTTEN_SHARE: Final = 0.03
"""Of heartbeats and check-ins: somebody was busy. A guess."""
SUPERVISOR_SHARE: Final = 0.12
"""Of heartbeats, how many a supervisor sends. A guess."""
WARY_SHARE: Final = 0.02
"""Of what people say of the situation, how often they say `waspada`. A guess."""
QUEUE_SHARE: Final = 0.15
QUEUE_MEAN_MINUTES: Final = 12.0
"""TPS with a queue at closing, and how long it takes. Guesses."""
CLOSING_MEAN_MINUTES: Final = 4.0
TURNOUT: Final = {
    ElectionKind.PILKADA: 0.70,
    ElectionKind.PILKADES: 0.78,
    ElectionKind.PEMILU: 0.818,
}
"""Pemilu: 81.78 % (KPU, 25 March 2024). The others are guesses of the order of magnitude."""
TURNOUT_SPREAD: Final = 0.06
"""Between TPS, of the list. A guess."""
DPTB_MEAN: Final = 2.0
DPK_MEAN: Final = 3.0
"""Voters of the other lists at a TPS. Guesses."""

# ── Counting ─────────────────────────────────────────────────────────────────────────────────────

PREPARING_SPREAD: Final = 0.4
"""Of the time from closing to the first ballot. A guess."""
COUNTING_LIMITS_MINUTES: Final = (60, 45, 30, 60)
"""By class, within which counting begins. Source: domain §4b (T08), proposal."""
BALLOTS_A_MINUTE: Final = 7.0
LIST_BALLOTS_A_MINUTE: Final = 4.0
"""Opened, read aloud, shown, tallied: 8 to 9 seconds; a ballot of lists as large as a table, 15.
Guesses."""
SPEED_SPREAD_SHARE: Final = 0.15
LIST_CHOICES_MIN: Final = 7
"""From so many choices on a ballot is one of lists."""
PAPERWORK_MEDIAN_MINUTES: Final = 20.0
PAPERWORK_SPREAD: Final = 0.35
"""For each contest, after its last ballot: the plano form is added up and signed. A guess."""
COPIES_MEDIAN_MINUTES: Final = 30.0
"""After the last contest: a copy by hand for every witness."""
MAGHRIB_HOUR: Final = 18.0
MAGHRIB_MINUTES: Final = 35.0
"""Who still counts at sunset pauses."""
PROVISIONAL_EVERY_MINUTES: Final = 30.0
"""How often a form under way is sent; at a TPS of a tighter class more often. A guess."""
FORM_LIMITS_MINUTES: Final = (90, 60, 30, 60)
"""By class, how long a count may be silent. Source: domain §4b (V10), proposal."""
INVALID_SHARE: Final = 0.03
LIST_INVALID_SHARE: Final = 0.09
"""Median share of invalid ballots. Source: KPU's totals of 2024, about 2 % for president and 9 %
for the DPR (151.8 million valid at a turnout of 81.42 % of 204.4 million)."""
INVALID_SPREAD: Final = 0.3
EVENNESS: Final = 4.0
"""Of Dirichlet's distribution from which a contest draws its shares: of two, half of all first ones
are ahead by more than a quarter of the votes, one of fifty by less than 1 %. A guess."""
UNEVEN_SPREAD: Final = 0.35
"""How much a choice is liked at one TPS, of what it is in its area. A guess."""
SPOILED_MEAN: Final = 1.0
SUPERVISOR_COPY_SHARE: Final = 0.7
WITNESS_COPY_SHARE: Final = 0.1
"""Finals that a supervisor, and that the witness of a camp, sends here too: witnesses send to their
party. Guesses."""
COPY_MEAN_MINUTES: Final = 20.0

# ── Slips of the pen ─────────────────────────────────────────────────────────────────────────────

CORRECTED_SHARE: Final = 0.03
"""Statuses and final counts that are sent again with `corrects`. The budget fixes it."""
CORRECTED_MEAN_MINUTES: Final = 15.0

# ── Boxes ────────────────────────────────────────────────────────────────────────────────────────

PACKING_MEDIAN_MINUTES: Final = 35.0
PACKING_SPREAD: Final = 0.4
TRANSIT_SPREAD: Final = 0.2
"""Of the way to the PPK around its usual time: one trip of fifty takes half as long again. A
guess."""
TRANSIT_MINUTES: Final = 30
"""Where the plan does not say how long a box takes."""
ESCORT_JOINS_MEAN_MINUTES: Final = 4.0
"""When an escort is told of after all that the departure has not named. A guess."""

# ── Officers ─────────────────────────────────────────────────────────────────────────────────────

CHECKIN_EVERY_MINUTES: Final = dict(zip(TPS_CLASSES, (30.0, 20.0, 10.0, 20.0), strict=True))
"""The order of the day, by the most vulnerable TPS that an officer watches: the posko calls the
roll. A guess."""
CHECKIN_SPREAD_SHARE: Final = 0.2
CHECKIN_LIMITS_MINUTES: Final = dict(zip(TPS_CLASSES, (90.0, 60.0, 30.0, 60.0), strict=True))
"""After which an officer is missed. Source: domain §4b (W10), proposal."""
FIRST_CHECKIN_HOUR: Final = 6.0
FIRST_CHECKIN_SPREAD_MINUTES: Final = 10.0
RADIO_SHARE: Final = 0.6

# ── The crowd ────────────────────────────────────────────────────────────────────────────────────

REPORTS: Final = 200
"""A day. The budget fixes it."""
CHANNELS: Final = {
    Channel.WHATSAPP: 40, Channel.APP: 25, Channel.SMS: 20, Channel.WEB: 10, Channel.PHONE: 5,
}  # fmt: skip
PLACES: Final = {"tps": 35, "desa": 10, "words": 28, "name": 14, "kecamatan": 6, "none": 7}
"""Ways to say where, of which `tps`, `desa` and `words` are sure. Guesses."""
PHOTO_SHARE: Final = 0.15
QUEUED_SHARE: Final = 0.05
"""Reports that wait in a phone, as long as a TPS is offline."""
REPORT_HOURS: Final = (5.5, 22.0, 10.0)
"""Local hours of the first and the last report, and of most of them."""
