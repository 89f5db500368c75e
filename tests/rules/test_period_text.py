from datetime import date

import pytest

from intake.rules.language.period_keys import meaning
from intake.rules.language.period_text import period_mentions


def keys(text: str, frequency: str, on: date) -> tuple[str, ...]:
    return meaning(period_mentions(text), frequency, on).keys


@pytest.mark.parametrize(
    ("text", "frequency", "on", "expected"),
    [
        ("tháng 9, nhiệm vụ, giải pháp trọng tâm tháng 10 năm 2019", "monthly", date(2019, 9, 16), "2019-09"),
        ("tháng 9 và phương hướng, nhiệm vụ tháng 10 năm 2019", "monthly", date(2019, 9, 16), "2019-09"),
        ("Kết quả thực hiện nhiệm vụ tháng 9 năm 2019", "monthly", date(2019, 9, 16), "2019-09"),
        ("tình hình thực hiện kế hoạch tháng 9/2019", "monthly", date(2019, 9, 16), "2019-09"),
        ("tháng 12, nhiệm vụ trọng tâm tháng 01 năm 2020", "monthly", date(2019, 12, 16), "2019-12"),
        ("tháng 5 và 5 tháng năm 2017; nhiệm vụ tháng 6/2017", "monthly", date(2017, 5, 20), "2017-05"),
        ("tháng 10 và phương hướng nhiệm vụ 2 tháng cuối năm 2019", "monthly", date(2019, 10, 15), "2019-10"),
        ("BC KTXH T9.2019", "monthly", date(2019, 9, 16), "2019-09"),
        ("BC TTATGT T10-2019", "monthly", date(2019, 10, 16), "2019-10"),
        ("BC T.10", "monthly", date(2019, 10, 16), "2019-10"),
        ("bao cao thang 10", "monthly", date(2019, 10, 16), "2019-10"),
        ("BÁO CÁO THÁNG 02/2026", "monthly", date(2026, 2, 24), "2026-02"),
        ("BC KTXH 10-2019", "monthly", date(2019, 10, 16), "2019-10"),
        ("BC KTXH tháng 10/19", "monthly", date(2019, 10, 16), "2019-10"),
        ("tháng mười một năm 2019", "monthly", date(2019, 11, 16), "2019-11"),
        ("tháng năm năm 2019", "monthly", date(2019, 5, 20), "2019-05"),
        (
            "ngày 18/10/2026 (từ 17 giờ 00 ngày 17/10 đến 16 giờ 30 ngày 18/10/2026)",
            "daily",
            date(2026, 10, 18),
            "2026-10-18",
        ),
        ("BC truc ban 4/11", "daily", date(2019, 11, 4), "2019-11-04"),
        ("tháng mười hai", "monthly", date(2020, 1, 3), "2019-12"),
        ("tháng 12", "monthly", date(2020, 1, 3), "2019-12"),
        ("tháng 12 và cả năm 2019", "monthly", date(2020, 1, 3), "2019-12"),
        ("tháng 10 của UBND huyện năm 2019", "monthly", date(2019, 10, 16), "2019-10"),
        ("Tha\u0301ng 10 na\u0306m 2019", "monthly", date(2019, 10, 16), "2019-10"),
        ("quý II/2009", "quarterly", date(2009, 6, 20), "2009-Q2"),
        ("quý III, phương hướng nhiệm vụ quý IV năm 2019", "quarterly", date(2019, 9, 17), "2019-Q3"),
        ("bao cao quy 3", "quarterly", date(2019, 9, 17), "2019-Q3"),
        ("BC QUÝ lll NĂM 2019", "quarterly", date(2019, 9, 17), "2019-Q3"),
        ("quý 1V/2019", "quarterly", date(2019, 12, 17), "2019-Q4"),
        ("quý I|I năm 2019", "quarterly", date(2019, 9, 17), "2019-Q3"),
        ("Văn phòng nhận giúp báo cáo quý I!", "quarterly", date(2019, 3, 17), "2019-Q1"),
        ("Văn phòng nhận giúp báo cáo quý I!!", "quarterly", date(2019, 3, 17), "2019-Q1"),
        ("quý I", "quarterly", date(2019, 3, 17), "2019-Q1"),
        ("quý ba năm 2019", "quarterly", date(2019, 9, 17), "2019-Q3"),
        ("quý tư", "quarterly", date(2020, 1, 3), "2019-Q4"),
        ("BC Q3.2019", "quarterly", date(2019, 9, 17), "2019-Q3"),
        ("quý IV và năm 2019", "quarterly", date(2019, 12, 17), "2019-Q4"),
        ("quý IV và năm 2019", "yearly", date(2019, 12, 17), "2019"),
        ("sáu tháng đầu năm và nhiệm vụ 6 tháng cuối năm 2026", "half_yearly", date(2026, 6, 19), "2026-H1"),
        ("6 tháng đầu năm năm 2016", "half_yearly", date(2016, 6, 19), "2016-H1"),
        ("KTXH 6T đầu năm 2020", "half_yearly", date(2020, 6, 19), "2020-H1"),
        ("6 tháng cuối năm 2019, phương hướng 6 tháng đầu năm 2020", "half_yearly", date(2020, 1, 3), "2019-H2"),
        ("6 tháng", "half_yearly", date(2020, 6, 18), "2020-H1"),
        ("6 tháng", "half_yearly", date(2020, 1, 3), "2019-H2"),
        ("9 tháng đầu năm, nhiệm vụ 3 tháng cuối năm 2019", "nine_monthly", date(2019, 9, 17), "2019-9M"),
        ("sơ kết tháng 8 và triển khai nhiệm vụ tháng 9/2019", "monthly", date(2019, 8, 13), "2019-08"),
        ("tháng 8/2019 và một số nhiệm vụ chủ yếu tháng 9/2019", "monthly", date(2019, 8, 13), "2019-08"),
        ("tháng Một năm 2020", "monthly", date(2020, 1, 20), "2020-01"),
        ("đến hết tháng 8 năm 2019", "monthly", date(2019, 9, 3), "2019-08"),
        ("quí III", "quarterly", date(2019, 9, 17), "2019-Q3"),
        ("quý thứ ba năm 2019", "quarterly", date(2019, 9, 17), "2019-Q3"),
        ("nửa đầu năm 2019", "half_yearly", date(2019, 6, 17), "2019-H1"),
        ("09T/2019", "nine_monthly", date(2019, 9, 17), "2019-9M"),
        ("giải ngân kế hoạch vốn đầu tư công tháng 8/2019", "monthly", date(2019, 8, 13), "2019-08"),
        ("kết quả phân bổ kế hoạch đầu tư tháng 8/2019", "monthly", date(2019, 8, 13), "2019-08"),
        ("Báo cáo quy III", "quarterly", date(2019, 9, 17), "2019-Q3"),
        ("Báo cáo quy 3/2019", "quarterly", date(2019, 9, 17), "2019-Q3"),
        ("9T/2019", "nine_monthly", date(2019, 9, 17), "2019-9M"),
        ("chín tháng đầu năm", "nine_monthly", date(2019, 9, 17), "2019-9M"),
        ("năm 2019 và phương hướng, nhiệm vụ năm 2020", "yearly", date(2019, 12, 17), "2019"),
        ("năm 2019, nhiệm vụ năm 2020", "yearly", date(2019, 12, 17), "2019"),
        ("cả năm", "yearly", date(2020, 1, 3), "2019"),
        ("12 tháng năm 2019", "yearly", date(2019, 12, 20), "2019"),
        ("tuần 44 (28/10 - 03/11/2019)", "weekly", date(2019, 10, 31), "2019-W44"),
        ("tuần từ 28/10 đến 03/11/2019", "weekly", date(2019, 11, 1), "2019-W44"),
        ("tuần (từ ngày 28 đến ngày 31/10/2019)", "weekly", date(2019, 11, 1), "2019-W44"),
        ("tuần từ 28 đến 31 tháng 10 năm 2019", "weekly", date(2019, 11, 1), "2019-W44"),
        ("tuần từ 30/12 đến 05/01/2020", "weekly", date(2020, 1, 2), "2020-W01"),
        ("tuần 52", "weekly", date(2020, 1, 2), "2019-W52"),
        ("TUẦN 44 NĂM 2019", "weekly", date(2019, 10, 31), "2019-W44"),
        ("ngày 03/11/2019", "daily", date(2019, 11, 3), "2019-11-03"),
        ("ngày 3 tháng 11 năm 2019", "daily", date(2019, 11, 3), "2019-11-03"),
        ("ngày 05 tháng11 năm 2019", "daily", date(2019, 11, 5), "2019-11-05"),
        ("ngày 31/12", "daily", date(2020, 1, 1), "2019-12-31"),
        ("trực ban 03-11-2019", "daily", date(2019, 11, 3), "2019-11-03"),
        ("ngày 3 tháng Mười Một năm 2019", "daily", date(2019, 11, 3), "2019-11-03"),
        ("tháng XI năm 2019", "monthly", date(2019, 11, 16), "2019-11"),
        ("tháng IX/2019", "monthly", date(2019, 9, 16), "2019-09"),
        ("tháng 10, ước thực hiện cả năm 2019", "monthly", date(2019, 10, 16), "2019-10"),
        ("tháng 10, ước tháng 11 và cả năm 2019", "monthly", date(2019, 10, 16), "2019-10"),
        ("tháng 10 so với năm 2018", "monthly", date(2019, 10, 16), "2019-10"),
        ("tháng 10 (phục vụ kỳ họp tháng 12 năm 2019)", "monthly", date(2019, 10, 16), "2019-10"),
        ("họp thường kỳ tháng 10/2019", "monthly", date(2019, 10, 16), "2019-10"),
        ("trật tự tháng 10/2019", "monthly", date(2019, 10, 16), "2019-10"),
        ("vốn đầu tư tháng 10/2019", "monthly", date(2019, 10, 16), "2019-10"),
        ("Tổ chức ba quy năm 2019", "yearly", date(2019, 12, 16), "2019"),
        ("BC T10, PHNV T11", "monthly", date(2019, 10, 16), "2019-10"),
        ("Báo cáo tháng 10 + KH tháng 11", "monthly", date(2019, 10, 16), "2019-10"),
        ("Sở KH tháng 10", "monthly", date(2019, 10, 16), "2019-10"),
        ("KTXH 2019-10", "monthly", date(2019, 10, 16), "2019-10"),
        ("KTXH 102019", "monthly", date(2019, 10, 16), "2019-10"),
        ("KTXH 201910", "monthly", date(2019, 10, 16), "2019-10"),
        ("KTXH th.10", "monthly", date(2019, 10, 16), "2019-10"),
        ("Đề án 06 tháng 10 năm 2019", "monthly", date(2019, 10, 16), "2019-10"),
        ("Biểu 02 tháng 10 năm 2019", "monthly", date(2019, 10, 16), "2019-10"),
    ],
)
def test_the_period_that_is_reported_on_is_read(text, frequency, on, expected) -> None:
    assert keys(text, frequency, on) == (expected,)


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("9 tháng đầu năm 2019", "monthly"),
        ("ngày 9 tháng 10 năm 2019", "monthly"),
        ("lũy kế 10 tháng đầu năm 2019", "monthly"),
        ("trong 5 tháng đầu năm", "monthly"),
        ("từ đầu năm đến hết tháng 10 năm 2019", "monthly"),
        ("3 tháng cuối năm 2019", "quarterly"),
        ("9 tháng cuối năm 2019", "nine_monthly"),
        ("Kế hoạch công tác tháng 10/2019", "monthly"),
        ("Phương hướng, nhiệm vụ quý III", "quarterly"),
        ("Quỹ 3 năm 2019", "quarterly"),
        ("Quy chế 3 năm 2019", "quarterly"),
        ("theo quy 3 bước của tỉnh ủy", "quarterly"),
        ("Chiến thắng 10", "monthly"),
        ("bà Tuấn 44", "weekly"),
        ("nông nghiệp Việt Nam 2019", "yearly"),
        ("viet nam 2019", "yearly"),
        ("thực hiện Công văn số 10/UBND-TH ngày 4/10/2019", "daily"),
        ("tính đến 17 giờ 00, ngày 04/10/2019", "daily"),
        ("Scan_20191016_0012", "daily"),
        ("Đội Tuần tra 4", "weekly"),
        ("ngày mai", "daily"),
        ("Báo cáo của tỉnh Hà Nam 2019", "yearly"),
        ("Báo cáo sau tháng cao điểm", "half_yearly"),
        ("Quý | Năm | Số liệu", "quarterly"),
        ("Gửi quý !", "quarterly"),
        ("quý I|", "quarterly"),
        ("Kèm theo Báo cáo số: /BC-UBND ngày tháng năm 2019", "monthly"),
        ("5 năm 2021 - 2025", "yearly"),
        ("giai đoạn từ năm 2021 đến năm 2025", "yearly"),
        ("03 năm thực hiện Nghị quyết", "yearly"),
        ("họp mỗi tháng một lần", "monthly"),
        ("sơ kết một năm thực hiện Kế hoạch", "yearly"),
        ("T13", "monthly"),
        ("tháng trước đó", "monthly"),
        ("Th 2, ngày 14", "monthly"),
        ("số liệu tháng 9 đã báo cáo tại Báo cáo số 90", "monthly"),
        ("9 tháng 10 năm 2019", "monthly"),
        ("tháng 1O", "monthly"),
        ("tháng 13 năm 2019", "yearly"),
        ("quý 5/2019", "monthly"),
        ("3 quý năm 2019", "yearly"),
        ("ba quy dau nam 2019", "yearly"),
        ("những tháng cuối năm 2019", "yearly"),
        ("đầu năm 2019", "yearly"),
        ("6 tháng đầu năm học 2018-2019", "half_yearly"),
        ("tháng 9, 27", "weekly"),
    ],
)
def test_what_only_looks_like_a_period_is_none(text, frequency) -> None:
    found = meaning(period_mentions(text), frequency, date(2019, 10, 16))
    assert (found.keys, found.doubtful) == ((), ())


@pytest.mark.parametrize(
    ("text", "frequency", "doubtful"),
    [
        ("tháng 10 năm 2018", "monthly", "tháng 10 năm 2018"),
        ("tháng 10, nhiệm vụ tháng 11 năm 2018", "monthly", "tháng 10"),
        ("tháng 10 năm 2033", "monthly", "tháng 10 năm 2033"),
        ("tháng 11", "monthly", "tháng 11"),
        ("quý IV năm 2019", "quarterly", "quý IV năm 2019"),
        ("6 tháng", "half_yearly", "6 tháng"),
        ("tuần 2 tháng 10/2019", "weekly", "tuần 2 tháng 10/2019"),
        ("tuần thứ hai tháng 10", "weekly", "tuần thứ hai tháng 10"),
        ("tuần 54 năm 2019", "weekly", "tuần 54 năm 2019"),
        ("tuần (10/10 - 16/10/2019)", "weekly", "(10/10 - 16/10/2019"),
        ("tuần từ 14/10 đến 15/10/2019", "weekly", "từ 14/10 đến 15/10/2019"),
        ("tuần từ 31/9 đến 6/10/2019", "weekly", "từ 31/9 đến 6/10/2019"),
        ("ngày 31/9/2019", "daily", "ngày 31/9/2019"),
        ("năm 2020", "yearly", "năm 2020"),
        ("ngày 16/9/2019", "daily", "ngày 16/9/2019"),
        ("tháng 13 năm 2019", "monthly", "tháng 13 năm 2019"),
        ("tháng 00/2019", "monthly", "tháng 00/2019"),
        ("tháng 9 đầu năm 2019", "monthly", "tháng 9"),
        ("từ tháng 9/2019", "monthly", "từ tháng 9/2019"),
        ("tháng trước", "monthly", "tháng trước"),
        ("quý 5 năm 2019", "quarterly", "quý 5 năm 2019"),
        ("quý V/2019", "quarterly", "quý V/2019"),
        ("ngày 15, 16/10/2019", "daily", "15, 16/10/2019"),
        ("ngày 15 và ngày 16/10/2019", "daily", "15 và ngày 16/10/2019"),
    ],
)
def test_a_period_that_cannot_be_believed_is_doubtful(text, frequency, doubtful) -> None:
    found = meaning(period_mentions(text), frequency, date(2019, 10, 16))
    assert (found.keys, found.doubtful) == ((), (doubtful,))
    assert found.certain is None


@pytest.mark.parametrize(
    ("text", "frequency", "day", "expected"),
    [
        ("tháng 10 năm 2019", "monthly", date(2019, 10, 4), ()),
        ("tháng 10 năm 2019", "monthly", date(2019, 10, 7), ("2019-10",)),
        ("năm 2019", "yearly", date(2019, 10, 4), ()),
        ("năm 2019", "yearly", date(2019, 10, 20), ("2019",)),
    ],
)
def test_nothing_is_reported_for_a_period_that_has_hardly_begun(text, frequency, day, expected) -> None:
    assert keys(text, frequency, day) == expected


def test_several_periods_are_all_told() -> None:
    assert keys("kinh tế - xã hội 3 tháng 7, 8 và 9 năm 2019", "monthly", date(2019, 10, 16)) == (
        "2019-07",
        "2019-08",
        "2019-09",
    )
    assert keys("tuần 40, 41", "weekly", date(2019, 10, 16)) == ("2019-W40", "2019-W41")
    assert keys("tháng 9, 10 năm 2019", "monthly", date(2019, 10, 16)) == ("2019-09", "2019-10")
    assert meaning(period_mentions("tháng 9 và 10/2019"), "monthly", date(2019, 10, 16)).certain is None


def test_a_mention_says_where_it_stands_and_how_it_is_written() -> None:
    text = "Báo cáo Tháng 10 năm 2019 và nhiệm vụ tháng 11"
    first, second = period_mentions(text)
    assert (text[first.start : first.end], first.words, first.planned) == ("Tháng 10 năm 2019",) * 2 + (False,)
    assert (second.words, second.planned, second.year) == ("tháng 11", True, None)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("quý III, phương hướng năm 2020", [2019, 2020]),
        ("tháng 12, tháng 01 năm 2020", [2019, 2020]),
        ("tuần 44, nhiệm vụ tháng 11 năm 2019", [None, 2019]),
        ("ngày 3/10 và năm 2019", [2019, 2019]),
        ("cả năm, nhiệm vụ năm 2020", [None, 2020]),
    ],
)
def test_a_year_is_that_of_the_period_behind_or_the_one_before(text, years) -> None:
    assert [one.year for one in period_mentions(text)] == years
