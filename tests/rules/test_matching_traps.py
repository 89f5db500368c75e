"""Plans, other matters, years and lists: what a clerk sees at a glance and a rule may mistake, beside its opposite."""

from itertools import chain

import pytest
from matching_mails import DIRECTORY, RECEIVED, ZONE, booked, document, mail, matched, paper, report

from intake.model import ReportType
from intake.rules.matching.match import match
from intake.rules.names.directory import Directory

QUARTER = [("HTANHOA", "PCCC-Q", "2023-Q3")]
MONTH = [("HTANHOA", "KT-T", "2023-10")]
WEEK = [("HTANHOA", "GB-W", "2023-W42")]
COMPLAINTS = ReportType(
    code="KN-Q", name="Báo cáo công tác tiếp công dân, xử lý đơn, giải quyết khiếu nại, tố cáo quý",
    aliases=["BC KNTC"], frequency="quarterly", due="day 5 next month", required=["document"], groups=["huyen"],
)  # fmt: skip
OF_CITIZENS = ReportType(
    code="TCD-Q", name="Báo cáo công tác tiếp công dân, xử lý đơn, bảo vệ người tố cáo quý",
    frequency="quarterly", due="day 5 next month", required=["document"], groups=["huyen"],
)  # fmt: skip
ONCE = ReportType(
    code="SK", name="Báo cáo sơ kết 02 năm thực hiện Đề án số 06", frequency="once", due="2023-10-30", groups=["huyen"]
)


def with_types(*types: ReportType) -> Directory:
    return Directory(DIRECTORY.agencies.values(), chain(*DIRECTORY.contacts.values()), types)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("PCCC quý III/2023 - quý IV/2023", QUARTER),
        ("PCCC quý IV/2023", []),
        ("PCCC quý III/2023 - quý IV", []),
        ("PCCC quý III/2023 - quý IV/2024", []),
        ("PCCC quý III/2023 - quý I/2024", []),
        ("PCCC quý II/2023 - quý III/2023 - quý IV/2023", []),
        ("PCCC quý II/2023 - quý IV/2023", []),
    ],
)
def test_a_period_to_come_right_behind_the_reported_one_is_the_plan(subject, expected) -> None:
    title = "Công tác PCCC quý III năm 2023 và phương hướng quý IV năm 2023"
    at = RECEIVED.replace(month=9, day=21)
    found = matched(mail(subject, "", report(title, dated="ngày 20 tháng 9 năm 2023")), at)
    assert booked(found) == expected


@pytest.mark.parametrize(
    ("subject", "title", "expected"),
    [
        ("BC KTXH tháng 10/2023", "Tình hình kinh tế - xã hội tháng 10 và dịp lễ hội cà phê năm 2023", MONTH),
        ("BC KTXH tháng 10/2023", "Tình hình kinh tế - xã hội tháng 10, dịp lễ hội cà phê năm 2023", MONTH),
        ("BC KTXH tháng 9/2023", "Tình hình kinh tế - xã hội tháng 10 và dịp lễ hội cà phê năm 2023", []),
        ("Gửi báo cáo", "Tình hình kinh tế - xã hội tháng 10 và dịp lễ hội cà phê năm 2023", []),
        ("BC KTXH tháng 10/2023", "Tình hình kinh tế - xã hội dịp lễ hội cà phê tháng 10 năm 2023", []),
        ("BC KTXH tháng 10/2023", "Tình hình kinh tế - xã hội vùng đồng bào dân tộc thiểu số tháng 10/2023", []),
        ("BC KTXH tháng 10/2023", "Kết quả giám sát tình hình kinh tế - xã hội tháng 10 và dịp lễ hội", []),
    ],
)
def test_a_matter_added_behind_the_period_needs_a_subject_that_names_the_report_alone(subject, title, expected) -> None:
    assert booked(matched(mail(subject, "", report(title)))) == expected


@pytest.mark.parametrize(
    ("subject", "title", "name", "expected"),
    [
        ("BC KNTC quý III/2023", "Công tác tiếp công dân, xử lý đơn quý III năm 2023", "BC KNTC quy III.docx", True),
        ("BC KNTC quý III/2023", "Công tác tiếp công dân, xử lý đơn", "BC KNTC quy III.docx", True),
        ("Gửi báo cáo", "Công tác tiếp công dân, xử lý đơn quý III năm 2023", "BC KNTC quy III.docx", False),
        ("BC KNTC quý III/2023", "Công tác tiếp công dân, xử lý đơn quý III năm 2023", "scan.docx", False),
        ("BC KNTC quý III/2023", "Công tác tiếp công dân, xử lý đơn quý II năm 2023", "BC KNTC quy III.docx", False),
        ("BC KNTC quý III/2023", "Công tác xử lý đơn quý III năm 2023", "BC KNTC quy III.docx", False),
        ("BC KNTC quý III/2023", "Công tác tiếp công dân quý III năm 2023", "BC KNTC quy III.docx", False),
        ("BC KNTC quý III/2023", "Công tác tiếp công dân, xử lý đơn bạn đọc quý III", "BC KNTC quy III.docx", False),
    ],
)  # fmt: skip
def test_the_first_parts_of_a_name_are_the_report_that_subject_and_file_name_say(
    subject, title, name, expected
) -> None:
    found = match(mail(subject, "", report(title, name=name)), with_types(COMPLAINTS), RECEIVED, ZONE, ())
    assert bool(found.bookings) is expected, found.reason


def test_the_first_parts_of_two_names_are_neither() -> None:
    title = report("Công tác tiếp công dân, xử lý đơn quý III năm 2023", name="BC KNTC quy III.docx")
    directory = with_types(COMPLAINTS, OF_CITIZENS)
    assert not match(mail("BC KNTC quý III/2023", "", title), directory, RECEIVED, ZONE, ()).bookings


@pytest.mark.parametrize(("name", "expected"), [("so ket 2 nam.docx", True), ("BC thang 9.docx", False)])
def test_the_years_that_a_single_report_is_on_are_no_period_in_a_file_name(name, expected) -> None:
    found = match(
        mail("", "", report("Sơ kết 02 năm thực hiện Đề án số 06", name=name)), with_types(ONCE), RECEIVED, ZONE, ()
    )
    assert bool(found.bookings) is expected, found.reason


PLAN = "\n- Hoàn thành 20 hồ sơ, kiểm tra bốn công trình trọng điểm.\n- Họp giao ban khối ngày 17/10.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Huyện Tân Hòa báo cáo giao ban tuần 42{PLAN}Tuần 43: dự thảo Đề án trình lãnh đạo.", WEEK),
        (f"Huyện Tân Hòa báo cáo giao ban tuần 42{PLAN}Tuần 42: dự thảo, xin ý kiến.", []),
        (f"Huyện Tân Hòa báo cáo giao ban tuần 42{PLAN}Đây là dự thảo, xin góp ý.", []),
        (f"Dự thảo báo cáo giao ban tuần 42{PLAN}", []),
        (f"HUYEN TAN HOA BAO CAO GIAO BAN TUAN 42{PLAN}- Don doc PCCC: 14 don vi.", WEEK),
        (f"Huyện Tân Hòa báo cáo giao ban tuần 42{PLAN}".replace("- Hoàn", "- Báo cáo PCCC: hoàn"), []),
        (f"- Trực ban ngày 16/10/2023: ổn định.\n- Báo cáo giao ban tuần 42{PLAN}", []),
    ],
)
def test_what_a_report_in_a_mails_own_words_lists_or_plans_is_no_other_report(text, expected) -> None:
    assert booked(matched(mail("BC giao ban tuần 42", text))) == expected


def test_a_draft_that_goes_along_is_one_however_the_line_begins() -> None:
    enclosed = report("Tình hình kinh tế - xã hội tháng 10 năm 2023")
    assert booked(matched(mail("BC KTXH tháng 10", "Tháng 11: dự thảo kế hoạch gửi kèm.", enclosed))) == []


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("BC KTXH quý III và BC KTXH năm 2023", True),
        ("BC KTXH (quý III) và (năm 2023)", True),
        ("BC KTXH quý III năm 2023", False),
        ("BC KTXH quý III (lần 2) năm 2023", False),
    ],
)
def test_two_reports_of_a_family_are_told_apart_by_their_periods(subject, expected) -> None:
    on = {"dated": "ngày 18 tháng 10 năm 2023", "issuer": "STC"}
    papers = [
        document(paper("Tình hình kinh tế - xã hội quý III năm 2023", number="11", **on), "11.docx"),
        document(paper("Tình hình kinh tế - xã hội năm 2023", number="12", **on), "12.docx"),
    ]
    at = RECEIVED.replace(day=20)
    found = matched(mail(subject, "", *papers, sender="stc@tinh.example"), at)
    assert booked(found) == ([("STC", "KT-Q", "2023-Q3"), ("STC", "KT-N", "2023")] if expected else [])


BESIDE = "BC giao ban tuần 42 và BC KTXH tháng 10/2023"
TOLD = f"Huyện Tân Hòa báo cáo giao ban tuần 42 (16/10 - 22/10/2023):{PLAN}"
ENCLOSED = report("Tình hình kinh tế - xã hội tháng 10 năm 2023")


def test_a_report_in_the_mails_own_words_stands_beside_the_one_enclosed() -> None:
    found = matched(mail(BESIDE, f"{TOLD}\nĐồng thời gửi kèm Báo cáo KTXH tháng 10.", ENCLOSED))
    assert booked(found) == [*MONTH, *WEEK]
    assert [one.documents for one in found.bookings] == [(0,), ()]


@pytest.mark.parametrize(
    ("why", "subject", "text"),
    [
        ("the subject does not name it", "BC KTXH tháng 10/2023", TOLD),
        ("it only goes along", BESIDE, f"Huyện Tân Hòa gửi báo cáo giao ban tuần 42:{PLAN}"),
        ("it names both", BESIDE, f"Báo cáo giao ban tuần 42, KTXH tháng 10:{PLAN}"),
        ("it lists what is enclosed", BESIDE, "Báo cáo giao ban tuần 42:\n- Tệp giao ban tuần.\n- Biểu số liệu kèm."),
        ("it tells nothing", BESIDE, "Báo cáo giao ban tuần 42:\n- Hết."),
        ("it says more", BESIDE, f"Báo cáo giao ban tuần 42 của Ban Chỉ đạo giảm nghèo bền vững:{PLAN}"),
        ("another week", BESIDE, TOLD.replace("42 (16/10 - 22/10", "41 (09/10 - 15/10")),
        ("a reply", f"Re: {BESIDE}", TOLD),
        ("the type wants a paper", "BC PCCC quý III và BC KTXH tháng 10/2023", f"Báo cáo PCCC quý III:{PLAN}"),
        ("nothing is said", BESIDE, ""),
        ("it is not owed", "BC dịch tuần 42 và BC KTXH tháng 10/2023", f"Báo cáo dịch tuần 42:{PLAN}"),
    ],
)
def test_words_beside_an_enclosure_are_seldom_a_report(why, subject, text) -> None:
    both = f"{text}\nĐồng thời gửi kèm Báo cáo KTXH tháng 10."
    assert [booked(matched(mail(subject, one, ENCLOSED))) in ([], MONTH) for one in (text, both)] == [True, True], why


def test_the_body_is_no_second_version_of_what_is_enclosed() -> None:
    weekly = report("Phục vụ giao ban tuần 42 (16/10 - 22/10/2023)")
    assert booked(matched(mail("BC giao ban tuần 42", TOLD, weekly))) == WEEK


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gửi anh chị xem trước, có gì góp ý giúp em.", []),
        ("Nhờ chị xem số liệu đã khớp chưa rồi em trình Giám đốc ký.", []),
        ("Báo cáo đang trình ký, gửi trước để Văn phòng nắm.", []),
        ("Gửi Văn phòng báo cáo tháng 10 để tham khảo.", []),
        ("Sở gửi nhầm, đề nghị Văn phòng hủy, không tổng hợp bản này.", []),
        ("Kính gửi Văn phòng tổng hợp, trình Chủ tịch UBND tỉnh.", MONTH),
        ("Sau khi trình lãnh đạo ký, huyện gửi báo cáo tháng 10.", MONTH),
    ],
)
def test_a_paper_that_is_only_shown_is_not_handed_in(text, expected) -> None:
    assert booked(matched(mail("BC KTXH tháng 10/2023", text, ENCLOSED))) == expected


def test_words_of_signing_in_a_report_in_the_mails_own_words_are_its_matter() -> None:
    text = f"Huyện Tân Hòa báo cáo giao ban tuần 42{PLAN}- Rà soát Đề án trước khi trình lãnh đạo."
    assert booked(matched(mail("BC giao ban tuần 42", text))) == WEEK


@pytest.mark.parametrize("mark", ["(Dự thảo lần 2)", "DỰ THẢO", "Bản dự thảo 3", "- Dự thảo -"])
def test_a_drafts_mark_counts_wherever_it_stands_on_the_first_page(mark) -> None:
    marked = report("Tình hình kinh tế - xã hội tháng 10 năm 2023", body=f"{mark}\nI. KẾT QUẢ\nCác chỉ tiêu đạt.")
    assert not matched(mail("BC KTXH tháng 10/2023", "", marked)).bookings
    told = report("Tình hình kinh tế - xã hội tháng 10 năm 2023", body="I. KẾT QUẢ\nDự thảo 02 nghị quyết.")
    assert booked(matched(mail("BC KTXH tháng 10/2023", "", told))) == MONTH


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("UBND huyện báo cáo tình hình kinh tế - xã hội tháng 9 năm 2023 như sau:", []),
        ("UBND huyện báo cáo kết quả\ntháng 9, cụ thể:", []),
        ("UBND huyện báo cáo tình hình tháng 10 và phương hướng tháng 11 như sau:", MONTH),
        ("Theo Báo cáo tháng 9, huyện báo cáo tình hình tháng 10 như sau:", MONTH),
        ("UBND huyện báo cáo kết quả 9 tháng đầu năm như sau:", MONTH),
        ("UBND huyện báo cáo như sau:", MONTH),
    ],
)
def test_a_report_that_opens_with_another_period_is_the_form_of_the_last_one(opening, expected) -> None:
    enclosed = report("Tình hình kinh tế - xã hội tháng 10 năm 2023", body=f"{opening}\nI. KẾT QUẢ\nĐạt kế hoạch.")
    assert booked(matched(mail("BC KTXH tháng 10/2023", "", enclosed))) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Tình hình kinh tế - xã hội tháng 10 năm 2023 của các xã, thị trấn", []),
        ("Tình hình kinh tế - xã hội tháng 10 năm 2023 tại các đơn vị, địa phương", []),
        ("Tình hình kinh tế - xã hội trồng trọt tháng 10 năm 2023", []),
        ("Tình hình kinh tế - xã hội chợ tháng 10 năm 2023", []),
        ("TÌNH HÌNH HẠN HÁN TRONG KINH TẾ - XÃ HỘI THÁNG 10 NĂM 2023", []),
        ("TINH HINH HAN HAN TRONG KINH TE - XA HOI THANG 10 NAM 2023", []),
        ("TINH HINH KINH TE - XA HOI TRONG THANG 10 NAM 2023", MONTH),
        ("TINH HINH KINH TE - XA HOI THANG 10 NAM 2023 TINH BINH HA", MONTH),
        ("Tình hình kinh tế - xã hội trong tháng 10 năm 2023 của huyện Tân Hòa (trước đây)", MONTH),
    ],
)
def test_many_at_once_and_words_that_only_look_like_small_ones_are_another_topic(title, expected) -> None:
    assert booked(matched(mail("Gửi báo cáo", "", report(title)))) == expected


CORRUPTION = ReportType(
    code="PCTN-Q", name="Báo cáo công tác phòng, chống tham nhũng quý", frequency="quarterly",
    due="day 5 next month", required=["document"], groups=["huyen"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("phòng, chống tham nhũng, lãng phí, tiêu cực", True),
        ("phòng, chống tham nhũng và thực hành tiết kiệm, chống lãng phí", False),
    ],
)
def test_waste_and_misconduct_belong_to_corruption_and_thrift_does_not(topic, expected) -> None:
    enclosed = report(f"Công tác {topic} quý III năm 2023")
    found = match(mail("", "", enclosed), with_types(CORRUPTION), RECEIVED, ZONE, ())
    assert bool(found.bookings) is expected, found.reason


def test_the_week_that_has_passed_may_be_the_first_of_two_that_are_listed() -> None:
    text = "1. Tuần qua (16/10 - 20/10): kiểm tra 12 công trình, xử lý 03 vụ.\n2. Tuần tới (23 - 27/10): họp khối."
    assert booked(matched(mail("Nội dung giao ban tuần", text))) == WEEK


def test_a_name_may_be_shortened_together_with_a_word_between_its_own() -> None:
    enclosed = report("Tình hình phát triển KT - VH - XH tháng 10 năm 2023")
    assert booked(matched(mail("BC KTXH tháng 10/2023", "", enclosed))) == MONTH


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("BC KTXH tháng 9, tháng 10/2023", []),
        ("BC KTXH tháng 9 và 10/2023", []),
        ("BC KTXH tháng 10, phương hướng tháng 11/2023", MONTH),
        ("BC KTXH tháng 10 và 10 tháng đầu năm 2023", MONTH),
    ],
)
def test_a_period_that_the_subject_names_and_no_document_is_was_left_out(subject, expected) -> None:
    assert booked(matched(mail(subject, "", ENCLOSED))) == expected
