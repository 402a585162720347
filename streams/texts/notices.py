"""What a notice sounds like, for a screen, for an SMS and for the subject of a mail.

Three forms of the same facts, in the language of whoever is told: `full` in lines, `short` in 160
septets, `subject` in one line. A form is a pure function of notices, codes and links: the same
message is made again after a crash, letter for letter.

No name of a person can be in it, for none is in a notice: levels, pairs and posts stand for those
who act, areas for where it is, and of evidence there is nothing. A drill says so with its first
word and its last.
"""

from streams.texts.notices_full import full
from streams.texts.notices_short import short, subject
from streams.texts.notices_split import parts

__all__ = ["full", "parts", "short", "subject"]
