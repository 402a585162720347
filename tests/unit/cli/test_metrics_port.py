"""What is shown at the metrics port: one text of two sources, in the form that is asked for."""

import re
from collections.abc import Callable
from typing import Final

from prometheus_client import CollectorRegistry, Counter

from streams.cli.metrics_port import metrics_app

MORE: Final = "# HELP siaga_place Says it.\n# TYPE siaga_place gauge\nsiaga_place 1\n"
OPENMETRICS: Final = "application/openmetrics-text; version=1.0.0"


def answer(accept: str = "", method: str = "GET", encoding: str = "") -> tuple[str, str]:
    """Return status and text of the answer to a request."""
    registry, said = CollectorRegistry(), list[str]()
    counter = Counter("siaga_counted_total", "Counts.", registry=registry)
    counter.inc(1, exemplar={"alert_id": "1702-A"})
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": "/metrics",
        "HTTP_ACCEPT": accept,
        "HTTP_ACCEPT_ENCODING": encoding,
    }

    def start(status: str, headers: object, _: object = None) -> Callable[[bytes], object]:
        said.extend((status, str(headers)))
        return bytes

    body = b"".join(metrics_app(registry, lambda: MORE)(environ, start))
    return said[0], body.decode()


def test_both_sources_are_one_text() -> None:
    """In the older form."""
    status, text = answer()
    assert "200 OK" == status
    assert text.endswith(MORE)
    assert "siaga_counted_total 1.0" in text


def test_openmetrics_has_exemplars_and_one_end() -> None:
    """Prometheus takes nothing behind `# EOF`, and asks for this form."""
    _, text = answer(OPENMETRICS)
    assert 1 == text.count("# EOF")
    assert text.endswith(MORE + "# EOF\n")
    (counted,) = re.findall(r"^siaga_counted_total .*$", text, re.MULTILINE)
    assert counted.startswith('siaga_counted_total 1.0 # {alert_id="1702-A"} 1.0')


def test_nothing_is_compressed() -> None:
    """It would take longer than to write it."""
    assert "siaga_place 1" in answer(encoding="gzip")[1]


def test_another_request_is_not_answered_with_metrics() -> None:
    """What is refused has none behind it."""
    status, text = answer(method="POST")
    assert "405 Method Not Allowed" == status
    assert "siaga_place" not in text
