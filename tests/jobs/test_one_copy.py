"""One copy of a complete report through all its rooms: to whom its type names, once, and never what may not go."""

import io
import zipfile
from contextlib import contextmanager

import openpyxl
import pytest
from builders import at, docx, mail, monthly_report, registry
from sqlalchemy import select
from workplace import workplace

from intake.model import AuditEvent, Contact, Notice
from intake.office.choosing import one_report
from intake.office.deciding import accept, correct
from intake.office.registry_loading import load_registry
from intake.office.review import waiting

BEGAN = "2026-11-10 08:00"
SQLITE = "sqlite:///{}/intake.db"
SUBJECT = "Báo cáo KT-XH tháng 11/2026"
COMPLETE = monthly_report("Sở Tài chính", "214/BC-STC", 11)
NUMBERLESS = monthly_report("Sở Tài chính", "     /BC-STC", 11)


def shared_registry(*share_with, weekly=()):
    known = registry()
    known.report_types[0].share_with = list(share_with)
    known.report_types[1].share_with = list(weekly)
    return known


@contextmanager
def sharing_office(folder, url, **tables):
    with workplace(folder, url, BEGAN, digest={"to": []}, **tables) as office:
        load_registry(office.desk, shared_registry("SYT", "xa", weekly=["SYT"]))
        office.work(BEGAN)
        yield office


@pytest.fixture
def office(tmp_path):
    with sharing_office(tmp_path, SQLITE.format(tmp_path)) as office:
        yield office


@pytest.fixture
def either(tmp_path, database_url):
    """The same on each engine."""
    with sharing_office(tmp_path, database_url) as office:
        yield office


def report(received_at="2026-11-16 09:00", content=COMPLETE, subject=SUBJECT, sender="stc@tinh.example", **more):
    files = {"BC thang 11.docx": content} if content else {}
    return mail(sender, subject, "Sở Tài chính gửi báo cáo.", at(received_at), **{"files": files, **more})


def files_of(copy):
    return {one.get_filename(): one.get_content() for one in copy.iter_attachments()}


def words_of(copy):
    return " ".join(copy.get_body(("plain",)).get_content().split())


def why_of(office):
    with office.desk.database.reading() as session:
        return session.scalars(select(AuditEvent.why).where(AuditEvent.action == "sharing")).all()


def test_a_complete_report_goes_to_each_that_its_type_names_with_its_own_file(either):
    either.receive(report())
    either.work("2026-11-16 09:01")
    copies = either.sent("share")
    assert sorted(one["To"].addresses[0].addr_spec for one in copies) == [
        "syt@tinh.example", "xhoabinh@tinh.example", "xphutho@tinh.example",
    ]  # fmt: skip
    assert [files_of(one) for one in copies] == [{"BC thang 11.docx": COMPLETE}] * 3
    assert "của Sở Tài chính để biết" in words_of(copies[0])
    assert copies[0]["Auto-Submitted"] == "auto-generated"


def test_each_version_is_passed_on_once_whatever_comes_again(office):
    office.receive(report(message_id="<1@tinh.example>"))
    office.work("2026-11-16 09:01")
    office.receive(report("2026-11-16 09:10", message_id="<1@tinh.example>", headers={"X-Hop": "2"}))
    office.receive(report("2026-11-16 09:20", message_id="<2@tinh.example>"))
    office.work("2026-11-16 09:21")
    assert len(office.sent("share", to="syt@")) == 1


def test_the_records_desk_reads_who_got_a_copy(office):
    office.receive(report())
    office.work("2026-11-16 09:01")
    said = words_of(office.sent("office_receipt")[0])
    assert "đã chuyển bản sao báo cáo KTXH-T kỳ 2026-11 cho SYT, XHOABINH, XPHUTHO" in said


def test_an_incomplete_report_is_passed_on_when_it_is_complete_with_the_files_of_both_mails(either):
    load_registry(either.desk, _with_table(shared_registry("SYT")))
    either.receive(report())
    either.work("2026-11-16 09:01")
    assert either.sent("share") == []
    table = {"Bieu so lieu KTXH.xlsx": sheet()}
    subject, text = "Re: Báo cáo KT-XH tháng 11/2026", "Sở gửi bổ sung biểu số liệu báo cáo KT-XH tháng 11/2026."
    [asked] = either.sent("incomplete")
    answer = {"In-Reply-To": asked["Message-ID"]}
    either.receive(mail("stc@tinh.example", subject, text, at("2026-11-16 10:00"), files=table, headers=answer))
    either.work("2026-11-16 10:01")
    [copy] = either.sent("share")
    assert files_of(copy).keys() == {"BC thang 11.docx", "Bieu so lieu KTXH.xlsx"}
    assert "Lần gửi" not in words_of(copy)


def sheet():
    book = openpyxl.Workbook()
    book.active.append(["Biểu số liệu kinh tế - xã hội tháng 11 năm 2026"])
    book.active.append(["Thu ngân sách", 12])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _with_table(known):
    known.report_types[0].required = ["document", "number", "table"]
    return known


def test_a_replacement_is_passed_on_and_says_what_it_replaces(either):
    either.receive(report())
    either.work("2026-11-16 09:01")
    second = monthly_report("Sở Tài chính", "220/BC-STC", 11)
    either.receive(report("2026-11-17 10:00", second, f"{SUBJECT} (bản thay thế)", message_id="<2@tinh.example>"))
    either.work("2026-11-17 10:01")
    [_, copy] = either.sent("share", to="syt@")
    assert "thứ 02, thay thế văn bản số 214/BC-STC đã chuyển ngày 16/11/2026" in words_of(copy)
    assert files_of(copy) == {"BC thang 11.docx": second}


def test_a_version_that_was_replaced_before_it_left_does_not_leave(tmp_path):
    with sharing_office(tmp_path, SQLITE.format(tmp_path), sending={"office_hours": "07:00-17:30"}) as office:
        office.receive(report("2026-11-16 19:00"))
        office.work("2026-11-16 19:01")
        assert office.sent("share") == []
        second = monthly_report("Sở Tài chính", "220/BC-STC", 11)
        office.receive(report("2026-11-16 20:00", second, f"{SUBJECT} (bản thay thế)", message_id="<2@tinh.example>"))
        office.work("2026-11-16 20:01")
        office.work("2026-11-17 07:00")
        [copy] = office.sent("share", to="syt@")
        assert files_of(copy) == {"BC thang 11.docx": second}
        assert "Lần gửi" not in words_of(copy)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"subject": f"{SUBJECT} (lưu hành nội bộ)"}, "it is marked LƯU HÀNH NỘI BỘ"),
        ({"content": docx("LƯU HÀNH NỘI BỘ", "SỞ TÀI CHÍNH", "Số: 214/BC-STC", "BÁO CÁO", SUBJECT)},
         "it is marked LƯU HÀNH NỘI BỘ"),
    ],
)  # fmt: skip
def test_a_mark_of_circulation_keeps_the_report_with_the_office(office, changes, why):
    office.receive(report(**changes))
    [outcome] = office.work("2026-11-16 09:01").outcomes
    assert outcome.disposition == "report"
    assert office.sent("share") == []
    assert why_of(office) == [f"no copy of KTXH-T 2026-11 is passed on: {why}"]


def test_a_secret_paper_is_never_passed_on(office):
    office.receive(report(subject=f"[MẬT] {SUBJECT}"))
    office.work("2026-11-16 09:01")
    assert office.sent("share") == []


def test_what_a_person_accepts_is_passed_on_too(office):
    office.receive(mail("ai.do@gmail.example", "Gửi", "Gửi.", at("2026-11-16 09:00"), files={"BC.docx": COMPLETE}))
    office.work("2026-11-16 09:01")
    [message] = waiting(office.desk).messages
    accept(office.desk, message.id, one_report("STC", "KTXH-T", "2026-11"), "chuyên viên")
    office.work("2026-11-16 09:10")
    assert [files_of(one) for one in office.sent("share", to="syt@")] == [{"BC.docx": COMPLETE}]


def test_a_copy_of_what_was_recorded_wrongly_is_called_back(office):
    office.receive(report())
    [outcome] = office.work("2026-11-16 09:01").outcomes
    correct(office.desk, outcome.id, one_report("XPHUTHO", "KTXH-T", "2026-11"), "chuyên viên", "gửi hộ xã")
    office.work("2026-11-16 09:10")
    _, recalled, again = office.sent("share", to="syt@")
    assert "THU HỒI bản đã chuyển" in words_of(recalled)
    assert "của Sở Tài chính" in words_of(recalled)
    assert files_of(recalled) == {}
    assert "của UBND xã Phú Thọ để biết" in words_of(again)
    assert len(office.sent("share", to="xphutho@")) == 2


def test_a_locked_archive_is_not_passed_on_even_if_a_person_accepts_it(office):
    files = {"BC.zip": locked(), "BC.docx": COMPLETE}
    office.receive(mail("stc@tinh.example", SUBJECT, "Gửi.", at("2026-11-16 09:00"), files=files))
    office.work("2026-11-16 09:01")
    [message] = waiting(office.desk).messages
    assert message.disposition == "quarantined"
    accept(office.desk, message.id, one_report("STC", "KTXH-T", "2026-11"), "chuyên viên")
    office.work("2026-11-16 09:10")
    assert office.sent("share") == []


def locked():
    """An archive whose only file claims to be encrypted."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "12")
    content = bytearray(packed.getvalue())
    for start in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
        content[start] |= 1
    return bytes(content)


def test_of_two_reports_in_one_mail_each_goes_only_where_it_may(office):
    load_registry(office.desk, shared_registry("SYT"))
    weekly = docx("SỞ TÀI CHÍNH", "Số: 215/BC-STC", "Hà Nội, ngày 16 tháng 11 năm 2026", "BÁO CÁO",
                  "Phục vụ giao ban tuần 47 năm 2026", "Trong tuần tình hình ổn định.")  # fmt: skip
    both = {"BC KTXH.docx": COMPLETE, "BC giao ban tuan.docx": weekly}
    office.receive(
        report("2026-11-16 09:00", subject="Gửi 2 báo cáo: KT-XH tháng 11/2026, giao ban tuần 47/2026", files=both)
    )
    [outcome] = office.work("2026-11-16 09:01").outcomes
    assert {one.report_type for one in outcome.reports} == {"KTXH-T", "GIAOBAN"}
    assert [files_of(one) for one in office.sent("share")] == [{"BC KTXH.docx": COMPLETE}]


def test_a_report_in_the_words_of_a_mail_is_passed_on_in_words(office):
    text = "Sở Tài chính báo cáo giao ban tuần 47 năm 2026: thu ngân sách đạt 8,2% dự toán."
    office.receive(mail("stc@tinh.example", "Báo cáo phục vụ giao ban tuần 47/2026", text, at("2026-11-18 09:00")))
    [outcome] = office.work("2026-11-18 09:01").outcomes
    assert [one.report_type for one in outcome.reports] == ["GIAOBAN"]
    [copy] = office.sent("share", to="syt@")
    assert f"Nội dung báo cáo: {text}" in words_of(copy)
    assert files_of(copy) == {}


def test_files_that_are_too_large_are_named_and_not_attached(tmp_path):
    with sharing_office(tmp_path, SQLITE.format(tmp_path), sharing={"max_bytes": 1000}) as office:
        office.receive(report())
        office.work("2026-11-16 09:01")
        copy = office.sent("share")[0]
        assert files_of(copy) == {}
        assert "BC thang 11.docx" in words_of(copy)
        assert "KHÔNG được gửi kèm thư này" in words_of(copy)


def test_nobody_to_write_to_is_said_and_harms_nothing(office):
    known = shared_registry("SYT")
    known.contacts[:] = [one for one in known.contacts if one.agency_code != "SYT"]
    known.contacts.append(Contact(agency_code="SYT", email="*@yte.example", role="submitter"))
    load_registry(office.desk, known)
    office.receive(report())
    office.work("2026-11-16 09:01")
    assert why_of(office) == ["a copy of KTXH-T 2026-11 is passed on to nobody: there is no address to write to"]


def test_an_answer_to_a_copy_is_not_taken_for_the_report_of_whoever_got_it(office):
    office.receive(report())
    office.work("2026-11-16 09:01")
    [copy] = office.sent("share", to="syt@")
    office.receive(
        mail("syt@tinh.example", f"Re: {copy['Subject']}", "Sở Y tế đã nhận.", at("2026-11-16 10:00"),
             files={"y kien.docx": docx("Ý kiến của Sở Y tế về báo cáo.")}, headers={"In-Reply-To": copy["Message-ID"]})
    )  # fmt: skip
    [outcome] = office.work("2026-11-16 10:01").outcomes
    assert outcome.reports == []
    assert office.standing("SYT", "KTXH-T", "2026-11")["status"] == "upcoming" or outcome.disposition == "review"


def test_a_copy_that_left_is_not_kept_a_second_time(either):
    either.receive(report())
    either.work("2026-11-16 09:01")
    with either.desk.database.reading() as session:
        assert set(session.scalars(select(Notice.mime).where(Notice.name == "share"))) == {None}


def test_a_copy_waits_for_the_office_hours(tmp_path):
    with sharing_office(tmp_path, SQLITE.format(tmp_path), sending={"office_hours": "07:00-17:30"}) as office:
        office.receive(report("2026-11-14 09:00"))
        office.work("2026-11-14 09:01")
        assert (len(office.sent("acknowledgment")), office.sent("share")) == (1, [])
        office.work("2026-11-16 07:00")
        assert len(office.sent("share")) == 3
