"""One request for a later deadline, from the agency's answer to a reminder to the office's answer to the agency."""

import pytest
from builders import at, mail
from workplace import workplace

from intake.errors import ConfigError
from intake.model import AuditEvent
from intake.office.requests import About, grant_extension, grant_waiver, refuse
from intake.office.review import waiting

BEGAN = "2026-11-10 08:00"
ASKED = "2026-11-16 09:00"


@pytest.fixture
def office(tmp_path):
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", BEGAN) as office:
        office.work(BEGAN)
        office.work("2026-11-15 00:00")
        yield office


def answer_to_the_reminder(office, text, subject="", sender="xhoabinh@tinh.example"):
    """The agency's answer to the reminder that it got on 15/11 about November's report."""
    reminder = office.sent("reminder", to=f"<{sender}>")[-1]
    headers = {"In-Reply-To": str(reminder["Message-ID"])}
    office.receive(mail(sender, subject or f"Re: {reminder['Subject']}", text, at(ASKED), headers=headers))
    office.work(ASKED)
    [message] = waiting(office.desk).messages
    return message


def about_november(office, notice):
    """How often the commune's own box was told this about November's report."""
    return [one for one in office.told(notice, "KTXH-T", "2026-11") if one == "xhoabinh@tinh.example"]


def test_a_request_waits_with_its_obligation_and_the_day_asked_for(office):
    message = answer_to_the_reminder(office, "Do mưa lũ, Xã xin gia hạn đến 20/11.")
    assert message.agency == "XHOABINH"
    assert message.request == {
        "kind": "extension",
        "words": "gia hạn",
        "until": "2026-11-21T00:00:00+07:00",
        "obligations": [{"report_type": "KTXH-T", "period": "2026-11", "until": "2026-11-21T00:00:00+07:00"}],
    }


def test_the_sender_is_told_at_once_that_the_request_is_being_considered(office):
    answer_to_the_reminder(office, "Xã xin gia hạn đến 20/11.")
    [answer] = office.sent("under_review", to="xhoabinh@")
    assert "đang chờ Văn phòng quyết định" in answer.get_body(("plain",)).get_content()


def test_a_request_that_answers_no_notice_is_about_what_it_names(office):
    text = "Xã xin gia hạn nộp báo cáo tình hình kinh tế - xã hội tháng 11 thêm 03 ngày làm việc."
    office.receive(mail("xhoabinh@tinh.example", "V/v xin gia hạn", text, at(ASKED)))
    office.work(ASKED)
    [message] = waiting(office.desk).messages
    assert message.request["obligations"] == [
        {"report_type": "KTXH-T", "period": "2026-11", "until": "2026-11-21T00:00:00+07:00"}
    ]


def test_a_request_of_people_in_danger_waits_as_a_request_and_alerts_the_duty_desk(tmp_path):
    urgent = {"incidents": {"natural_disaster": {"keywords": ["lũ"], "follow_up": "daily 17:00"}}}
    text = "Do lũ cuốn trôi cầu lúc 3h sáng nay, 1 người mất tích, 2 thôn bị cô lập, đang đi cứu nạn, xã xin gia hạn."
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", BEGAN, **urgent) as office:
        office.work(BEGAN)
        office.receive(mail("xhoabinh@tinh.example", "Xin gia hạn BC KTXH tháng 11/2026", text, at(ASKED)))
        office.work(ASKED)
        [message] = waiting(office.desk).messages
        assert message.request["kind"] == "extension"
        assert office.sent("incident_alert")


def test_a_type_named_without_its_period_means_the_next_one_open(office):
    office.receive(mail("xhoabinh@tinh.example", "Xin gia hạn", "Xin gia hạn BC KTXH tháng đến 20/11.", at(ASKED)))
    office.work(ASKED)
    [message] = waiting(office.desk).messages
    assert [one["period"] for one in message.request["obligations"]] == ["2026-11"]


def test_nobody_is_accused_while_the_request_waits(office):
    answer_to_the_reminder(office, "Xã xin gia hạn đến 20/11.")
    office.work("2026-11-18 08:00")
    office.work("2026-11-19 08:00")
    assert about_november(office, "overdue") + about_november(office, "escalation") == []


def test_a_granted_request_moves_the_deadline_and_is_answered_with_the_new_one(office):
    message = answer_to_the_reminder(office, "Xã xin gia hạn đến 20/11.")
    grant_extension(office.desk, message.id, "Lê Minh", "mưa lũ")
    office.work("2026-11-16 10:00")
    [answer] = office.sent("request_answer", to="xhoabinh@")
    text = answer.get_body(("plain",)).get_content()
    assert "hết ngày 20/11/2026 (thứ Sáu)" in text
    assert "hết ngày 17/11/2026 (thứ Ba)" in text
    assert "Lý do: mưa lũ" in text
    assert answer["In-Reply-To"] == message.message_id
    assert office.standing("XHOABINH", "KTXH-T", "2026-11")["due_at"] == "2026-11-21T00:00:00+07:00"
    assert waiting(office.desk).messages == []


def test_after_a_grant_the_agency_is_reminded_of_its_new_deadline_only(office):
    message = answer_to_the_reminder(office, "Xã xin gia hạn đến 20/11.")
    grant_extension(office.desk, message.id, "Lê Minh", "mưa lũ")
    assert len(about_november(office, "reminder")) == 1
    office.work("2026-11-18 08:00")
    assert about_november(office, "overdue") == []
    assert len(about_november(office, "reminder")) == 2


def test_a_refused_request_is_answered_with_the_reason_and_then_reminded_like_others(office):
    message = answer_to_the_reminder(office, "Xã xin gia hạn đến 20/11.")
    refuse(office.desk, message.id, "Lê Minh", "số liệu phải trình UBND tỉnh ngày 18/11")
    office.work("2026-11-16 10:00")
    [answer] = office.sent("request_answer", to="xhoabinh@")
    assert "số liệu phải trình UBND tỉnh" in answer.get_body(("plain",)).get_content()
    office.work("2026-11-18 08:00")
    assert len(about_november(office, "overdue")) == 1


def test_the_office_may_grant_another_day_than_the_one_asked_for(office):
    message = answer_to_the_reminder(office, "Xã xin gia hạn đến 30/11.")
    grant_extension(office.desk, message.id, "Lê Minh", "mưa lũ", until=at("2026-11-20 00:00"))
    assert office.standing("XHOABINH", "KTXH-T", "2026-11")["due_at"] == "2026-11-20T00:00:00+07:00"


def test_a_waiver_that_is_asked_for_is_granted_and_answered(office):
    message = answer_to_the_reminder(office, "Tháng này đơn vị không phát sinh, xin miễn báo cáo.")
    assert message.request["kind"] == "waiver"
    grant_waiver(office.desk, message.id, "Lê Minh", "không phát sinh")
    office.work("2026-11-16 10:00")
    assert "Đồng ý miễn" in str(office.sent("request_answer")[0]["Subject"])
    assert office.standing("XHOABINH", "KTXH-T", "2026-11")["status"] == "waived"


def test_a_request_without_a_day_needs_one_from_the_office(office):
    message = answer_to_the_reminder(office, "Xã xin gia hạn do mưa lũ.")
    with pytest.raises(ConfigError, match="--until"):
        grant_extension(office.desk, message.id, "Lê Minh", "mưa lũ")
    assert office.standing("XHOABINH", "KTXH-T", "2026-11")["due_at"] == "2026-11-18T00:00:00+07:00"


def test_a_request_that_names_no_report_needs_it_from_the_office(office):
    office.receive(mail("xhoabinh@tinh.example", "Xin gia hạn", "Xã xin gia hạn đến 20/11.", at(ASKED)))
    office.work(ASKED)
    [message] = waiting(office.desk).messages
    with pytest.raises(ConfigError, match="--report-type"):
        grant_extension(office.desk, message.id, "Lê Minh", "mưa lũ")
    grant_extension(office.desk, message.id, "Lê Minh", "mưa lũ", about=About("KTXH-T", "2026-11"))
    assert office.standing("XHOABINH", "KTXH-T", "2026-11")["due_at"] == "2026-11-21T00:00:00+07:00"


def test_a_request_is_decided_once(office):
    message = answer_to_the_reminder(office, "Xã xin gia hạn đến 20/11.")
    refuse(office.desk, message.id, "Lê Minh", "không")
    with pytest.raises(ConfigError, match="does not wait"):
        grant_extension(office.desk, message.id, "Lê Minh", "mưa lũ")


def test_a_mail_that_asks_for_nothing_is_no_request(office):
    message = answer_to_the_reminder(office, "Xã đã nhận được thông báo.")
    assert message.request == {}
    with pytest.raises(ConfigError, match="asks for no other deadline"):
        refuse(office.desk, message.id, "Lê Minh", "không")


def test_a_stranger_asks_for_nothing_in_an_agencys_name(office):
    office.receive(mail("la@xa.example", "Xin gia hạn", "UBND xã Hòa Bình xin gia hạn đến 20/11.", at(ASKED)))
    office.work(ASKED)
    assert waiting(office.desk).messages[0].request == {}


def test_the_decision_is_an_audit_event_with_who_and_why(office):
    from sqlalchemy import select

    message = answer_to_the_reminder(office, "Xã xin gia hạn đến 20/11.")
    grant_extension(office.desk, message.id, "Lê Minh", "mưa lũ")
    with office.desk.database.reading() as session:
        found = session.scalars(select(AuditEvent).where(AuditEvent.who == "Lê Minh")).all()
    assert {one.action for one in found} == {"extended", "review decided"}
    assert {one.why for one in found} == {"mưa lũ"}
