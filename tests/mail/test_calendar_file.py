"""The deadlines as an iCalendar file, read back by a parser that is not ours."""

from datetime import date, datetime, timedelta

from builders import at
from icalendar import Calendar

from intake.mail.calendar_file import Event, calendar_file

NOW = at("2026-11-15 08:00")
LONG = "Báo cáo tình hình kinh tế - xã hội; quốc phòng, an ninh \\ và các nội dung khác của tháng 11/2026 " * 3
WHOLE_DAY = Event("STC/KTXH-T/2026-11@tinh.example", LONG, date(2026, 11, 17), "Sở Tài chính")
TIMED = Event("STC/CCHC-Q/2026-Q4@tinh.example", "Báo cáo", at("2026-12-16 17:00"))


def events(raw: bytes):
    return list(Calendar.from_ical(raw).walk("VEVENT"))


def test_another_parser_reads_what_was_written():
    whole_day, timed = events(calendar_file([WHOLE_DAY, TIMED], NOW))
    assert str(whole_day["SUMMARY"]) == LONG
    assert str(whole_day["DESCRIPTION"]) == "Sở Tài chính"
    assert whole_day["DTSTART"].dt == date(2026, 11, 17)
    assert whole_day["DTEND"].dt == date(2026, 11, 18)
    assert timed["DTSTART"].dt == at("2026-12-16 17:00")
    assert (str(timed["UID"]), "DESCRIPTION" in timed) == (TIMED.uid, False)


def test_lines_end_in_crlf_and_none_is_longer_than_75_octets():
    raw = calendar_file([WHOLE_DAY], NOW)
    lines = raw.split(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)


def test_a_later_file_replaces_an_earlier_one_under_the_same_uid():
    first, second = (events(calendar_file([TIMED], moment))[0] for moment in (NOW, NOW + timedelta(hours=1)))
    assert first["UID"] == second["UID"]
    assert int(first["SEQUENCE"]) < int(second["SEQUENCE"])


def test_nothing_in_a_name_can_become_a_property_of_its_own():
    [event] = events(calendar_file([Event("a@b", "x\r\nATTACH:file:///etc/passwd\x07", datetime.now(NOW.tzinfo))], NOW))
    assert "ATTACH" not in event
