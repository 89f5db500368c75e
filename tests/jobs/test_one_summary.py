"""The monthly summary: once a month and recipient, all agencies to the leaders, to each agency its own page."""

import pytest
from builders import at, mail, registry
from workplace import workplace

from intake.model import OFFICE, Contact
from intake.office.decisions import Decision, extend, receive, waive
from intake.office.registry_loading import load_registry
from intake.office.statistics import as_lines, statistics

BEGAN = "2026-10-25 08:00"
SENT = "2026-12-05 08:00"


@pytest.fixture
def office(tmp_path):
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", BEGAN) as office:
        known = registry()
        known.contacts.append(
            Contact(agency_code=OFFICE, email="lanhdao@vp.tinh.example", role="leader", name="Lãnh đạo")
        )
        load_registry(office.desk, known)
        office.work(BEGAN)
        yield office


def received(office, agency, period, on, report_type="KTXH-T"):
    office.move_to(on)
    receive(office.desk, Decision(agency, report_type, period, "chuyên viên", "bản giấy"), office.desk.now)


def november(office):
    day = office.desk.now.date()
    found = statistics(office.desk, day.replace(month=11, day=1), day.replace(month=11, day=30))
    return {line["agency"]: line for line in as_lines(found, "agency")}


def text_of(letter):
    return " ".join(letter.get_body(("plain",)).get_content().split())


def test_each_leader_and_each_agency_gets_one_summary_of_the_month_before(office):
    for moment in ("2026-12-05 07:59", SENT, "2026-12-05 08:01", "2026-12-20 08:00"):
        office.work(moment)
    sent = office.sent("compliance_summary")
    assert len(sent) == 5
    assert sorted(str(one["To"]).partition("<")[2].rstrip(">") for one in sent) == [
        "lanhdao@vp.tinh.example", "stc@tinh.example", "syt@tinh.example",
        "xhoabinh@tinh.example", "xphutho@tinh.example",
    ]  # fmt: skip


def test_nothing_leaves_before_its_day(office):
    office.work("2026-12-05 07:59")
    assert office.sent("compliance_summary") == []


def test_a_summary_that_was_slept_through_follows(office):
    office.work("2026-12-20 08:00")
    assert {"từ ngày 01/11/2026" in text_of(one) for one in office.sent("compliance_summary")} == {True}


def test_a_month_that_was_not_watched_from_its_first_day_is_not_summarised(office):
    office.work("2026-11-05 08:00")
    assert office.sent("compliance_summary") == []


def test_an_agencys_page_tells_its_own_reports_and_no_others(office):
    received(office, "XHOABINH", "2026-11", "2026-11-19 08:00")
    office.work(SENT)
    [letter] = office.sent("compliance_summary", to="<xhoabinh@")
    assert "KT" not in str(letter["Subject"])
    assert "Phải gửi: 1" in text_of(letter)
    assert "xã hội tháng 11/2026: chậm" in text_of(letter)
    assert "Phú Thọ" not in text_of(letter)


def test_who_kept_every_deadline_is_thanked(office):
    received(office, "XPHUTHO", "2026-11", "2026-11-16 08:00")
    office.work(SENT)
    [letter] = office.sent("compliance_summary", to="<xphutho@")
    assert "đầy đủ, đúng hạn" in text_of(letter)


def test_what_was_waived_is_not_owed_and_what_was_extended_counts_by_its_new_deadline(office):
    office.move_to("2026-11-10 08:00")
    waive(office.desk, Decision("XHOABINH", "KTXH-T", "2026-11", "chuyên viên", "bão"))
    extend(office.desk, Decision("XPHUTHO", "KTXH-T", "2026-11", "chuyên viên", "bão"), at("2026-12-11 00:00"))
    office.move_to(SENT)
    assert "XHOABINH" not in november(office)
    assert "XPHUTHO" not in november(office)


def test_lateness_is_counted_in_days_and_of_late_reports_only(office):
    received(office, "XHOABINH", "2026-11", "2026-11-19 12:00")
    received(office, "XPHUTHO", "2026-11", "2026-11-16 08:00")
    office.move_to(SENT)
    line = november(office)["XHOABINH"]
    assert (line["late"], line["mean_lateness"], line["worst_lateness"], line["on_time_share"]) == (1, 1.5, 1.5, 0.0)
    assert (november(office)["XPHUTHO"]["on_time"], november(office)["XPHUTHO"]["mean_lateness"]) == (1, None)


def test_an_agency_whose_mail_waits_is_not_called_missing(office):
    office.receive(mail("xhoabinh@tinh.example", "Gửi báo cáo", "Xã gửi báo cáo.", at("2026-11-16 09:00")))
    office.work("2026-11-20 08:00")
    assert (november(office)["XHOABINH"]["missing"], november(office)["XHOABINH"]["waiting"]) == (0, 1)
    assert (november(office)["XPHUTHO"]["missing"], november(office)["XPHUTHO"]["waiting"]) == (1, 0)


def test_what_is_still_to_come_is_not_missing_and_all_adds_up(office):
    office.move_to("2026-11-10 08:00")
    for line in november(office).values():
        parts = ("on_time", "late", "incomplete", "missing", "waiting", "upcoming")
        assert line["owed"] == sum(line[part] for part in parts)
    assert november(office)["XPHUTHO"]["missing"] == 0


def test_the_trend_is_the_change_against_the_span_before(office):
    received(office, "XHOABINH", "2026-11", "2026-11-16 08:00")
    office.move_to(SENT)
    assert november(office)["XHOABINH"]["trend"] == 100.0
