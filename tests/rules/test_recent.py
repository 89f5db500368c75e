"""When a sentence plays, seen from the day on which its mail was received."""

from datetime import date

import pytest

from intake.rules.language.phrases import clauses
from intake.rules.urgent.recent import moment

DAY = date(2026, 1, 2)


def moment_of(text):
    [clause] = clauses(text)
    return moment(clause, DAY)


@pytest.mark.parametrize(
    "text",
    [
        "Hồi 14 giờ 30 phút ngày 02/01/2026 xảy ra cháy", "Đêm 31/12 nước lên", "Sáng 1/1 phát hiện", "Lúc 9h30 cháy",
        "Đêm qua có lũ", "Tu sang nay dan keo len xa", "Từ 30/12 đến nay heo chết", "Rạng sáng bắt 5 đối tượng",
        "ngày 1 tháng 1 năm 2026 lúc 8 giờ", "Hôm 31/12/2025 đi hái măng",
    ],
)  # fmt: skip
def test_what_has_just_happened_is_recent(text):
    assert moment_of(text) == "recent"


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 20/12/2025 xảy ra cháy", "Kính mời dự họp lúc 8h30", "Dự kiến 15h chiều nay thông xe",
        "Họp lúc 8 giờ ngày 10/01/2026", "Từ chiều mai có mưa", "Ngày 3/12 cháy chợ",
    ],
)  # fmt: skip
def test_what_is_to_come_or_days_past_is_of_another_day(text):
    assert moment_of(text) == "another day"


@pytest.mark.parametrize("text", ["Vụ sạt lở năm 2024", "Lúc 2h ngày 12/3/2018 cháy chợ", "Ngày 20/9/2025 xảy ra lũ"])
def test_a_year_that_is_over_is_past(text):
    assert moment_of(text) == "past"


def test_the_same_day_of_the_year_before_may_be_a_slip_of_the_pen():
    assert moment_of("Hồi 14 giờ ngày 01/01/2025 xảy ra cháy") == "another day"


@pytest.mark.parametrize(
    "text",
    [
        "Cháy chợ", "Vụ sạt lở năm 2025", "Đak Mơ, ngày 02 tháng 01 năm 2026", "Ngày 31/02 cháy chợ",
        "Thi tốt nghiệp môn Văn, tỷ lệ 45/60",
    ],
)  # fmt: skip
def test_some_sentences_name_no_time(text):
    assert moment_of(text) == ""
