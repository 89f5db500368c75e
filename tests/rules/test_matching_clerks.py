"""What clerks leave out, count, list and put elsewhere, without leaving any doubt; and the same where doubt is left."""

from datetime import datetime

import pytest
from matching_mails import (
    AGENCIES,
    CONTACTS,
    DIRECTORY,
    RECEIVED,
    TYPES,
    ZONE,
    booked,
    document,
    mail,
    matched,
    paper,
    report,
)

from intake.model import Contact, ReportType
from intake.rules.matching.match import match
from intake.rules.names.directory import Directory

MONTH = [("HTANHOA", "KT-T", "2023-10")]
MONTHS = [("HTANHOA", "KT-T", "2023-09"), ("HTANHOA", "KT-T", "2023-10")]
WEEK = [("HTANHOA", "GB-W", "2023-W42")]
TITLE = "Tình hình kinh tế - xã hội tháng 10 năm 2023"
BEFORE = report("Tình hình kinh tế - xã hội tháng 9 năm 2023", number="101", dated="ngày 15 tháng 9 năm 2023")
OPENED = "Ủy ban nhân dân huyện báo cáo {} như sau:\nI. KẾT QUẢ\nCác chỉ tiêu đạt kế hoạch."


def with_type(report_type: ReportType) -> Directory:
    contacts = [Contact(agency_code=agency, email=email, role=role) for agency, email, role in CONTACTS]
    return Directory(AGENCIES, contacts, [*TYPES, report_type])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("tình hình kinh tế - xã hội tháng 10 năm 2023", MONTH),
        ("tình hình kinh tế - xã hội tháng 10, nhiệm vụ tháng 11 năm 2023", MONTH),
        ("tình hình kinh tế - xã hội tháng 8 năm 2023", []),
        ("tình hình kinh tế - xã hội tháng 9, tháng 10 năm 2023", []),
        ("tình hình tháng 10 năm 2023", []),
        ("công tác thi đua, khen thưởng tháng 10 năm 2023", []),
        ("tình hình kinh tế - xã hội", []),
    ],
)
def test_the_sentence_that_opens_a_report_says_its_period_where_the_title_does_not(said, expected) -> None:
    enclosed = report("Tình hình kinh tế - xã hội", body=OPENED.format(said))
    assert booked(matched(mail("Huyện Tân Hòa gửi BC", "", enclosed))) == expected


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        ("BC KTXH tháng 9, tháng 10/2023", "Gửi bù báo cáo tháng 9.", MONTHS),
        ("BC KTXH tháng 9, tháng 10/2023", "Gửi bù báo cáo tháng 8.", []),
        ("BC KTXH tháng 10/2023", "Gửi bù báo cáo tháng 9.", []),
        ("BC KTXH", "Gửi bù báo cáo tháng 9.", []),
    ],
)
def test_a_sentence_about_one_of_two_reports_says_nothing_of_the_other(subject, text, expected) -> None:
    later = report(TITLE, name="120.docx")
    assert booked(matched(mail(subject, text, BEFORE, later))) == expected


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        ("BC KTXH tháng 10", "Huyện gửi 02 báo cáo trong cùng một tệp.", []),
        ("Huyện Tân Hòa gửi hai báo cáo", "", []),
        ("BC KTXH tháng 10", "Huyện gửi báo cáo quý 3, báo cáo tháng 10.", MONTH),
        ("BC KTXH tháng 10", "Huyện gửi lần 2 báo cáo tháng 10.", MONTH),
        ("BC KTXH tháng 10", "Huyện gửi 1 báo cáo.", MONTH),
    ],
)
def test_a_report_that_is_counted_and_not_found_is_asked_about(subject, text, expected) -> None:
    assert booked(matched(mail(subject, text, report(TITLE)))) == expected


def test_as_many_documents_as_are_counted_are_all_there() -> None:
    later = report(TITLE, name="120.docx")
    assert booked(matched(mail("BC KTXH tháng 9, tháng 10", "Gửi 02 báo cáo ạ.", BEFORE, later))) == MONTHS


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- Thẩm định 02 dự thảo của các xã, xin ý kiến Sở.", WEEK),
        ("Trong tuần đã thẩm định dự thảo Nghị quyết của huyện, họp 03 cuộc.", WEEK),
        ("Trong tuần đã thẩm định 02 dự thảo nghị quyết, họp 03 cuộc.", WEEK),
        ("Đây là dự thảo báo cáo, họp 03 cuộc trong tuần.", []),
    ],
)
def test_drafts_that_were_dealt_with_are_the_work_of_the_week(line, expected) -> None:
    text = f"Huyện Tân Hòa báo cáo giao ban tuần 42\n{line}\nĐã hoàn thành 20 hồ sơ, kiểm tra bốn công trình.\n"
    assert booked(matched(mail("BC giao ban tuần 42", text))) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Công tác thi đua, khen thưởng và phòng cháy, chữa cháy rừng quý III năm 2023", []),
        ("Công tác phòng cháy, chữa cháy và thi đua, khen thưởng quý III năm 2023", "PCCC-Q"),
        ("Công tác thi đua, khen thưởng và phòng cháy, chữa cháy quý III năm 2023", "PCCC-Q"),
        ("Công tác thi đua, khen thưởng trong phòng cháy, chữa cháy quý III năm 2023", []),
        ("Công tác phòng cháy, chữa cháy và an toàn lao động quý III năm 2023", []),
    ],
)
def test_a_type_listed_beside_another_without_such_a_period_is_part_of_its_report(title, expected) -> None:
    found = booked(matched(mail("Huyện Tân Hòa gửi báo cáo", "", report(title))))
    assert found == ([("HTANHOA", expected, "2023-Q3")] if expected else [])


TERM = ReportType(
    code="HK1", name="Báo cáo sơ kết học kỳ I năm học 2022 - 2023", frequency="once", due="2023-01-31", groups=["huyen"]
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Sơ kết học kỳ I, nhiệm vụ trọng tâm học kỳ II năm học 2022-2023", True),
        ("Sơ kết học kỳ 1 và phương hướng học kỳ 2 năm học 2022-2023", False),
        ("Sơ kết học kỳ I, nhiệm vụ trọng tâm học kỳ II năm học 2023-2024", False),
        ("Sơ kết học kỳ I, nhiệm vụ trọng tâm thời gian tới", False),
        ("Sơ kết hè, nhiệm vụ trọng tâm học kỳ I năm học 2022-2023", False),
    ],
)
def test_a_term_is_of_the_school_year_that_stands_behind_the_next_one(title, expected) -> None:
    at = datetime(2023, 1, 20, 9, tzinfo=ZONE)
    enclosed = report(title, dated="ngày 18 tháng 01 năm 2023")
    found = match(mail("Huyện Tân Hòa gửi báo cáo", "", enclosed), with_type(TERM), at, ZONE, ())
    assert bool(found.bookings) is expected, found.reason


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Công tác phòng, chống tham nhũng, tiêu cực quý III năm 2023", True),
        ("Công tác PCTN quý III năm 2023", True),
        ("Công tác phòng, chống tham nhũng, lãng phí quý III năm 2023", True),
        ("Công tác chống lãng phí quý III năm 2023", False),
    ],
)
def test_corruption_waste_and_misconduct_may_be_named_by_the_first(title, expected) -> None:
    name = "Báo cáo công tác phòng, chống tham nhũng, lãng phí, tiêu cực quý"
    directory = with_type(ReportType(code="PCTN", name=name, frequency="quarterly", due="day 20", groups=["huyen"]))
    found = match(mail("Huyện Tân Hòa gửi báo cáo", "", report(title)), directory, RECEIVED, ZONE, ())
    assert bool(found.bookings) is expected, found.reason


def test_before_during_and_after_an_occasion_is_all_of_it() -> None:
    tet = ReportType(
        code="TET", name="Báo cáo tình hình Tết Nguyên đán Quý Mão năm 2023", frequency="once", due="2023-02-01",
        groups=["huyen"],
    )  # fmt: skip
    enclosed = report(
        "Tình hình trước, trong và sau Tết Nguyên đán Quý Mão năm 2023", dated="ngày 27 tháng 01 năm 2023"
    )
    at = datetime(2023, 1, 28, 9, tzinfo=ZONE)
    assert match(mail("Huyện Tân Hòa gửi BC Tết", "", enclosed), with_type(tet), at, ZONE, ()).bookings


@pytest.mark.parametrize(
    ("addressee", "expected"),
    [
        ("Sở Tài chính", []),
        ("Sở Tài chính; Sở Y tế", []),
        ("Bộ Tài chính", []),
        ("Thường trực HĐND huyện; Ban Thường vụ Huyện ủy", []),
        ("Bộ Tài chính; UBND tỉnh", MONTH),
        ("UBND tỉnh; Sở Tài chính", MONTH),
        ("Văn phòng UBND tỉnh", MONTH),
        ("Hội đồng nhân dân tỉnh; Sở Tài chính", MONTH),
        ("Lãnh đạo Sở Tài chính", MONTH),
    ],
)
def test_a_report_to_other_agencies_alone_is_asked_about(addressee, expected) -> None:
    enclosed = document(paper(TITLE).replace("Ủy ban nhân dân tỉnh Bình Hà.", f"{addressee}."))
    assert booked(matched(mail("Huyện Tân Hòa gửi BC", "", enclosed))) == expected


@pytest.mark.parametrize("shared", [["STC"], ["so"]])
def test_those_that_a_report_is_shared_with_may_stand_for_the_office(shared) -> None:
    kind = ReportType(
        code="DV", name="Báo cáo công tác dân vận chính quyền", frequency="monthly", due="day 25", groups=["huyen"],
        share_with=shared,
    )  # fmt: skip
    text = paper("Công tác dân vận chính quyền tháng 10 năm 2023")
    enclosed = document(text.replace("Ủy ban nhân dân tỉnh Bình Hà.", "Sở Tài chính."))
    assert match(mail("Huyện Tân Hòa gửi BC", "", enclosed), with_type(kind), RECEIVED, ZONE, ()).bookings


GENERAL = ReportType(
    code="BC-T", name="Báo cáo tháng", aliases=["Báo cáo công tác tháng"], frequency="monthly", due="day 25",
    groups=["so"],
)  # fmt: skip
OF_A_DEPARTMENT = {"issuer": "STC", "name": "BC.docx"}


@pytest.mark.parametrize(
    ("subject", "title", "expected"),
    [
        ("Sở gửi báo cáo", "Kết quả công tác tháng 10, nhiệm vụ trọng tâm tháng 11 năm 2023", "BC-T"),
        ("BC tháng 10", "Công tác tháng 10 năm 2023", "BC-T"),
        ("BC tháng 9", "Công tác tháng 10 năm 2023", None),
        ("Re: BC tháng 9", "Công tác tháng 10 năm 2023", None),
        ("BC PCCCR tháng 10", "Công tác tháng 10 năm 2023", None),
        ("Sở gửi báo cáo", "Công tác tài chính tháng 10 năm 2023", None),
        ("BC tháng 10", "Công tác thi đua, khen thưởng tháng 10 năm 2023", None),
    ],
)
def test_a_title_without_a_matter_is_that_of_the_general_report(subject, title, expected) -> None:
    enclosed = report(title, **OF_A_DEPARTMENT)
    found = match(mail(subject, "", enclosed, sender="stc@tinh.example"), with_type(GENERAL), RECEIVED, ZONE, ())
    assert [one.report_type for one in found.bookings] == ([expected] if expected else []), found.reason


def test_how_often_a_report_comes_is_no_report_of_whom_owes_none_of_that_name() -> None:
    found = match(mail("Huyện Tân Hòa BC tháng 10", "", report(TITLE)), with_type(GENERAL), RECEIVED, ZONE, ())
    assert booked(found) == MONTH


@pytest.mark.parametrize(
    ("text", "expected"), [("Huyện gửi tiếp báo cáo tháng 10.", MONTH), ("", []), ("Huyện gửi báo cáo tháng 9.", [])]
)
def test_the_words_above_an_answered_mail_say_what_comes_and_not_its_subject(text, expected) -> None:
    assert booked(matched(mail("Re: Đã nhận báo cáo KTXH tháng 9", text, report(TITLE)))) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Tiến độ thi đua, khen thưởng tháng 10 năm 2023", True),
        ("Thi đua, khen thưởng chậm tiến độ tháng 10 năm 2023", False),
    ],
)
def test_progress_is_the_state_of_a_matter_and_delay_is_not(title, expected) -> None:
    found = booked(matched(mail("Huyện Tân Hòa gửi BC", "", report(title))))
    assert found == ([("HTANHOA", "TDKT-T", "2023-10")] if expected else [])


def test_a_word_with_marks_is_no_other_word_of_the_name() -> None:
    kind = ReportType(
        code="LD", name="Báo cáo tình hình lao động, việc làm", frequency="monthly", due="day 25", groups=["huyen"]
    )
    title = "Tình hình lao động, việc làm tháng 10 năm 2023 của huyện Tân Hòa{}"
    bookings = [
        bool(match(mail("", "", report(title.format(more))), with_type(kind), RECEIVED, ZONE, ()).bookings)
        for more in ("", " Đông", " Dong")
    ]
    assert bookings == [True, False, True]


def test_the_own_name_with_initials_is_no_other_topic() -> None:
    title = "Báo cáo của Sở NN và PTNT về thi đua, khen thưởng tháng 10"
    names = [("so", "nong", "nghiep", "phat", "trien", "nong", "thon")]
    assert DIRECTORY.titles.unexplained(title, ["TDKT-T"], names) == []


LONG = ReportType(
    code="DX-T", name="Báo cáo tình hình phát triển đô thị, bảo đảm an ninh, quốc phòng tháng", frequency="monthly",
    due="day 25", groups=["huyen"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Tình hình phát triển đô thị, bảo đảm an ninh, quốc phòng tháng 10 năm 2023", True),
        ("Tình hình phát triển đô thị tháng 10 năm 2023", True),
        ("Tình hình phát triển đô thị, quốc phòng - an ninh tháng 10 năm 2023", True),
        ("Tình hình phát triển đô thị thông minh tháng 10 năm 2023", False),
        ("Tình hình an ninh, quốc phòng tháng 10 năm 2023", False),
    ],
)
def test_what_a_name_says_by_the_way_at_its_end_may_be_left_out(title, expected) -> None:
    found = match(mail("Huyện Tân Hòa gửi báo cáo", "", report(title)), with_type(LONG), RECEIVED, ZONE, ())
    assert bool(found.bookings) is expected, found.reason


def test_a_name_is_not_shortened_to_the_whole_name_of_another() -> None:
    short = replace_name(LONG, "DX-Y", "Báo cáo tình hình phát triển đô thị tháng")
    contacts = [Contact(agency_code=agency, email=email, role=role) for agency, email, role in CONTACTS]
    directory = Directory(AGENCIES, contacts, [*TYPES, LONG, short])
    enclosed = report("Tình hình phát triển đô thị tháng 10 năm 2023")
    found = match(mail("Huyện Tân Hòa gửi báo cáo", "", enclosed), directory, RECEIVED, ZONE, ())
    assert [one.report_type for one in found.bookings] == ["DX-Y"]


def replace_name(like: ReportType, code: str, name: str) -> ReportType:
    return ReportType(code=code, name=name, frequency=like.frequency, due=like.due, groups=like.groups)


SECOND = report("Công tác thi đua, khen thưởng tháng 10 năm 2023", number="121", name="121.docx")


FIRES = report("Công tác phòng cháy, chữa cháy rừng tháng 10 năm 2023", number="122", name="122.docx")


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Huyện Tân Hòa gửi BC khen thưởng, thi đua và BC cháy rừng tháng 10", 2),
        ("Huyện Tân Hòa gửi BC chăn nuôi, thú y và BC cháy rừng tháng 10", 0),
    ],
)
def test_a_subject_about_all_reports_of_a_mail_is_explained_by_all_of_them(subject, expected) -> None:
    assert len(matched(mail(subject, "", SECOND, FIRES)).bookings) == expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("BC KTXH, TĐKT, cháy rừng tháng 10/2023", 3),
        ("BC KTXH, giao ban tháng 10/2023", 0),
        ("BC KTXH tháng 10/2023", 0),
    ],
)
def test_a_list_that_names_some_of_several_reports_speaks_against_none(subject, expected) -> None:
    assert len(matched(mail(subject, "", report(TITLE), SECOND, FIRES)).bookings) == expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("BC KTXH tháng 10/2023 và KH phát triển kinh tế tháng 11/2023", MONTH),
        ("BC KTXH tháng 10/2023, KH KTXH tháng 11/2023", MONTH),
        ("BC KTXH tháng 9/2023 và KH&ĐT tháng 10/2023", []),
    ],
)
def test_a_plan_named_beside_the_report_is_not_its_period(subject, expected) -> None:
    assert booked(matched(mail(subject, "", report(TITLE)))) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("1. Trình 02 đề án của huyện;\n2. Ban hành 01 kế hoạch kiểm tra;\n3. Chưa hoàn thành: không.", WEEK),
        ("1. Trình 02 đề án của huyện, ban hành kế hoạch.\n2. Chưa hoàn thành: không.", []),
        ("Chưa hoàn thành báo cáo.\n1. Trình 02 đề án của huyện;\n2. Ban hành 01 kế hoạch kiểm tra.", []),
    ],
)
def test_what_is_not_finished_in_a_list_is_the_work_of_the_week(lines, expected) -> None:
    text = f"Huyện Tân Hòa báo cáo giao ban tuần 42\n{lines}\n"
    assert booked(matched(mail("BC giao ban tuần 42", text))) == expected


WEEKLY = ReportType(
    code="W", name="Báo cáo kết quả công tác tuần", frequency="weekly", due="fri", required=["body"], groups=["so"]
)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("STC - KQ công tác tuần 42", True),
        ("BC tuần 42", True),
        ("Lịch tuần 42", False),
        ("Công tác tuần 42", False),
        ("STC - KQ công tác đoàn tuần 42", False),
    ],
)
def test_a_report_in_the_mails_words_may_name_the_general_one_by_its_week(subject, expected) -> None:
    text = "Kính gửi Văn phòng\n- Trình 02 đề án của ngành tài chính.\n- Ban hành 01 kế hoạch kiểm tra.\n"
    found = match(mail(subject, text, sender="stc@tinh.example"), with_type(WEEKLY), RECEIVED, ZONE, ())
    assert [one.report_type for one in found.bookings] == (["W"] if expected else []), found.reason


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Kết quả thực hiện Nghị quyết số 15-NQ/TU về phát triển kinh tế - xã hội tháng 10 năm 2023", []),
        ("Tình hình thực hiện Nghị quyết về phát triển kinh tế - xã hội tháng 10 năm 2023", MONTH),
        ("Tình hình kinh tế - xã hội tháng 10 năm 2023 của HĐND huyện", []),
        ("Tình hình kinh tế - xã hội tháng 10 năm 2023 của HĐND và UBND huyện", MONTH),
        ("Tình hình kinh tế - xã hội tháng 10 năm 2023 của Chủ tịch UBND huyện", []),
    ],
)
def test_a_report_on_a_cited_document_or_of_another_body_is_asked_about(title, expected) -> None:
    assert booked(matched(mail("Huyện Tân Hòa gửi báo cáo", "", report(title)))) == expected


def test_the_cited_document_that_a_report_is_owed_on_is_its_own() -> None:
    title = "Kết quả thực hiện Công văn số 88/UBND-TH của Chủ tịch UBND tỉnh"
    assert booked(matched(mail("Huyện Tân Hòa gửi báo cáo", "", report(title)))) == [("HTANHOA", "CV88", "CV88")]


RESOLUTION = ReportType(
    code="NQ5", name="Báo cáo kết quả thực hiện Nghị quyết số 05/NQ-HĐND về phát triển du lịch", frequency="monthly",
    due="day 25", groups=["huyen"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ("số 05/NQ-HĐND ngày 10/7/2022 của HĐND tỉnh về phát triển du lịch", True),
        ("05/NQ-HĐND ngày 10 tháng 7 năm 2022 về phát triển du lịch", True),
        ("số 05/NQ-HĐND của Hội đồng nhân dân tỉnh về phát triển du lịch", True),
        ("số 15/NQ-HĐND ngày 10/7/2022 của HĐND tỉnh về phát triển du lịch", False),
        ("số 05/NQ-HĐND ngày 10/7/2022 của HĐND tỉnh về phát triển chăn nuôi", False),
    ],
)
def test_the_date_and_the_author_of_a_cited_document_may_be_left_out(cited, expected) -> None:
    enclosed = report(f"Kết quả thực hiện Nghị quyết {cited} tháng 10 năm 2023")
    found = match(mail("Huyện Tân Hòa gửi báo cáo", "", enclosed), with_type(RESOLUTION), RECEIVED, ZONE, ())
    assert bool(found.bookings) is expected, found.reason
