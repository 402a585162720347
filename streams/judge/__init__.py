"""The judgment of one journal partition, in parts: what it remembers, and one module a concern.

`state` is everything that is remembered; `absence`, `crowd` and `duress` drive the detectors,
`orders` carries out commands, `seen` drops what was told twice, `telling` turns findings into
alerts and lines. `streams.pipeline` puts them in order.
"""
