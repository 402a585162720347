"""Measurements on a real Apache Kafka: how fast, how late, and how much faster than plain Faust.

    python -m tests.bench [--quick]

    country, traffic ──► sending ──► Kafka ◄── worker (ours)   ──► catch_up ─┐
                                       ▲   ◄── ordinary_agent ──►           ├─► figures
                                       └────── latency: send … line ────────┘

Every process runs on this machine, the broker too, so the numbers are those of one small machine
shared by all. What is compared is measured in turns within one run, and the ratios are what counts:
docs/reference/bench.md says how to read them.
"""
