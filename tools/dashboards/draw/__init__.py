"""Pictures of the dashboards from a real Prometheus, without Grafana: so that one can look at them.

    python -m tools.dashboards.draw --prometheus http://127.0.0.1:9090 --out pictures

Each panel asks what Grafana would ask, and is drawn where Grafana would draw it, much more simply.
What Grafana does to results (names of series, tables of several queries, words for values) is done
here anew from the same files, so a picture shows whether query, names and words fit each other. It
is no proof of how Grafana looks.
"""
