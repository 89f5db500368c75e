"""Slips of the pen, papers not meant and names left over: what looks like a report and is none, or not this one."""

from datetime import datetime

import pytest
from matching_mails import RECEIVED, ZONE, booked, document, mail, matched, paper, report

from intake.rules.reading import DocumentReading

MONTH = [("HTANHOA", "KT-T", "2023-10")]
DAY = [("HTANHOA", "TRUC-D", "2023-10-16")]
TITLE = "Tình hình kinh tế - xã hội tháng 10 năm 2023"


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"2023-{day} 15:00").replace(tzinfo=ZONE)


def dated(title: str, day: str) -> DocumentReading:
    month, of_month = map(int, day.split("-"))
    return report(title, dated=f"ngày {of_month:02} tháng {month} năm 2023")


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Tình hình kinh tế - xã hội tháng 13 năm 2023", "12-15"),
        ("Tình hình kinh tế - xã hội quý V năm 2023", "12-15"),
        ("Tình hình kinh tế - xã hội quý 5/2023", "10-16"),
        ("Tình hình kinh tế - xã hội tháng 6 đầu năm 2023", "06-16"),
        ("Tình hình kinh tế - xã hội 9 tháng 10 năm 2023", "10-16"),
        ("Tình hình kinh tế - xã hội từ tháng 9/2023", "10-16"),
        ("Tình hình kinh tế - xã hội 3 quý năm 2023", "12-15"),
        ("Tình hình kinh tế - xã hội những tháng cuối năm 2023", "12-15"),
        ("Tình hình kinh tế - xã hội đầu năm 2023", "12-15"),
        ("Tình hình kinh tế - xã hội 6 tháng đầu năm học 2022-2023", "06-16"),
        ("Tình hình kinh tế - xã hội xã Tân Hòa tháng 10 năm 2023", "10-16"),
        ("Tình hình kinh tế - xã hội tháng 10 năm 2023 (bản dự thảo lần 2)", "10-16"),
    ],
)
def test_a_title_that_may_be_mistyped_or_of_another_span_is_asked_about(title, day) -> None:
    assert booked(matched(mail("Báo cáo của huyện", "", dated(title, day)), at(day))) == []


@pytest.mark.parametrize(
    "title",
    [
        "Tình hình kinh tế - xã hội tháng X năm 2023",
        "Tình hình kinh tế - xã hội tháng 10, 10 tháng và ước thực hiện cả năm 2023",
        "Tình hình kinh tế - xã hội tháng 10 (phục vụ kỳ họp HĐND tháng 12 năm 2023)",
        "Tình hình kinh tế - xã hội huyện Tân Hòa tháng 10 năm 2023",
        "Tình hình kinh tế - xã hội tháng 10 năm 2023 (số liệu ước)",
    ],
)
def test_an_estimate_a_meeting_and_the_own_name_do_not_hide_the_period(title) -> None:
    assert booked(matched(mail("Báo cáo của huyện", "", report(title)))) == MONTH


@pytest.mark.parametrize(
    ("subject", "text", "name"),
    [
        ("BC KTXH tháng 10/2023 nháp", "", "BC.docx"),
        ("BC KTXH tháng 10/2023", "", "BC T10_draft1.docx"),
        ("BC KTXH tháng 10/2023", "", "BC T10 (bản cũ).docx"),
        ("BC KTXH tháng 10/2023", "", "BC T10 trình ký.docx"),
        ("BC KTXH tháng 10/2023", "", "BC T10 trinh LD.docx"),
        ("BC KTXH tháng 10/2023", "Báo cáo chưa được ký, bản ký gửi sau.", "BC.docx"),
        ("BC KTXH tháng 10/2023", "Đây là bản chưa chính thức của huyện.", "BC.docx"),
        ("BC KTXH tháng 10/2023", "Đề nghị không sử dụng báo cáo này.", "BC.docx"),
        ("BC KTXH tháng 10/2023", "Em gửi thử hệ thống mới.", "BC.docx"),
        ("Test BC KTXH tháng 10/2023", "", "BC.docx"),
        ("Góp ý BC KTXH tháng 10/2023", "", "BC.docx"),
        ("Mẫu BC KTXH tháng 10/2023", "", "BC.docx"),
        ("BC KTXH tháng 10/2023", "Em gửi hộ huyện Tân Hòa Đông.", "BC.docx"),
        ("BC KTXH tháng 10/2023", "Thay mặt UBND huyện Tân Hòa Đông, xin gửi báo cáo.", "BC.docx"),
    ],
)
def test_a_paper_that_is_not_meant_as_the_senders_report_is_asked_about(subject, text, name) -> None:
    assert booked(matched(mail(subject, text, report(TITLE, name=name)))) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Số liệu thu ngân sách theo Kho bạc, chưa chính thức.", "BC.docx"),
        ("Số liệu tháng 10 sẽ cập nhật trong báo cáo tháng 11.", "BC.docx"),
        ("Báo cáo chưa ký số được do lỗi thiết bị.", "BC.docx"),
        ("Huyện gửi bản ký số và bản word chưa ký để tiện tổng hợp.", "BC.docx"),
        ("Huyện (trước đây là huyện Bàu Cũ) gửi báo cáo.", "BC.docx"),
        ("", "BC trình ký.signed.docx"),
    ],
)
def test_what_only_sounds_so_is_booked(text, name) -> None:
    assert booked(matched(mail("BC KTXH tháng 10/2023", text, report(TITLE, name=name)))) == MONTH


@pytest.mark.parametrize(
    "body",
    [
        "Trong tháng 9 năm 2023, UBND huyện đã chỉ đạo các xã thực hiện tốt nhiệm vụ được giao.",
        "I. KẾT QUẢ THÁNG 9 NĂM 2023\nCác chỉ tiêu cơ bản đạt kế hoạch.\nII. NHIỆM VỤ THÁNG 10 NĂM 2023\nTiếp tục.",
        "UBND huyện Tân Hòa Đông báo cáo tình hình kinh tế - xã hội như sau:\nCác chỉ tiêu đạt kế hoạch.",
        "Trong tháng 10, UBND thị xã Sông Cái đã chỉ đạo các phường thực hiện tốt nhiệm vụ.",
        "I. KẾT QUẢ\n..............\nII. NHIỆM VỤ\n..............",
    ],
)
def test_a_form_filled_in_for_another_period_or_agency_or_not_at_all_is_asked_about(body) -> None:
    assert booked(matched(mail("BC KTXH tháng 10/2023", "", report(TITLE, body=body)))) == []


@pytest.mark.parametrize(
    "body",
    [
        "Trong tháng 10 năm 2023, UBND huyện đã chỉ đạo các xã thực hiện tốt nhiệm vụ được giao.",
        "I. KẾT QUẢ THÁNG 10 NĂM 2023\nĐạt kế hoạch.\nII. NHIỆM VỤ THÁNG 11 NĂM 2023\nTiếp tục.",
        "Thực hiện Công văn số 12 của Sở Tài chính, UBND huyện Tân Hòa báo cáo như sau:\nĐạt kế hoạch.",
        "I. KẾT QUẢ\n..............\nCác chỉ tiêu cơ bản đạt kế hoạch.\nII. NHIỆM VỤ\n..............",
    ],
)
def test_a_form_that_was_filled_in_is_booked(body) -> None:
    assert booked(matched(mail("BC KTXH tháng 10/2023", "", report(TITLE, body=body)))) == MONTH


def signed_by(line) -> list:
    signed = paper(TITLE, "").replace("TM. ỦY BAN NHÂN DÂN", line)
    return booked(matched(mail("BC KTXH tháng 10/2023", "", document(signed))))


@pytest.mark.parametrize(
    "line",
    [
        "TM. ỦY BAN NHÂN DÂN HUYỆN TÂN HÒA ĐÔNG",
        "CHỦ TỊCH UBND HUYỆN TÂN HÒA ĐÔNG",
        "KT. CHỦ TỊCH UBND HUYỆN TÂN HÒA ĐÔNG",
        "PHÓ CHỦ TỊCH HUYỆN TÂN HÒA ĐÔNG",
        "GIÁM ĐỐC SỞ TÀI CHÍNH",
    ],
)
def test_a_report_signed_for_another_agency_is_asked_about(line) -> None:
    assert signed_by(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "TM. ỦY BAN NHÂN DÂN HUYỆN TÂN HÒA",
        "CHỦ TỊCH UBND HUYỆN TÂN HÒA",
        "CHỦ TỊCH",
        "TL. CHỦ TỊCH\nGIÁM ĐỐC",
        "Giám đốc Sở Tài chính đã dự họp",
    ],
)
def test_a_report_that_its_own_agency_signed_is_booked(line) -> None:
    assert signed_by(line) == MONTH


def test_a_former_name_is_not_who_reports() -> None:
    found = matched(
        mail("TP Bàu Cũ (huyện Bàu Cũ cũ) BC KTXH tháng 10", "", report(TITLE, "TPCU"), sender="baucumoi@tinh.example")
    )
    assert booked(found) == [("TPCU", "KT-T", "2023-10")]


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        ("BC trực ban ngày 16/10/2023", "Kính gửi UBND tỉnh\nTình hình ngày 15/10/2023:\nkhông có vụ việc.", []),
        ("BC trực ban ngày 15, 16/10/2023", "Huyện Tân Hòa: không có vụ việc phát sinh.", []),
        ("BC trực ban ngày 16/10/2023", "Không có vụ việc.\n2. Lịch trực ca sau: đồng chí An.", DAY),
    ],
)
def test_a_report_in_the_mails_own_words_is_of_the_one_day_it_tells_of(subject, text, expected) -> None:
    assert booked(matched(mail(subject, text), at("10-16"))) == expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [("Huyện Tân Hòa BCTB: trực ban 16/10", DAY), ("Huyện Tân Hòa II: trực ban 16/10", [])],
)
def test_an_abbreviation_behind_a_name_is_no_part_of_it(subject, expected) -> None:
    assert booked(matched(mail(subject, "Trực ban ngày 16/10/2023: không có vụ việc."), at("10-16"))) == expected


@pytest.mark.parametrize("subject", ["Trực ban thứ Hai 16-10-2023", "BC trực ban thứ 2 ngày 16/10/2023"])
def test_the_day_of_the_week_says_no_more_than_the_day(subject) -> None:
    assert booked(matched(mail(subject, "Huyện Tân Hòa: không có vụ việc."), at("10-16"))) == DAY


def test_weeks_that_are_listed_are_two() -> None:
    text = "BÁO CÁO GIAO BAN TUẦN 41, 42\n1. Hoàn thành quyết toán 12 công trình.\n2. Trình HĐND nghị quyết phí."
    assert booked(matched(mail("BC giao ban tuần 41 và tuần 42", text), at("10-19"))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Báo cáo trực ban ngày 16/10/2023: không có vụ việc.\nGửi kèm báo cáo KTXH tháng 10.", [*MONTH, *DAY]),
        ("Huyện gửi báo cáo KTXH.\nTrực ban: tình hình trên địa bàn bình thường.", []),
        ("Huyện gửi các báo cáo.", MONTH),
    ],
)
def test_the_duty_report_in_the_words_beside_a_paper_is_booked_too_or_asked_about(text, expected) -> None:
    subject = "BC trực ban ngày 16/10/2023 và BC KTXH tháng 10/2023"
    assert booked(matched(mail(subject, text, report(TITLE)), RECEIVED)) == expected


HEAD = paper(TITLE).partition("BÁO CÁO")[0]
SHEET = "BÁO CÁO TÌNH HÌNH DỊCH BỆNH TRUYỀN NHIỄM\n{}\nBệnh\tMắc\tChết\nSXH\t3\t0"


@pytest.mark.parametrize(
    "stated",
    [
        "Kỳ báo cáo:\tTháng 10 năm 2023",
        "(Thời kỳ báo cáo: tháng 10/2023)",
        "Tháng 10 năm 2023",
        "(Số liệu tính từ ngày 15/9/2023 đến ngày 14/10/2023)",
        "Từ ngày 15/9/2023 đến ngày 14/10/2023",
    ],
)
def test_a_period_stated_below_the_title_is_that_of_the_report(stated) -> None:
    text = f"{HEAD}BÁO CÁO\nTình hình kinh tế - xã hội\n{stated}\nI. KẾT QUẢ\nCác chỉ tiêu đạt kế hoạch."
    assert booked(matched(mail("Huyện Tân Hòa gửi BC KTXH", "", document(text)))) == MONTH


@pytest.mark.parametrize(
    "stated",
    [
        "Kỳ báo cáo:\tTháng 9 năm 2023",
        "Kỳ báo cáo: 9 tháng đầu năm 2023",
        "(Số liệu tính từ ngày 15/8/2023 đến ngày 14/9/2023)",
    ],
)
def test_a_document_that_states_another_period_than_its_title_is_asked_about(stated) -> None:
    text = f"{HEAD}BÁO CÁO\n{TITLE}\n{stated}\nI. KẾT QUẢ\nCác chỉ tiêu đạt kế hoạch."
    assert booked(matched(mail("Huyện Tân Hòa gửi BC KTXH", "", document(text)))) == []


@pytest.mark.parametrize(
    ("title", "stated"),
    [
        ("Tình hình kinh tế - xã hội", "Từ ngày 31/9/2023 đến ngày 14/10/2023"),
        ("Tình hình kinh tế - xã hội", "Từ ngày 01/10/2023 đến ngày 10/10/2023"),
        ("Tình hình kinh tế - xã hội", "Kỳ báo cáo: tháng 10 và tháng 9/2023"),
        ("Tình hình kinh tế - xã hội năm 2022", "Kỳ báo cáo: tháng 10/2023"),
    ],
)
def test_what_states_no_period_of_the_registry_is_asked_about(title, stated) -> None:
    text = f"{HEAD}BÁO CÁO\n{title}\n{stated}\nI. KẾT QUẢ\nCác chỉ tiêu đạt kế hoạch."
    assert booked(matched(mail("Huyện Tân Hòa gửi BC KTXH", "", document(text)))) == []


@pytest.mark.parametrize(
    ("subject", "stated", "expected"),
    [
        ("BC dịch tuần", "Kỳ báo cáo:\tTuần 42 năm 2023", [("SYT", "DICH-W", "2023-W42")]),
        ("BC dịch tuần", "Từ ngày\t16/10/2023\tĐến ngày\t22/10/2023", [("SYT", "DICH-W", "2023-W42")]),
        ("BC dịch tuần 42", "Kỳ báo cáo:\tTuần 41 năm 2023", []),
    ],
)
def test_a_table_states_its_week_in_cells(subject, stated, expected) -> None:
    sheet = document(SHEET.format(stated), "bieu.xlsx")
    assert booked(matched(mail(subject, "", sheet, sender="syt@tinh.example"), at("10-20"))) == expected


def test_a_table_headed_with_a_month_is_no_weekly_report() -> None:
    sheet = document(SHEET.format("").replace("NHIỄM\n", "NHIỄM THÁNG 9 NĂM 2023"), "bieu.xlsx")
    assert booked(matched(mail("BC dịch tuần 42", "", sheet, sender="syt@tinh.example"), at("10-20"))) == []


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("UBND XÃ PHÚ AN\nTHÔN 3", []),
        ("CÔNG TY TNHH MTV\nTÂN HÒA", []),
        ("ỦY BAN NHÂN DÂN\nHUYỆN TÂN HÒA", MONTH),
    ],
)
def test_a_unit_below_another_authority_is_not_the_sender(head, expected) -> None:
    text = paper(TITLE, head).replace("/BC-UBND", "/BC")
    assert booked(matched(mail("BC KTXH tháng 10/2023", "", document(text)))) == expected


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Xin rút BC KTXH tháng 10/2023", ""),
        ("Đôn đốc BC KTXH tháng 10/2023", "Đề nghị các xã gửi báo cáo."),
        ("BC KTXH tháng 10/2023", "Báo cáo đang chờ Thường trực Huyện ủy cho ý kiến."),
        ("BC KTXH tháng 10/2023", "Huyện sẽ gửi bản khác vào chiều nay."),
    ],
)
def test_a_report_taken_back_asked_for_or_not_yet_final_is_asked_about(subject, text) -> None:
    assert booked(matched(mail(subject, text, report(TITLE)))) == []


def test_a_subject_that_only_names_a_month_says_nothing_of_the_quarterly_report_beside() -> None:
    quarter = report("Công tác phòng cháy, chữa cháy quý III năm 2023", name="pccc.docx", number="99")
    found = matched(mail("Huyện Tân Hòa gửi báo cáo tháng 10", "", report(TITLE), quarter))
    assert booked(found) == [*MONTH, ("HTANHOA", "PCCC-Q", "2023-Q3")]


@pytest.mark.parametrize(("issued", "expected"), [("15 tháng 10", MONTH), ("15 tháng 9", []), ("14 tháng 8", [])])
def test_a_title_without_a_period_is_of_no_period_that_its_date_lies_before(issued, expected) -> None:
    old = report("Tình hình kinh tế - xã hội", dated=f"ngày {issued} năm 2023")
    assert booked(matched(mail("BC KTXH tháng 10/2023", "", old))) == expected


@pytest.mark.parametrize("name", ["KTXH 09.2023.docx", "KTXH_202309.docx", "KTXH 2023-09.signed.pdf"])
def test_a_file_name_that_ends_with_a_month_and_its_year_names_it(name) -> None:
    assert booked(matched(mail("Báo cáo của huyện", "", report(TITLE, name=name)))) == []


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        (paper("Công tác phòng cháy, chữa cháy quý III năm 2023"), []),
        (paper("Tình hình kinh tế - xã hội tháng 9 năm 2023"), []),
        (paper(TITLE, "HTANHOADONG"), []),
        (paper(TITLE), MONTH),
        (paper("Công tác tháng 11 năm 2023", kind="KẾ HOẠCH"), MONTH),
        ("Độc lập - Tự do - Hạnh phúc", MONTH),
    ],
)
def test_another_report_bound_into_the_same_file_is_asked_about(behind, expected) -> None:
    bound = document(f"{paper(TITLE)}\n{behind}")
    assert booked(matched(mail("Huyện Tân Hòa gửi BC KTXH", "", bound))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Không có vụ việc.\nTrực ban huyện Tân Hòa Đông", []),
        ("Không có vụ việc.\nTrực ban huyện Tân Hòa", DAY),
        ("Không có vụ việc.\n- Đã làm việc với UBND huyện Tân Hòa Đông", DAY),
        ("Không có vụ việc trên địa bàn huyện Tân Hòa", DAY),
        ("Lãnh đạo trực: đồng chí Hùng\nCán bộ trực: đồng chí An\nLái xe: đồng chí Bình", []),
        ("1. Tình hình: ......\n2. Kết quả xử lý: ......\n3. Kiến nghị: ......", []),
        ("1. Trực lãnh đạo: đồng chí Hùng.\n2. Tình hình: không có vụ việc.", DAY),
    ],
)
def test_a_roster_a_form_and_a_neighbours_day_are_no_report_of_the_day(text, expected) -> None:
    assert booked(matched(mail("Trực ban ngày 16/10/2023", text), at("10-16"))) == expected


@pytest.mark.parametrize("subject", ["Sông Cái BC KTXH tháng 10", "BC KTXH tháng 10 của Sông Cái"])
def test_a_bare_name_that_leads_speaks_for_its_agency(subject) -> None:
    assert booked(matched(mail(subject, "", report(TITLE)))) == []
