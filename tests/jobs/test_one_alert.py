"""An alarm of the duty desk through all its rooms: at once, of what is sure and of what may be."""

import pytest
from builders import at, docx, mail
from sqlalchemy import select
from workplace import workplace

from intake.model import Incident
from intake.office.deciding import mark_incident
from intake.office.review import waiting

BEGAN = "2026-11-10 08:00"
INCIDENTS = {"fire_explosion": {"keywords": ["cháy"]}, "natural_disaster": {}, "other": {}}


@pytest.fixture
def office(tmp_path):
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", BEGAN, incidents=INCIDENTS) as office:
        office.work(BEGAN)
        yield office


def cry(received_at="2026-11-15 01:55"):
    return mail(
        "hung1979@thu.example", "cau cuu", "Nuoc lu ngap den mai, con 11 nguoi ket tren noc nha.", at(received_at)
    )


def subjects(office, notice="incident_alert"):
    return [str(one["Subject"]).partition("] ")[2] for one in office.sent(notice)]


def text_of(message):
    return " ".join(message.get_body(("plain",)).get_content().split())


def test_a_stranger_who_cries_for_help_is_heard_at_once_and_opens_nothing(office):
    office.receive(cry())
    [outcome] = office.work("2026-11-15 01:56").outcomes
    assert outcome.disposition == "review"
    assert subjects(office) == ["KHẨN - CẦN XÁC ĐỊNH: cau cuu"]
    assert "gửi từ địa chỉ không thuộc cơ quan nào" in text_of(office.sent("incident_alert")[0])
    with office.desk.database.reading() as session:
        assert session.scalars(select(Incident)).all() == []


def test_whoever_was_alerted_is_told_what_was_decided_as_of_any_matter(office):
    office.receive(cry())
    office.work("2026-11-15 01:56")
    [message] = waiting(office.desk).messages
    mark_incident(office.desk, message.id, "trực ban", agency="XHOABINH", category="natural_disaster")
    office.work("2026-11-15 02:01")
    assert subjects(office)[1:] == ["KHẨN - thiên tai, bão lũ: cau cuu"]
    assert office.sent("correction") == []


def test_an_agency_whose_urgent_mail_waits_reads_that_the_duty_desk_has_it(office):
    told = "Từ 15 giờ hôm nay tin tặc mã hóa dữ liệu một cửa, đòi tiền chuộc; đang ứng cứu."
    office.receive(mail("xhoabinh@tinh.example", "Cổng dịch vụ công", told, at("2026-11-16 16:00")))
    office.work("2026-11-16 16:01")
    [answer] = office.sent("under_review")
    assert "đã được chuyển ngay cho trực ban" in text_of(answer)


def test_an_agency_whose_ordinary_mail_waits_reads_nothing_of_the_duty_desk(office):
    office.receive(mail("stc@tinh.example", "Hỏi về biểu mẫu", "Xin cho hỏi mẫu nào?", at("2026-11-16 09:00")))
    office.work("2026-11-16 09:01")
    assert "trực ban" not in text_of(office.sent("under_review")[0])


def kept_out(received_at="2026-11-15 02:10", sender="xhoabinh@tinh.example"):
    told = "2h05 cháy lớn ở chợ Hòa Bình, 3 người mắc kẹt, lửa đang lan."
    return mail(sender, "Cháy chợ", told, at(received_at), files={"anh.exe": b"MZ" + bytes(300)})


def test_the_duty_desk_hears_of_an_urgent_mail_that_is_kept_out_and_reads_no_word_of_it(office):
    office.receive(kept_out())
    [outcome] = office.work("2026-11-15 02:11").outcomes
    assert outcome.disposition == "quarantined"
    assert subjects(office) == ["KHẨN - CẦN LIÊN HỆ NGAY: UBND xã Hòa Bình (thư bị cách ly)"]
    [alert] = office.sent("incident_alert")
    assert "LIÊN HỆ NGAY nơi gửi" in text_of(alert)
    assert "chợ" not in text_of(alert)
    assert "anh.exe" not in text_of(alert)


def test_whoever_told_of_something_urgent_in_a_mail_that_is_kept_out_is_asked_to_call(office):
    office.receive(kept_out())
    office.work("2026-11-15 02:11")
    [refusal] = office.sent("refusal", "xhoabinh@tinh.example")
    assert "NGAY qua điện thoại" in text_of(refusal)


def test_a_stranger_who_is_kept_out_is_heard_by_the_duty_desk_and_gets_no_answer(office):
    office.receive(kept_out(sender="la@thu.example"))
    office.work("2026-11-15 02:11")
    assert subjects(office) == ["KHẨN - CẦN LIÊN HỆ NGAY: la@thu.example (thư bị cách ly)"]
    assert office.sent("refusal") == []


def test_a_report_that_is_kept_out_alerts_no_duty_desk(office):
    files = {"bc.exe": b"MZ" + bytes(300)}
    office.receive(mail("stc@tinh.example", "BC KTXH tháng 10", "Gửi.", at("2026-11-16 09:00"), files=files))
    office.work("2026-11-16 09:01")
    assert office.sent("incident_alert") == []
    assert "điện thoại" not in text_of(office.sent("refusal")[0])


def test_an_ordinary_question_alerts_nobody(office):
    office.receive(mail("stc@tinh.example", "Hỏi về biểu mẫu", "Xin cho hỏi mẫu nào?", at("2026-11-16 09:00")))
    office.work("2026-11-16 09:01")
    assert office.sent("incident_alert") == []


def test_a_report_that_stands_only_in_a_document_is_told_in_the_alert(office):
    told = "Đêm 14/11/2026 cháy chợ, 02 người bị thương, thiệt hại 1,2 tỷ đồng."
    paper = docx("UBND XÃ HÒA BÌNH", "Số: 41/BC-UBND", "BÁO CÁO", "Nhanh vụ cháy chợ", told)
    report = mail("xhoabinh@tinh.example", "BC nhanh", "Kính gửi VP.", at("2026-11-15 06:00"), files={"1.docx": paper})
    office.receive(report)
    office.work("2026-11-15 06:01")
    assert told in text_of(office.sent("incident_alert")[0])


def test_an_alert_leaves_before_all_else_while_ordinary_mail_waits(office):
    before = len(office.sent())
    office.receive(*(ordinary(number) for number in range(40)))
    office.receive(mail("xhoabinh@tinh.example", "Cháy chợ", "8h05 cháy lớn ở chợ.", at("2026-11-16 08:06")))
    done = office.work("2026-11-16 08:07")
    names, sent = office.names, [str(one["Message-ID"]) for one in office.sent()]
    assert names[sent[before]] == "incident_alert"
    assert done.outcomes[0].disposition == "incident"
    assert len(done.outcomes) == 41


def ordinary(number):
    return mail("stc@tinh.example", f"Gửi văn bản {number}", f"Sở gửi văn bản {number}.", at("2026-11-16 08:00"))
