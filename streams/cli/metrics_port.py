"""Shows the metrics of a process that runs for days."""

from collections.abc import Callable, Iterable
from threading import Thread
from typing import TYPE_CHECKING, Final
from wsgiref.simple_server import WSGIRequestHandler, make_server

from prometheus_client import (
    CollectorRegistry,
    ProcessCollector,
    disable_created_metrics,
    exposition,
)

from streams.errors import ConfigError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["metrics_app", "show_metrics"]

_EVERYWHERE: Final = "0.0.0.0"  # noqa: S104  Prometheus is on another machine.
_END: Final = b"# EOF\n"

Text = Callable[[], str]
"""Writes metrics in the form that Prometheus reads, whole ones, each with its first lines."""


class _SilentHandler(WSGIRequestHandler):
    """Logs no request: there is one every few seconds."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  As it is called above.
        """Log nothing."""


def show_metrics(registry: CollectorRegistry, port: int, text: Text | None = None) -> None:
    """Show a registry, and what is known of the process itself, at `/metrics` of a port.

    Args:
        registry: What is shown.
        port: Where.
        text: Writes more that is shown, for which a registry would be too slow.

    Raises:
        ConfigError: The port cannot be used.
    """
    disable_created_metrics()  # type: ignore[no-untyped-call]  # It just has no annotation.
    ProcessCollector(registry=registry)
    app = metrics_app(registry, text)
    try:
        server = make_server(_EVERYWHERE, port, app, exposition.ThreadingWSGIServer, _SilentHandler)
    except OSError as error:
        raise ConfigError(
            f"metrics_port {port} cannot be used ({error.strerror}): name another"
        ) from error
    Thread(target=server.serve_forever, daemon=True).start()


def metrics_app(registry: CollectorRegistry, text: Text | None = None) -> "WSGIApplication":
    """Return what answers Prometheus, in the form that it asks for.

    Nothing is compressed: that would take longer than all the rest.
    """

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET":
            start_response("405 Method Not Allowed", [("Allow", "GET")])
            return [b""]
        encode, content_type = exposition.choose_encoder(environ.get("HTTP_ACCEPT", ""))
        body = encode(registry)
        if text is not None:
            end = _END if body.endswith(_END) else b""
            body = body.removesuffix(_END) + text().encode() + end
        start_response("200 OK", [("Content-Type", content_type)])
        return [body]

    return answer
