"""Harm that is being done raises an alarm, whatever the matter is called; what is planned or printed does not."""

from datetime import date

import pytest
from triage_mails import document, mail

from intake.rules.urgent.alarm import alarm_in, alarm_of
from intake.rules.urgent.said import Said

DAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Về đàn ong", "Chiều nay đàn ong túa xuống sân trường, 4 em sưng phù, thở rít, đang đưa đi bệnh viện."),
        ("", "Sáng nay bồn chứa ở xưởng cá bục van, 6 công nhân gục tại chỗ, chưa ai dám vô."),
        ("re: lich cong tac", "thang may vua dut cap rot tu tang 5, trong do 7 nguoi, dang cay cua chua duoc"),
        ("báo cáo", "Sập giàn giáo, 9 công nhân bị vùi lấp, 2 người không qua khỏi."),
        (
            "Đoàn thám hiểm",
            "18 em vào hang hôm qua, sáng nay không ai ra, điện thoại không đổ chuông, đội cứu hộ chưa vào được.",
        ),
    ],
)
def test_harm_that_is_being_done_raises_an_alarm_whatever_it_is_called(subject, text):
    assert alarm_in(subject, text, DAY).is_raised


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Nghỉ phép", "Hôm nay em bị sốt, xin nghỉ 2 ngày, nhờ chị trực thay."),
        ("Kịch bản diễn tập", "Lúc 8h bồn chứa nổ, 6 công nhân bị thương, 2 người mắc kẹt, lửa đang lan."),
        ("Báo cáo 6 tháng", "Sáng nay tổng kết: 12 vụ cháy, 3 người chết, lũy kế 40 vụ, giảm so với cùng kỳ."),
        ("Đi lạc", "Tối qua cụ Lành đi lạc, sáng nay đã tìm thấy khỏe mạnh, đưa về gia đình."),
        ("Họp", "Sáng nay họp giao ban lúc 9h."),
        ("Ngập", "Các làng có ngập."),
    ],
)
def test_what_is_made_up_counted_over_a_period_or_harmless_raises_none(subject, text):
    assert not alarm_in(subject, text, DAY).is_raised


def test_only_what_is_not_over_is_loud():
    burning = "Sáng nay cháy chợ, 3 người chết, nhiều người mắc kẹt, đề nghị chi viện gấp."
    assert not alarm_in("", burning, DAY).is_loud
    assert alarm_in("", f"{burning} Lửa đang lan, chưa vào được.", DAY).is_loud


def test_a_document_raises_an_alarm_only_for_what_it_dates():
    undated = "9 công nhân bị vùi lấp, 2 người tử vong."
    assert alarm_in("", undated, DAY).is_raised
    assert not alarm_in("", undated, DAY, is_own=False).is_raised


def test_the_loudest_of_the_mail_and_its_documents_counts():
    told = document("Sáng nay bồn chứa bục van, 6 công nhân bị thương, 2 người mắc kẹt.")
    assert not alarm_of(Said(mail("báo cáo", "Gửi VP."), DAY)).is_raised
    assert alarm_of(Said(mail("báo cáo", "Gửi VP.", told, document("")), DAY)).is_raised
