"""One deadline that moves while it is still to come: followed, noted, and told once to who was reminded."""

from dataclasses import replace
from datetime import datetime

import pytest
from builders import at, mail, monthly_report, registry
from sqlalchemy import select
from workplace import STEPS, settings_for, workplace

from intake.config import config_from
from intake.jobs.open_periods import open_periods
from intake.jobs.remind import remind
from intake.model import AuditEvent
from intake.office.deciding import dismiss
from intake.office.decisions import Decision, extend
from intake.office.registry_loading import load_registry
from intake.office.registry_preview import deadline_changes
from intake.office.review import waiting

BEGAN = "2026-11-10 08:00"
REMINDED = "2026-11-15 00:00"


@pytest.fixture
def office(tmp_path):
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", BEGAN) as office:
        office.work(BEGAN)
        office.work(REMINDED)
        yield office


def with_days_off(office, *days):
    """The service is started anew with these days off in its config."""
    tables = settings_for(office.desk.database.engine.url.render_as_string(), calendar={"off": list(days)})
    office.desk.config = config_from(tables, office.folder)
    for made in ("working_days", "sending_times"):
        office.desk.__dict__.pop(made, None)


def test_a_day_off_that_is_announced_moves_what_is_still_to_come_with_an_audit_event(office):
    with_days_off(office, "2026-11-17")
    office.work("2026-11-16 08:00")
    assert office.standing("STC", "KTXH-T", "2026-11")["due_at"] == "2026-11-19T00:00:00+07:00"
    with office.desk.database.reading() as session:
        moved = session.scalars(select(AuditEvent).where(AuditEvent.action == "deadline moved")).all()
    assert {datetime.fromisoformat(one.before["due_at"]) for one in moved} == {at("2026-11-18 00:00")}
    assert {datetime.fromisoformat(one.after["due_at"]) for one in moved} == {at("2026-11-19 00:00")}


def test_what_is_past_never_changes(office):
    office.work("2026-11-18 08:00")
    with_days_off(office, "2026-11-17")
    office.work("2026-11-18 09:00")
    assert office.standing("STC", "KTXH-T", "2026-11")["due_at"] == "2026-11-18T00:00:00+07:00"


def test_who_was_reminded_is_told_of_the_new_deadline_once_and_not_reminded_again(office):
    with_days_off(office, "2026-11-17")
    for moment in ("2026-11-16 08:00", "2026-11-16 08:05", "2026-11-17 08:00"):
        office.work(moment)
    told = office.sent("deadline_moved", to="<xhoabinh@")
    assert len(told) == 1
    text = told[0].get_body(("plain",)).get_content()
    assert "hết ngày 18/11/2026" in text
    assert "hết ngày 17/11/2026" in text
    assert office.told("reminder", "KTXH-T", "2026-11").count("xhoabinh@tinh.example") == 1


def test_the_same_days_off_move_nothing(office):
    office.work("2026-11-16 08:00")
    with_days_off(office)
    office.work("2026-11-16 09:00")
    assert office.sent("deadline_moved") == []


def test_days_that_are_taken_back_are_followed_back(office):
    with_days_off(office, "2026-11-17")
    office.work("2026-11-16 08:00")
    with_days_off(office)
    office.work("2026-11-16 09:00")
    assert office.standing("STC", "KTXH-T", "2026-11")["due_at"] == "2026-11-18T00:00:00+07:00"


def test_an_extension_that_the_office_gives_unasked_is_told_to_who_was_reminded(office):
    office.move_to("2026-11-16 08:00")
    extend(office.desk, Decision("XHOABINH", "KTXH-T", "2026-11", "chuyên viên", "mưa lũ"), at("2026-11-25 00:00"))
    office.work("2026-11-16 08:05")
    [told] = office.sent("deadline_moved", to="<xhoabinh@")
    assert "Lý do: mưa lũ" in " ".join(told.get_body(("plain",)).get_content().split())


def test_a_deadline_in_a_year_that_is_not_announced_is_provisional(office):
    assert office.standing("STC", "KTXH-T", "2026-11")["provisional"] is False


def test_before_a_rule_changes_the_deadlines_to_come_are_shown_beside_those_of_now(office):
    known = registry()
    known.report_types[0].due = "closing +4wd"
    lines = list(deadline_changes(office.desk, known))
    assert lines[0] == "deadlines of KTXH-T to come for STC, SYT, XHOABINH, XPHUTHO:"
    assert lines[1] == "  2026-11: late from 2026-11-20 00:00 on, now 2026-11-18 00:00"
    assert len(lines) == 13
    assert list(deadline_changes(office.desk, registry())) == []


def test_before_a_type_is_owed_by_fewer_the_others_are_told_apart(office):
    known = registry()
    known.report_types[0].groups = ["so"]
    lines = list(deadline_changes(office.desk, known))
    assert "  2026-11: late from 2026-11-18 00:00 on, no longer owed" in lines
    assert "deadlines of KTXH-T to come for STC, SYT:" in lines


def test_another_policy_is_followed_from_now_on(office):
    known = registry()
    known.report_types[0].policy = "late"
    office.desk.config = config_from(
        settings_for(
            office.desk.database.engine.url.render_as_string(),
            policies={"late": {"steps": [{"at": "-1d", "notice": "reminder", "to": ["head"]}]}},
        ),
        office.folder,
    )
    load_registry(office.desk, known)
    office.work("2026-11-16 08:00")
    office.work("2026-11-17 00:00")
    assert "truong.xhoabinh@tinh.example" in office.told("reminder", "KTXH-T", "2026-11")


def under_other_settings(office, **tables):
    """The office's desk as a command that is called with another config has it."""
    tables = settings_for(office.desk.database.engine.url.render_as_string(), **tables)
    return replace(office.desk, config=config_from(tables, office.folder))


def test_an_extension_given_under_another_config_is_reminded_by_the_daemons(office):
    other = under_other_settings(office, policies={"standard": {"steps": []}})
    other.clock = lambda: at("2026-11-16 08:00")
    extend(other, Decision("XHOABINH", "KTXH-T", "2026-11", "chuyên viên", "mưa lũ"), at("2026-11-25 00:00"))
    office.work("2026-11-22 00:00")
    assert office.told("reminder", "KTXH-T", "2026-11")[-1] == "xhoabinh@tinh.example"
    assert office.told("reminder", "KTXH-T", "2026-11").count("xhoabinh@tinh.example") == 2


def test_settings_that_were_used_once_under_an_earlier_clock_are_not_taken_for_the_daemons(office):
    other = under_other_settings(office, policies={"standard": {"steps": []}})
    other.clock = lambda: at("2026-11-09 08:00")
    open_periods(other)
    remind(other)
    office.work("2026-11-18 00:00")
    assert "xhoabinh@tinh.example" in office.told("overdue", "KTXH-T", "2026-11")


def test_what_waits_to_be_told_outlives_a_change_of_the_settings(office):
    office.receive(mail("xhoabinh@tinh.example", "Gửi Văn phòng", "Xã gửi.", at("2026-11-17 08:00")))
    office.work("2026-11-18 08:00")
    assert "xhoabinh@tinh.example" not in office.told("overdue", "KTXH-T", "2026-11")
    steps = [{"at": "+0h", "notice": "overdue", "to": ["submitter", "head"]}]
    office.desk.config = under_other_settings(office, policies={"standard": {"steps": steps}}).config
    office.work("2026-11-18 09:00")
    [message] = waiting(office.desk).messages
    dismiss(office.desk, message.id, "đã xem", "chuyên viên")
    office.work("2026-11-18 10:00")
    assert "xhoabinh@tinh.example" in office.told("overdue", "KTXH-T", "2026-11")


def test_a_step_counted_in_working_days_moves_with_them_where_the_deadline_stays(office):
    office.work("2026-11-18 00:00")
    with_days_off(office, "2026-11-19")
    for moment in ("2026-11-18 00:05", "2026-11-19 00:00", "2026-11-20 00:00"):
        assert office.told("escalation", "KTXH-T", "2026-11") == []
        office.work(moment)
    assert "truong.xhoabinh@tinh.example" in office.told("escalation", "KTXH-T", "2026-11")


def test_days_off_that_change_across_new_year_are_noticed(office):
    office.work("2026-12-20 08:00")
    with_days_off(office, "2027-01-18")
    office.work("2027-01-02 08:00")
    assert office.standing("STC", "KTXH-T", "2027-01")["due_at"] == "2027-01-20T00:00:00+07:00"


def test_what_fell_due_before_the_service_began_is_not_reminded_of_because_the_settings_change(office):
    office.receive(mail("stc@tinh.example", "Báo cáo KT-XH tháng 10/2026", "Gửi báo cáo.", at("2026-11-15 08:00"),
                        files={"BC.docx": monthly_report("Sở Tài chính", "", 10)}))  # fmt: skip
    office.work("2026-11-16 08:00")
    assert office.standing("STC", "KTXH-T", "2026-10")["status"] == "incomplete"
    office.desk.config = under_other_settings(office, policies={"standard": {"steps": STEPS[1:]}}).config
    office.work("2026-11-16 09:00")
    assert office.told("escalation", "KTXH-T", "2026-10") == []
