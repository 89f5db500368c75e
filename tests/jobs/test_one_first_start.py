"""The first start with a long history: nobody is mailed about the past until a person lets it go."""

import pytest
from builders import at, mail, monthly_report
from workplace import workplace

from intake.office.backlog import backlog, drop_answers, release_answers, remind_of_the_past
from intake.office.checks import checks

BEGAN = "2026-11-20 08:00"


def report(number, month, received_at):
    files = {"BC.docx": monthly_report("Sở Tài chính", f"{number}/BC-STC", month)}
    return mail("stc@tinh.example", f"Báo cáo KT-XH tháng {month}/2026", "Gửi.", at(received_at), files=files)


@pytest.fixture
def office(tmp_path):
    url = f"sqlite:///{tmp_path / 'intake.db'}"
    with workplace(tmp_path, url, BEGAN, sending={"hold_older_than": "30d"}) as office:
        office.receive(report(101, 8, "2026-08-17 09:00"), report(214, 11, "2026-11-16 09:00"))
        office.work(BEGAN)
        yield office


def test_old_mail_is_recorded_and_not_answered_and_new_mail_is(office):
    assert office.standing("STC", "KTXH-T", "2026-08")["status"] == "on_time"
    [answer] = office.sent("acknowledgment")
    assert "tháng 11/2026" in answer.get_body(("plain",)).get_content()
    assert len(office.sent("office_receipt")) == 1


def test_what_is_held_is_shown_and_can_be_let_go(office):
    assert {one.name for one in backlog(office.desk).answers} == {"acknowledgment", "office_receipt"}
    assert [one.ok for one in checks(office.desk) if one.part == "backlog"] == [False]
    assert release_answers(office.desk, "Lê Minh") == 2
    office.work("2026-11-20 08:05")
    assert len(office.sent("acknowledgment")) == 2


def test_what_is_held_can_be_dropped_for_good(office):
    assert drop_answers(office.desk, "Lê Minh", "thư cũ") == 2
    office.work("2026-11-20 08:05")
    assert len(office.sent("acknowledgment")) == 1
    assert backlog(office.desk).answers == []


def test_what_was_overdue_before_is_shown_and_followed_only_when_a_person_says_so(office):
    overdue = [
        (one.agency_code, one.period) for one in backlog(office.desk).overdue if one.report_type_code == "KTXH-T"
    ]
    assert ("SYT", "2026-11") in overdue
    assert ("STC", "2026-11") not in overdue
    office.work("2026-11-20 08:05")
    assert office.told("escalation", "KTXH-T", "2026-11") == []
    remind_of_the_past(office.desk, "Lê Minh", at("2026-11-01 00:00"))
    office.work("2026-11-20 08:10")
    assert len(office.told("escalation", "KTXH-T", "2026-11")) == 6
    assert backlog(office.desk, at("2026-11-01 00:00")).overdue == []
