"""Noise: a whole day on which nothing is wrong, drawn from base rates and from nothing else.

    plan + seed ─┬─► station ─► counting ─► boxes ─┐  every TPS, materials to the last box in;
                 │             votes               │  no signal now and then: true, but late
                 ├─► officers ─────────────────────┼─► day ─► played messages
                 └─► crowd ────────────────────────┘

`streams.simulation.day` makes the backdrop of a story: it stays within what the rules allow, so
that only the story rings. Nothing here knows a rule, a threshold or a class of corroboration. All
that it knows stands in `rates`: how late people are, how often a phone has no signal, how often a
form is sent again. So what the rules tell of such a day is their noise, and a budget for it means
something (`tests/noise`). Some of it is deserved: a TPS that cannot be reached for two hours is
silent, whatever the reason.

Irregularities that supervisors do count on real days (materials short, counting too early) are left
out: an alert of one is no noise. `folder` makes an election of 400 TPS.

    python -m streams.simulation.ordinary pilkada FOLDER --seed 1 > day.jsonl
    siaga rules diff siaga my-pack --election FOLDER --events day.jsonl
"""
