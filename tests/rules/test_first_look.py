"""Which waiting mails are read before the others."""

import pytest

from intake.rules.urgent.first_look import looks_urgent

KEYWORDS = ("cháy", "mưa lũ", "vượt biên")


@pytest.mark.parametrize(
    "subject",
    [
        "HOẢ TỐC: Báo cáo nhanh số 1", "Hoa toc - lu quet", "[KHẨN] ngập khu phố 2", "V/v báo cáo nhanh tình hình",
        "BCN số 3", "gap gap", "cháy nhà dân thôn 5", "Fwd: Chay quan karaoke", "Re: vượt biên",
        "Tính đến 6 giờ sáng nay", "sat lo o thon 3", "học sinh nghi ngộ độc", "", "   ",
    ],
)  # fmt: skip
def test_what_may_be_urgent_is_read_first(subject):
    assert looks_urgent(subject, "", KEYWORDS)


@pytest.mark.parametrize("importance", ["high", "High", "urgent", "1", "1 (Highest)", " 2 (High)"])
def test_what_its_sender_calls_important_is_read_first(importance):
    assert looks_urgent("Báo cáo tháng 10", importance)


@pytest.mark.parametrize("importance", ["", "normal", "low", "3", "5 (Lowest)"])
@pytest.mark.parametrize("subject", ["Báo cáo KT-XH tháng 10", "BC CCHC quý III", "Kế hoạch tuần"])
def test_ordinary_mail_waits_its_turn(subject, importance):
    assert not looks_urgent(subject, importance, ("vượt biên",))
