"""A bounce through all its rooms: it marks the notice and the contact that it is about, and nothing of anybody else."""

import pytest
from builders import at
from sqlalchemy import select
from workplace import workplace

from intake.model import Contact, Notice
from intake.office.review import waiting

BEGAN = "2026-11-10 08:00"
REMINDED = "2026-11-15 00:00"
LATER = "2026-11-15 09:00"


@pytest.fixture
def office(tmp_path, database_url):
    with workplace(tmp_path, database_url, BEGAN) as office:
        office.work(BEGAN)
        office.work(REMINDED)
        yield office


@pytest.fixture
def reminder(office):
    """The Message-ID and the recipient of one notice that went out."""
    sent = office.sent("reminder")[0]
    return str(sent["Message-ID"]), sent["To"].addresses[0].addr_spec


def report(message_id, recipient, action="failed", status="5.1.1"):
    return f"""From: MAILER-DAEMON@mx.xa.example
Return-Path: <>
Date: Sun, 15 Nov 2026 00:10:00 +0700
Message-ID: <bao-loi@mx.xa.example>
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.xa.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}

--b--
""".encode()


def in_words(message_id, recipient):
    return f"""From: MAILER-DAEMON@mx.xa.example
Return-Path: <>
Date: Sun, 15 Nov 2026 00:10:00 +0700
Subject: failure notice

I'm afraid I wasn't able to deliver your message to the following addresses.

<{recipient}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <vp@tinh.example>
Message-ID: {message_id}
""".encode()


def without_original(reference, recipient):
    """As a server writes it that quotes nothing but the subject."""
    return f"""From: postmaster@xa.example
Return-Path: <>
Date: Sun, 15 Nov 2026 00:10:00 +0700
Subject: Undeliverable: [{reference}] =?utf-8?q?Nh=E1=BA=AFc?=
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

Delivery has failed to these recipients.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.xa.example

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1

--b--
""".encode()


def reference_of(office):
    return str(office.sent("reminder")[0]["Subject"]).partition("[")[2].partition("]")[0]


def bounced(office):
    """Which notices and which contacts are known as bounced."""
    with office.desk.database.reading() as session:
        notices = session.scalars(select(Notice.mail_id).where(Notice.bounced_at.is_not(None))).all()
        contacts = session.scalars(select(Contact.email).where(Contact.bounced_at.is_not(None))).all()
    return list(notices), list(contacts)


@pytest.mark.parametrize("bounce", [report, in_words])
def test_a_bounce_for_good_marks_the_notice_and_the_contact_and_a_person_sees_it(office, reminder, bounce):
    office.receive(bounce(*reminder))
    office.work(LATER)
    assert bounced(office) == ([reminder[0]], [reminder[1]])
    assert [one.mail_id for one in waiting(office.desk).notices] == [reminder[0]]


def test_a_bounce_for_now_marks_the_notice_only(office, reminder):
    office.receive(report(*reminder, status="4.2.2"))
    office.work(LATER)
    assert bounced(office) == ([reminder[0]], [])


def test_what_proves_no_failure_of_ours_marks_nothing(office, reminder):
    message_id, recipient = reminder
    not_failed = [report(*reminder, action=action, status="2.0.0") for action in ("relayed", "delivered", "expanded")]
    office.receive(*not_failed, report(*reminder, action="delayed", status="4.4.1"))
    office.receive(report("<khong-phai@tinh.example>", recipient), in_words("<khong-phai@tinh.example>", recipient))
    office.receive(report(message_id, "nguoi-khac@tinh.example"))
    office.work(LATER)
    assert bounced(office) == ([], [])


def test_a_bounce_that_quotes_only_the_subject_is_known_by_its_code_and_recipient(office, reminder):
    office.receive(without_original(reference_of(office), reminder[1]))
    office.work(LATER)
    assert bounced(office) == ([reminder[0]], [reminder[1]])


def test_a_code_with_another_recipient_than_it_was_written_to_proves_nothing(office, reminder):
    office.receive(without_original(reference_of(office), "xphutho@tinh.example"))
    office.work(LATER)
    assert bounced(office) == ([], [])


def test_what_has_not_left_yet_cannot_come_back(office, reminder):
    with office.desk.database.writing() as session:
        notice = session.scalars(select(Notice).where(Notice.mail_id == reminder[0])).one()
        notice.status, notice.next_attempt_at = "queued", at("2026-11-20 08:00")
    office.receive(report(*reminder))
    office.work(LATER)
    assert bounced(office) == ([], [])
