"""One request about an urgent matter through all its rooms: asked, reminded, escalated, answered, never unjustly."""

import re
from datetime import date, timedelta

import pytest
from builders import at, mail, registry
from workplace import workplace

from intake.office.incidents import close, end, incident_lines, join, open_incident, part, request, undo, update
from intake.office.registry_loading import load_registry
from intake.office.statistics import as_lines, statistics
from intake.records.incidents import By, Matter

BEGAN = "2026-11-21 08:00"
STEPS = [
    {"at": "-1h", "notice": "reminder", "to": ["submitter", "duty"]},
    {"at": "-30m", "notice": "reminder", "to": ["submitter", "duty"]},
    {"at": "+0m", "notice": "overdue", "to": ["submitter", "duty"]},
    {"at": "+30m", "notice": "escalation", "to": ["submitter", "head"]},
    {"at": "+2h", "notice": "escalation", "to": ["head", "leader"]},
]
CATEGORIES = {
    "fire_explosion": {"keywords": ["cháy", "cháy rừng"], "follow_up": "daily 17:00"},
    "natural_disaster": {"keywords": ["mưa lũ", "ngập"], "follow_up": "daily 17:00"},
}
DUTY = By("trực ban", "báo chí đưa tin")
FIRE = Matter("Cháy rừng tại tiểu khu 215, xã Hòa Bình", "fire_explosion", "xã Hòa Bình")


@pytest.fixture
def office(tmp_path, database_url):
    """A Saturday, in an office that keeps hours: urgent matters know neither."""
    tables = {
        "policies": {"standard": {"steps": STEPS[:1]}, "urgent": {"steps": STEPS}},
        "incidents": CATEGORIES,
        "sending": {"office_hours": "07:00-17:30"},
    }
    with workplace(tmp_path, database_url, BEGAN, **tables) as office:
        office.work(BEGAN)
        yield office


def asked(office, agencies=("XHOABINH",), due="2026-11-21 17:00", moment="2026-11-21 14:00"):
    office.move_to(moment)
    requested = request(office.desk, agencies, FIRE, DUTY, due_at=at(due), words="https://bao.example/chay-rung")
    office.work(moment)
    return requested.incident


def stages(office, to):
    return [str(one["Subject"]).partition(": ")[2] for one in office.sent("incident_request", to=to)]


def quick_report(received_at, sender="xhoabinh@tinh.example", subject="Báo cáo nhanh vụ cháy rừng", headers=None):
    body = "Hồi 13 giờ ngày 21/11, xảy ra cháy rừng tại tiểu khu 215, xã Hòa Bình. Đám cháy đã được khống chế."
    return mail(sender, subject, body, at(received_at), headers=headers)


def standing(office, incident):
    [line] = [one for one in incident_lines(office.desk) if one["id"] == incident.id]
    return line


def demands(office, incident):
    return [(one["agency"], one["kind"], one["status"]) for one in standing(office, incident)["asked"]]


def test_a_request_leaves_at_once_and_is_reminded_and_escalated_by_the_minute(office):
    asked(office)
    for moment in ("16:00", "16:15", "16:30", "17:00", "17:01", "17:30", "19:00", "23:00"):
        office.work(f"2026-11-21 {moment}")
    words = " | ".join(stages(office, "xhoabinh@"))
    assert re.findall(r"Đề nghị gửi|Nhắc gửi|Quá hạn|đã báo cáo cấp trên", words) == [
        "Đề nghị gửi", "Nhắc gửi", "Nhắc gửi", "Quá hạn", "Quá hạn", "đã báo cáo cấp trên", "Quá hạn",
    ][:6]  # fmt: skip
    assert len(stages(office, "truong.xhoabinh@")) == 2


def test_an_agency_without_an_address_is_asked_once_the_registry_has_one(office):
    mute = registry()
    mute.contacts[:] = [one for one in mute.contacts if one.agency_code != "XHOABINH"]
    load_registry(office.desk, mute)
    asked(office)
    assert stages(office, "xhoabinh@") == []
    office.move_to("2026-11-21 14:20")
    load_registry(office.desk, registry())
    office.work("2026-11-21 14:21")
    assert len(stages(office, "xhoabinh@")) == 1


def test_the_report_of_the_agency_closes_its_request_and_stops_the_reminders(office):
    incident = asked(office)
    office.receive(quick_report("2026-11-21 15:10"))
    office.work("2026-11-21 15:11")
    office.work("2026-11-21 16:59")
    [answered] = standing(office, incident)["asked"]
    assert (answered["status"], answered["answered_at"][11:16]) == ("answered", "15:10")
    assert len(stages(office, "xhoabinh@")) == 1


@pytest.mark.parametrize("way", ["thread", "reference", "code"])
def test_an_answer_is_known_by_its_thread_by_our_reference_or_by_the_code_whatever_it_says(office, way):
    incident = asked(office)
    [ours] = office.sent("incident_request", to="xhoabinh@")
    headers = {"In-Reply-To": str(ours["Message-ID"])} if way == "thread" else {}
    subject = {
        "thread": "Phúc đáp Văn phòng",
        "reference": f"Re: {ours['Subject']}",
        "code": f"Trả lời {incident.code}",
    }[way]
    body = "UBND xã đã kiểm tra: không có vụ việc nào trên địa bàn, thông tin trên mạng là hình ảnh cũ."
    office.receive(mail("xhoabinh@tinh.example", subject, body, at("2026-11-21 15:00"), headers=headers))
    office.work("2026-11-21 15:01")
    assert demands(office, incident) == [("XHOABINH", "report", "answered")]


def test_to_say_that_the_request_has_come_is_no_answer_and_hides_nothing(office):
    incident = asked(office)
    [ours] = office.sent("incident_request", to="xhoabinh@")
    headers = {"In-Reply-To": str(ours["Message-ID"])}
    reply = mail(
        "xhoabinh@tinh.example", f"Re: {ours['Subject']}", "Đã nhận, cảm ơn.", at("2026-11-21 14:30"), headers=headers
    )
    office.receive(reply)
    [outcome] = office.work("2026-11-21 14:31").outcomes
    assert (outcome.disposition, outcome.agency) == ("incident", "XHOABINH")
    office.work("2026-11-21 17:00")
    assert demands(office, incident) == [("XHOABINH", "report", "overdue")]
    assert "Quá hạn" in stages(office, "xhoabinh@")[-1]


def test_another_agencys_answer_closes_nothing(office):
    incident = asked(office)
    [ours] = office.sent("incident_request", to="xhoabinh@")
    body = "Xã không có vụ việc."
    headers = {"In-Reply-To": str(ours["Message-ID"])}
    office.receive(mail("xphutho@tinh.example", "Trả lời", body, at("2026-11-21 15:00"), headers=headers))
    office.work("2026-11-21 15:01")
    assert demands(office, incident) == [("XHOABINH", "report", "open")]


def test_several_agencies_are_asked_in_one_request_each_for_itself(office):
    incident = asked(office, ("XHOABINH", "SYT"))
    office.receive(
        mail(
            "syt@tinh.example",
            f"Báo cáo về {incident.code}",
            "Đã cử kíp cấp cứu, 02 người bị bỏng nhẹ.",
            at("2026-11-21 15:00"),
        )
    )
    office.work("2026-11-21 15:01")
    assert demands(office, incident) == [("XHOABINH", "report", "open"), ("SYT", "report", "answered")]
    [letter] = office.sent("incident_request", to="syt@")
    assert "UBND xã Hòa Bình" in letter.get_body(("plain",)).get_content()
    assert "https://bao.example/chay-rung" in letter.get_body(("plain",)).get_content()


def test_nobody_is_accused_while_a_mail_of_the_agency_waits_for_a_person(office):
    asked(office)
    office.receive(mail("xhoabinh@tinh.example", "Gửi văn bản", "Xã gửi văn bản.", at("2026-11-21 16:50")))
    office.work("2026-11-21 17:00")
    office.work("2026-11-21 17:30")
    assert [one for one in stages(office, "xhoabinh@") if "Quá hạn" in one] == []


def test_a_matter_that_the_office_opens_owes_its_first_report_within_the_hours_of_its_category(office):
    office.move_to("2026-11-21 20:00")
    incident = open_incident(office.desk, "XHOABINH", FIRE, DUTY)
    [line] = standing(office, incident)["asked"]
    assert (line["kind"], line["due_at"][:16]) == ("report", "2026-11-22T20:00")


def test_whoever_told_of_a_matter_owes_a_report_each_day_also_on_a_sunday(office):
    office.receive(quick_report("2026-11-21 13:30"))
    [outcome] = office.work("2026-11-21 13:31").outcomes
    office.work("2026-11-21 17:01")
    office.work("2026-11-22 16:00")
    office.work("2026-11-22 17:00")
    [line] = incident_lines(office.desk)
    assert outcome.incident.opened
    assert [(one["kind"], one["due_at"][:16], one["status"]) for one in line["asked"]] == [
        ("update", "2026-11-22T17:00", "overdue"),
        ("update", "2026-11-23T17:00", "open"),
    ]
    assert "Quá hạn báo cáo trong ngày" in stages(office, "xhoabinh@")[-1]


def test_a_step_told_to_two_is_named_once_to_whoever_is_told_of_silence(office):
    asked(office)
    for moment in ("16:00", "17:00", "17:30"):
        office.work(f"2026-11-21 {moment}")
    text = " ".join(
        office.sent("incident_request", to="truong.xhoabinh@")[-1].get_body(("plain",)).get_content().split()
    )
    told = "đề nghị lúc 14 giờ 00, ngày 21/11/2026; nhắc lúc 16 giờ 00, ngày 21/11/2026; nhắc lúc 17 giờ 00"
    assert text.partition("Đã thông báo: ")[2].startswith(f"{told}, ngày 21/11/2026 ")


def ended(office):
    """A matter of Saturday whose agency says on Sunday that it is over."""
    office.receive(quick_report("2026-11-21 14:00"))
    office.work("2026-11-21 14:01")
    office.work("2026-11-22 08:00")
    office.receive(quick_report("2026-11-22 15:00", subject="Báo cáo kết thúc vụ cháy rừng tiểu khu 215"))
    office.work("2026-11-22 15:01")


def test_whoever_says_that_a_matter_is_over_is_asked_for_no_more_reports_of_the_day(office):
    ended(office)
    for moment in ("2026-11-22 18:00", "2026-11-23 16:30", "2026-11-23 17:30", "2026-11-24 17:30"):
        office.work(moment)
    assert office.sent("incident_request") == []


def test_the_duty_desk_reads_that_a_matter_is_said_to_be_over_and_its_agency_of_no_next_report(office):
    ended(office)
    assert "báo cáo kết thúc vụ việc đang theo dõi" in " ".join(
        office.sent("incident_alert")[-1].get_body(("plain",)).get_content().split()
    )
    assert "gửi báo cáo tiếp theo" not in office.sent("acknowledgment")[-1].get_body(("plain",)).get_content()


def test_whoever_tells_more_of_a_matter_that_was_said_to_be_over_owes_a_report_a_day_again(office):
    ended(office)
    office.receive(quick_report("2026-11-22 20:00", subject="Báo cáo nhanh số 3 vụ cháy rừng"))
    for moment in ("2026-11-22 20:01", "2026-11-23 16:30"):
        office.work(moment)
    assert len(office.sent("incident_request", to="xhoabinh@")) > 0


def test_whoever_tells_of_a_matter_reads_by_when_the_next_report_is_owed(office):
    office.receive(quick_report("2026-11-21 13:30"))
    office.work("2026-11-21 13:31")
    for letter in (office.sent("acknowledgment", to="xhoabinh@")[-1], office.sent("incident_alert")[-1]):
        assert "trước 17 giờ 00 ngày 22/11/2026" in " ".join(letter.get_body(("plain",)).get_content().split())


def test_the_time_from_the_request_to_its_answer_is_kept_for_the_statistics(office):
    asked(office, ("XHOABINH", "SYT"))
    office.receive(quick_report("2026-11-21 15:30"))
    office.work("2026-11-21 15:31")
    found = statistics(office.desk, date(2026, 11, 1), date(2026, 11, 30))
    keys = ("requests", "requests_answered", "mean_hours_to_answer")
    told = {line["agency"]: tuple(line[key] for key in keys) for line in as_lines(found, "agency")}
    assert (told["XHOABINH"], told["SYT"], told["STC"]) == ((1, 1, 1.5), (1, 0, None), (0, 0, None))
    [month] = as_lines(found, "month")
    assert (month["requests"], month["mean_hours_to_answer"]) == (2, 1.5)


def test_an_update_answers_the_day_it_came_on_and_no_other(office):
    office.receive(quick_report("2026-11-21 13:30"))
    office.work("2026-11-21 13:31")
    office.work("2026-11-21 17:01")
    office.receive(quick_report("2026-11-22 09:00", subject="Báo cáo nhanh số 2 vụ cháy rừng"))
    office.work("2026-11-22 09:01")
    office.work("2026-11-22 17:01")
    [line] = incident_lines(office.desk)
    assert [(one["due_at"][:10], one["status"]) for one in line["asked"]] == [
        ("2026-11-22", "answered"),
        ("2026-11-23", "open"),
    ]
    assert stages(office, "xhoabinh@") == []


def test_after_its_end_a_matter_owes_a_closing_report_and_only_the_office_closes_it(office):
    incident = asked(office)
    office.receive(quick_report("2026-11-21 15:10"))
    office.work("2026-11-21 15:11")
    end(office.desk, incident.id, DUTY)
    office.work("2026-11-21 18:00")
    office.receive(quick_report("2026-11-22 08:00", subject="Báo cáo nhanh số 2 vụ cháy rừng"))
    office.work("2026-11-22 08:01")
    assert ("XHOABINH", "closing", "open") in demands(office, incident)
    last = f"Báo cáo kết thúc vụ cháy rừng {incident.code}"
    office.receive(quick_report("2026-11-22 10:00", subject=last))
    office.work("2026-11-22 10:01")
    assert ("XHOABINH", "closing", "answered") in demands(office, incident)
    assert standing(office, incident)["status"] == "open"
    close(office.desk, incident.id, DUTY)
    assert standing(office, incident)["status"] == "closed"


def test_closing_takes_back_what_is_asked_and_tells_who_was_asked(office):
    incident = asked(office)
    close(office.desk, incident.id, DUTY)
    office.work("2026-11-21 17:00")
    assert demands(office, incident) == [("XHOABINH", "report", "cancelled")]
    assert "Không phải gửi" in stages(office, "xhoabinh@")[-1]


def test_a_closing_taken_back_asks_again(office):
    incident = asked(office)
    close(office.desk, incident.id, DUTY)
    undo(office.desk, incident.id, DUTY)
    office.work("2026-11-21 17:00")
    assert demands(office, incident) == [("XHOABINH", "report", "overdue")]
    assert standing(office, incident)["status"] == "open"


def test_a_request_taken_back_closes_the_matter_that_it_opened(office):
    incident = asked(office)
    undo(office.desk, incident.id, DUTY)
    assert standing(office, incident)["status"] == "closed"
    assert demands(office, incident) == [("XHOABINH", "report", "cancelled")]


def test_joined_matters_go_on_as_one_and_can_be_parted_again(office):
    office.receive(quick_report("2026-11-21 13:30"))
    office.work("2026-11-21 13:31")
    [told] = incident_lines(office.desk)
    incident = asked(office, ("SYT",))
    kept = join(office.desk, incident.id, told["id"], DUTY)
    assert demands(office, kept) == [("SYT", "report", "open")]
    assert standing(office, incident)["joined_to"] == kept.id
    undo(office.desk, incident.id, DUTY)
    assert demands(office, kept) == []
    assert demands(office, incident) == [("SYT", "report", "open")]


def test_a_mail_that_tells_of_another_matter_is_parted_and_brought_back(office):
    office.receive(quick_report("2026-11-21 13:30"))
    [outcome] = office.work("2026-11-21 13:31").outcomes
    other = part(office.desk, outcome.id, Matter("Cháy nhà dân", "fire_explosion"), DUTY)
    assert standing(office, other)["messages"] == [outcome.id]
    undo(office.desk, outcome.incident.id, DUTY)
    [first, second] = incident_lines(office.desk)
    assert (first["messages"], second["messages"], second["status"]) == ([outcome.id], [], "closed")


def test_what_a_matter_is_can_be_said_otherwise_and_taken_back(office):
    incident = asked(office)
    update(office.desk, incident.id, DUTY, place="xã Phú Thọ", title="Cháy thực bì")
    assert standing(office, incident)["place"] == "xã Phú Thọ"
    undo(office.desk, incident.id, DUTY)
    assert (standing(office, incident)["place"], standing(office, incident)["title"]) == (FIRE.place, FIRE.title)


def test_a_request_that_comes_back_goes_to_the_next_contact(office):
    incident = asked(office)
    [ours] = office.sent("incident_request", to="xhoabinh@")
    from intake.records.bounces import did_not_arrive
    from intake.store.outbox import notices_of

    with office.desk.database.writing() as session:
        [notice] = notices_of(session, [str(ours["Message-ID"])], [])
        notice.bounced_at = office.desk.now
        did_not_arrive(office.desk, session, notice, for_good=True)
    office.work(at("2026-11-21 14:00") + timedelta(minutes=5))
    assert "Đề nghị gửi" in stages(office, "truong.xhoabinh@")[-1]
    assert demands(office, incident) == [("XHOABINH", "report", "open")]
