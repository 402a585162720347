"""An independent oracle: a second reading of the contract, plain, slow and obviously right.

It judges a day and says which lines `siaga replay` must print. It shares no code with `streams` and
imports nothing but Python's standard library, so that a mistake would have to be made twice to stay
unseen. Nothing here is clever: what has been told to a rule is kept whole, and each judgment starts
again from all of it.

    folder, intake, journal ──► events and marks ──► judge ──► book ──► lines
                                                       │
                                       told ◄── bench ─┤   all that was said, asked again each time
                                                       ├── absence   T01 T03 T05–T11 V10 W10 X01,
                                                       │             with hold, gateways
                                                       ├── order     T13
                                                       ├── stages    T02 T04 T12
                                                       ├── evidence  W01 W04
                                                       ├── reports   W03 W15
                                                       ├── closed    W08 W09 W12 W13
                                                       ├── flood     W05 W14
                                                       ├── duress    W02
                                                       ├── counts    V01–V06 V08 V09 V11–V13
                                                       ├── margin    V07, with posture
                                                       ├── words     W07 W11
                                                       ├── overseer  W06 X03 X06 X07, inhibition
                                                       ├── pipeline  X05
                                                       ├── undelivered  X09, with calls
                                                       └── commands  what persons do

Not judged: X02, X08, `/heard`, `/rule` and `/gateway` of X05, `updated` lines, drills, `set_class`,
the triage commands, the classification of texts, who is told but by calls. `known_rules` says which
rules there are; `test_held_days` and `test_called_days` compare what gateways and receipts change.
Where the contract can be read in two ways, `readings` or a docstring says which way was taken.
"""
