"""Structured logs: one line a happening, with a correlation id and without personal data (N10).

JSON lines on standard error, or key=value for a person at a terminal. Everything passes through here,
the standard library's logging and the framework's too. Bodies, query strings and SQL are never logged.

    log = structlog.get_logger(__name__)
    log.info("campaign_sealed", campaign=campaign.id)

    with logs.bind(correlation_id=job.correlation_id, job=job.id): ...
"""

from __future__ import annotations

import logging
import re
import secrets
import sys
import time
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, TextIO

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from structlog.contextvars import bound_contextvars, get_contextvars, merge_contextvars
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor

from mingcha.base.redaction import redact
from mingcha.base.viewers import Officer

_CORRELATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
#: The framework's loggers that would write what ours leaves out: raw addresses, SQL with its values.
_QUIET = {
    "django.server": logging.CRITICAL,
    "django.db.backends": logging.WARNING,
    "django.template": logging.WARNING,
    "asyncio": logging.WARNING,
}
#: Written by the processors below, so exempt from the telling keys.
_OWN_KEYS = frozenset({"event", "logger", "level", "timestamp", "correlation_id", "exception", "stack"})
_access = structlog.get_logger("mingcha.access")


def configure(config: dict[str, Any]) -> None:
    """Set up logging; Django calls it with settings.LOGGING. `config["level"]` is the least level."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(terminal=_is_terminal(sys.stderr)))
    root = logging.getLogger()
    for previous in [h for h in root.handlers if getattr(h, "of_mingcha", False)]:
        root.removeHandler(previous)
    handler.of_mingcha = True  # type: ignore[attr-defined]
    root.addHandler(handler)
    root.setLevel(str(config.get("level", "INFO")).upper())
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_common(),
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def formatter(*, terminal: bool) -> logging.Formatter:
    """The formatter of every line; redaction stands right before the text is made."""
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
        if terminal
        else structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    )
    return ProcessorFormatter(
        foreign_pre_chain=[_without_codes, *_common(), structlog.stdlib.ExtraAdder()],
        processors=[
            ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            redact_event,
            renderer,
        ],
    )


def redact_event(logger: Any, method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """Processor: take personal data out of every value of an entry, its traceback included."""
    return {key: redact(value, key="" if key in _OWN_KEYS else key) for key, value in event.items()}


def new_correlation_id() -> str:
    """A fresh id that ties together the lines of one request or job run."""
    return secrets.token_hex(8)


def correlation_id() -> str:
    """The id of the request or job run under way; empty outside of any."""
    return str(get_contextvars().get("correlation_id", ""))


@contextmanager
def bind(*, correlation_id: str = "", **values: Any) -> Iterator[str]:
    """Put an id (a fresh one unless given) and values on every line of the block; gives the id."""
    chosen = correlation_id or new_correlation_id()
    with bound_contextvars(correlation_id=chosen, **values):
        yield chosen


class CorrelationMiddleware:
    """Gives each request its id, answers it as X-Request-ID, and writes the one access line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with bind(correlation_id=_inbound(request)) as chosen:
            request.correlation_id = chosen  # type: ignore[attr-defined]
            started = time.perf_counter()
            response = self.get_response(request)
            elapsed = round((time.perf_counter() - started) * 1000, 1)
            response["X-Request-ID"] = chosen
            _access.info("request", **access_values(request, response), ms=elapsed)
            return response


def access_values(request: HttpRequest, response: HttpResponseBase) -> dict[str, Any]:
    """What the access line says of a request: never its query string or body.

    Where the address leads nowhere, nothing of it does (`address_of`).
    """
    match = request.resolver_match
    viewer = getattr(request, "viewer", None)
    values: dict[str, Any] = {"method": request.method, "status": response.status_code}
    if match is not None:
        values["route"] = match.view_name
        values["path"] = address_of(request)
    if isinstance(viewer, Officer):
        values["officer"] = viewer.id
    return values


def address_of(request: HttpRequest) -> str:
    """The path when nothing but whole numbers was taken from it, since other parts may be somebody's code or
    link; else the pattern that it matched, "/…" where it matched none.
    """
    match = request.resolver_match
    if match is None:
        return "/…"
    numbers_only = not match.args and all(isinstance(v, int) for v in match.kwargs.values())
    return request.path if numbers_only else f"/{match.route}"


def _without_codes(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Processor: the framework names the path of whatever it refuses; a code in it opens a door."""
    request = getattr(event["_record"], "request", None)
    if isinstance(request, HttpRequest):
        # The framework escapes what it names.
        named = request.path.encode("unicode_escape").decode("ascii")
        event["event"] = str(event["event"]).replace(named, address_of(request))
    return event


def _inbound(request: HttpRequest) -> str:
    """The caller's own id if it is a plain one: anything else could forge lines or carry data."""
    given = request.headers.get("X-Request-ID", "")
    return given if _CORRELATION.fullmatch(given) and redact(given) == given else ""


def _common() -> list[Processor]:
    return [
        merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def _is_terminal(stream: TextIO) -> bool:
    return bool(getattr(stream, "isatty", bool)())
