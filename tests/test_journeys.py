"""The main job over real servers: mail waits in Dovecot, the daemon runs as a process, answers arrive over SMTP."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from builders import OFFICE_ADDRESS, at, mail, monthly_report, registry
from called import Intake
from servers import PASSWORD, Dovecot
from smtp_sink import SmtpSink
from workplace import STEPS

from intake.model import Agency, Contact
from intake.registry import Registry, write_registry

COMMUNES = [f"UBND xã {first} {second}" for first in ("An", "Bình", "Hòa", "Phú", "Tân") for second in (
    "Cường", "Đông", "Hải", "Khê", "Lộc", "Mỹ", "Nghĩa", "Phước")]  # fmt: skip
RECEIVED = "2026-11-16 09:00"
PATIENCE = 90.0


@dataclass
class Province:
    """An office with 40 communes, its mailbox on a real server, and its command."""

    folder: Path
    user: str
    dovecot: Dovecot
    sink: SmtpSink
    command: Intake
    database_url: str

    def intake(self, *arguments: str) -> list[dict[str, Any]]:
        """One command to its end; its JSON lines."""
        done = self.command(*arguments)
        assert done.status in (0, 1), done.err
        return [json.loads(line) for line in done.out.splitlines() if line.startswith("{")]

    @contextmanager
    def daemon(self, moment: str) -> Iterator[subprocess.Popen[bytes]]:
        """The daemon as a process of its own, at that moment; ended by SIGTERM unless the test has killed it."""
        with (self.folder / "daemon.log").open("ab") as log:
            command = [sys.executable, "-m", "intake", "run", "--at", at(moment).isoformat()]
            process = subprocess.Popen(command, stderr=log, stdout=log, cwd=self.folder)
            try:
                yield process
            finally:
                process.terminate()
                assert process.wait(30) in (0, -signal.SIGKILL), (self.folder / "daemon.log").read_text()

    def receive(self, raws: list[bytes], received_at: str = RECEIVED) -> None:
        with self.dovecot.client(self.user) as client:
            for raw in raws:
                client.append("INBOX", raw, msg_time=at(received_at))

    def answers(self) -> Counter[str]:
        """How many mails answer each Message-ID, each delivery counted."""
        return Counter(str(one.message["In-Reply-To"]) for one in self.sink.mails if one.message["In-Reply-To"])


def wait_for(condition, what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.05)


def large_registry() -> Registry:
    known = registry()
    for number, name in enumerate(COMMUNES):
        code = f"XA{number:02d}"
        known.agencies.append(Agency(code=code, name=name, groups=["xa"]))
        known.contacts.append(Contact(agency_code=code, email=f"{code.lower()}@tinh.example", role="submitter"))
        known.contacts.append(Contact(agency_code=code, email=f"truong.{code.lower()}@tinh.example", role="head"))
    return known


@pytest.fixture
def province(tmp_path, intake, dovecot, mailbox_user, smtp_sink, database_url):
    server = {"host": "127.0.0.1", "security": "none", "timeout": "10s"}
    settings = {
        "office": {"name": "Văn phòng UBND tỉnh", "address": OFFICE_ADDRESS},
        "database": {"url": database_url},
        "mailboxes": [
            {"kind": "imap", "port": dovecot.port, "username": mailbox_user, "password": PASSWORD, **server},
        ],
        "outgoing": {"kind": "smtp", "port": smtp_sink.port, **server},
        "daemon": {"poll_every": "1s", "workers": 2},
        "policies": {"standard": {"steps": STEPS}},
        "incidents": {"fire_explosion": {"keywords": ["cháy", "nổ"]}},
    }
    (tmp_path / "config.toml").write_text(tomlkit.dumps(settings))
    province = Province(tmp_path, mailbox_user, dovecot, smtp_sink, intake, database_url)
    write_registry(tmp_path / "registry", large_registry())
    province.intake("registry", "load", str(tmp_path / "registry"))
    province.intake("run", "--once", "--at", at("2026-11-10 08:00").isoformat())
    return province


def monthly_mail(number: int, received_at: str = RECEIVED, message_id: str = "") -> bytes:
    files = {"BC T11.docx": monthly_report(COMMUNES[number], f"{100 + number}/BC-UBND", 11)}
    return mail(
        f"xa{number:02d}@tinh.example", f"{COMMUNES[number]} - Báo cáo KT-XH tháng 11/2026",
        "Xã gửi báo cáo KT-XH tháng 11 năm 2026.", at(received_at), files=files,
        message_id=message_id or f"<report-{number}@tinh.example>",
    )  # fmt: skip


def other_mail(kind: str, number: int) -> bytes:
    sender, moment = f"xa{number:02d}@tinh.example", at(RECEIVED)
    files = {"BC.docx": monthly_report(COMMUNES[number], "7/BC-UBND", 11)}
    subject, body, headers, files = {
        "unclear": ("Gửi văn phòng", "Xã gửi văn bản.", {}, {}),
        "stranger": ("Báo cáo KT-XH tháng 11/2026", "Gửi báo cáo.", {}, files),
        "automatic": ("Trả lời tự động: nhắc báo cáo", "Tôi đi vắng.", {"Auto-Submitted": "auto-replied"}, {}),
        "secret": ("[MẬT] Báo cáo", "MẬT\n\nNội dung giả định.", {}, {}),
        "fire": (f"KHẨN: báo cáo nhanh vụ cháy tại {COMMUNES[number]}",
                 "Khoảng 02 giờ ngày 16/11/2026 xảy ra cháy nhà dân, không có người bị thương.", {}, {}),
    }[kind]  # fmt: skip
    if kind == "stranger":
        sender = f"ai.do.{number}@gmail.example"
    return mail(
        sender, subject, body, moment, files=files, headers=headers, message_id=f"<{kind}-{number}@tinh.example>"
    )


def two_hundred_mails() -> list[bytes]:
    """200 mails: 35 reports (each of them delivered twice), and what else comes into an official mailbox."""
    mixed = [monthly_mail(number) for number in range(35)]
    mixed += [monthly_mail(number).replace(b"Subject:", b"X-Hop: 2\r\nSubject:") for number in range(35)]
    for kind, count in (("unclear", 35), ("stranger", 35), ("automatic", 35), ("secret", 5), ("fire", 20)):
        mixed += [other_mail(kind, number) for number in range(count)]
    random.Random(7).shuffle(mixed)
    assert len(mixed) == 200
    return mixed


def test_two_hundred_mails_are_booked_and_answered_and_the_silent_are_told(province):
    province.receive(two_hundred_mails())
    expected = {f"<report-{n}@tinh.example>" for n in range(35)} | {f"<unclear-{n}@tinh.example>" for n in range(35)}
    expected |= {f"<secret-{n}@tinh.example>" for n in range(5)} | {f"<fire-{n}@tinh.example>" for n in range(20)}
    with province.daemon("2026-11-16 09:05"):
        wait_for(lambda: len(province.answers()) >= len(expected), "the answers")
    assert set(province.answers()) == expected
    assert set(province.answers().values()) == {1}
    booked = [one for one in province.intake("obligations", "--from", "2026-11-01", "--to", "2026-11-30", "--json")
              if one["report_type"] == "KTXH-T" and one["receipt"]]  # fmt: skip
    assert sorted(one["agency"] for one in booked) == [f"XA{n:02d}" for n in range(35)]
    assert len({one["receipt"] for one in booked}) == 35

    reviews = province.intake("review", "--json")
    assert len([one for one in reviews if one["disposition"] == "review"]) == 70
    province.intake("review", "dismiss", str(reviews[0]["id"]), "--why", "đã xem")
    assert len(province.intake("review", "--json")) == len(reviews) - 1

    province.intake("run", "--once", "--at", at("2026-11-16 10:00").isoformat())
    reminded = [one.recipients[0] for one in province.sink.mails if not one.message["In-Reply-To"]]
    assert sorted(one for one in reminded if one.startswith("xa")) == [f"xa{n}@tinh.example" for n in range(35, 40)]

    province.sink.mails.clear()
    province.intake("run", "--once", "--at", at("2026-11-18 00:00").isoformat())
    assert sorted(one.recipients[0] for one in province.sink.mails if one.recipients[0].startswith("xa")) == [
        f"xa{n}@tinh.example" for n in range(35, 40)
    ]

    province.sink.mails.clear()
    province.intake("run", "--once", "--at", at("2026-11-19 00:00").isoformat())
    assert f"truong.xa{39}@tinh.example" in [one.recipients[0] for one in province.sink.mails]

    province.sink.mails.clear()
    province.receive([monthly_mail(39, "2026-11-19 10:00")], "2026-11-19 10:00")
    [outcome] = province.intake("run", "--once", "--json", "--at", at("2026-11-19 10:05").isoformat())
    assert outcome["reports"][0]["timeliness"] == "late"
    assert province.answers() == {"<report-39@tinh.example>": 1}


def test_a_daemon_killed_again_and_again_loses_nothing_and_books_nothing_twice(province):
    province.receive([monthly_mail(number) for number in range(40)])
    chance, kills = random.Random(11), 0
    for _ in range(6):
        with province.daemon("2026-11-16 09:05") as process:
            reached = len(province.sink.mails) + chance.randint(1, 6)
            time.sleep(chance.uniform(0.0, 0.3))
            wait_for(lambda reached=reached: len(province.sink.mails) >= min(reached, 40), "some answers")
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
    with province.daemon("2026-11-16 09:05"):
        wait_for(lambda: len(province.answers()) >= 40, "all answers")
        time.sleep(2)
    assert set(province.answers()) == {f"<report-{n}@tinh.example>" for n in range(40)}
    sent = Counter((str(one.message["In-Reply-To"]), str(one.message["Message-ID"])) for one in province.sink.mails)
    assert len([answered for answered, _ in sent if answered != "None"]) == 40
    assert sum(sent.values()) - len(sent) <= kills
    booked = [one for one in province.intake("obligations", "--from", "2026-11-01", "--to", "2026-11-30", "--json")
              if one["report_type"] == "KTXH-T" and one["receipt"]]  # fmt: skip
    assert len(booked) == 40
    assert len({one["receipt"] for one in booked}) == 40


def test_sigterm_ends_the_daemon_and_a_second_daemon_is_refused_on_sqlite(province):
    with province.daemon("2026-11-16 09:05"):
        wait_for(lambda: b"daemon started" in (province.folder / "daemon.log").read_bytes(), "the start")
        second = province.command("run", *(["--once"] if "postgresql" in province.database_url else []))
    if "postgresql" in province.database_url:
        assert second.status == 0
    else:
        assert second.status == 2
        assert "another intake daemon" in second.err
