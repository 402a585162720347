"""Siaga watches an Indonesian election day: Kafka in, Faust agents judge, alerts out.

Everything that decides lives in the pure core (`domain`, `territory`, `rules`, `alerts`,
`pipeline`); everything that touches the world lives in the layers above it. Imports point down
only, and a linter holds it.
"""

__version__ = "0.1.0"
