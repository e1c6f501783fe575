import io
import json
import logging
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from mingcha.base import logs
from mingcha.base.viewers import Officer

IDENTITY = "11010519491231002X"
MOBILE = "13812345678"
CREDIT_CODE = "91130102MA0ABCDE1X"
Lines = Callable[[], list[dict[str, Any]]]


def thing(request: HttpRequest, number: int) -> HttpResponse:
    structlog.get_logger("test").info("looked", number=number)
    request.viewer = Officer(id=7, name="王科长")  # type: ignore[attr-defined]
    return HttpResponse(request.correlation_id)  # type: ignore[attr-defined]


def by_code(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse("ok")


def refused(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse("no", status=409)


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError(f"cannot read {IDENTITY}")


urlpatterns = [
    path("things/<int:number>/", thing, name="thing"),
    path("door/<str:code>/", by_code, name="door"),
    path("door/<str:code>/rate/", refused, name="rate"),
    path("broken/", broken, name="broken"),
]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What has been written so far, each line read as JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter(terminal=False))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.fixture
def own_configuration() -> Iterator[None]:
    """The test may configure logging; afterwards it is as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def site(settings) -> Client:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["mingcha.base.logs.CorrelationMiddleware"]
    return Client(raise_request_exception=False)


def access_lines(lines: Lines) -> list[dict[str, Any]]:
    return [line for line in lines() if line["logger"] == "mingcha.access"]


def test_a_line_has_moment_level_logger_and_values(lines: Lines) -> None:
    structlog.get_logger("test.source").warning("roster_sealed", campaign=5, rows=[1, 2])

    (line,) = lines()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "roster_sealed",
        "level": "warning",
        "logger": "test.source",
        "campaign": 5,
        "rows": [1, 2],
    }


def test_the_standard_librarys_logging_goes_the_same_way(lines: Lines) -> None:
    logging.getLogger("some.library").error("failed %s times", 3, extra={"campaign": 5})

    (line,) = lines()
    assert line["event"] == "failed 3 times"
    assert (line["level"], line["logger"], line["campaign"]) == ("error", "some.library", 5)


def test_warnings_go_the_same_way(lines: Lines, own_configuration: None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logs.configure({"level": "WARNING"})
        warnings.warn(f"old number {MOBILE}", UserWarning, stacklevel=1)

    assert [line["logger"] for line in lines()] == ["py.warnings"]
    assert "old number [redacted]" in lines()[0]["event"]


def test_personal_data_do_not_come_out_of_messages_and_values(lines: Lines) -> None:
    log = structlog.get_logger("test")
    log.info(f"called {MOBILE}", subject=f"{IDENTITY} {CREDIT_CODE}", name="张三", phone=MOBILE)
    log.info("called %s", MOBILE)
    logging.getLogger("std").info("id %s of %s", IDENTITY, CREDIT_CODE, extra={"phone": "86123456"})
    logging.getLogger("std").info("nested", extra={"rows": [{"password": "hunter2", "cell": MOBILE}]})

    written = json.dumps(lines(), ensure_ascii=False)
    for secret in (MOBILE, IDENTITY, "张三", "86123456", "hunter2"):
        assert secret not in written
    assert len(lines()) == 4
    assert CREDIT_CODE in lines()[0]["subject"]
    assert CREDIT_CODE in lines()[2]["event"]


@pytest.mark.parametrize("logger", [structlog.get_logger("test"), logging.getLogger("std")])
def test_personal_data_do_not_come_out_of_tracebacks(lines: Lines, logger: Any) -> None:
    try:
        try:
            raise KeyError(IDENTITY)
        except KeyError as inner:
            raise ValueError(f"call {MOBILE} about {CREDIT_CODE}") from inner
    except ValueError:
        logger.exception("import_failed")

    (line,) = lines()
    assert "ValueError: call [redacted] about" in line["exception"]
    assert CREDIT_CODE in line["exception"]
    assert "test_logs_are_structured_and_clean.py" in line["exception"]
    assert IDENTITY not in json.dumps(line)
    assert MOBILE not in json.dumps(line)


def test_a_terminal_gets_readable_lines_just_as_clean() -> None:
    record = logging.LogRecord("std", logging.INFO, "", 0, "called %s", (MOBILE,), None)
    record.campaign = 5

    text = logs.formatter(terminal=True).format(record)

    assert "called [redacted]" in text
    assert "campaign=5" in text
    assert not text.startswith("{")


def test_a_request_is_one_line_with_its_officer_and_time(site: Client, lines: Lines) -> None:
    site.get("/things/5/?phone=13812345678")

    (line,) = access_lines(lines)
    assert isinstance(line.pop("ms"), float)
    line.pop("timestamp")
    identifier = line.pop("correlation_id")
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "mingcha.access",
        "method": "GET",
        "status": 200,
        "route": "thing",
        "path": "/things/5/",
        "officer": 7,
    }
    (looked,) = [line for line in lines() if line["event"] == "looked"]
    assert looked["correlation_id"] == identifier


def test_codes_in_an_address_are_not_written(site: Client, lines: Lines) -> None:
    site.get("/door/secret-door-code/")

    (line,) = access_lines(lines)
    assert line["path"] == "/door/<str:code>/"
    assert "secret-door-code" not in json.dumps(lines())


@pytest.mark.parametrize("address", ["/door/s3cr3t-of-a-firm/rate/", "/doors/s3cr3t-of-a-firm/"])
def test_nor_where_the_framework_says_that_it_was_refused(site: Client, lines: Lines, address: str) -> None:
    assert site.get(address).status_code in (404, 409)

    # What the test runner's own handler has left on the record is none of ours.
    written = [{**line, "message": ""} for line in lines()]
    said = [line["event"] for line in written if line["logger"] == "django.request"]
    assert said in (["Conflict: /door/<str:code>/rate/"], ["Not Found: /…"])
    assert "s3cr3t" not in str(written)


def test_bodies_are_never_written(site: Client, lines: Lines) -> None:
    site.post("/things/5/", {"comment": "very private words"})

    assert len(access_lines(lines)) == 1
    assert "very private" not in json.dumps(lines())


def test_a_failing_page_is_written_with_its_trace_and_without_personal_data(
    site: Client, lines: Lines
) -> None:
    response = site.get(f"/broken/?q={MOBILE}")

    assert response.status_code == 500
    written = json.dumps(lines())
    assert "cannot read [redacted]" in written
    assert MOBILE not in written
    assert IDENTITY not in written
    (line,) = access_lines(lines)
    assert line["status"] == 500
    assert {entry.get("correlation_id") for entry in lines()} == {line["correlation_id"]}


def test_every_answer_names_its_correlation_id(site: Client) -> None:
    first = site.get("/things/5/")
    second = site.get("/things/5/")

    assert first["X-Request-ID"] == first.content.decode()
    assert first["X-Request-ID"] != second["X-Request-ID"]
    assert logs.correlation_id() == ""


def test_a_plain_id_of_the_caller_is_kept(site: Client) -> None:
    assert (
        site.get("/things/5/", headers={"X-Request-ID": "gateway-0001.a"})["X-Request-ID"] == "gateway-0001.a"
    )


@pytest.mark.parametrize("given", ["", "short", "x" * 65, 'a"b{c}d e f g', "-leading-dash", MOBILE, IDENTITY])
def test_any_other_id_of_the_caller_is_replaced(site: Client, given: str) -> None:
    answered = site.get("/things/5/", headers={"X-Request-ID": given})["X-Request-ID"]

    assert answered != given
    assert len(answered) == 16


def test_a_job_binds_its_own_id(lines: Lines) -> None:
    log = structlog.get_logger("test")
    with logs.bind(correlation_id="request-0001", job=3):
        log.info("inside")
        with logs.bind() as fresh:
            log.info("deeper")
            assert logs.correlation_id() == fresh
        assert logs.correlation_id() == "request-0001"
    log.info("outside")

    inside, deeper, outside = lines()
    assert (inside["correlation_id"], inside["job"]) == ("request-0001", 3)
    assert (deeper["correlation_id"], deeper["job"]) == (fresh, 3)
    assert "correlation_id" not in outside


def test_configuring_twice_does_not_write_twice(own_configuration: None) -> None:
    logs.configure({"level": "ERROR"})
    logs.configure({"level": "ERROR"})

    ours = [h for h in logging.getLogger().handlers if getattr(h, "of_mingcha", False)]
    assert len(ours) == 1
    assert logging.getLogger().level == logging.ERROR


def test_loggers_that_would_write_queries_and_addresses_are_quiet(lines: Lines) -> None:
    logging.getLogger("django.server").warning('"GET /?phone=86123456 HTTP/1.1" 404')
    logging.getLogger("django.db.backends").debug("SELECT ... '张三'")

    assert lines() == []
