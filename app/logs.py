"""Structured logs with an allow-list of fields: no bodies, tokens, endpoints or names."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset(
    [
        "event",
        "level",
        "timestamp",
        "request",
        "method",
        "route",
        "status",
        "milliseconds",
        "network",
        "kind",
        "object_id",
        "outcome",
        "attempts",
        "count",
        "error",
        "port",
        "version",
    ]
)


def only_allowed(
    logger: Any, name: str, entry: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return {key: value for key, value in entry.items() if key in ALLOWED}


def configure_logs(as_json: bool) -> None:
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
