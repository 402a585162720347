"""Sentences of the contract that can be read in two ways, each as a switch.

The defaults are this oracle's reading. A switch is worth its place only where both readings give a
day that a person could defend; everything else is decided where it is judged, and said there.
"""

from dataclasses import dataclass

__all__ = ["AS_THE_FOLD", "DEFAULT", "Readings"]


@dataclass(frozen=True)
class Readings:
    """Which way an open sentence is read."""

    late_born_and_over_is_told: bool = False
    """§4 "settled at the first mark at which `heard` > D": a deadline that becomes known only when
    that mark has long passed (a `suspended` that came hours late), and whose end is known as well.
    False: nothing is told, for its mark is past and the condition does not hold. True: it opens at
    D and ends at once. Where it still holds it opens either way.
    """
    another_report_carries_on: bool = True
    """T06 with two `suspended` and no `resumed` between them, of which the first is taken back or
    is over: §5 "An alert whose cause a status `corrects` takes back has ended". True: the TPS is
    suspended still, so nothing is told. False: the alert ends, and opens again by the other, unless
    the TPS was suspended for too long by the other as well when the alert opened.
    """
    aman_anywhere_in_desa: bool = False
    """W01 "officer's aman at that TPS or desa". False: at a TPS of the evidence, or of the desa as
    a whole; anywhere in the desa only where no evidence has a TPS. True: anywhere in the desa.
    """
    taken_back_is_no_message: bool = False
    """§5 `corrects`, lead's reading 4 "never was": whether the status that was taken back still
    says that somebody was there (T07). False: it is a message without its meaning. True: none.
    """
    corrects_any_source: bool = False
    """Schema "id of the status that this one takes back": ids are unique within a source. False:
    only a status of the same source is meant. True: any status of that id.
    """
    a_new_call_waits_for_both: bool = False
    """§5 of `resolve` by a person "no new episode until the condition has cleared once", in W02.
    False: a person's word answers a call, and the next call opens again. True: only the check-in
    and the confirmation clear it; a call before both opens nothing.
    """
    two_reporters_are_two_sources: bool = False
    """W04 "≥2 reporters". False: two voices that count, so a copied text is no second reporter.
    True: two values of `source.id` in the window, whatever they copied.
    """
    only_the_first_goes_before: bool = False
    """ADR 6 "A record received at that very moment is judged first" of what falls due by `now`.
    False: every record of that millisecond. True: the first of them; then what is due.
    """


DEFAULT = Readings()
"""This oracle's own reading."""
AS_THE_FOLD = Readings(another_report_carries_on=False, only_the_first_goes_before=True)
"""What is compared with the fold: ADR 6 reads the first so, and the other is the fold's."""
