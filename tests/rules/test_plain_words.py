"""The facts of a quick report that are read first, and reports that nothing happened."""

import pytest
from triage_mails import document, mail

from intake.rules.urgent.plain_words import FACTS_CHARS, facts_told, latest_facts, says_nothing_happened


@pytest.mark.parametrize(
    "text",
    [
        "Không phát sinh.",
        "Trong ngày trên địa bàn xã không có vụ việc phát sinh.\nNgười trực: Ksor Thanh",
        "Báo cáo trực ban ngày 05/11/2026, tính đến 17 giờ 00: địa bàn không phát sinh vụ việc. ĐT: 0269 000 1234",
        "Kinh gui VP. Trong ngay khong phat sinh vu viec.",
        "UBND xã báo cáo (số 12/BC-UBND): tuần 45 chưa phát sinh trường hợp nào.",
    ],
)
def test_a_short_mail_that_says_so_is_a_nil_report(text):
    assert says_nothing_happened(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sở gửi báo cáo tháng 10.",
        "Có 01 nhà tốc mái; không phát sinh thương vong.",
        "Tổng số 3 nhà tốc mái, không phát sinh thương vong.",
        "Nước lên chậm, không phát sinh thêm điểm sạt lở.",
        "Không phát sinh vụ việc. Tuy nhiên có một hộ phải di dời.",
        "Không phát sinh. " + "Tình hình ổn định. " * 30,
    ],
)
def test_whatever_tells_of_something_is_none(text):
    assert not says_nothing_happened(text)


def test_people_come_before_figures_and_figures_before_the_rest():
    text = (
        "Kính gửi: Văn phòng UBND tỉnh\nBÁO CÁO NHANH SỐ 1\nTình hình mưa lũ trên địa bàn xã (tính đến 21 giờ 30)\n\n"
        "Lúc 19 giờ lũ tràn vào thôn. Lực lượng tại chỗ đã được huy động đầy đủ và đang tiếp tục bám sát các điểm xung "
        "yếu, giữ thông tin liên lạc thông suốt với ban chỉ huy của huyện và các xã lân cận trong suốt "
        "đêm nay, sẵn sàng phương tiện cứu hộ. "
        "Ngập 37 nhà, cuốn trôi 01 cầu tạm. Chưa có thiệt hại về người.\nTrân trọng báo cáo.\nTrực: H'Ngân"
    )
    assert (
        latest_facts(text)
        == "Lúc 19 giờ lũ tràn vào thôn. Ngập 37 nhà, cuốn trôi 01 cầu tạm. Chưa có thiệt hại về người."
    )


def test_lines_that_a_mail_program_broke_are_one_sentence():
    text = (
        "Mưa lớn kéo dài từ đêm qua đã làm sạt lở tuyến đường liên xã tại km 12,\n"
        "Ủy ban nhân dân xã đã bố trí người gác,\ncấm xe tải qua lại."
    )
    assert latest_facts(text) == " ".join(text.split())


def test_a_sentence_without_end_is_cut_at_a_word():
    said = latest_facts("Mưa " * 200 + "lớn.")
    assert said.endswith("Mưa…")
    assert len(said) <= FACTS_CHARS + 1


@pytest.mark.parametrize("text", ["", "BÁO CÁO NHANH", "Xin cảm ơn"])
def test_where_nothing_is_told_nothing_is_said(text):
    assert latest_facts(text) == ""


def test_a_long_line_without_a_full_stop_is_a_sentence_too():
    text = "Cháy kho hàng tại thị trấn từ 14 giờ đã được khống chế"
    assert latest_facts(text) == text


def test_what_is_told_first_is_the_mails_own_or_what_its_document_tells():
    paper = document("BÁO CÁO\nVụ cháy chợ\nĐêm qua cháy chợ, 02 người bị thương.")
    assert facts_told(mail("", "Kính gửi VP.\n\nGửi báo cáo", paper)) == [
        "Kính gửi VP.", "Gửi báo cáo", "Đêm qua cháy chợ, 02 người bị thương.",
    ]  # fmt: skip
    assert facts_told(mail("", "Đêm qua cháy chợ.", paper, document())) == ["Đêm qua cháy chợ."]
    assert len(facts_told(mail("", "Gửi VP. UBND huyện gửi báo cáo kèm theo.", paper))) == 2
