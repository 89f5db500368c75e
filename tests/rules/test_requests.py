"""What a mail asks for instead of reporting: kind, reports, and the day, one line a way of saying it."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from builders import registry

from intake.mail.parsed import ParsedMessage
from intake.rules.deadlines.calendar import WorkingDays
from intake.rules.dealings.requests import Later, Request, request_in
from intake.rules.names.directory import Directory
from intake.rules.reading import DocumentReading, MailReading

ON = date(2026, 11, 16)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOVEMBER = ("KTXH-T", "2026-11")
OFFICE = registry()
DIRECTORY = Directory(OFFICE.agencies, OFFICE.contacts, OFFICE.report_types)


def asked(text, subject="", told=(NOVEMBER,), documents=(), kind="mail") -> Request | None:
    message = replace(ParsedMessage(), subject=subject, text=text, own_text=text, kind=kind)
    return request_in(MailReading(message, documents=documents), DIRECTORY, ON, told)


def letter(text: str) -> DocumentReading:
    return DocumentReading(0, "CV 120.pdf", "pdf", 1000, "ab", text=text)


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("Sở xin gia hạn đến 20/11.", Later(date(2026, 11, 20))),
        ("So xin gia han den 20/11", Later(date(2026, 11, 20))),
        ("Xin gia hạn báo cáo tháng 11 đến hết ngày 20 tháng 11 năm 2026 vì mưa lũ.", Later(date(2026, 11, 20))),
        ("Xin gia hạn đến thứ Sáu (20/11/2026).", Later(date(2026, 11, 20))),
        ("Xin gia hạn đến 17 giờ 30 phút ngày 20/11.", Later(date(2026, 11, 20), time(17, 30))),
        ("Xin lùi thời hạn sang ngày 20-11-2026.", Later(date(2026, 11, 20))),
        ("Xin gia hạn trước ngày 20/11.", Later(date(2026, 11, 19))),
        ("Xin gia hạn đến trước 17 giờ ngày 20/11.", Later(date(2026, 11, 20), time(17))),
        ("Hạn gửi đến ngày 17/11/2026. Sở xin gia hạn đến 20/11/2026.", Later(date(2026, 11, 20))),
        ("Theo Công văn số 12/VP ngày 05/12/2026, Sở xin gia hạn đến 20/11.", Later(date(2026, 11, 20))),
        ("Sở xin gia hạn. Báo cáo sẽ gửi chậm nhất ngày 20/11.", Later(date(2026, 11, 20))),
        ("Xin gia hạn đến 05/01.", Later(date(2027, 1, 5))),
        ("Xin gia hạn đến hết tháng 11.", Later(date(2026, 11, 30))),
        ("Xin gia hạn đến cuối tháng 2/2027.", Later(date(2027, 2, 28))),
        ("Xin gia hạn đến cuối tháng 2.", Later(date(2027, 2, 28))),
        ("Xin gia hạn đến hết tháng 10/2026.", None),
        ("Xin gia hạn thêm 03 ngày làm việc.", Later(days=3, only_working=True)),
        ("Đề nghị gia hạn thêm ba ngày.", Later(days=3)),
        ("Xin gia hạn một tuần.", Later(days=7)),
        ("Xin gia hạn.", None),
        ("Xin gia hạn đến 31/02.", None),
        ("Xin gia hạn đến 10/11/2026.", None),
        ("Xin gia hạn báo cáo tháng đến 20/11, xin gia hạn báo cáo quý đến 25/11.", None),
        ("Xin gia hạn. Có thể gửi vào 20/11, hoặc vào 25/11.", None),
        ("Xin gia hạn thêm 2 ngày, hoặc gia hạn thêm 5 ngày.", None),
        ("Sở xin phép gửi báo cáo tháng 11 vào ngày 20/11/2026.", Later(date(2026, 11, 20))),
    ],
)
def test_the_day_asked_for_is_read_or_left_to_a_person(text, later):
    found = asked(text)
    assert found
    assert (found.kind, found.later) == ("extension", later)


@pytest.mark.parametrize(
    "text",
    ["Sở đã nhận được thông báo.", "Sở xin phép gửi báo cáo tháng 11.", "Kính gửi báo cáo tháng 11, trước 20/11."],
)
def test_what_asks_for_nothing_is_no_request(text):
    assert asked(text) is None


def test_a_machine_asks_for_nothing():
    assert asked("Xin gia hạn đến 20/11.", kind="automatic") is None


def test_a_waiver_is_told_from_an_extension():
    found = asked("Đơn vị không phát sinh, xin miễn báo cáo tháng 11.")
    assert found
    assert (found.kind, found.later, found.obligations) == ("waiver", None, (NOVEMBER,))


def test_what_is_named_counts_before_what_we_had_spoken_of():
    found = asked("Xin gia hạn báo cáo tình hình kinh tế - xã hội tháng 10 đến 20/11.")
    assert found
    assert found.obligations == (("KTXH-T", "2026-10"),)


def test_a_type_without_period_takes_it_from_what_we_had_spoken_of():
    found = asked("Xin gia hạn BC KTXH tháng đến 20/11.")
    assert found
    assert (found.obligations, found.types) == ((NOVEMBER,), ())


def test_a_type_that_nothing_gives_a_period_is_kept_as_a_type():
    found = asked("Xin gia hạn báo cáo giao ban tuần đến 20/11.")
    assert found
    assert (found.obligations, found.types) == ((), ("GIAOBAN",))


def test_the_subject_of_an_answer_is_ours_and_asks_for_nothing():
    assert asked("Vâng.", subject="Re: [BC-AAAAAA] Chưa đồng ý gia hạn đến 20/11") is None
    found = asked("Xin gia hạn.", subject="Re: [BC-AAAAAA] Nhắc: Báo cáo - hết ngày 17/11/2026")
    assert found
    assert found.later is None


def test_a_letter_that_comes_along_may_ask():
    found = asked(
        "Kính gửi Văn phòng.", documents=(letter("Sở Tài chính xin gia hạn gửi báo cáo đến ngày 20/11/2026."),)
    )
    assert found
    assert found.later == Later(date(2026, 11, 20))


def test_a_report_about_other_extensions_asks_for_none():
    assert asked("Gửi báo cáo.", documents=(letter("Trong tháng đã gia hạn 12 giấy phép đến 20/12/2026."),)) is None


@pytest.mark.parametrize(
    ("later", "late_at"),
    [
        (Later(date(2026, 11, 20)), "2026-11-21T00:00"),
        (Later(date(2026, 11, 20), time(17)), "2026-11-20T17:00"),
        (Later(days=3), "2026-11-21T00:00"),
        (Later(days=4, only_working=True), "2026-11-26T00:00"),
    ],
)
def test_a_deadline_counts_from_the_last_day_in_time(later, late_at):
    due_at = datetime(2026, 11, 18, tzinfo=ZONE)
    assert later.late_at(due_at, WorkingDays(off=[date(2026, 11, 23)]), ZONE).isoformat() == f"{late_at}:00+07:00"
