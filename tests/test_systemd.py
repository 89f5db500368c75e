"""What the daemon tells systemd, heard on a real socket; and that a clockwork that hangs does not feed its watchdog."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest
from builders import registry
from test_cli import CONFIG
from workplace import workplace

from intake import flow
from intake.daemon import one_pass
from intake.pulse import Pulse
from intake.registry import write_registry
from intake.systemd import Watchdog, notify


@pytest.fixture
def systemd(tmp_path, monkeypatch):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(tmp_path / "notify"))
        heard.settimeout(60)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield heard


@pytest.fixture
def daemon(intake, tmp_path, systemd):
    (tmp_path / "config.toml").write_text(CONFIG.replace("[daemon]", '[daemon]\npoll_every = "1s"'))
    write_registry(tmp_path / "registry", registry())
    intake("registry", "load", "registry")
    environment = {**os.environ, "WATCHDOG_USEC": "4000000"}
    process = subprocess.Popen([sys.executable, "-m", "intake", "run"], cwd=tmp_path, env=environment)
    yield process
    process.kill()
    process.wait()


def test_the_daemon_tells_that_it_is_ready_alive_and_stopping(daemon, systemd):
    assert systemd.recv(100) == b"READY=1"
    assert systemd.recv(100) == b"WATCHDOG=1"
    assert systemd.recv(100) == b"WATCHDOG=1"
    daemon.send_signal(signal.SIGTERM)
    told = [systemd.recv(100)]
    while told[-1] == b"WATCHDOG=1":
        told.append(systemd.recv(100))
    assert told[-1] == b"STOPPING=1"
    assert daemon.wait(20) == 0


def test_the_watchdog_hears_nothing_while_the_clockwork_does_not_get_on(systemd):
    watchdog = Watchdog(seconds=0.0)
    pulse = Pulse(on_beat=watchdog.feed)
    asked = pulse.beating(lambda: False)
    assert not asked()
    assert systemd.recv(100) == b"WATCHDOG=1"
    systemd.settimeout(0.2)
    with pytest.raises(TimeoutError):
        systemd.recv(100)
    with pulse.turn("fetch"):
        pass
    assert systemd.recv(100) == b"WATCHDOG=1"


def test_one_thread_that_hangs_is_enough_for_the_watchdog_to_hear_nothing():
    now, fed = [0.0], []
    pulse = Pulse(on_beat=lambda: fed.append(now[0]), monotonic=lambda: now[0], hung_after=60.0)
    threading_beat(pulse)
    now[0] = 59.0
    pulse.beat()
    now[0] = 61.0
    pulse.beat()
    assert fed == [0.0, 59.0]
    assert pulse.still_for == 61.0


def test_whoever_waits_for_another_thread_neither_gets_on_nor_hangs():
    now, fed = [0.0], []
    pulse = Pulse(on_beat=lambda: fed.append(now[0]), monotonic=lambda: now[0], hung_after=60.0)
    with pulse.waiting():
        pulse.beat()
        now[0] = 100.0
        threading_beat(pulse)
        assert pulse.still_for == 0.0
    assert fed == [100.0]


def threading_beat(pulse):
    thread = threading.Thread(target=pulse.beat)
    thread.start()
    thread.join()


def test_judging_that_hangs_feeds_no_watchdog_though_fetching_and_answering_wait_for_it(
    tmp_path, monkeypatch, database_url
):
    beats, hung = [], threading.Event()
    monkeypatch.setattr(flow, "process", lambda *_arguments: hung.wait(20))
    with workplace(tmp_path, database_url, "2026-11-10 08:00") as office:
        office.desk.pulse.on_beat = lambda: beats.append(time.monotonic())
        stopping = office.desk.pulse.beating(lambda: False)
        passing = threading.Thread(target=one_pass, args=(office.desk, stopping))
        passing.start()
        time.sleep(1.5)
        began = time.monotonic()
        time.sleep(1.5)
        late = [one for one in beats if one > began]
        hung.set()
        passing.join()
    assert not late


def test_it_is_fed_no_more_often_than_it_asks(systemd, monkeypatch):
    monkeypatch.setenv("WATCHDOG_USEC", "60000000")
    watchdog = Watchdog.of_environment()
    for _ in range(3):
        watchdog.feed()
    assert systemd.recv(100) == b"WATCHDOG=1"
    systemd.settimeout(0.2)
    with pytest.raises(TimeoutError):
        systemd.recv(100)


@pytest.mark.parametrize(("microseconds", "owner"), [("", ""), ("often", ""), ("1000000", "1")])
def test_there_is_no_watchdog_unless_systemd_keeps_one_on_this_process(monkeypatch, microseconds, owner):
    monkeypatch.setenv("WATCHDOG_USEC", microseconds)
    monkeypatch.setenv("WATCHDOG_PID", owner)
    assert Watchdog.of_environment() is None


def test_an_abstract_socket_is_told_too(monkeypatch):
    name = f"intake-test-{os.getpid()}-{time.monotonic_ns()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind("\0" + name)
        heard.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", "@" + name)
        notify("READY=1")
        assert heard.recv(100) == b"READY=1"


@pytest.mark.parametrize("address", ["", "/nowhere/notify"])
def test_without_systemd_nothing_is_told_and_nothing_fails(monkeypatch, address):
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    notify("READY=1")


def test_a_turn_that_fails_is_counted_as_such():
    pulse = Pulse()
    with pytest.raises(ValueError, match="no"), pulse.turn("fetch"):
        raise ValueError("no")
    assert (pulse.turns["fetch"].count, pulse.turns["fetch"].failures) == (1, 1)


def test_a_process_without_a_clockwork_has_no_pulse():
    assert Pulse().still_for is None
