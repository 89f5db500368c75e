"""One past stretch played again: what really left would leave, and nothing of it is sent or stored."""

from collections import namedtuple

import pytest
from builders import at, mail, monthly_report
from workplace import workplace

from intake.notices import NOTICES
from intake.office.decisions import Decision, waive
from intake.office.simulating import begins_at, simulate
from intake.rendering.picture import mails_by_day
from intake.rules.deadlines.calendar import WorkingDays

BEGAN = "2026-11-01 08:00"
Played = namedtuple("Played", "office before found after")

# The stretch is played, and played again, but once.
pytestmark = pytest.mark.xdist_group("simulation")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    with workplace(folder, f"sqlite:///{folder / 'intake.db'}", BEGAN) as office:
        office.work(BEGAN)
        files = {"BC.docx": monthly_report("Sở Tài chính", "214/BC-STC", 11)}
        report = mail("stc@tinh.example", "Báo cáo KT-XH tháng 11/2026", "Gửi.", at("2026-11-16 09:00"), files=files)
        for moment in ("2026-11-15 00:00", "2026-11-16 09:01", "2026-11-18 00:00", "2026-11-19 00:00"):
            if moment == "2026-11-16 09:01":
                office.receive(report)
                office.move_to(moment)
                waive(office.desk, Decision("SYT", "KTXH-T", "2026-11", "chuyên viên", "bão"))
            office.work(moment)
        office.move_to("2026-12-01 08:00")
        yield office


@pytest.fixture(scope="module")
def played(office):
    before = what_there_is(office)
    first, last, days = at("2026-11-14 00:00"), at("2026-11-20 00:00"), []
    found = simulate(office.desk, first, last, lambda: days.append(len(days)))
    assert len(days) - 1 <= (last - begins_at(office.desk, first)).days <= len(days)
    return Played(office, before, found, what_there_is(office))


def what_there_is(office):
    return len(office.sent()), office.standing("XHOABINH", "KTXH-T", "2026-11")


def about_november(found):
    return sorted((one.notice, one.to) for one in found if ("KTXH-T", "2026-11") in one.about)


def test_every_mail_that_left_leaves_again_at_its_moment(played):
    really = {(notice, to) for notice in ("reminder", "overdue", "escalation")
              for to in played.office.told(notice, "KTXH-T", "2026-11")}  # fmt: skip
    assert {to for _, to in about_november(played.found)} == {to for _, to in really}
    assert [(one.at, one.to) for one in played.found if one.notice == "acknowledgment"] == [
        (at("2026-11-16 09:00"), "stc@tinh.example")
    ]


def test_what_the_office_decided_then_is_decided_again(played):
    assert [one for one in about_november(played.found) if "syt" in one[1] and one[0] != "reminder"] == []


def test_the_days_report_on_an_urgent_matter_is_asked_for_as_it_would_have_been(tmp_path):
    steps = [{"at": "-1h", "notice": "reminder", "to": ["submitter"]}]
    tables = {
        "policies": {"standard": {"steps": steps}, "urgent": {"steps": steps}},
        "incidents": {"fire_explosion": {"keywords": ["cháy rừng"], "follow_up": "daily 17:00"}},
    }
    body = "Hồi 13 giờ ngày 16/11, xảy ra cháy rừng tại tiểu khu 215, xã Hòa Bình."
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", BEGAN, **tables) as office:
        office.work(BEGAN)
        office.receive(mail("xhoabinh@tinh.example", "Báo cáo nhanh vụ cháy rừng", body, at("2026-11-16 14:00")))
        office.work("2026-11-16 14:01")
        found = simulate(office.desk, at("2026-11-16 00:00"), at("2026-11-18 00:00"))
    assert [(one.at, one.to) for one in found if one.notice == "incident_request"] == [
        (at("2026-11-17 16:00"), "xhoabinh@tinh.example")
    ]


def test_nothing_is_sent_or_stored(played):
    assert played.after == played.before


def test_the_picture_shows_a_bar_a_day_and_the_total_of_each_kind_and_escapes_its_title():
    day = at("2026-11-16 00:00").date()
    drawn = mails_by_day("A & B", {day: {"reminder": 3, "share": 1}}, day, day, WorkingDays().nature_of)
    assert drawn.count("#4c78a8") == 2
    assert "A &amp; B" in drawn
    assert ">Nhắc 3<" in drawn
    assert ">4 thư<" in drawn


def test_the_picture_names_the_holidays_and_says_how_many_mails_left_on_days_of_rest():
    first, tet, last = (at(f"2026-{day} 00:00").date() for day in ("02-01", "02-17", "02-28"))
    drawn = mails_by_day("Tháng 2", {tet: {"share": 2}}, first, last, WorkingDays().nature_of)
    assert drawn.count(">Tết Nguyên Đán<") == 1
    assert "các ngày nghỉ: 2<" in drawn


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_picture_has_a_word_for_every_kind_of_mail_that_a_simulation_may_send(language):
    day = at("2026-11-16 00:00").date()
    everything = {day: dict.fromkeys(set(NOTICES) - {"daily_digest", "admin_alert"}, 1)}
    drawn = mails_by_day("", everything, day, day, WorkingDays().nature_of, language)
    assert [name for name in everything[day] if f">{name} 1<" in drawn] == []
