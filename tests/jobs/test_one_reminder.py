"""One reminder through all its rooms, and the silences: nobody is accused while we are blind."""

import shutil

import pytest
from builders import at, mail, monthly_report, registry
from sqlalchemy import select
from workplace import workplace

from intake.mail.maildir import make_maildir
from intake.model import Notice, ReportType
from intake.office.choosing import one_report
from intake.office.deciding import accept, dismiss
from intake.office.decisions import Decision, extend, receive, waive
from intake.office.obligations import obligations
from intake.office.registry_loading import load_registry
from intake.office.review import waiting

BEGAN = "2026-11-10 08:00"
# KTXH-T for November 2026 closes on Saturday 14/11; two working days later, Tuesday 17/11 is the last day.
LAST_DAY_OVER = "2026-11-18 00:00"


@pytest.fixture
def office(tmp_path, database_url):
    with workplace(tmp_path, database_url, BEGAN) as office:
        office.work(BEGAN)
        yield office


def report(agency="stc", name="Sở Tài chính", number="214/BC-STC", received_at="2026-11-16 09:00"):
    files = {"BC.docx": monthly_report(name, number, 11)}
    return mail(f"{agency}@tinh.example", "Báo cáo KT-XH tháng 11/2026", "Gửi báo cáo.", at(received_at), files=files)


def about_november(office, notice):
    return office.told(notice, "KTXH-T", "2026-11")


def test_each_agency_is_reminded_once_before_the_deadline(office):
    office.work("2026-11-15 00:00")
    office.work("2026-11-15 00:01")
    office.work("2026-11-16 12:00")
    reminded = about_november(office, "reminder")
    assert len(reminded) == 4
    assert len(set(reminded)) == 4


def test_whoever_has_reported_is_not_reminded(office):
    office.receive(report(received_at="2026-11-14 09:00"))
    office.work("2026-11-15 00:00")
    assert [one for one in about_november(office, "reminder") if "stc@" in one] == []


def test_overdue_and_escalation_follow_in_their_time_and_reach_those_above(office):
    for moment in ("2026-11-15 00:00", LAST_DAY_OVER, "2026-11-18 08:00", "2026-11-19 00:00", "2026-11-19 00:01"):
        office.work(moment)
    assert len(about_november(office, "overdue")) == 4
    escalated = about_november(office, "escalation")
    assert len(escalated) == 8
    assert sum("truong." in one for one in escalated) == 4


def test_after_days_of_downtime_only_the_step_that_is_right_now_is_sent(office):
    office.work("2026-11-23 09:00")
    assert about_november(office, "reminder") == []
    assert about_november(office, "overdue") == []
    assert len(about_november(office, "escalation")) == 8


def test_what_fell_due_before_the_first_start_is_nobodys_to_be_told(tmp_path, database_url):
    with workplace(tmp_path, database_url, LAST_DAY_OVER) as office:
        office.work("2026-11-18 08:00")
        office.work("2026-11-19 08:00")
        assert about_november(office, "overdue") + about_november(office, "escalation") == []


def test_nobody_is_accused_while_the_mailbox_cannot_be_read(office):
    shutil.rmtree(office.folder / "inbox")
    (office.folder / "inbox").write_text("in the way")
    done = office.work("2026-11-18 08:00")
    assert done.problems != []
    assert office.sent("overdue") == []
    (office.folder / "inbox").unlink()
    office.work("2026-11-18 09:00")
    assert len(about_november(office, "overdue")) == 4


def test_an_agency_whose_mail_waits_for_review_is_not_accused_until_it_is_settled(office):
    unclear = mail("stc@tinh.example", "Gửi báo cáo", "Sở gửi báo cáo.", at("2026-11-17 09:00"))
    office.receive(unclear)
    office.work("2026-11-18 08:00")
    assert [one for one in about_november(office, "overdue") if "stc@" in one] == []
    assert len(about_november(office, "overdue")) == 3
    [message] = waiting(office.desk).messages
    dismiss(office.desk, message.id, "không phải báo cáo", "chuyên viên")
    office.work("2026-11-18 09:00")
    assert [one for one in about_november(office, "overdue") if "stc@" in one] != []


def test_a_person_can_file_what_waits_and_the_agency_gets_its_receipt(office):
    office.receive(mail("stc@tinh.example", "Gửi báo cáo", "Sở gửi báo cáo.", at("2026-11-17 09:00")))
    office.work("2026-11-17 09:01")
    [message] = waiting(office.desk).messages
    outcome = accept(office.desk, message.id, one_report("STC", "KTXH-T", "2026-11"), "chuyên viên")
    office.work("2026-11-17 09:10")
    assert (outcome.disposition, outcome.reports[0].missing) == ("report", ["document", "number"])
    [answer] = office.sent("incomplete", to="stc@")
    assert outcome.reports[0].receipt in answer.get_body(("plain",)).get_content()
    assert waiting(office.desk).messages == []


def test_a_mail_that_arrives_between_queueing_and_sending_withdraws_the_accusation(office):
    outgoing = office.folder / "outgoing"
    shutil.rmtree(outgoing)
    outgoing.write_text("the server is away")
    office.work("2026-11-18 08:00")
    outgoing.unlink()
    office.receive(report(received_at="2026-11-18 08:30"))
    office.work("2026-11-18 09:00")
    assert [one for one in about_november(office, "overdue") if "stc@" in one] == []
    assert len(about_november(office, "overdue")) == 3


def test_one_recipient_gets_one_mail_for_all_that_is_due_or_overdue_the_gravest_first(office):
    before = len(office.sent(to="<stc@tinh.example>"))
    office.work("2026-11-17 12:00")
    [letter] = office.sent(to="<stc@tinh.example>")[before:]
    text = letter.get_body(("plain",)).get_content()
    assert "Quá hạn" in str(letter["Subject"])
    overdue, coming = text.split("Báo cáo sắp đến hạn:")
    assert "tuần 46/2026" in overdue
    assert "tháng 11/2026" in coming
    assert "tuần 47/2026" in coming


@pytest.mark.parametrize("change", ["receive", "waive"])
def test_what_the_office_decides_stops_the_reminders(office, change):
    decision = Decision("STC", "KTXH-T", "2026-11", "chuyên viên", "đã nhận bản giấy")
    office.move_to("2026-11-14 08:00")
    if change == "receive":
        receive(office.desk, decision, at("2026-11-14 07:30"))
    else:
        waive(office.desk, decision)
    office.work("2026-11-15 00:00")
    office.work("2026-11-18 08:00")
    assert [
        one for one in about_november(office, "reminder") + about_november(office, "overdue") if "stc@" in one
    ] == []
    assert office.standing("STC", "KTXH-T", "2026-11")["status"] == ("on_time" if change == "receive" else "waived")


def test_an_extension_moves_the_reminders_and_the_deadline(office):
    office.move_to("2026-11-14 08:00")
    extend(office.desk, Decision("STC", "KTXH-T", "2026-11", "chuyên viên", "bão"), at("2026-11-25 00:00"))
    office.work("2026-11-18 08:00")
    assert [one for one in about_november(office, "overdue") if "stc@" in one] == []
    office.work("2026-11-22 08:00")
    assert [one for one in about_november(office, "reminder") if "stc@" in one] != []
    assert office.standing("STC", "KTXH-T", "2026-11")["due_at"] == "2026-11-25T00:00:00+07:00"


def test_an_agency_whose_mail_is_locked_away_is_not_accused_until_a_person_has_seen_it(office):
    office.receive(mail("stc@tinh.example", "[MẬT] Báo cáo", "MẬT\n\nNội dung.", at("2026-11-17 09:00")))
    office.work("2026-11-18 08:00")
    assert [one for one in about_november(office, "overdue") if "stc@" in one] == []


def test_a_reminder_that_could_not_leave_before_the_deadline_never_leaves(office):
    outgoing = office.folder / "outgoing"
    shutil.rmtree(outgoing)
    outgoing.write_text("the server is away")
    office.work("2026-11-15 00:00")
    outgoing.unlink()
    office.work("2026-11-18 08:00")
    office.work("2026-11-18 08:01")
    assert about_november(office, "reminder") == []
    assert len(about_november(office, "overdue")) == 4


def test_nothing_that_is_not_urgent_leaves_outside_office_hours(tmp_path, database_url):
    with workplace(tmp_path, database_url, BEGAN, sending={"office_hours": "07:00-17:30"}) as office:
        office.work(BEGAN)
        office.work("2026-11-15 22:00")
        office.work("2026-11-16 06:59")
        assert about_november(office, "reminder") == []
        office.work("2026-11-16 07:00")
        assert len(about_november(office, "reminder")) == 4


def registry_with(**changes):
    known = registry()
    for kind in known.report_types:
        for name, value in changes.items():
            setattr(kind, name, value)
    return known


def test_a_rule_that_was_changed_moves_what_is_still_to_come_and_nothing_twice(office):
    load_registry(office.desk, registry_with(due="closing +4wd"))
    office.work("2026-11-16 08:00")
    standing = office.standing("STC", "KTXH-T", "2026-11")
    assert standing["due_at"] == "2026-11-20T00:00:00+07:00"
    office.work("2026-11-18 08:00")
    assert about_november(office, "overdue") == []


def test_a_report_type_that_is_new_to_the_registry_accuses_nobody_of_its_past(office):
    office.work("2026-11-20 08:00")
    told = len(office.sent())
    known = registry()
    known.report_types.append(
        ReportType(code="MOI", name="Báo cáo mới tháng", frequency="monthly", due="day 1", groups=["so", "xa"])
    )
    load_registry(office.desk, known)
    office.work("2026-11-20 09:00")
    assert len(office.sent()) == told


def test_what_the_registry_no_longer_asks_for_is_not_reminded_and_not_listed(office):
    load_registry(office.desk, registry_with(groups=["so"]))
    office.work("2026-11-18 08:00")
    assert sorted(about_november(office, "overdue")) == [
        "stc@tinh.example",
        "syt@tinh.example",
    ]
    assert {line["agency"] for line in obligations(office.desk, at("2026-11-01"), at("2026-11-30"))} == {"STC", "SYT"}


def test_an_extended_obligation_is_listed_once(office):
    office.move_to("2026-11-14 08:00")
    extend(office.desk, Decision("STC", "KTXH-T", "2026-11", "chuyên viên", "bão"), at("2027-01-05 00:00"))
    lines = obligations(office.desk, at("2026-11-01"), at("2026-11-30"), "STC", "KTXH-T")
    assert lines == []


def test_what_waits_for_the_office_to_open_leaves_when_it_does(tmp_path, database_url):
    with workplace(tmp_path, database_url, BEGAN, sending={"office_hours": "07:00-17:30"}) as office:
        office.receive(report(received_at="2026-11-13 20:00"))
        office.work("2026-11-13 20:01")
        assert [len(office.sent(name)) for name in ("acknowledgment", "office_receipt")] == [1, 0]
        office.work("2026-11-15 08:00")
        assert office.sent("office_receipt") == []
        office.work("2026-11-16 07:00")
        assert len(office.sent("office_receipt")) == 1


def test_a_reminder_that_could_not_leave_in_office_hours_does_not_leave_at_night(tmp_path, database_url):
    with workplace(tmp_path, database_url, BEGAN, sending={"office_hours": "07:00-17:30"}) as office:
        outgoing = office.folder / "outgoing"
        shutil.rmtree(outgoing)
        outgoing.write_text("the server is away")
        office.work("2026-11-16 17:00")
        outgoing.unlink()
        make_maildir(outgoing)
        office.work("2026-11-16 19:00")
        assert office.sent("reminder") == []
        office.work("2026-11-17 07:00")
        assert len(about_november(office, "reminder")) == 4


def test_a_repeat_offender_is_reminded_by_the_stricter_policy_and_others_are_not(tmp_path, database_url):
    often = {
        "standard": {"steps": [{"at": "-1d", "notice": "reminder", "to": ["submitter"]}],
                     "stricter": "strict", "when_late": "2 of 3"},
        "strict": {"steps": [{"at": "-5d", "notice": "reminder", "to": ["submitter", "head"]}]},
    }  # fmt: skip
    with workplace(tmp_path, database_url, "2026-08-01 08:00", policies=often) as office:
        for month, moment in (("08", "2026-08-18"), ("09", "2026-09-16"), ("10", "2026-10-16")):
            office.work(f"{moment} 08:00")
            office.move_to(f"{moment} 09:00")
            receive(office.desk, Decision("STC", "KTXH-T", f"2026-{month}", "chuyên viên", "giấy"), office.desk.now)
        office.work("2026-11-13 08:00")
        assert sorted(about_november(office, "reminder")) == [
            "syt@tinh.example",
            "truong.syt@tinh.example",
            "truong.xhoabinh@tinh.example",
            "truong.xphutho@tinh.example",
            "xhoabinh@tinh.example",
            "xphutho@tinh.example",
        ]
        office.work("2026-11-17 08:00")
        assert "stc@tinh.example" in about_november(office, "reminder")


def test_what_may_have_left_in_a_crash_is_not_told_again_in_another_mail(office, monkeypatch):
    class Dying:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def send(self, mail, sender, recipient, ready):
            ready()
            raise KeyboardInterrupt

    monkeypatch.setattr("intake.jobs.deliver.open_transport", lambda _: Dying())
    with pytest.raises(KeyboardInterrupt):
        office.work("2026-11-18 08:00")
    monkeypatch.undo()
    (office.folder / "inbox").rename(office.folder / "away")
    (office.folder / "inbox").write_text("in the way")
    office.work("2026-11-18 08:05")
    (office.folder / "inbox").unlink()
    (office.folder / "away").rename(office.folder / "inbox")
    office.work("2026-11-18 08:10")
    with office.desk.database.reading() as session:
        assert session.scalars(select(Notice.status).where(Notice.in_doubt)).all() == ["unsure"]
    told = about_november(office, "overdue")
    assert len(told) == len(set(told)) == 3
