"""Rules are data (`packs/*.yaml`), machines are code (`detectors/`).

`pack` has the types of a rule and reads them, `taxonomy` the categories of reports, `compiled`
puts the rules of one election beside the events that concern them. A detector is a small pure
machine: it gets its own state and what happened, and returns its new state and its findings.
"""
