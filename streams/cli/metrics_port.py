"""Shows the metrics of a process that runs for days."""

from prometheus_client import (
    CollectorRegistry,
    ProcessCollector,
    disable_created_metrics,
    start_http_server,
)

from streams.errors import ConfigError

__all__ = ["show_metrics"]


def show_metrics(registry: CollectorRegistry, port: int) -> None:
    """Show a registry, and what is known of the process itself, at `/metrics` of a port.

    Raises:
        ConfigError: The port cannot be used.
    """
    disable_created_metrics()  # type: ignore[no-untyped-call]  # It just has no annotation.
    ProcessCollector(registry=registry)
    try:
        start_http_server(port, registry=registry)
    except OSError as error:
        raise ConfigError(
            f"metrics_port {port} cannot be used ({error.strerror}): name another"
        ) from error
