"""One notice that comes back: the agency's next contact is told in the same pass, and the dead address no more."""

import pytest
from builders import OFFICE_ADDRESS, at, mail, registry
from workplace import workplace

from intake.model import Contact
from intake.office.checks import checks
from intake.office.registry_loading import load_registry
from intake.office.review import retry_notice, waiting

BEGAN = "2026-11-10 08:00"
REMINDED = "2026-11-15 00:00"


@pytest.fixture
def office(tmp_path):
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", BEGAN) as office:
        office.work(BEGAN)
        office.work(REMINDED)
        yield office


def bounce(office, recipient, moment, status="5.1.1"):
    """What the server writes back about the last notice to a recipient."""
    notice = office.sent(to=f"<{recipient}>")[-1]
    report = (
        f"Reporting-MTA: dns; mail.tinh.example\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: failed\r\n"
        f"Status: {status}\r\nDiagnostic-Code: smtp; 550 {status} not delivered\r\n"
    )
    raw = mail("MAILER-DAEMON@mail.tinh.example", "Undelivered Mail Returned to Sender", "BODY", at(moment))
    head, _, _ = raw.partition(b"Content-Type:")
    parts = [
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="=b"\r\n\r\n--=b\r\n'
        f"Content-Type: text/plain\r\n\r\nYour message to {OFFICE_ADDRESS} was not delivered.\r\n--=b\r\n"
        f"Content-Type: message/delivery-status\r\n\r\n{report}\r\n--=b\r\n"
        f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: {notice['Message-ID']}\r\n--=b--\r\n"
    ]
    office.receive(head + "".join(parts).encode())


def reminded(office):
    return [one for one in office.told("reminder", "KTXH-T", "2026-11") if "xhoabinh" in one]


def test_the_next_contact_is_told_in_the_pass_that_reads_of_the_bounce(office):
    bounce(office, "xhoabinh@tinh.example", "2026-11-15 00:05")
    office.work("2026-11-15 00:06")
    assert reminded(office) == ["xhoabinh@tinh.example", "truong.xhoabinh@tinh.example"]


def test_the_admin_is_told_and_the_contact_is_shown_as_dead(office):
    bounce(office, "xhoabinh@tinh.example", "2026-11-15 00:05")
    office.work("2026-11-15 00:06")
    assert len([one for one in office.sent("admin_alert") if "trả lại" in str(one["Subject"])]) == 1
    [found] = [one for one in checks(office.desk) if one.part == "contacts"]
    assert not found.ok
    assert "xhoabinh@tinh.example (submitter of XHOABINH)" in found.detail


def test_a_dead_address_is_written_to_no_more_while_another_is_there(office):
    bounce(office, "xhoabinh@tinh.example", "2026-11-15 00:05")
    office.work("2026-11-15 00:06")
    office.work("2026-11-18 08:00")
    overdue = office.told("overdue", "KTXH-T", "2026-11")
    assert [one for one in overdue if "xhoabinh" in one] == ["truong.xhoabinh@tinh.example"]


def test_a_full_mailbox_is_not_held_against_its_contact(office):
    bounce(office, "xhoabinh@tinh.example", "2026-11-15 00:05", status="4.2.2")
    office.work("2026-11-15 00:06")
    assert len(reminded(office)) == 2
    office.work("2026-11-18 08:00")
    assert "xhoabinh@tinh.example" in office.told("overdue", "KTXH-T", "2026-11")


def test_where_nobody_else_is_left_the_dead_address_is_written_to_all_the_same(office):
    known = registry()
    known.contacts[:] = [one for one in known.contacts if one.email != "truong.xhoabinh@tinh.example"]
    load_registry(office.desk, known)
    bounce(office, "xhoabinh@tinh.example", "2026-11-15 00:05")
    office.work("2026-11-15 00:06")
    assert reminded(office) == ["xhoabinh@tinh.example"]
    office.work("2026-11-18 08:00")
    assert "xhoabinh@tinh.example" in office.told("overdue", "KTXH-T", "2026-11")


def test_a_second_submitter_comes_before_the_head(office):
    known = registry()
    known.contacts.append(Contact(agency_code="XHOABINH", email="xhoabinh2@tinh.example", role="submitter"))
    load_registry(office.desk, known)
    bounce(office, "xhoabinh@tinh.example", "2026-11-15 00:05")
    office.work("2026-11-15 00:06")
    assert reminded(office) == ["xhoabinh@tinh.example", "xhoabinh2@tinh.example"]


def test_what_came_back_is_not_said_to_have_been_told(office):
    bounce(office, "xhoabinh@tinh.example", "2026-11-15 00:05")
    office.work("2026-11-15 00:06")
    [letter] = office.sent("reminder", to="truong.xhoabinh@")
    assert "Đã thông báo" not in letter.get_body(("plain",)).get_content()


def test_an_address_that_a_person_tries_again_counts_as_reached(office):
    bounce(office, "xhoabinh@tinh.example", "2026-11-15 00:05")
    office.work("2026-11-15 00:06")
    [notice] = waiting(office.desk).notices
    retry_notice(office.desk, notice.id, "Lê Minh")
    office.work("2026-11-18 08:00")
    assert "xhoabinh@tinh.example" in office.told("overdue", "KTXH-T", "2026-11")


def test_the_reminder_brings_its_deadlines_for_the_calendar(office):
    [letter] = office.sent("reminder", to="<xhoabinh@")
    [file] = list(letter.iter_attachments())
    assert (file.get_filename(), file.get_content_type()) == ("deadlines.ics", "text/calendar")
    assert b"UID:XHOABINH/KTXH-T/2026-11@tinh.example\r\nDTSTAMP" in file.get_payload(decode=True)
