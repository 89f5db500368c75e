"""The synthesis of a day through all its rooms: once a day to each, true, fair, and silent about what is secret."""

import io
import shutil

import docx as word
import pytest
from builders import at, mail, monthly_report, registry
from sqlalchemy import select
from workplace import workplace

from intake.model import OFFICE, Contact, Incident, Notice
from intake.office.choosing import one_report
from intake.office.deciding import accept
from intake.office.decisions import Decision, waive
from intake.office.digest import as_json, digest_of
from intake.office.registry_loading import load_registry
from intake.office.review import waiting

BEGAN = "2026-11-10 08:00"
# KTXH-T for November 2026: Tuesday 17/11 is the last day in time.
EVENING, NEXT = "2026-11-17 17:30", "2026-11-18 17:30"
TABLES = {"digest": {"at": "17:30", "to": ["leader", "duty"]}}


def office_registry():
    known = registry()
    known.contacts.extend([
        Contact(agency_code=OFFICE, email="chanh@vp.tinh.example", role="leader", name="Chánh Văn phòng"),
        Contact(agency_code=OFFICE, email="Duty@vp.tinh.example", role="leader", name="Trực lãnh đạo"),
    ])  # fmt: skip
    return known


@pytest.fixture
def office(tmp_path):
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", BEGAN, **TABLES) as office:
        load_registry(office.desk, office_registry())
        office.work(BEGAN)
        yield office


@pytest.fixture
def either(tmp_path, database_url):
    """The same on each engine."""
    with workplace(tmp_path, database_url, BEGAN, **TABLES) as office:
        load_registry(office.desk, office_registry())
        office.work(BEGAN)
        yield office


def digests(office, to="chanh@"):
    return office.sent("daily_digest", to=to)


def words_of(message):
    return " ".join(message.get_body(("plain",)).get_content().split())


def report(agency="stc", name="Sở Tài chính", number="214/BC-STC", received_at="2026-11-17 09:00"):
    files = {"BC.docx": monthly_report(name, number, 11)}
    return mail(f"{agency}@tinh.example", "Báo cáo KT-XH tháng 11/2026", "Gửi báo cáo.", at(received_at), files=files)


def fire(received_at="2026-11-17 10:00", number=1, what="Cháy kho hàng tại thôn 2. Không có người bị thương."):
    return mail("xhoabinh@tinh.example", f"HỎA TỐC: Báo cáo nhanh số {number} vụ cháy kho hàng", what, at(received_at))


def test_each_leader_and_duty_officer_gets_one_a_day(either):
    for moment in ("2026-11-17 17:29", EVENING, "2026-11-17 17:31", "2026-11-18 09:00", NEXT):
        either.work(moment)
    subjects = [str(one["Subject"]) for one in digests(either)]
    assert [one.split(":")[0] for one in subjects] == [
        "[BC-TH-20261116] Tổng hợp tình hình ngày 16/11/2026",
        "[BC-TH-20261117] Tổng hợp tình hình ngày 17/11/2026",
        "[BC-TH-20261118] Tổng hợp tình hình ngày 18/11/2026",
    ]
    assert len(digests(either, to="uty@")) == 3
    with either.desk.database.reading() as session:
        keys = session.scalars(select(Notice.key).where(Notice.name == "daily_digest")).all()
    assert len(keys) == len(set(keys)) == 6


def test_after_downtime_only_the_latest_is_sent_and_it_tells_of_the_whole_time(office):
    office.work("2026-11-12 18:00")
    office.receive(report(received_at="2026-11-14 09:00"))
    office.work("2026-11-18 08:00")
    [_, last] = digests(office)
    assert last["Subject"].startswith("[BC-TH-20261117]")
    assert "từ 17 giờ 30, ngày 12/11/2026 đến 17 giờ 30, ngày 17/11/2026" in words_of(last)
    assert "Đúng hạn (01): Sở Tài chính." in words_of(last)


def test_what_was_filed_late_is_told_by_the_next_one_and_once(office):
    office.work("2026-11-17 17:29")
    office.receive(mail("stc@tinh.example", "Gửi báo cáo", "Sở gửi.", at("2026-11-17 17:20")))
    office.work("2026-11-17 17:31")
    office.move_to("2026-11-17 18:00")
    [message] = waiting(office.desk).messages
    accept(office.desk, message.id, one_report("STC", "KTXH-T", "2026-11"), "chuyên viên")
    office.work(NEXT)
    office.work("2026-11-19 17:30")
    told = ["Chưa đủ thành phần (01): Sở Tài chính (thiếu văn bản" in received_in(one) for one in digests(office)[-3:]]
    assert told == [False, True, False]


def received_in(message):
    return words_of(message).partition("2. Báo cáo đến hạn")[0]


def test_on_a_sunday_and_outside_office_hours_it_leaves_all_the_same(tmp_path):
    tables = {**TABLES, "sending": {"office_hours": "07:00-17:00"}}
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", BEGAN, **tables) as office:
        load_registry(office.desk, office_registry())
        office.work(BEGAN)
        office.work("2026-11-15 17:30")
        assert len(digests(office)) == 1


@pytest.mark.parametrize(("began", "sent"), [("2026-11-17 17:00", 1), ("2026-11-17 17:31", 0)])
def test_of_a_day_that_ended_before_the_service_began_there_is_none(tmp_path, began, sent):
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", began, **TABLES) as office:
        load_registry(office.desk, office_registry())
        office.work(began)
        office.work("2026-11-17 18:00")
        assert len(digests(office)) == sent


def test_whom_no_role_is_named_for_gets_none(tmp_path):
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", BEGAN, digest={"to": []}) as office:
        office.work(BEGAN)
        office.work(EVENING)
        assert office.sent("daily_digest") == []


def test_what_came_what_is_missing_and_what_falls_due_next(either):
    either.receive(report(), fire())
    either.work("2026-11-17 11:00")
    either.work(EVENING)
    text = words_of(digests(either)[-1])
    assert "Cháy, nổ: 1. HỎA TỐC: Báo cáo nhanh số 1 vụ cháy kho hàng (VV-0001) - MỚI" in text
    assert "Diễn biến gần nhất: Cháy kho hàng tại thôn 2. Không có người bị thương." in text
    assert "tháng 11/2026, thời hạn hết ngày 17/11/2026 Đúng hạn (01): Sở Tài chính." in text
    assert "Phải gửi 04; đúng hạn 01; chậm 0; chưa đủ thành phần 0; chưa nhận 03." in text
    assert "Còn trong hạn, chưa nhận được (03): Sở Y tế; UBND xã Hòa Bình; UBND xã Phú Thọ." in text
    assert "IV. SẮP ĐẾN HẠN (ngày 18/11/2026)" in text
    assert "QUÁ HẠN, CHƯA NHẬN ĐƯỢC" not in text


def test_the_day_after_it_says_who_let_the_deadline_pass_and_counts_them(office):
    office.receive(report())
    office.work(EVENING)
    office.receive(report("syt", "Sở Y tế", "99/BC-SYT", "2026-11-18 09:00"))
    office.work(NEXT)
    last = digests(office)[-1]
    assert "QUÁ HẠN, CHƯA NHẬN ĐƯỢC (02): UBND xã Hòa Bình; UBND xã Phú Thọ." in words_of(last)
    assert "Chậm (01): Sở Y tế." in words_of(last)
    assert "04 báo cáo quá hạn" in str(last["Subject"])


def test_nobody_is_called_missing_while_the_mailbox_cannot_be_read(office):
    office.work(EVENING)
    shutil.rmtree(office.folder / "inbox")
    (office.folder / "inbox").write_text("in the way")
    office.work(NEXT)
    text = words_of(digests(office)[-1])
    assert str(digests(office)[-1]["Subject"]).endswith("HỘP THƯ CHƯA ĐỌC ĐƯỢC")
    assert "HỘP THƯ CHƯA ĐỌC ĐƯỢC, số liệu có thể chưa đầy đủ." in text
    assert "Chưa kết luận được vì còn thư chưa đọc (04):" in text
    assert "QUÁ HẠN" not in text


def test_an_agency_whose_mail_waits_for_review_is_waiting_and_not_missing(office):
    office.receive(mail("stc@tinh.example", "Gửi báo cáo", "Sở gửi.", at("2026-11-17 09:00")))
    office.work(EVENING)
    office.work(NEXT)
    text = words_of(digests(office)[-1])
    assert "Thư của cơ quan đang chờ xem xét (01): Sở Tài chính." in text
    assert "QUÁ HẠN, CHƯA NHẬN ĐƯỢC (03): Sở Y tế; UBND xã Hòa Bình; UBND xã Phú Thọ." in text
    assert "01 thư chờ xem xét." in text


def test_a_secret_mail_is_counted_and_nothing_of_it_is_said(office):
    office.receive(
        mail("stc@tinh.example", "[MẬT] Kế hoạch phòng thủ", "MẬT\n\nKế hoạch phòng thủ.", at("2026-11-17 09:00"))
    )
    office.work(EVENING)
    last = digests(office)[-1]
    assert "01 thư bị cách ly." in words_of(last)
    assert "phòng thủ" not in last.as_string() + words_of(last)


def test_a_nil_report_is_told_as_such_and_silence_is_not(office):
    text = "Sở Tài chính báo cáo giao ban tuần 47 năm 2026: trong tuần không phát sinh vụ việc."
    office.receive(mail("stc@tinh.example", "Báo cáo phục vụ giao ban tuần 47/2026", text, at("2026-11-17 09:00")))
    office.work(EVENING)
    assert "Trong đó báo không phát sinh (01): Sở Tài chính." in words_of(digests(office)[-1])


def test_what_the_office_waives_is_not_owed(office):
    office.move_to("2026-11-17 08:00")
    for agency in ("STC", "SYT", "XHOABINH", "XPHUTHO"):
        waive(office.desk, Decision(agency, "KTXH-T", "2026-11", "chuyên viên", "bão"))
    office.work(EVENING)
    assert "2. Báo cáo đến hạn Không có báo cáo đến hạn." in words_of(digests(office)[-1])


def test_an_urgent_matter_is_told_until_the_digest_after_its_closing(office):
    office.receive(fire())
    office.work(EVENING)
    office.receive(fire("2026-11-18 08:00", 2, "Đám cháy đã được dập tắt; thiệt hại ước tính 1,2 tỷ đồng."))
    office.work("2026-11-18 08:01")
    with office.desk.database.writing() as session:
        session.scalars(select(Incident)).one().closed_at = at("2026-11-18 12:00")
    office.work(NEXT)
    office.work("2026-11-19 17:30")
    before, last = [words_of(one) for one in digests(office)[-2:]]
    assert "không còn vụ việc đang theo dõi; đã kết thúc 01 vụ việc." in before
    assert "đã có 02 báo cáo, gần nhất lúc 08 giờ 00, ngày 18/11/2026" in before
    assert "thiệt hại ước tính 1,2 tỷ đồng." in before
    assert "Trong ngày không phát sinh vụ việc; không có vụ việc đang theo dõi." in last


def test_it_carries_the_document_for_signature(office):
    office.work(EVENING)
    [file] = digests(office)[-1].iter_attachments()
    document = word.Document(io.BytesIO(file.get_content()))
    assert file.get_filename() == "BC-TH-20261117.docx"
    assert "BÁO CÁO\nTổng hợp tình hình ngày 17/11/2026" in [one.text for one in document.paragraphs]


def test_any_day_can_be_put_together_again_as_it_was(office):
    office.receive(report(), fire())
    office.work(EVENING)
    office.receive(report("syt", "Sở Y tế", "99/BC-SYT", "2026-11-18 09:00"))
    office.work(NEXT)
    facts = as_json(digest_of(office.desk, at(EVENING).date()))
    assert [one["incident"]["code"] for one in facts["incidents"]] == ["VV-0001"]
    [received] = [one for one in facts["received"] if one["report_type"] == "KTXH-T"]
    assert received["on_time"] == [{"code": "STC", "name": "Sở Tài chính"}]
    [due] = [one for one in facts["due"] if one["report_type"] == "KTXH-T"]
    assert (due["on_time"], due["late"], len(due["still_open"])) == (1, 0, 3)
    assert (facts["day"], facts["until"]) == ("2026-11-17", "2026-11-17T17:30:00+07:00")
