"""A scan takes long to read: what is urgent does not wait for it, and meanwhile no reading process stands idle."""

import io
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from builders import at, mail
from PIL import Image
from sqlalchemy import func, select
from test_journeys import wait_for
from workplace import workplace

from intake.documents.sandbox import Readers
from intake.jobs.fetch import fetch
from intake.jobs.process import process
from intake.model import Message
from intake.records.recording import most_in_hand

URGENT = "Báo cáo nhanh vụ cháy chợ Hòa Bình"
RECEIVED = at("2026-11-16 09:00")
WORKERS = 2


def scan(number):
    drawn = io.BytesIO()
    Image.new("L", (300 + number, 300), 255).save(drawn, "PNG")
    files = {f"{number}.png": drawn.getvalue()}
    return mail("stc@tinh.example", f"Gửi bản quét {number}", "Xin gửi.", RECEIVED, files=files)


class SlowTesseract:
    """A program that stands in for it, and does not end before it is told to."""

    def __init__(self, folder):
        self.at_work, self._may_end = folder / "at-work", folder / "may-end"
        self.at_work.mkdir(parents=True)
        program = folder / "tesseract"
        program.write_text(f"""#!/bin/sh
[ "$1" = --list-langs ] && echo vie && exit
touch {self.at_work}/$$
while [ ! -e {self._may_end} ]; do sleep 0.02; done
""")
        program.chmod(0o755)

    def let_end(self):
        self._may_end.touch()


@pytest.fixture
def tesseract(tmp_path, monkeypatch):
    """The reading processes look for the program when they start, so they are this test's own."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=":")
    monkeypatch.setattr("intake.desk.Readers", Readers)
    return SlowTesseract(tmp_path / "bin")


@pytest.fixture
def office(tmp_path, database_url, tesseract):
    long = {"ocr_seconds": 200, "worker_seconds": 200}
    with workplace(tmp_path, database_url, "2026-11-16 08:00", daemon={"workers": WORKERS}, limits=long) as office:
        office.move_to(RECEIVED)
        yield office


@contextmanager
def judging(office):
    """What is told of, while the mails that have come are judged in another thread."""
    told = []
    with ThreadPoolExecutor(1) as beside:
        done = beside.submit(process, office.desk, lambda outcome: told.append(outcome.subject))
        yield told
        done.result()


def in_hand(office):
    with office.desk.database.reading() as session:
        return session.scalar(select(func.count(Message.id)).where(Message.claimed_by.is_not(None)))


def test_an_urgent_mail_goes_before_the_scans_that_came_earlier(office, tesseract):
    scans = most_in_hand(office.desk)
    office.receive(*map(scan, range(scans)))
    fetch(office.desk)
    with judging(office) as told:
        wait_for(lambda: len(list(tesseract.at_work.iterdir())) == WORKERS, "scans being read")
        office.receive(mail("xhoabinh@tinh.example", URGENT, "Hồi 8 giờ 30 sáng nay cháy chợ.", RECEIVED))
        fetch(office.desk)
        wait_for(lambda: in_hand(office) == scans + 1, "the urgent mail to be taken in hand")
        tesseract.let_end()
    assert told == [URGENT, *(f"Gửi bản quét {number}" for number in range(scans))]


def test_what_stands_behind_a_scan_is_read_meanwhile_and_recorded_after_it(office, tesseract):
    usual = most_in_hand(office.desk)
    questions = [f"Hỏi {number}" for number in range(6 * usual)]
    office.receive(scan(0), *(mail("stc@tinh.example", one, "Xin hỏi.", RECEIVED) for one in questions))
    fetch(office.desk)
    with judging(office) as told:
        wait_for(lambda: in_hand(office) > 3 * usual, "mails taken in hand")
        assert told == []
        tesseract.let_end()
    assert told == ["Gửi bản quét 0", *questions]
