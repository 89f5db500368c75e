"""The workers themselves: real processes that are hurt for real, and a pool that goes on reading."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import psutil
import pytest
from documents_mails import mail_with, stored
from hostile_files import xlsx_with_two_cells_far_apart
from hostile_pdf import pdf_with_a_huge_page
from warm_readers import WarmReaders

import intake
from intake.config import Limits
from intake.documents.sandbox import Readers
from intake.errors import PermanentError, TemporaryError
from intake.model import Agency, Contact
from intake.rules.names.directory import Directory
from intake.rules.opinion import Grounds

SOON = Limits(worker_seconds=2)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
TAKEN = datetime(2026, 11, 16, 9, 0, tzinfo=HANOI)
OFFICE_ITSELF, FINANCE = Agency(code="office", name="Văn phòng UBND tỉnh"), Agency(code="STC", name="Sở Tài chính")
FINANCE_ADDRESS = Contact(agency_code="STC", email="vanthu@daian.example", role="submitter")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return stored(tmp_path, mail_with(("BC.txt", "Báo cáo".encode())), "good.eml")


@pytest.fixture
def readers() -> Iterator[Readers]:
    with Readers(SOON, (), 1) as readers:
        yield readers


@pytest.fixture(autouse=True)
def no_others(readers_stay: WarmReaders) -> None:
    """Those that other tests keep would be counted, too."""
    readers_stay.end()


def workers() -> list[psutil.Process]:
    """The readers among our children: a server that other tests talk to may be one of them, too."""
    return [one for one in psutil.Process().children() if "intake.documents.worker" in one.cmdline()]


def test_a_mail_is_read_in_another_process(readers: Readers, good: Path) -> None:
    reading = readers.read(good)
    assert (reading.message.subject, reading.documents[0].text) == ("Gửi báo cáo", "Báo cáo")
    assert len(workers()) == 1


def test_the_answers_are_those_of_reading_in_process(readers: Readers, good: Path) -> None:
    from intake.documents.reading import read_mail

    assert readers.read(good) == read_mail(good.read_bytes(), SOON, ())


def test_a_worker_that_dies_is_counted(good: Path) -> None:
    deaths: list[str] = []
    with Readers(SOON, (), 1, on_death=lambda: deaths.append("died")) as readers:
        readers.read(good)
        workers()[0].kill()
        readers.read(good)
    assert deaths == ["died"]


def test_one_worker_reads_many_mails(readers: Readers, good: Path) -> None:
    readers.read(good)
    before = workers()
    for _ in range(5):
        readers.read(good)
    assert workers() == before


def test_an_opinion_is_formed_where_a_mail_is_read_and_rests_on_the_grounds_that_were_given(
    readers: Readers, good: Path
) -> None:
    known = Grounds("known", Directory([OFFICE_ITSELF, FINANCE], [FINANCE_ADDRESS], []), {}, (), HANOI)
    unknown = Grounds("unknown", Directory([OFFICE_ITSELF], [], []), {}, (), HANOI)
    for grounds in (known, unknown, known):
        examined = readers.examine(good, grounds, TAKEN).result()
        assert examined.reading == readers.read(good)
        assert examined.opinion == grounds.opinion_of(examined.reading, TAKEN)
        assert examined.opinion.match and examined.opinion.match.agency == ("STC" if grounds is known else None)
    assert len(workers()) == 1


def test_another_worker_is_told_the_grounds_anew(readers: Readers, good: Path) -> None:
    grounds = Grounds("known", Directory([OFFICE_ITSELF, FINANCE], [FINANCE_ADDRESS], []), {}, (), HANOI)
    first = readers.examine(good, grounds, TAKEN).result()
    workers()[0].kill()
    assert first.opinion and readers.examine(good, grounds, TAKEN).result() == first


def test_a_rule_that_breaks_leaves_the_mail_read_and_without_an_opinion(readers: Readers, good: Path) -> None:
    nowhere = Grounds("broken", cast(Directory, None), {}, (), HANOI)
    examined = readers.examine(good, nowhere, TAKEN).result()
    assert (examined.opinion, examined.reading.documents[0].text) == (None, "Báo cáo")


def test_mails_are_read_side_by_side_and_answered_in_order(tmp_path: Path) -> None:
    paths = [stored(tmp_path, mail_with(subject=f"Thư {n}"), f"{n}.eml") for n in range(8)]
    with Readers(SOON, (), 2) as readers:
        assert [one.message.subject for one in readers.map(paths)] == [f"Thư {n}" for n in range(8)]
        assert readers.submit(paths[3]).result().message.subject == "Thư 3"


def test_probes_and_limits_reach_the_worker(tmp_path: Path) -> None:
    corpus = Path(__file__).parent.parent / "corpus" / "documents"
    book = (corpus / "xlsx-with-zero-blanks-and-placeholders.xlsx").read_bytes()
    path = stored(tmp_path, mail_with(("b.xlsx", book)))
    with Readers(Limits(text_chars=5), ("xlsx:Biểu 01!C8",), 1) as readers:
        document = readers.read(path).documents[0]
    assert (document.filled, len(document.text)) == ({"xlsx:Biểu 01!C8": True}, 5)


# pdfium ends itself without a word when it gets no memory.
@pytest.mark.parametrize(
    ("content", "why"),
    [(xlsx_with_two_cells_far_apart(), "ran out of memory"), (pdf_with_a_huge_page(40), "reader died")],
    ids=["xlsx", "pdf"],
)
def test_a_document_that_eats_the_memory_costs_its_mail_the_documents_only(
    tmp_path: Path, good: Path, content: bytes, why: str
) -> None:
    path = stored(tmp_path, mail_with(("an-het.pdf", content)))
    with Readers(Limits(worker_memory=450_000_000), (), 1) as readers:
        reading = readers.read(path)
        assert reading.message.subject == "Gửi báo cáo"
        assert [(one.name, one.outcome) for one in reading.documents] == [("an-het.pdf", "hostile")]
        assert reading.documents[0].detail == why
        assert readers.read(good).documents[0].outcome == "read"


def test_a_worker_that_hangs_is_killed_and_its_mail_read_without_documents(readers: Readers, good: Path) -> None:
    readers.read(good)
    workers()[0].suspend()
    reading = readers.read(good)
    assert (reading.message.subject, reading.documents[0].detail) == ("Gửi báo cáo", "ran out of time")
    assert readers.read(good).documents[0].outcome == "read"


def test_a_worker_that_died_between_two_mails_is_not_held_against_the_second(readers: Readers, good: Path) -> None:
    readers.read(good)
    os.kill(workers()[0].pid, signal.SIGSEGV)
    assert readers.read(good).documents[0].text == "Báo cáo"


def test_a_mail_that_no_reader_survives_is_for_a_person_and_the_next_one_is_read(tmp_path: Path, good: Path) -> None:
    huge = tmp_path / "huge.eml"
    with huge.open("wb") as file:
        file.truncate(2_000_000_000)
    with Readers(SOON, (), 1) as readers:
        with pytest.raises(PermanentError, match="the message cannot be read: ran out of memory"):
            readers.read(huge)
        assert readers.read(good).documents[0].outcome == "read"


def test_a_stored_message_that_is_gone_is_no_fault_of_the_mail(readers: Readers, tmp_path: Path) -> None:
    with pytest.raises(PermanentError, match="cannot be read"):
        readers.read(tmp_path / "gone.eml")


def test_a_worker_that_cannot_start_is_no_fault_of_the_mail(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with Readers(SOON, (), 1) as readers, pytest.raises(TemporaryError, match="did not start"):
        readers.read(good)


def test_workers_end_with_the_pool_and_leave_nothing(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with Readers(SOON, (), 2) as readers:
        list(readers.map([good] * 4))
        alive = workers()
        assert list(scratch.iterdir())
    assert not any(process.is_running() for process in alive)
    assert list(scratch.iterdir()) == []


def test_a_worker_sees_none_of_the_parent_s_secrets(
    readers: Readers, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "letmein")
    readers.read(good)
    assert "MAIL_PASSWORD" not in workers()[0].environ()


def test_a_worker_runs_where_the_parent_is_not(readers: Readers, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of the name of one of ours, in the folder where the daemon happens to stand, is not imported."""
    (good.parent / "json.py").write_text("raise SystemExit")
    monkeypatch.chdir(good.parent)
    assert readers.read(Path("good.eml")).documents[0].outcome == "read"
    assert workers()[0].cwd() != str(good.parent)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's promise is Linux's")
def test_workers_die_with_a_parent_that_is_killed(good: Path) -> None:
    program = textwrap.dedent(f"""
        import time
        from pathlib import Path
        from intake.config import Limits
        from intake.documents.sandbox import Readers
        with Readers(Limits(), (), 1) as readers:
            readers.read(Path({str(good)!r}))
            print("ready", flush=True)
            time.sleep(60)
    """)
    environment = os.environ | {"PYTHONPATH": str(Path(intake.__file__).parent.parent)}
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        (worker,) = psutil.Process(parent.pid).children()
        parent.kill()
    psutil.wait_procs([worker], timeout=30)
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE
