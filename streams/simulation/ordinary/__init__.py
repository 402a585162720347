"""Whole days drawn from base rates and from nothing else: ordinary ones, and irregular ones.

    plan + seed ─┬─► station ─► counting ─► boxes ─┐  every TPS, materials to the last box in;
    + kind       │             votes               │  no signal now and then: true, but late
                 ├─► officers ─────────────────────┼─► day ─► played messages
                 └─► crowd ────────────────────────┘

`streams.simulation.day` makes the backdrop of a story: it stays within what the rules allow, so
that only the story rings. Here nothing is made quiet: all that is known stands in `rates`, how late
people are, how often a phone has no signal, how often a form is sent again, and `kinds`, what an
ordinary day is and what one with its irregularities. So what the rules tell of an ordinary day is
their noise, and a budget for it means something (`tests/noise`). Some of it is deserved: a TPS that
cannot be reached for two hours is silent, whatever the reason. `folder` makes an election of 400
TPS.

    python -m streams.simulation.ordinary pilkada FOLDER --seed 1 > day.jsonl
    siaga rules diff siaga my-pack --election FOLDER --events day.jsonl
"""
