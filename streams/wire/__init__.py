"""Bytes to types and back: the only place that knows what a message looks like.

Inward, a record of an input topic is taken out of its envelope (`envelope`), decoded (`inputs`),
judged (`accept`) and becomes a record of the journal (`journal`) or a dead letter. Outward, what
was decided becomes the documents of the output topics (`outputs`). `schemas` are made from the
types. No module here knows a socket, a clock or a topic's client.
"""
