"""What a monitoring system is told, asked over a real socket."""

import json
import sqlite3
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from builders import at, mail
from servers import free_port
from starlette.applications import Starlette
from structlog.testing import capture_logs
from workplace import workplace

from intake.config import config_from
from intake.config.monitoring import Metrics
from intake.errors import ConfigError
from intake.office.health import note_pass, note_stop
from intake.store.mails import cursor_of
from intake.web.health import health_routes
from intake.web.serving import figures_served, serving

NOW = "2026-11-16 09:05"


@pytest.fixture
def office(tmp_path, database_url):
    with workplace(tmp_path, database_url, "2026-11-10 08:00") as place:
        yield place


@pytest.fixture
def ask(office):
    with serving(Starlette(routes=health_routes(office.desk)), "127.0.0.1", 0) as port:
        yield lambda path: fetched(f"http://127.0.0.1:{port}{path}")


def fetched(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as cause:
        return cause.code, cause.read().decode()


def figures_in(text):
    lines = [line.rpartition(" ") for line in text.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


def reasons_in(answer):
    status, text = answer
    assert status == 503
    told = json.loads(text)
    assert told["status"] == "not well"
    return {one["what"]: one for one in told["reasons"]}


def test_a_service_that_is_well_says_so(office, ask):
    office.work(NOW)
    status, text = ask("/healthz")
    assert (status, json.loads(text)["status"], json.loads(text)["reasons"]) == (200, "ok", [])


def test_a_mailbox_that_is_not_read_for_a_quarter_of_an_hour_is_named(office, ask):
    office.work(NOW)
    [settings] = office.desk.config.mailboxes
    with office.desk.database.writing() as session:
        cursor = cursor_of(session, settings.label)
        cursor.failing_since, cursor.error = at(NOW), "login refused"
    office.move_to(at(NOW) + timedelta(minutes=16))
    reason = reasons_in(ask("/healthz"))["mailbox_unread"]
    assert (reason["about"], reason["detail"]) == (settings.label, "login refused")
    assert reason["since"] == at(NOW).isoformat()


def test_a_clockwork_that_does_not_get_on_is_told_by_its_own_process(office, ask):
    office.work(NOW)
    assert ask("/healthz")[0] == 200
    now = office.desk.pulse.monotonic()
    office.desk.pulse.monotonic = lambda: now + 901
    assert "clockwork_stalled" in reasons_in(ask("/healthz"))


def test_a_daemon_that_died_is_told_by_another_process_and_one_that_was_stopped_is_not(office, ask):
    office.move_to(NOW)
    note_pass(office.desk)
    office.move_to(at(NOW) + timedelta(minutes=16))
    assert reasons_in(ask("/healthz"))["clockwork_stalled"]["since"] == at(NOW).isoformat()
    note_stop(office.desk)
    assert ask("/healthz")[0] == 200


def test_a_full_disk_is_named(office, ask, monkeypatch):
    office.work(NOW)
    monkeypatch.setattr(type(office.desk.raw_messages), "free_bytes", lambda _self: 1_000)
    assert "disk_full" in reasons_in(ask("/healthz"))


def test_a_database_that_is_away_is_named_and_the_other_figures_are_still_told(tmp_path):
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", "2026-11-10 08:00") as office:
        office.desk.database.close()
        (tmp_path / "intake.db").rename(tmp_path / "away.db")
        sqlite3.connect(tmp_path / "intake.db").close()
        with serving(Starlette(routes=health_routes(office.desk)), "127.0.0.1", 0) as port:
            assert "database_away" in reasons_in(fetched(f"http://127.0.0.1:{port}/healthz"))
            status, text = fetched(f"http://127.0.0.1:{port}/metrics")
    assert status == 200
    assert figures_in(text)["intake_database_up"] == 0
    assert "intake_disk_free_bytes" in text


def test_the_figures_count_what_there_is(office, ask):
    office.receive(mail("ai.do@gmail.example", "Gửi văn phòng", "Xin gửi.", at("2026-11-16 09:00")))
    office.work(NOW)
    office.work("2026-11-19 09:05")
    office.move_to("2026-11-19 09:06")
    status, text = ask("/metrics")
    found = figures_in(text)
    assert status == 200
    assert found['intake_messages{status="processed"}'] == 1
    assert found["intake_review_waiting"] == 1
    assert found["intake_obligations_overdue"] >= 4
    assert found["intake_sending_paused"] == 0
    assert found["intake_notices_sent_total"] == len(office.sent())
    [age] = [value for name, value in found.items() if name.startswith("intake_mailbox_read_age_seconds")]
    assert age == 60
    assert found['intake_turn_seconds_count{job="fetch"}'] == 2
    assert found['intake_memory_bytes{process="main"}'] > 10_000_000
    assert found['intake_processes{process="workers"}'] >= 1
    assert found["intake_worker_deaths_total"] == 0
    assert 'intake_build_info{version="' in text


def test_an_address_that_is_not_allowed_is_told_no_more_than_well_or_not(office, ask, monkeypatch):
    office.work(NOW)
    monkeypatch.setattr(Metrics, "allows", lambda _self, _client: False)
    assert ask("/healthz") == (200, '{"status":"ok"}')
    assert ask("/metrics")[0] == 403


@pytest.mark.parametrize(
    ("client", "may"),
    [("127.0.0.1", True), ("::1", True), ("10.0.0.5", True), ("10.9.1.1", True), ("10.0.0.6", False), ("", False)],
)
def test_this_machine_and_the_addresses_allowed_may_see_figures(client, may):
    assert Metrics(allow=["10.0.0.5", "10.9.0.0/16"]).allows(client) is may


def test_an_address_that_is_none_is_a_mistake_of_the_config(tmp_path):
    with pytest.raises(ConfigError, match=r"metrics.allow\[1\]"):
        config_from({"metrics": {"allow": ["prometheus"]}}, tmp_path)


def test_a_port_that_is_taken_stops_nothing(tmp_path):
    with serving(Starlette(), "127.0.0.1", 0) as port:
        tables = {"metrics": {"port": port}}
        database = f"sqlite:///{tmp_path / 'intake.db'}"
        place = workplace(tmp_path, database, NOW, **tables)
        with place as office, capture_logs() as logs, figures_served(office.desk):
            pass
    assert [one["event"] for one in logs] == ["no figures are served"]


def test_the_daemon_carries_the_figures_on_the_port_of_the_config(tmp_path):
    port = free_port()
    database = f"sqlite:///{tmp_path / 'intake.db'}"
    with workplace(tmp_path, database, NOW, metrics={"port": port}) as office:
        with figures_served(office.desk):
            assert fetched(f"http://127.0.0.1:{port}/healthz")[0] == 200
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1)
