"""Grafana's dashboards as code: `python -m tools.dashboards` writes `deploy/grafana/dashboards`.

A dashboard is a module of panels; what they share is in `parts` and `words`. `Siaga` is looked at
from six sides, and each panel says in its description why one looks at it and what to do then.
"""
