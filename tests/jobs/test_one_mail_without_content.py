"""One mail that could not be fetched: asked for again after a growing while, and then as good as any other."""

import pytest
from builders import at, mail, monthly_report
from sqlalchemy import select
from workplace import workplace

from intake.mail.incoming import Incoming
from intake.model import Message
from intake.records.arriving import is_known

BEGAN = "2026-11-10 08:00"
REPORT = mail(
    "stc@tinh.example", "Sở Tài chính - Báo cáo KT-XH tháng 11/2026", "Gửi báo cáo.", at("2026-11-16 09:00"),
    files={"BC T11.docx": monthly_report("Sở Tài chính", "7/BC-STC", 11)},
)  # fmt: skip


@pytest.fixture
def office(tmp_path, database_url):
    with workplace(tmp_path, database_url, BEGAN) as office:
        office.work(BEGAN)
        yield office


def allow(office, size):
    """What is too large for the config has no content; a larger limit is as good as a server that came to itself."""
    mailbox = office.desk.config.mailboxes[0].model_copy(update={"max_size": size})
    office.desk.config = office.desk.config.model_copy(update={"mailboxes": (mailbox,)})


def messages(office):
    with office.desk.database.reading() as session:
        return session.scalars(select(Message)).all()


def test_a_mail_that_can_be_had_at_last_is_booked_and_answered_once(office):
    allow(office, 100)
    office.receive(REPORT)
    office.work("2026-11-16 09:05")
    assert [one.status for one in messages(office)] == ["failed"]
    allow(office, 50_000_000)
    office.work("2026-11-16 09:06")
    office.work("2026-11-16 09:07")
    assert [(one.status, one.disposition) for one in messages(office)] == [("processed", "report")]
    assert len(office.answers()) == 1


def test_the_longer_a_mail_is_missed_the_more_seldom_it_is_asked_for(office):
    allow(office, 100)
    office.receive(REPORT)
    office.work("2026-11-16 09:00")
    office.work("2026-11-16 13:00")
    allow(office, 50_000_000)
    office.work("2026-11-16 13:40")
    assert messages(office)[0].status == "failed"
    office.work("2026-11-16 14:01")
    assert messages(office)[0].status == "processed"


def test_what_a_person_has_settled_is_not_asked_for_again(office):
    allow(office, 100)
    office.receive(REPORT)
    office.work("2026-11-16 09:00")
    with office.desk.database.writing() as session:
        session.scalars(select(Message)).one().settled_at = at("2026-11-16 09:30")
    allow(office, 50_000_000)
    office.work("2026-11-16 15:00")
    assert messages(office)[0].status == "failed"


def kept(**changes):
    message = Message(
        mailbox="m", uid_validity=1, uid=7, source="", sha256="old", size=3, stored_at=at(BEGAN), received_at=at(BEGAN)
    )
    message.id = 12
    for name, value in changes.items():
        setattr(message, name, value)
    return message


def incoming(problem=""):
    return Incoming(7, 5, at("2026-11-16 09:00"), b"abcde", problem)


def test_a_uid_that_is_given_to_another_mail_leaves_the_earlier_one_without_a_place():
    message = kept(status="processed")
    assert not is_known(message, incoming(), "new")
    assert (message.uid, message.sha256) == (-12, "old")


@pytest.mark.parametrize(("sha256", "problem"), [("old", ""), ("other", "cannot be fetched")])
def test_the_same_mail_and_one_without_content_are_known(sha256, problem):
    message = kept(status="processed")
    assert is_known(message, incoming(problem), sha256)
    assert (message.uid, message.sha256) == (7, "old")


def test_a_mail_that_lacked_its_content_takes_it_over():
    message = kept(status="failed", error="cannot be fetched")
    assert is_known(message, incoming(), "new")
    assert (message.sha256, message.size, message.status, message.error) == ("new", 5, "stored", "")
