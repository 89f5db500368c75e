from dataclasses import replace
from datetime import datetime
from itertools import chain

import pytest
from matching_mails import DIRECTORY, RECEIVED, ZONE, booked, document, mail, matched, paper, report, scan

from intake.mail.parsed import Attachment
from intake.model import ReportType
from intake.rules.matching.match import Reply, match
from intake.rules.names.directory import Directory

MONTHLY = paper("Tình hình kinh tế - xã hội tháng 10, nhiệm vụ trọng tâm tháng 11 năm 2023")
BY_A_DIVISION = paper("Tình hình KTXH tháng 10 năm 2023", "UBND HUYỆN TÂN HÒA\nPHÒNG KINH TẾ").replace("-UBND", "-KT")
BY_ITS_OFFICE = paper("Tình hình KTXH tháng 10 năm 2023", "VĂN PHÒNG UBND HUYỆN TÂN HÒA").replace("-UBND", "-VP")
OCTOBER = [("HTANHOA", "KT-T", "2023-10")]


@pytest.mark.parametrize(
    ("subject", "text", "documents", "expected"),
    [
        ("", "", [document(MONTHLY, "Scan_20231015.pdf")], OCTOBER),
        ("Báo cáo KT-XH tháng 10/2023", "UBND huyện Tân Hòa gửi báo cáo.", [document(MONTHLY)], OCTOBER),
        ("UBND huyen Tan Hoa - BC KTXH T10", "Kinh gui VP UBND tinh", [document(MONTHLY)], OCTOBER),
        ("Fwd: RE: bao cao thang 10", "", [document(MONTHLY, "BC KTXH thang 9.docx")], OCTOBER),
        (
            "BC KTXH quý III",
            "",
            [report("Tình hình KT-XH, QP-AN quý III và phương hướng, nhiệm vụ quý IV năm 2023")],
            [("HTANHOA", "KT-Q", "2023-Q3")],
        ),
        (
            "Báo cáo quý 3 và 9 tháng",
            "",
            [report("Tình hình kinh tế - xã hội quý III và 9 tháng đầu năm 2023")],
            [("HTANHOA", "KT-Q", "2023-Q3")],
        ),
        (
            "",
            "",
            [report("Tình hình thực hiện Nghị quyết về nhiệm vụ phát triển kinh tế - xã hội tháng 10/2023")],
            OCTOBER,
        ),
        ("", "", [report("Công tác PCCC quý III năm 2023")], [("HTANHOA", "PCCC-Q", "2023-Q3")]),
        (
            "Báo cáo công tác PCCCR tháng 9",
            "",
            [report("Kết quả công tác phòng cháy, chữa cháy rừng tháng 9 năm 2023", dated="ngày 03 tháng 10 năm 2023")],
            [("HTANHOA", "PCCCR-T", "2023-09")],
        ),
        (
            "BC thực hiện CV 88",
            "",
            [report("Kết quả thực hiện Công văn số 88/UBND-TH ngày 02/10/2023 của UBND tỉnh về chế độ báo cáo")],
            [("HTANHOA", "CV88", "CV88")],
        ),
        (
            "V/v báo cáo",
            "",
            [report("V/v báo cáo tình hình kinh tế - xã hội tháng 10 năm 2023", kind="")],
            OCTOBER,
        ),
        (
            "",
            "",
            [report("Tình hình kinh tế - xã hội tháng 10 năm 2023", "UBND HUYỆN TÂN HÒA\nPHÒNG TÀI CHÍNH - KẾ HOẠCH")],
            OCTOBER,
        ),
        ("Gửi báo cáo", "", [report("Tình hình kinh tế - xã hội", name="BC KTXH thang 10 nam 2023.docx")], OCTOBER),
        ("BC", "Gửi báo cáo kinh tế - xã hội tháng 10/2023", [report("Tình hình kinh tế - xã hội")], OCTOBER),
        ("", "", [report("Tình hình kinh tế - xã hội tháng 10 năm 2023; xảy ra 03 vụ cháy")], OCTOBER),
        (
            "Báo cáo",
            "UBND huyện Tân Hòa gửi báo cáo KT-XH tháng 10,\nnhiệm vụ trọng tâm tháng 11\nnăm 2023.",
            [document(MONTHLY)],
            OCTOBER,
        ),
        (
            "UBND huyện Tân Hòa gửi báo cáo KTXH tháng 10",
            "Trong tháng 9, huyện đã gửi báo cáo tháng 9.",
            [document(MONTHLY)],
            OCTOBER,
        ),
    ],
)  # fmt: skip
def test_a_report_that_says_what_it_is_is_booked(subject, text, documents, expected) -> None:
    found = matched(mail(subject, text, *documents))
    assert (booked(found), found.reason) == (expected, "")


@pytest.mark.parametrize(
    ("why", "subject", "text", "documents"),
    [
        ("belongs to HTANHOA", "", "", [report("Tình hình kinh tế - xã hội tháng 10 năm 2023", "STC")]),
        ("belongs to HTANHOA", "", "", [report("Tình hình KTXH tháng 10 năm 2023", "HTANHOADONG")]),
        ("belongs to HTANHOA", "", "", [report("Tình hình KTXH tháng 10 năm 2023", "XTANHOA")]),
        ("in no registry", "", "", [report("Tình hình KTXH tháng 10/2023", "ỦY BAN NHÂN DÂN\nHUYỆN LẠ")]),
        ("in no registry", "", "", [report("Tình hình KTXH tháng 10/2023", "ỦY BAN NHÂN DÂN\nHUYỆN TÂN HÒA TÂY")]),
        ("in no registry", "", "", [report("KTXH tháng 10/2023", "UBND TỈNH BÌNH HÀ\nSỞ NGOẠI VỤ")]),
        ("in no registry", "", "", [report("KTXH tháng 10/2023", "UBND HUYỆN TÂN HÒA\nUBND XÃ LẠ")]),
        ("speaks for", "UBND huyện Tân Hòa Đông - BC KTXH tháng 10", "", [document(MONTHLY)]),
        ("speaks for", "Báo cáo KTXH tháng 10 của Sở Tài chính", "", [document(MONTHLY)]),
        ("speaks for", "UBND huyện Lạ Lùng - BC KTXH tháng 10", "", [document(MONTHLY)]),
        ("speaks for", "BC KTXH tháng 10", "Sở Tài chính gửi báo cáo KTXH tháng 10.", [document(MONTHLY)]),
        ("same period", "Báo cáo KT-XH tháng 9/2023", "", [document(MONTHLY)]),
        ("same period", "BC", "Gửi báo cáo tháng 9 năm 2023", [document(MONTHLY)]),
        ("same period", "Báo cáo quý III", "", [document(MONTHLY)]),
        ("names KT-Q", "Báo cáo KTXH quý III/2023", "", [document(MONTHLY)]),
        ("names TDKT-T", "Báo cáo TĐKT tháng 10", "", [document(MONTHLY)]),
        (
            "text names TDKT-T",
            "Báo cáo tháng 10",
            "Huyện gửi báo cáo thi đua, khen thưởng tháng 10.",
            [document(MONTHLY)],
        ),
        ("file name", "", "", [document(MONTHLY, "BC KTXH thang 9.2023.docx")]),
        ("file name", "", "", [document(MONTHLY, "BC TDKT thang 10.docx")]),
        ("no registered", "BC KTXH tháng 10", "", [report("Kết quả tiếp xúc cử tri tháng 10 năm 2023")]),
        ("says more", "", "", [report("Tình hình kinh tế - xã hội vùng đồng bào dân tộc tháng 10 năm 2023")]),
        ("says more", "", "", [report("Kết quả kiểm tra công tác phòng cháy, chữa cháy quý III năm 2023")]),
        ("says more", "", "", [report("Giải trình việc chậm báo cáo tình hình kinh tế - xã hội tháng 10/2023")]),
        ("says more", "", "", [report("Tình hình phòng cháy, chữa cháy rừng quý III năm 2023")]),
        ("cannot be right", "", "", [report("Tình hình kinh tế - xã hội tháng 10 năm 2022")]),
        ("cannot be right", "", "", [report("Tình hình kinh tế - xã hội tháng 12 năm 2023")]),
        ("cannot be right", "", "", [report("Tình hình kinh tế - xã hội tháng 12")]),
        ("is dated", "", "", [report("Tình hình kinh tế - xã hội tháng 10", dated="ngày 15 tháng 10 năm 2022")]),
        ("is dated", "", "", [report("Tình hình kinh tế - xã hội tháng 10", dated="ngày 15 tháng 6 năm 2023")]),
        ("leaves open", "", "", [report("Tình hình kinh tế - xã hội")]),
        ("leaves open", "BC KTXH", "", [report("Tình hình kinh tế - xã hội 10 tháng đầu năm 2023")]),
        (
            "its text does not say",
            "BC TĐKT tháng 10",
            "",
            [report("Kết quả công tác tháng 10", body="1. Kinh tế - xã hội: tăng. 2. Thi đua, khen thưởng: tốt.")],
        ),
        ("its text does not say", "BC KTXH tháng 10", "", [report("Tình hình kinh tế - xã hội", body="Trong tháng 9")]),
        ("does not owe", "", "", [report("Tình hình dịch bệnh truyền nhiễm tuần 42/2023")]),
        ("does not owe", "", "", [report("Công tác dân vận tháng 10 năm 2023")]),
        (
            "may mean any",
            "",
            "",
            [report("Tình hình KTXH tháng 9 và quý III năm 2023", dated="ngày 20 tháng 9 năm 2023")],
        ),
        ("may mean any", "", "", [report("Công tác thi đua, khen thưởng và phòng cháy, chữa cháy rừng tháng 10/2023")]),
        ("another kind of document", "Kế hoạch công tác tháng 10", "", [document(MONTHLY)]),
        ("leaves open", "BC", "", [report("Phương hướng, nhiệm vụ phát triển kinh tế - xã hội tháng 10/2023")]),
        ("no report", "BC KTXH tháng 10", "", [report("Phát triển kinh tế - xã hội tháng 10/2023", kind="KẾ HOẠCH")]),
        ("later deadline", "Xin gia hạn báo cáo KTXH tháng 10", "", [document(MONTHLY)]),
        ("draft", "BC KTXH tháng 10 (dự thảo)", "", [document(MONTHLY)]),
        ("draft", "", "", [document(MONTHLY, "du thao BC KTXH T10.docx")]),
        ("takes back", "Thu hồi báo cáo KTXH tháng 10", "", [document(MONTHLY)]),
        ("not clear what", "", "", [document(MONTHLY), scan("Kế hoạch vốn.pdf")]),
        ("not clear what", "", "", [document(MONTHLY), scan("scan1" * 40 + " kế hoạch vốn.pdf")]),
        ("not clear what", "", "", [document(MONTHLY), report("Công tác PCCC quý III", number="7"), scan("b1.pdf")]),
        ("not clear what", "", "", [document(MONTHLY), document("Vài dòng ghi chép", "ghi chep.docx")]),
        ("not clear what", "", "", [document(MONTHLY), report("Xin chủ trương", kind="TỜ TRÌNH", name="tt.docx")]),
        ("no registered", "", "", [document(MONTHLY), report("Kết quả tiếp dân tháng 10", name="b.docx")]),
        ("BC-KT", "", "", [document(BY_A_DIVISION)]),
        ("BC-VP", "", "", [document(BY_ITS_OFFICE)]),
        ("may mean any", "", "", [report("Tình hình kinh tế - xã hội tháng 9 + 10 năm 2023")]),
        ("may mean any", "", "", [report("Tình hình kinh tế - xã hội tháng 9 - 10 năm 2023")]),
        ("annexes and no report", "BC KTXH tháng 10/2023", "", [document("PHỤ LỤC\nChỉ tiêu", "BC KTXH T10.docx")]),
        ("about another report", "BC thực hiện CT 4", "", [report("Kết quả thực hiện Công văn số 88/UBND-TH")]),
        ("about another report", "Báo cáo kết quả giải quyết kiến nghị cử tri", "", [document(MONTHLY)]),
        ("about another report", "Báo cáo tôn giáo tháng 10", "", [document(MONTHLY)]),
        ("about another report", "", "UBND huyện gửi báo cáo giảm nghèo tháng 10/2023.", [document(MONTHLY)]),
        ("same period", "Báo cáo tổng kết năm 2023", "", [document(MONTHLY)]),
        ("names the period", "BC T10", "", [report("Kết quả thực hiện Công văn số 88/UBND-TH")]),
        ("speaks for", "BC T10", "Kính gửi VP, UBND huyện Tân Hòa Đông gửi báo cáo", [document(MONTHLY)]),
        ("text names KT-Q", "BC", "Huyện gửi báo cáo KTXH quý III so với quý II", [document(MONTHLY)]),
        ("cannot be right", "", "", [report("KTXH quý III và 9 tháng đầu năm 2022; nhiệm vụ quý IV năm 2023")]),
        ("calls itself a draft", "", "", [report("Tình hình KTXH tháng 10 năm 2023", "DỰ THẢO\nUBND HUYỆN TÂN HÒA")]),
        ("bears the year 2022", "", "", [report("Tình hình KTXH tháng 10", dated="ngày    tháng 10 năm 2022")]),
        ("says more", "", "", [report("Tình hình kinh tế - xã hội tháng 10 năm 2023 của xã Tân Thạnh")]),
        ("says more", "", "", [report("Tình hình KTXH, công tác tôn giáo tháng 10 năm 2023")]),
        ("are not those of", "", "", [report("Giao ban tuần 42", body="(Từ ngày 09/10 đến ngày 15/10/2023)")]),
        ("are not those of", "", "", [report("Giao ban tuần 42", body="(Từ ngày 11/10 đến ngày 17/10/2023)")]),
        ("says more", "", "", [report("Tình hình kinh tế - xã hội tháng 10 năm 2023 (lĩnh vực lâm nghiệp)")]),
        ("may mean any", "", "", [report("Tình hình KTXH tháng 10/2023; công tác thi đua, khen thưởng")]),
        ("no registered", "BC giao ban tuần 42", "", [report("Công tác đối ngoại tuần 42/2023", body="Giao ban.")]),
        ("says more", "BC PCCC quý III", "", [report("Công tác phòng cháy, chữa cháy sau kiểm tra quý III năm 2023")]),
        ("are not those of", "", "", [report("Tình hình KTXH tháng 10/2023 (từ ngày 15/8/2023 đến ngày 14/9/2023)")]),
        ("are not those of", "", "", [report("Tình hình KTXH tháng 10/2023 (từ ngày 31/9/2023 đến ngày 14/10/2023)")]),
        ("a letter that sends", "", "", [report("V/v gửi báo cáo tình hình kinh tế - xã hội tháng 10/2023", kind="")]),
        ("are not those of", "", "", [report("Tình hình KTXH tuần 42, tháng 10 năm 2023")]),
        ("is reported once", "", "", [report("Kết quả thực hiện Công văn số 88/UBND-TH, quý III năm 2023")]),
        ("bear the number 120", "", "", [document(MONTHLY), report("Tình hình KTXH quý III năm 2023", name="b.pdf")]),
        ("another type or period", "", "", [document(MONTHLY), document("Kỳ: tháng 9/2023\nTT\tSố", "Biểu.xlsx")]),
    ],
)  # fmt: skip
def test_what_is_not_certain_waits_for_a_person(why, subject, text, documents) -> None:
    found = matched(mail(subject, text, *documents))
    assert booked(found) == []
    assert why in found.reason


@pytest.mark.parametrize(
    ("sender", "why"),
    [
        ("la@gmail.example", "registered for no agency"),
        ("truc@vp.tinh.example", "registered for no agency"),
        ("theodoi@vp.tinh.example", "registered for no agency"),
        ("baucu@tinh.example", "not active"),
        ("baucumoi@tinh.example", "belongs to TPCU"),
    ],
)
def test_only_a_registered_sender_of_an_active_agency_reports(sender, why) -> None:
    found = matched(mail("UBND huyện Tân Hòa - BC KTXH tháng 10", "", document(MONTHLY), sender=sender))
    assert booked(found) == []
    assert why in found.reason
    assert found.suggestions[0].agency == "HTANHOA"
    assert (found.suggestions[0].report_type, found.suggestions[0].period) == ("KT-T", "2023-10")


def test_a_mail_without_sender_is_from_nobody() -> None:
    reading = mail("", "", document(MONTHLY))
    found = matched(replace(reading, message=replace(reading.message, sender=None)))
    assert found.reason == "the sender is registered for no agency"


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [("HTANHOA", "HTANHOA"), ("HTANHOADONG", "HTANHOADONG"), ("XTANHOA", None), ("", None)],
)
def test_a_shared_address_reports_for_the_one_of_its_agencies_that_issued_the_document(issuer, expected) -> None:
    text = paper("Tình hình kinh tế - xã hội tháng 10 năm 2023", issuer)
    found = matched(mail("Báo cáo KTXH tháng 10", "", document(text), sender="chung@tinh.example"))
    assert [one.agency for one in found.bookings] == ([expected] if expected else [])


def test_an_address_within_the_domain_of_an_agency_is_its_own() -> None:
    text = paper("Tình hình kinh tế - xã hội tháng 10 năm 2023", "TXSONGCAU")
    found = matched(mail("", "", document(text), sender="vanthu@songcai.tinh.example"))
    assert booked(found) == [("TXSONGCAU", "KT-T", "2023-10")]


def test_a_name_that_passed_to_another_agency_is_that_of_the_day() -> None:
    text = paper("Tình hình kinh tế - xã hội tháng 10 năm 2023", "TPCU")
    found = matched(mail("Bàu Cũ - BC KTXH tháng 10", "", document(text), sender="baucumoi@tinh.example"))
    assert booked(found) == [("TPCU", "KT-T", "2023-10")]


def test_the_symbol_tells_the_issuer_where_the_letterhead_cannot_be_read() -> None:
    head = "Số: 88/BC-STC\nBình Hà, ngày 15 tháng 10 năm 2023\nBÁO CÁO\nTình hình kinh tế - xã hội tháng 10 năm 2023\n"
    assert booked(matched(mail("", "", document(head), sender="stc@tinh.example"))) == [("STC", "KT-T", "2023-10")]
    assert "BC-STC" in matched(mail("", "", document(head), sender="snn@tinh.example")).reason


TRAFFIC = paper("Công tác thi đua, khen thưởng tháng 10 năm 2023", number="121")
NOTES = "Các chỉ tiêu cơ bản đạt kế hoạch."
HEADED = "Báo cáo tình hình kinh tế - xã hội tháng 10 năm 2023\nCác chỉ tiêu cơ bản đạt kế hoạch."
TABLE = "Biểu tổng hợp\nKỳ: tháng 10/2023\nTT\tSố"


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([document(MONTHLY), document(MONTHLY, "120.pdf")], [("KT-T", (0, 1))]),
        ([document(MONTHLY), scan("120-BC-UBND.pdf")], [("KT-T", (0, 1))]),
        ([document(MONTHLY), scan("120.signed.pdf")], [("KT-T", (0, 1))]),
        ([document(MONTHLY, "van ban.docx"), scan("BC KTXH T10.pdf")], [("KT-T", (0, 1))]),
        ([document(MONTHLY), scan("IMG_01.jpg")], [("KT-T", (0, 1))]),
        ([document(MONTHLY), document("~ .`. —“ % ..", "scan0034.pdf")], [("KT-T", (0, 1))]),
        ([document(MONTHLY), scan("scan_0012 (bản dấu đỏ).pdf")], [("KT-T", (0, 1))]),
        ([document(MONTHLY), document(TABLE, "Biểu 1.xlsx")], [("KT-T", (0, 1))]),
        ([document(MONTHLY), document("Bảng 1: số liệu", "so lieu.docx")], [("KT-T", (0, 1))]),
        ([document(MONTHLY), document("V/v gửi hồ sơ", "Phieu gui.docx")], [("KT-T", (0, 1))]),
        ([document(MONTHLY), report("Công tác tháng 11", kind="KẾ HOẠCH", name="kh.docx")], [("KT-T", (0,))]),
        ([document(MONTHLY), document("Kèm bản Word.", "ghi chu.txt", kind="text")], [("KT-T", (0, 1))]),
        ([document(MONTHLY), document("Administrator", "~$bc.docx")], [("KT-T", (0,))]),
        ([document(MONTHLY), document("BEGIN:VCARD\nEND:VCARD", "vanthu.vcf", kind="text")], [("KT-T", (0,))]),
        ([document(MONTHLY), document("V/v gửi báo cáo tình hình", "Cong van.docx")], [("KT-T", (0, 1))]),
        ([document("", "bc.zip"), document(MONTHLY, inside="bc.zip")], [("KT-T", (1,))]),
        ([document("Kính chuyển", "thu.eml"), document(MONTHLY, inside="thu.eml")], [("KT-T", (1,))]),
        ([document(MONTHLY), document(TRAFFIC, "121.docx")], [("KT-T", (0,)), ("TDKT-T", (1,))]),
        (
            [document(MONTHLY), document(TRAFFIC, "121.docx"), document(TABLE, "Biểu TĐKT.xlsx")],
            [("KT-T", (0,)), ("TDKT-T", (1, 2))],
        ),
        (
            [document(MONTHLY), document(TRAFFIC, "121.docx"), document(TABLE, "120 phụ lục.xlsx")],
            [("KT-T", (0, 2)), ("TDKT-T", (1,))],
        ),
        (
            [document(MONTHLY), document(TRAFFIC, "121.docx"), document(TABLE, "Biểu.xlsx")],
            [("KT-T", (0,)), ("TDKT-T", (1, 2))],
        ),
        (
            [document(MONTHLY), document(TRAFFIC, "121.docx"), document("Phụ lục", "Phụ lục.docx")],
            [("KT-T", (0,)), ("TDKT-T", (1,))],
        ),
    ],
)  # fmt: skip
def test_each_document_goes_to_the_report_it_belongs_to(documents, expected) -> None:
    found = matched(mail("", "", *documents))
    assert [(one.report_type, one.documents) for one in found.bookings] == expected, found.reason


def test_what_the_mail_says_of_one_report_says_nothing_of_the_other() -> None:
    text = "Huyện gửi 02 báo cáo:\n1. KTXH tháng 10\n2. TĐKT tháng 9 (gửi muộn, mong Văn phòng thông cảm)"
    september = TRAFFIC.replace("tháng 10 năm", "tháng 9 năm")
    found = matched(mail("Gửi 02 báo cáo", text, document(MONTHLY), document(september, "121.docx")))
    assert [(one.report_type, one.period) for one in found.bookings] == [("KT-T", "2023-10"), ("TDKT-T", "2023-09")]


def test_pictures_within_the_text_and_their_like_are_no_documents() -> None:
    logo = document("", "logo.jpg", attachment=1, outcome="unsupported")
    reading = mail("", "", document(MONTHLY), logo)
    inline = (reading.message.attachments[0], Attachment("logo.jpg", "image/jpeg", 9, "1", inline=True))
    found = matched(replace(reading, message=replace(reading.message, attachments=inline)))
    assert [one.documents for one in found.bookings] == [(0,)]


def test_a_forwarded_mail_that_is_a_report_itself_speaks_for_itself() -> None:
    nested = document(MONTHLY, "bao cao.eml")
    assert booked(matched(mail("", "", nested))) == OCTOBER


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("", "120", "120/BC-UBND"),
        ("Gửi Báo cáo số 99/BC-UBND thay thế Báo cáo số 80/BC-UBND", "120", "120/BC-UBND"),
        ("Gửi Báo cáo số 99/BC-UBND", "     ", None),
    ],
)
def test_the_number_is_that_of_the_documents_own_head(text, number, expected) -> None:
    paper_text = paper("Tình hình kinh tế - xã hội tháng 10 năm 2023", number=number)
    (booking,) = matched(mail("", text, document(paper_text))).bookings
    assert booking.number == expected


def test_a_head_without_a_place_for_the_number_leaves_it_to_the_mail() -> None:
    text = "ỦY BAN NHÂN DÂN\nHUYỆN TÂN HÒA\nBÁO CÁO\nTình hình kinh tế - xã hội tháng 10 năm 2023\n"
    (booking,) = matched(mail("", "Gửi Báo cáo số 99/BC-UBND", document(text))).bookings
    assert booking.number == "99/BC-UBND"


def test_two_numbers_for_one_report_are_no_number() -> None:
    other = paper("Tình hình kinh tế - xã hội tháng 10 năm 2023", number="125")
    (booking,) = matched(mail("", "", document(MONTHLY), document(other, "b.docx"))).bookings
    assert booking.number is None


@pytest.mark.parametrize(
    ("subject", "documents", "expected"),
    [
        ("BC KTXH tháng 10/2023", [document(HEADED, "bc.docx")], ["KT-T"]),
        ("BC KTXH tháng 10/2023", [document(HEADED, "bc.docx"), document(TABLE, "Biểu.xlsx")], ["KT-T"]),
        ("BC thực hiện CV 88", [document("Kết quả thực hiện Công văn số 88/UBND-TH", "bc.docx")], ["CV88"]),
        ("BC KTXH tháng 10/2023", [document(NOTES, "BC KTXH T10.docx")], []),
        ("BC KTXH tháng 10/2023", [document(".`. — “ % ..", "BC KTXH T10.pdf")], []),
        ("BC giao ban tuần 42", [document("Báo cáo giao ban tuần 42 năm 2023\nNội dung", "bc.docx")], ["GB-W"]),
        ("BC KTXH tháng 10/2023", [document("Chỉ tiêu", "Biểu KTXH T10.xlsx")], ["KT-T"]),
        ("Fwd: BC KTXH tháng 10/2023", [document(NOTES, "BC KTXH T10.docx")], []),
        (
            "BC KTXH tháng 10/2023",
            [document("", "thu.eml"), document(NOTES, "BC KTXH T10.docx", inside="thu.eml")],
            [],
        ),
        ("BC KTXH tháng 10/2023", [scan("BC KTXH T10.pdf")], []),
        ("BC KTXH tháng 10/2023", [document(HEADED, "bc.docx"), scan("scan0002.pdf")], []),
        ("BC KTXH tháng 10/2023", [document(HEADED, "BC KTXH T9.docx")], []),
        ("BC KTXH tháng 10/2023", [document(HEADED, "BC TDKT T10.docx")], []),
        ("BC KTXH tháng 10/2023", [document(HEADED, "Phu luc KTXH T10 dan cu.docx")], []),
        (
            "BC KTXH tháng 10/2023",
            [document(HEADED, "bc.docx"), report("Họp", kind="GIẤY MỜI", name="m.docx")],
            [],
        ),
        ("BC KTXH tháng 10/2023", [document("Báo cáo kinh tế - xã hội", "BC KTXH.docx")], []),
        ("BC KTXH người dân tộc tháng 10/2023", [document(HEADED, "bc.docx")], []),
        ("BC KTXH", [document(NOTES, "BC KTXH T10.docx")], []),
        ("", [document(HEADED, "bc.docx")], []),
        ("BC KTXH tháng 10/2023", [document("Chỉ tiêu", "Biểu.xlsx")], []),
        ("BC KTXH tháng 10/2023", [document("MZ", "a.bin", kind="unknown")], []),
    ],
)
def test_what_has_no_head_is_booked_only_where_subject_and_first_lines_agree(subject, documents, expected) -> None:
    found = matched(mail(subject, "", *documents))
    assert [one.report_type for one in found.bookings] == expected, found.reason
    assert bool(found.reason) != bool(expected)


def test_nothing_is_booked_against_what_the_text_of_the_mail_says() -> None:
    found = matched(mail("BC KTXH tháng 10/2023", "Gửi báo cáo tháng 9/2023", document(HEADED, "bc.docx")))
    assert "same period" in found.reason


@pytest.mark.parametrize(
    ("subject", "rows", "expected"),
    [
        ("Báo cáo dịch bệnh truyền nhiễm tuần 42", "Bệnh\tMắc\nCúm A\t30", ["DICH-W"]),
        (
            "Báo cáo dịch bệnh truyền nhiễm tuần",
            "DỊCH BỆNH TRUYỀN NHIỄM TUẦN 42 (16/10 - 22/10/2023)\nBệnh\tMắc",
            ["DICH-W"],
        ),
        ("Báo cáo dịch bệnh truyền nhiễm tuần 42", "CÔNG TÁC DÂN VẬN\nBệnh\tMắc", []),
        ("Báo cáo dịch bệnh truyền nhiễm tuần 42", "Đơn vị: Trung tâm Y tế Bàu Cũ\nBệnh\tMắc", []),
        ("Báo cáo dịch bệnh truyền nhiễm tuần 42", "SỞ Y TẾ\nĐơn vị tính: ca bệnh\nBệnh\tMắc", ["DICH-W"]),
        ("Báo cáo dịch bệnh truyền nhiễm tuần 42", "CÔNG TÁC THI ĐUA, KHEN THƯỞNG\nBệnh\tMắc", []),
        ("Báo cáo dịch bệnh truyền nhiễm tuần", "Bệnh\tMắc\nCúm A\t30", []),
        ("Báo cáo dịch bệnh truyền nhiễm tuần", "DỊCH BỆNH TRUYỀN NHIỄM GIA CẦM TUẦN 42/2023\nBệnh\tMắc", []),
        ("Báo cáo dịch bệnh truyền nhiễm tuần 42", "DỊCH BỆNH TRUYỀN NHIỄM TUẦN 42 NĂM 2022\nBệnh\tMắc", []),
        ("Báo cáo dịch bệnh truyền nhiễm tuần 42", "DỊCH BỆNH TRUYỀN NHIỄM TUẦN 41\nBệnh\tMắc", []),
    ],
)
def test_a_table_is_what_the_subject_says_where_the_type_asks_for_nothing_else(subject, rows, expected) -> None:
    found = matched(mail(subject, "", document(rows, "so lieu.xlsx"), sender="syt@tinh.example"))
    assert [one.report_type for one in found.bookings] == expected, found.reason


def test_a_table_with_a_heading_is_a_report_where_nothing_else_is() -> None:
    text = "BÁO CÁO TÌNH HÌNH DỊCH BỆNH TRUYỀN NHIỄM TUẦN 42\nTừ ngày 16/10/2023 đến ngày 22/10/2023\nTT\tBệnh"
    found = matched(mail("BC dịch tuần 42", "Gửi báo cáo", document(text, "so lieu.xlsx"), sender="syt@tinh.example"))
    assert booked(found) == [("SYT", "DICH-W", "2023-W42")]


TODAY = [("HTANHOA", "TRUC-D", "2023-10-16")]
DAILY = "UBND huyện báo cáo trực ban ngày 16/10/2023: an ninh trật tự trên địa bàn ổn định, không có vụ việc."


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        ("Báo cáo trực ban ngày 16/10/2023", DAILY, TODAY),
        ("Báo cáo trực ban ngày 16/10", "Trực ban ngày 16/10: không có vụ việc. Do mất mạng nên gửi chậm.", TODAY),
        ("Báo cáo trực ban ngày 16/10", "Không có vụ việc phát sinh.", TODAY),
        ("Báo cáo trực ban", "Tình hình an ninh trật tự ngày 16/10/2023 ổn định, không có vụ việc.", TODAY),
        ("Báo cáo trực ban", "Ngày 16/10/2023: không có vụ việc phát sinh trên địa bàn huyện.", TODAY),
        ("", "BÁO CÁO TRỰC BAN NGÀY 16/10/2023\n\n1. Cháy, nổ: không xảy ra.", TODAY),
        (
            "Re: [BC-ABC123] Nhắc",
            "BÁO CÁO TRỰC BAN NGÀY 16/10/2023\n\nKhông có vụ việc.",
            [("HTANHOA", "TRUC-D", "2023-10-16")],
        ),
        (
            "Báo cáo giao ban tuần 42 (từ 16/10 đến 22/10/2023)",
            "1. Đã thẩm định mười hồ sơ thiết kế, kiểm tra bốn công trình.\n2. Tuần tới: họp giao ban khối.",
            [("HTANHOA", "GB-W", "2023-W42")],
        ),
    ],
)  # fmt: skip
def test_the_text_of_the_mail_is_the_report_where_the_type_allows_it(subject, text, expected) -> None:
    found = matched(mail(subject, text))
    assert booked(found) == expected, found.reason
    assert [one.documents for one in found.bookings] == [()]


@pytest.mark.parametrize(
    ("why", "subject", "text"),
    [
        ("enclosure", "Báo cáo trực ban ngày 16/10/2023", "Gửi báo cáo trực ban (đính kèm)."),
        ("is not the report", "Báo cáo trực ban ngày 16/10/2023", "Kính gửi Văn phòng,\nGửi báo cáo.\nTrân trọng"),
        ("only announces", "Báo cáo trực ban ngày 16/10/2023", "Huyện sẽ gửi báo cáo trước 17 giờ."),
        ("asks or answers", "Báo cáo trực ban ngày 16/10/2023", "Văn phòng đã nhận được báo cáo của huyện chưa ạ?"),
        ("is not the report", "Báo cáo trực ban ngày 16/10/2023", "Gửi báo cáo trực ban ngày 16/10. Trân trọng."),
        ("asks a question", "Báo cáo trực ban ngày 16/10/2023", "Hạn là mấy giờ?"),
        ("later deadline", "BC trực ban", "Xin gia hạn báo cáo trực ban đến ngày mai."),
        ("names no registered", "Re: Nhắc báo cáo trực ban ngày 16/10/2023", "Ổn định, không có vụ việc phát sinh."),
        (
            "different reports or periods",
            "BC trực ban ngày 15/10/2023",
            "BÁO CÁO TRỰC BAN NGÀY 16/10/2023\n\nKhông có vụ việc.",
        ),
        ("different reports", "BC giao ban tuần 42", "BÁO CÁO TRỰC BAN NGÀY 16/10/2023\n\nKhông có vụ việc."),
        ("different reports", "BC giao ban", "BÁO CÁO TRỰC BAN NGÀY 16/10/2023\n\nKhông có vụ việc."),
        ("not surely", "Báo cáo trực ban", "Tình hình ổn định, không có vụ việc."),
        ("not surely", "Báo cáo trực ban", "Ngày 15/10/2023 ổn định.\nNgày 16/10/2023 không có vụ việc phát sinh."),
        ("not surely", "Báo cáo trực ban", "Theo ý kiến tại cuộc họp ngày 16/10/2023, huyện không có vụ việc."),
        ("not surely", "Báo cáo trực ban", "Tình hình sau trận mưa ngày 12/10/2023: không có vụ việc phát sinh."),
        ("not surely", "Báo cáo giao ban", "Tồn tại từ tuần 40 đã khắc phục xong, không phát sinh việc mới nào."),
        ("asks or answers", "Báo cáo trực ban ngày 16/10/2023", "Nhờ anh chị chỉ giúp mẫu báo cáo trực ban mới nhất."),
        ("not surely", "Tổ chức trực ban lễ ngày 16/10/2023", "Tổ một trực ngày, tổ hai trực đêm tại trụ sở ủy ban."),
        (
            "carries no document",
            "Báo cáo KTXH tháng 10/2023",
            "Kinh tế tăng trưởng khá, thu ngân sách đạt kế hoạch năm.",
        ),
        ("cannot be right", "Báo cáo trực ban ngày 16/10/2022", "Tình hình ổn định, không có vụ việc."),
        (
            "does not owe",
            "Báo cáo dịch bệnh truyền nhiễm tuần 42",
            "Trong tuần có bảy ca sốt xuất huyết, không tử vong.",
        ),
        ("may be a draft", "Dự thảo báo cáo trực ban ngày 16/10/2023", DAILY),
        ("same period", "Re: BC trực ban ngày 15/10", "BÁO CÁO TRỰC BAN NGÀY 16/10/2023\n\nKhông có vụ việc."),
        ("invites", "Giao ban tuần 42", "Kính mời lãnh đạo các sở dự họp giao ban tuần 42 vào 8 giờ thứ Hai."),
        ("only announces", "Giao ban tuần 42", "Đơn vị chưa có số liệu giao ban tuần 42."),
        ("speaks for", "Giao ban tuần 42", "Đã thẩm định mười hồ sơ thiết kế, kiểm tra bốn công trình.\nSở Tài chính"),
        ("different reports or", "Báo cáo trực ban ngày 16/10/2023", DAILY.replace("16/10", "15/10")),
    ],
)  # fmt: skip
def test_a_mail_that_only_speaks_of_a_report_is_none(why, subject, text) -> None:
    found = matched(mail(subject, text))
    assert booked(found) == []
    assert why in found.reason


@pytest.mark.parametrize(
    ("title", "dated"),
    [
        ("Tình hình kinh tế - xã hội tháng 10", "ngày    tháng 10 năm 2023"),
        ("Tình hình kinh tế - xã hội tháng 10 năm 2023", "ngày 15 tháng 10 năm 2033"),
        ("Tình hình kinh tế - xã hội tháng 10", "ngày tháng năm"),
    ],
)
def test_a_date_that_is_blank_or_cannot_be_does_not_matter_beside_a_clear_period(title, dated) -> None:
    assert booked(matched(mail("", "", report(title, dated=dated)))) == OCTOBER


def test_quoted_text_does_not_count() -> None:
    quoted = "> BÁO CÁO TRỰC BAN NGÀY 16/10/2023\n> Không có vụ việc."
    assert booked(matched(mail("Re: trực ban", quoted, own_text="Đã nhận."))) == []


REMINDER = Reply("HTANHOA", (("KT-T", "2023-10"),))
UNDATED = paper("Tình hình kinh tế - xã hội", body="Trong tháng 10 năm 2023, huyện đạt các chỉ tiêu kinh tế - xã hội.")


@pytest.mark.parametrize(
    ("sender", "reply", "expected"),
    [
        ("tanhoa@tinh.example", Reply("LU"), []),
        ("tanhoa@tinh.example", Reply("HTANHOA", (("LU", "LU-2023-10"),)), [("HTANHOA", "LU", "LU-2023-10")]),
        ("tanhoa@tinh.example", Reply("STC", (("LU", "LU-2023-10"),)), []),
        ("tanhoa@tinh.example", Reply("HTANHOA", (("LU", "LU-1"), ("LU", "LU-2"))), []),
    ],
)
def test_the_period_of_a_report_on_request_comes_with_the_request(sender, reply, expected) -> None:
    text = "BÁO CÁO NHANH\nTình hình mưa lũ\n\nMưa to trên địa bàn huyện, ngập ba thôn, không có thiệt hại về người."
    found = matched(mail("Báo cáo nhanh tình hình mưa lũ", text, sender=sender), replies=(reply,))
    assert booked(found) == expected, found.reason


def test_a_reply_gives_the_period_that_a_title_leaves_out() -> None:
    assert booked(matched(mail("Re: Nhắc", "", document(UNDATED)), replies=(REMINDER,))) == OCTOBER


@pytest.mark.parametrize("told", [("GONE", "2023-10"), ("KT-T", "2023-Q4"), ("KT-T", "2023-10-16")])
def test_a_notice_about_what_the_registry_no_longer_knows_says_nothing(told) -> None:
    found = matched(mail("Re: Nhắc", "", document(UNDATED)), replies=(Reply("HTANHOA", (told,)),))
    assert booked(found) == []


def test_a_reply_never_overrides_what_the_document_says() -> None:
    september = paper("Tình hình kinh tế - xã hội tháng 9 năm 2023", dated="ngày 15 tháng 9 năm 2023")
    found = matched(mail("Re: Nhắc", "", document(september)), replies=(REMINDER,))
    assert booked(found) == [("HTANHOA", "KT-T", "2023-09")]


def test_the_mail_settles_what_the_title_leaves_open_if_the_text_bears_it_out() -> None:
    assert booked(matched(mail("BC KTXH tháng 10/2023", "", document(UNDATED)))) == OCTOBER
    bare = paper("tháng 10 năm 2023", body="Tình hình kinh tế - xã hội ổn định.")
    assert booked(matched(mail("BC KTXH tháng 10/2023", "", document(bare)))) == OCTOBER


@pytest.mark.parametrize(
    ("subject", "title", "expected"),
    [
        ("BC giao ban tuần 41", "Kết quả công tác tuần 41 và chương trình công tác tuần 42", ["GB-W"]),
        ("BC giao ban tuần 41", "Kết quả công tác tuần 40 và chương trình công tác tuần 41", []),
        ("BC giao ban tuần 41", "Kết quả giám sát các dự án tuần 41", []),
        ("BC TĐKT tháng 9", "Kết quả công tác tháng 9", []),
        ("", "Kết quả công tác tuần 41 và chương trình công tác tuần 42", []),
        ("BC PCCC quý III", "Công tác phòng cháy, chống và chữa cháy quý III năm 2023", ["PCCC-Q"]),
        ("", "Công tác phòng cháy, chống và chữa cháy quý III năm 2023", []),
        ("BC PCCC quý III", "Công tác PCCC giai đoạn 2021 - 2025", []),
        ("BC PCCC quý III", "Tổng kết 05 năm thực hiện công tác PCCC", []),
        ("BC PCCC quý III", "Công tác PCCC 5 năm 2018-2023", []),
        ("BC PCCC quý III", "Công tác PCCC tháng 9 năm 2023", []),
        ("BC PCCC quý III", "Dự toán kinh phí cho công tác PCCC", []),
        ("BC PCCC quý III", "Công tác PCCC", ["PCCC-Q"]),
        ("BC thực hiện CV 88", "Báo cáo công tác tháng 9", []),
        ("Re: [BC-ABC123] Nhắc 02 báo cáo sắp đến hạn ở các ngày tới", "Công tác PCCC quý III năm 2023", ["PCCC-Q"]),
        ("BC PCCC quý III", "Công tác kiểm tra phòng cháy, chống và chữa cháy quý III năm 2023", []),
    ],
)
def test_a_title_that_nearly_says_which_report_it_is_needs_the_mail_to_say_so(subject, title, expected) -> None:
    found = matched(mail(subject, "", report(title)))
    assert [one.report_type for one in found.bookings] == expected


@pytest.mark.parametrize(
    ("alias", "title", "expected"),
    [
        ("báo cáo tuần", "Kết quả công tác tuần 41 và chương trình công tác tuần 42", ["GB-W"]),
        ("báo cáo tuần", "Kết quả công tác các tuần trong tháng 9", []),
        ("báo cáo tuần", "Kết quả giám sát các dự án tuần 41", []),
        ("giao ban tuần", "Kết quả công tác tuần 41 và chương trình công tác tuần 42", []),
    ],
)
def test_a_title_of_a_period_alone_is_the_only_report_that_goes_by_that_name(alias, title, expected) -> None:
    weekly = ReportType(
        code="GB-W", name="Báo cáo giao ban tuần", aliases=[alias], frequency="weekly", due="fri", groups=["huyen"]
    )
    directory = Directory(DIRECTORY.agencies.values(), chain(*DIRECTORY.contacts.values()), [weekly])
    found = match(mail("", "", report(title)), directory, RECEIVED, ZONE, ())
    assert [one.report_type for one in found.bookings] == expected


@pytest.mark.parametrize(
    "title",
    [
        "Tình hình thực hiện nhiệm vụ phát triển KT-XH, đảm bảo QP-AN tháng 10 và nhiệm vụ tháng 11/2023",
        "Công tác chỉ đạo điều hành của UBND huyện, tình hình kinh tế - xã hội tháng 10 năm 2023; nhiệm vụ tháng 11",
        "Kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội tháng 10 năm 2023 trên địa bàn huyện Tân Hòa",
        "Tình hình kinh tế - xã hội huyện Tân Hòa tháng 10 và 10 tháng đầu năm 2023, phương hướng tháng 11 năm 2023",
        "TÌNH HÌNH KINH TẾ - XÃ HỘI THÁNG 10, NHIỆM VỤ THÁNG 11 NĂM 2023",
        "Tình hình kinh tế - xã hội tháng mười năm 2023 (thay thế Báo cáo số 99/BC-UBND ngày 13/10/2023)",
        "Tình hình kinh tế - xã hội tháng 10 năm 2023, kế hoạch tháng 11",
        "Tình hình kinh tế - xã hội tháng 10 năm 2023 so với tháng 10 năm 2022",
        "Tình hình kinh tế - xã hội tháng 10 năm 2023 (từ ngày 15/9 đến ngày 14/10/2023)",
        "Tình hình kinh tế - xã hội tháng 10 năm 2023, ước thực hiện năm 2023",
        "Tình hình kinh tế - xã hội tỉnh Bình Hà tháng 10 năm 2023 (số liệu chính thức)",
    ],
)
def test_what_titles_add_out_of_habit_does_not_matter(title) -> None:
    found = matched(mail("", "", report(title)))
    assert booked(found) == OCTOBER, found.reason


@pytest.mark.parametrize(
    "subject",
    [
        "BC T10",
        "[KHẨN] Báo cáo KTXH tháng 10 - Tân Hòa",
        "Fw: V/v báo cáo tình hình KT-XH tháng 10 năm 2023",
        "Báo cáo kinh tế xã hội tháng 10 (gửi lại lần 2)",
        "Kính gửi VP UBND tỉnh",
        "Re: [BC-ABC123] Nhắc gửi báo cáo KT-XH tháng 10/2023",
        "Báo cáo số 120/BC-UBND ngày 15/10/2023",
        "Gửi Sở Tài chính, Công an tỉnh, VP UBND tỉnh BC KTXH tháng 10",
        "Báo cáo KTXH tháng 10 theo Công văn số 12/STC-TH ngày 02/10/2023 của Sở Tài chính",
        "Báo cáo tháng 10/2023 (KT-XH, TĐKT)",
        "BC KTXH tháng 1\u200b0/2023",
        "BC KTXH tại huyện Tân Hòa Đông... à nhầm, Tân Hòa tháng 10",
    ],
)
def test_what_subjects_say_out_of_habit_does_not_matter(subject) -> None:
    found = matched(mail(subject, "Kính gửi anh,\nEm gửi BC ạ", document(MONTHLY)))
    assert booked(found) == OCTOBER, found.reason


def test_a_subject_that_is_clear_vouches_for_a_title_that_adds_another_matter() -> None:
    text = paper("Công tác phòng cháy, chữa cháy và cứu nạn, cứu hộ quý III năm 2023")
    assert booked(matched(mail("BC PCCC quý III/2023", "", document(text)))) == [("HTANHOA", "PCCC-Q", "2023-Q3")]
    assert "says more" in matched(mail("BC PCCC, cứu nạn quý III/2023", "", document(text))).reason
    rural = paper("Tình hình kinh tế - xã hội vùng sâu, vùng xa tháng 10 năm 2023")
    assert "says more" in matched(mail("BC KTXH tháng 10/2023", "", document(rural))).reason


def test_a_table_says_for_whom_it_is() -> None:
    text = "Đơn vị báo cáo: Sở Y tế\nBÁO CÁO TUẦN 42\nTT\tBệnh\tMắc"
    table = document(text, "BC dich tuan 42.xlsx")
    assert booked(matched(mail("BC dịch tuần 42", "", table, sender="syt@tinh.example"))) == [
        ("SYT", "DICH-W", "2023-W42")
    ]
    assert "Sở Y tế" in matched(mail("BC dịch tuần 42", "", table, sender="stc@tinh.example")).reason


def test_the_first_line_of_a_table_says_for_whom_it_is() -> None:
    text = "SỞ TÀI CHÍNH\nTÌNH HÌNH DỊCH BỆNH TRUYỀN NHIỄM TUẦN 42 NĂM 2023\nSởi\t0"
    found = matched(mail("BC dịch tuần 42", "", document(text, "dich.xlsx"), sender="syt@tinh.example"))
    assert "SỞ TÀI CHÍNH" in found.reason


def test_a_table_sent_later_belongs_to_its_report() -> None:
    table = document("Tổng hợp\nKỳ: tháng 10/2023", "Biểu TĐKT T10.xlsx")
    assert booked(matched(mail("Gửi biểu TĐKT tháng 10/2023", "", table))) == [("HTANHOA", "TDKT-T", "2023-10")]


def test_the_number_that_a_mail_says_it_sends_speaks_for_its_agency() -> None:
    found = matched(mail("", "Kính gửi VP UBND tỉnh báo cáo số 12/BC-STC", document(MONTHLY)))
    assert "12/BC-STC" in found.reason


def test_no_length_of_a_mail_costs_time() -> None:
    endless = document("BÁO CÁO\n" + "kinh tế - xã hội tháng 10 ngày 3/10 " * 20_000, "a.pdf" * 4000)
    assert booked(matched(mail("tháng 10 " * 20_000, "gửi " * 50_000, endless))) == []


def test_the_day_of_receipt_is_the_offices_day() -> None:
    just_after_midnight = datetime.fromisoformat("2023-12-31T17:30:00+00:00")
    text = paper("Tình hình kinh tế - xã hội tháng 12", dated="ngày 31 tháng 12 năm 2023")
    found = matched(mail("", "", document(text)), just_after_midnight.astimezone(ZONE))
    assert booked(found) == [("HTANHOA", "KT-T", "2023-12")]


def test_every_booking_says_on_what_it_rests() -> None:
    found = matched(mail("", "", document(MONTHLY)))
    assert found.evidence == (
        "sender tanhoa@tinh.example is registered for HTANHOA",
        'letterhead "ỦY BAN NHÂN DÂN / HUYỆN TÂN HÒA" names HTANHOA',
    )
    assert found.bookings[0].evidence == (
        'title "Tình hình kinh tế - xã hội tháng 10, nhiệm vụ trọng tâm tháng 11 năm 2023" names KT-T for 2023-10',
    )


@pytest.mark.parametrize(
    ("subject", "text", "documents", "expected"),
    [
        ("BC thi đua khen thửơng", "", [], ["TDKT-T"]),
        ("Xin gia hạn báo cáo giao ban", "", [], ["GB-W"]),
        ("", "", [], [None]),
    ],
)
def test_suggestions_come_near_to_what_was_meant(subject, text, documents, expected) -> None:
    found = matched(mail(subject, text, *documents))
    assert [one.report_type for one in found.suggestions][: len(expected)] == expected
    assert found.suggestions[0].agency == "HTANHOA"


def test_there_are_never_more_than_five_suggestions() -> None:
    documents = [report("Kinh tế - xã hội", "STC"), report("Công tác PCCC", "SYT", name="b.docx")]
    assert len(matched(mail("BC TĐKT, giao ban, trực ban", "", *documents)).suggestions) == 5
