"""An independent oracle: a second reading of the contract, plain, slow and obviously right.

It judges a day and says which lines `siaga replay` must print. It shares no code with `streams` and
imports nothing but Python's standard library, so that a mistake would have to be made twice to stay
unseen. Nothing here is clever: what has been told to a rule is kept whole, and each judgment starts
again from all of it.

    folder, intake, journal ──► events and marks ──► judge ──► book ──► lines
                                                       ├── absence   T03, T06, T07
                                                       ├── evidence  W01, W04
                                                       ├── duress    W02
                                                       └── commands  what persons do

Not judged: every other rule, inhibition, `updated` lines, drills, `set_class`, the triage commands.
Where the contract can be read in two ways, `readings` or a docstring says which way was taken.
"""
