"""The nouns of an election day: codes, times, words, events, journal records, effects.

Everything here is a frozen value. Nothing here knows a clock, a file, a socket or a framework.
"""
