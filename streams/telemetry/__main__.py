"""Write the reference page of the metrics: `python -m streams.telemetry`.

It goes to `docs/reference` of the source tree. A test fails while the committed page differs.
"""

from pathlib import Path

from streams.telemetry.reference import metrics_page


def main() -> None:
    """Write the page."""
    page = Path(__file__).parents[2] / "docs" / "reference" / "metrics.md"
    page.write_text(metrics_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
