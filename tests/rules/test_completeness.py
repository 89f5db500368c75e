import pytest
from triage_mails import document, mail

from intake.rules.papers.completeness import check, combine, is_recall, is_replacement
from intake.rules.verdicts import Completeness

PDF = document(kind="pdf")
SIGNED = document(kind="pdf", signature="intact")


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("pdf", PDF),
        ("pdf", document(kind="pdf", outcome="empty")),
        ("signed_pdf", SIGNED),
        ("signed_pdf", document(kind="pdf", signature="trusted")),
        ("docx", document(kind="docx")),
        ("xlsx", document(kind="xlsx")),
        *(("document", document(kind=kind)) for kind in ("pdf", "docx", "doc", "odt", "rtf")),
        ("document", document(kind="pdf", outcome="empty")),
        ("document", document(kind="pdf", outcome="too_large")),
        *(("table", document(kind=kind)) for kind in ("xlsx", "xls", "ods", "csv")),
        ("xlsx:B1!C8", document(kind="xlsx", filled={"xlsx:B1!C8": True})),
        ("docx:Kiến nghị", document(kind="docx", filled={"docx:Kiến nghị": True})),
    ],
)
def test_a_document_fulfils_the_word_that_asks_for_it(word, one):
    assert check([word], [one], None, "") == Completeness((word,), ())


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("pdf", document(kind="docx")),
        ("pdf", document(kind="pdf", outcome="broken")),
        ("pdf", document(kind="pdf", outcome="encrypted")),
        ("pdf", document(kind="pdf", outcome="unsupported")),
        ("signed_pdf", PDF),
        ("signed_pdf", document(kind="pdf", signature="broken")),
        ("signed_pdf", document(kind="docx", signature="intact")),
        ("docx", document(kind="doc")),
        ("xlsx", document(kind="xls")),
        ("document", document(kind="xlsx")),
        ("document", document(kind="image")),
        ("table", document(kind="docx")),
        ("table", document(kind="xlsx", outcome="empty")),
        ("xlsx:B1!C8", document(kind="xlsx", filled={"xlsx:B1!C8": False})),
        ("xlsx:B1!C8", document(kind="xlsx")),
        ("xlsx:B1!C8", document(kind="xlsx", outcome="broken", filled={"xlsx:B1!C8": True})),
    ],
)
def test_a_document_of_another_kind_or_state_leaves_the_word_missing(word, one):
    assert check([word], [one], None, "") == Completeness((), (word,))


def test_a_file_of_no_bytes_is_no_document():
    from dataclasses import replace

    assert check(["pdf"], [replace(PDF, size=0)], None, "").missing == ("pdf",)


def test_one_filled_sheet_is_enough_among_several():
    empty = document(kind="xlsx", filled={"xlsx:B1!C8": False})
    filled = document(kind="xlsx", filled={"xlsx:B1!C8": True})
    assert check(["xlsx:B1!C8"], [empty, filled], None, "").missing == ()


@pytest.mark.parametrize(("number", "missing"), [("12/BC-UBND", ()), (None, ("number",)), ("", ("number",))])
def test_a_number_is_there_when_it_can_be_read(number, missing):
    assert check(["number"], [], number, "").missing == missing


@pytest.mark.parametrize(("body", "missing"), [("Trong ngày ổn định", ()), ("", ("body",)), (" \n--\n", ("body",))])
def test_a_body_is_there_when_it_says_anything(body, missing):
    assert check(["body"], [], None, body).missing == missing


def test_the_words_keep_the_registrys_order():
    found = check(["table", "number", "pdf", "docx"], [PDF], "1/BC-X", "")
    assert found == Completeness(("number", "pdf"), ("table", "docx"))


def test_nothing_required_is_always_complete():
    assert check([], [], None, "") == Completeness((), ())


def test_a_later_mail_that_brings_the_rest_completes_the_report():
    assert combine(("document",), Completeness(("table",), ("document",))) == Completeness(("table", "document"), ())


def test_what_neither_mail_brought_is_still_missing():
    now = Completeness((), ("document", "table", "number"))
    assert combine(("document",), now) == Completeness(("document",), ("table", "number"))


def test_what_is_no_longer_required_does_not_come_back():
    assert combine(("xlsx",), Completeness(("pdf",), ())) == Completeness(("pdf",), ())


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Báo cáo KT-XH tháng 10 (bản sửa)", ""),
        ("Gửi lại báo cáo quý III", ""),
        ("GUI LAI BC QUY 3", ""),
        ("BC tháng 10 - cập nhật", ""),
        ("BC tháng 10 (đã sửa)", ""),
        ("Thay thế BC tháng 10", ""),
        ("Báo cáo tháng 10", "Báo cáo này thay thế Báo cáo số 239/BC-SNV."),
        ("Báo cáo tháng 10", "Sở gửi văn bản đính chính số liệu."),
    ],
)
def test_a_mail_that_brings_an_amended_version_says_so(subject, text):
    assert is_replacement(mail(subject, text))


def test_a_file_name_can_say_that_it_is_the_amended_version():
    assert is_replacement(mail("Báo cáo tháng 10", "", document(name="BC_thang_10_ban_sua.docx")))


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Báo cáo tháng 10", "Sở tiếp tục cập nhật số liệu hằng ngày."),
        ("Báo cáo thi hành Luật sửa đổi, bổ sung năm 2026", ""),
        ("Báo cáo tháng 10", "Đề xuất thay thế thiết bị cũ"),
        ("", ""),
    ],
)
def test_words_of_change_in_the_topic_are_no_amended_version(subject, text):
    assert not is_replacement(mail(subject, text))


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Thu hồi báo cáo số 12/BC-UBND", ""),
        ("V/v thu hồi văn bản", ""),
        ("BC tháng 10", "Xin thu hồi thư vừa gửi nhầm."),
        ("Thu hoi bao cao thang 10", ""),
        ("BC tháng 10", "Sở gửi nhầm báo cáo kèm theo, đề nghị Văn phòng hủy, không tổng hợp."),
        ("BC tháng 10", "Báo cáo này chưa đúng, đề nghị huỷ."),
    ],
)
def test_a_mail_that_takes_back_a_report_says_so(subject, text):
    assert is_recall(mail(subject, text))


@pytest.mark.parametrize("subject", ["Báo cáo thu hồi đất quý III", "Đề nghị thu hồi đất", "Báo cáo tháng 10"])
def test_taking_back_land_is_no_recall(subject):
    assert not is_recall(mail(subject))


def test_who_cancels_what_was_sent_before_and_sends_the_right_one_takes_nothing_back():
    assert not is_recall(mail("Gửi lại BC tháng 10", "Đề nghị hủy bản gửi sáng nay, đây là bản đúng."))
