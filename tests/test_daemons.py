"""Several daemons on one PostgreSQL database, each a process of its own, any of which may be killed."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import tomlkit
from builders import OFFICE_ADDRESS, at
from servers import PASSWORD
from test_journeys import COMMUNES, RECEIVED, large_registry, monthly_mail, wait_for
from workplace import STEPS

from intake.registry import write_registry

MAILBOXES = 3
MAILS = 30


class Crew:
    """Three mailboxes, one database, one folder of raw messages, and as many daemons as a test starts."""

    def __init__(self, folder: Path, dovecot, user: str, sink, intake) -> None:
        self.folder, self.dovecot, self.user, self.sink, self.intake = folder, dovecot, user, sink, intake

    def receive(self, numbers) -> None:
        for number in numbers:
            with self.dovecot.client(f"{self.user}{number % MAILBOXES}") as client:
                client.append("INBOX", monthly_mail(number), msg_time=at(RECEIVED))

    @contextmanager
    def daemon(self) -> Iterator[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "intake", "run", "--at", at("2026-11-16 09:05").isoformat()]
        with (self.folder / "daemons.log").open("ab") as log:
            process = subprocess.Popen(command, stderr=log, stdout=log, cwd=self.folder)
            try:
                yield process
            finally:
                process.terminate()
                assert process.wait(30) in (0, -signal.SIGKILL), (self.folder / "daemons.log").read_text()

    def answered(self) -> Counter[str]:
        return Counter(str(one.message["In-Reply-To"]) for one in self.sink.mails if one.message["In-Reply-To"])

    def booked(self) -> list[dict]:
        lines = self.intake("obligations", "--from", "2026-11-01", "--to", "2026-11-30", "--json").lines
        return [one for one in lines if one["report_type"] == "KTXH-T" and one["receipt"]]


@pytest.fixture
def crew(tmp_path, intake, dovecot, mailbox_user, smtp_sink, postgresql_url):
    server = {"host": "127.0.0.1", "security": "none", "timeout": "10s"}
    mailboxes = [
        {"kind": "imap", "port": dovecot.port, "username": f"{mailbox_user}{number}", "password": PASSWORD, **server}
        for number in range(MAILBOXES)
    ]
    settings = {
        "office": {"name": "Văn phòng UBND tỉnh", "address": OFFICE_ADDRESS},
        "database": {"url": postgresql_url},
        "mailboxes": mailboxes,
        "outgoing": {"kind": "smtp", "port": smtp_sink.port, **server},
        "daemon": {"poll_every": "1s", "workers": 1},
        "policies": {"standard": {"steps": STEPS}},
    }
    (tmp_path / "config.toml").write_text(tomlkit.dumps(settings))
    write_registry(tmp_path / "registry", large_registry())
    intake("registry", "load", str(tmp_path / "registry"))
    intake("run", "--once", "--at", at("2026-11-10 08:00").isoformat())
    return Crew(tmp_path, dovecot, mailbox_user, smtp_sink, intake)


def test_of_three_daemons_any_may_be_killed_and_nothing_is_lost_or_booked_twice(crew):
    crew.receive(range(MAILS))
    kills = 0
    with ExitStack() as stack:
        daemons = [stack.enter_context(crew.daemon()) for _ in range(3)]
        for reached, victim in ((5, daemons[0]), (15, daemons[1])):
            wait_for(lambda reached=reached: len(crew.answered()) >= reached, f"{reached} answers")
            os.kill(victim.pid, signal.SIGKILL)
            kills += 1
        wait_for(lambda: len(crew.answered()) >= MAILS, "all answers")
        time.sleep(2)
    assert set(crew.answered()) == {f"<report-{number}@tinh.example>" for number in range(MAILS)}
    sent = Counter(str(one.message["Message-ID"]) for one in crew.sink.mails if one.message["In-Reply-To"])
    assert len(sent) == MAILS
    assert sum(sent.values()) - len(sent) <= kills
    booked = crew.booked()
    assert sorted(one["agency"] for one in booked) == [f"XA{number:02d}" for number in range(MAILS)]
    assert len({one["receipt"] for one in booked}) == MAILS == len(COMMUNES[:MAILS])
