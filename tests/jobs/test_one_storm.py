"""Too many mails: an hour has a limit, a server that takes nothing is left alone, loops come to an end."""

from pathlib import Path

import pytest
from builders import OFFICE_ADDRESS, at, mail, registry
from sqlalchemy import select
from workplace import workplace

from intake.config import Outgoing
from intake.model import Contact, Notice
from intake.office.registry_loading import load_registry

BEGAN = "2026-11-10 08:00"
SENDER = "stc@tinh.example"


@pytest.fixture
def office(tmp_path, database_url):
    with workplace(tmp_path, database_url, BEGAN, sending={"per_address": 3}) as office:
        office.work(BEGAN)
        yield office


def unclear(number, sender=SENDER):
    return mail(sender, f"Gửi văn phòng {number}", f"Đơn vị gửi văn bản số {number}.", at("2026-11-11 09:00"))


def limit(office, **limits):
    sending = office.desk.config.sending.model_copy(update=limits)
    office.desk.config = office.desk.config.model_copy(update={"sending": sending})


def answered(office):
    return len(office.answers())


def test_more_mails_an_hour_to_one_address_than_allowed_are_held_back_until_the_hour_is_over(office):
    office.receive(*(unclear(number) for number in range(5)))
    office.work("2026-11-11 09:05")
    assert answered(office) == 3
    office.work("2026-11-11 09:50")
    assert answered(office) == 3
    office.work("2026-11-11 10:06")
    assert answered(office) == 5


def test_the_admin_is_told_once_a_day_that_mails_are_held_back(office):
    office.receive(*(unclear(number) for number in range(5)))
    office.work("2026-11-11 09:05")
    office.work("2026-11-11 09:06")
    office.work("2026-11-11 09:07")
    [told] = [one for one in office.sent("admin_alert") if "vượt mức gửi" in str(one["Subject"])]
    assert SENDER in str(told["Subject"])


def test_what_is_held_back_for_one_address_holds_up_no_other(office):
    office.receive(*(unclear(number) for number in range(5)), unclear(9, "syt@tinh.example"))
    office.work("2026-11-11 09:05")
    assert len([one for one in office.answers() if "syt@" in one]) == 1


@pytest.mark.parametrize(("limits", "at_once"), [({"per_minute": 2}, 2), ({"per_hour": 1}, 1)])
def test_all_mails_together_have_a_limit_too(office, limits, at_once):
    limit(office, **limits)
    before = len(office.sent())
    office.receive(*(unclear(number, f"{box}@tinh.example") for number, box in enumerate(("stc", "syt", "xphutho"))))
    office.work("2026-11-11 09:05")
    assert len(office.sent()) - before == at_once
    office.work("2026-11-11 10:06")
    assert len(office.sent()) - before == 2 * at_once


def through(office, sink):
    outgoing = Outgoing(kind="smtp", host="127.0.0.1", port=sink.port, security="none", timeout="5s")
    office.desk.config = office.desk.config.model_copy(update={"outgoing": outgoing})


def taken(sink):
    """How many answers the server took."""
    return len([one for one in sink.mails if one.message["In-Reply-To"]])


def attempts(office):
    with office.desk.database.reading() as session:
        return [one.attempts for one in session.scalars(select(Notice).order_by(Notice.id)) if one.in_reply_to]


def test_a_server_that_takes_nothing_is_left_alone_and_no_notice_pays_for_it(office, smtp_sink):
    through(office, smtp_sink)
    smtp_sink.answer("MAIL", "421 4.3.2 shutting down")
    office.receive(*(unclear(number) for number in range(3)))
    office.work("2026-11-11 09:05:00")
    assert (taken(smtp_sink), set(attempts(office))) == (0, {0})
    office.work("2026-11-11 09:05:03")
    assert taken(smtp_sink) == 0
    office.work("2026-11-11 09:05:30")
    assert (taken(smtp_sink), set(attempts(office))) == (3, {1})


def test_a_server_that_refuses_one_recipient_after_the_other_is_left_alone(office, smtp_sink):
    through(office, smtp_sink)
    smtp_sink.answer("RCPT", *["450 4.7.1 slow down"] * 3)
    office.receive(
        *(unclear(number, f"{box}@tinh.example") for number, box in enumerate(("stc", "syt", "xphutho", "xhoabinh")))
    )
    office.work("2026-11-11 09:05:00")
    assert taken(smtp_sink) == 0
    office.work("2026-11-11 09:06:30")
    assert taken(smtp_sink) == 4


def known_to_each_other(office, address):
    known = registry()
    known.contacts.append(Contact(agency_code="STC", email=address, role="supervisor"))
    load_registry(office.desk, known)


def carried(source: Path, target: Path, sender: str) -> int:
    """What one office sent arrives at the other, as a server hands it over."""
    mails = sorted((source / "outgoing" / "new").iterdir())
    for one in mails:
        raw = one.read_bytes()
        (target / "inbox" / "new" / one.name).write_bytes(f"Return-Path: <{sender}>\r\n".encode() + raw)
        one.unlink()
    return len(mails)


@pytest.mark.parametrize("stripped", [False, True])
def test_two_offices_that_have_each_other_as_contacts_stop_after_two_mails(tmp_path, stripped):
    other_address = "vp@huyen.example"
    ours, theirs = tmp_path / "a", tmp_path / "b"
    tables = {"office": {"name": "Văn phòng huyện", "address": other_address}}
    with (
        workplace(ours, f"sqlite:///{ours}/i.db", BEGAN) as one,
        workplace(theirs, f"sqlite:///{theirs}/i.db", BEGAN, **tables) as other,
    ):
        known_to_each_other(one, other_address)
        known_to_each_other(other, OFFICE_ADDRESS)
        one.receive(unclear(1, other_address))
        exchanged = 0
        for minute in range(10, 20):
            moment = f"2026-11-11 09:{minute}"
            for place in (one, other):
                place.work(moment)
            exchanged += len(sent_between(ours, other_address)) + len(sent_between(theirs, OFFICE_ADDRESS))
            if stripped:
                strip(ours)
                strip(theirs)
            carried(ours, theirs, OFFICE_ADDRESS)
            carried(theirs, ours, other_address)
        assert exchanged <= 2


def sent_between(folder: Path, address: str) -> list[Path]:
    return [one for one in (folder / "outgoing" / "new").iterdir() if f"<{address}>".encode() in one.read_bytes()]


def strip(folder: Path) -> None:
    """A gateway that takes out every field that says that a machine wrote."""
    for one in (folder / "outgoing" / "new").iterdir():
        lines = one.read_bytes().split(b"\r\n")
        one.write_bytes(b"\r\n".join(line for line in lines if not line.startswith((b"Auto-Submitted", b"X-Auto"))))
