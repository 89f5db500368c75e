"""What the daemon tells systemd, heard on a real socket; and that a clockwork that hangs does not feed its watchdog."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from builders import registry
from test_cli import CONFIG

from intake.pulse import Pulse
from intake.registry import write_registry
from intake.systemd import Watchdog, notify


@pytest.fixture
def systemd(tmp_path, monkeypatch):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(tmp_path / "notify"))
        heard.settimeout(20)
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
    watchdog = Watchdog(every=0.0)
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
