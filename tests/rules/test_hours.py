"""By when something is asked for, as officers write it."""

import pytest
from builders import ZONE, at

from intake.rules.deadlines.hours import deadline_in

NOW = at("2026-11-05 14:00")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("trước 17h", "2026-11-05 17:00"),
        ("truoc 17h", "2026-11-05 17:00"),
        ("trước 17 giờ 30 phút hôm nay", "2026-11-05 17:30"),
        ("17h30 ngày 5/11", "2026-11-05 17:30"),
        ("trước 17h 06/11", "2026-11-06 17:00"),
        ("trước 17h00' ngày 06/11", "2026-11-06 17:00"),
        ("chậm nhất 17h ngày 05 tháng 11 năm 2026", "2026-11-05 17:00"),
        ("trong 2 giờ", "2026-11-05 16:00"),
        ("trong vòng 90 phút", "2026-11-05 15:30"),
        ("sau hai tiếng nữa", "2026-11-05 16:00"),
        ("trong 3 ngày", "2026-11-08 14:00"),
        ("trước 8h sáng mai", "2026-11-06 08:00"),
        ("8h sáng mai", "2026-11-06 08:00"),
        ("trước 5h chiều nay", "2026-11-05 17:00"),
        ("8h tối", "2026-11-05 20:00"),
        ("17h chiều", "2026-11-05 17:00"),
        ("trước 9h ngày mai", "2026-11-06 09:00"),
        ("ngày 6/11 lúc 8h", "2026-11-06 08:00"),
        ("trước 24h", "2026-11-06 00:00"),
        ("hạn: 17:00", "2026-11-05 17:00"),
        ("trước ngày 7/11", "2026-11-07 00:00"),
        ("chậm nhất ngày 7/11", "2026-11-08 00:00"),
        ("trong ngày 7/11/2026.", "2026-11-08 00:00"),
        ("trước 17h ngày 3/1", "2027-01-03 17:00"),
        ("cháy rừng lúc 13h tại xã X, trước 17h", "2026-11-05 17:00"),
        ("cháy rừng lúc 13h tại xã X, 17h", "2026-11-05 17:00"),
        ("vụ cháy 2h sáng nay, trước 16h", "2026-11-05 16:00"),
    ],
)
def test_a_deadline_is_read_as_it_is_meant(text, wanted):
    found = deadline_in(text, NOW, ZONE)
    assert (found.at, found.problem) == (at(wanted), "")


@pytest.mark.parametrize(
    "text", ["", "cháy rừng", "cháy rừng lúc 13h tại xã X", "Công văn số 17/UBND", "15 nhà bị cháy"]
)
def test_what_gives_no_deadline_has_none(text):
    assert deadline_in(text, NOW, ZONE) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("sáng mai", "unclear_time"),
        ("trước chiều nay", "unclear_time"),
        ("cuối giờ chiều", "unclear_time"),
        ("trước ngày mai", "unclear_time"),
        ("càng sớm càng tốt", "unclear_time"),
        ("trước 31/2", "unclear_time"),
        ("trước 17h ngày 31/2", "unclear_time"),
        ("trước 17h sáng mai", "unclear_time"),
        ("trước 9h ngày kia", "unclear_time"),
        ("trước 17h hoặc trước 18h", "unclear_time"),
        ("trước 17h, cháy ngày 4/11", "unclear_time"),
        ("trước 17h ngày 1/10", "unclear_time"),
        ("trước 10h", "past_time"),
        ("trước 17h ngày 3/11/2026", "past_time"),
    ],
)
def test_nothing_is_guessed_of_a_deadline(text, problem):
    found = deadline_in(text, NOW, ZONE)
    assert (found.at, found.problem) == (None, problem)
