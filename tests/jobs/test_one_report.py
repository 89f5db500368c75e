"""One incoming report through all its rooms: fetched, read, booked, acknowledged."""

from concurrent.futures import Future
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from builders import at, mail, monthly_report
from workplace import workplace

from intake.documents.sandbox import Readers
from intake.errors import ConfigError
from intake.model import Contact
from intake.office.review import replay, waiting
from intake.records.judging import judge
from intake.rules.matching.match import match
from intake.rules.verdicts import Match

BEGAN = "2026-11-10 08:00"


@pytest.fixture
def office(tmp_path, database_url):
    with workplace(tmp_path, database_url, BEGAN) as office:
        office.work(BEGAN)
        yield office


def finance_report(received_at="2026-11-16 09:00", **more):
    files = {"BC thang 11.docx": monthly_report("Sở Tài chính", "214/BC-STC", 11)}
    return mail(
        "stc@tinh.example", "Báo cáo KT-XH tháng 11/2026", "Sở Tài chính gửi báo cáo KT-XH tháng 11 năm 2026.",
        at(received_at), **{"files": files, **more},
    )  # fmt: skip


def test_a_report_is_booked_and_its_obligation_is_done(office):
    office.receive(finance_report())
    [outcome] = office.work("2026-11-16 09:01").outcomes
    assert (outcome.disposition, outcome.agency) == ("report", "STC")
    [report] = outcome.reports
    assert (report.report_type, report.period, report.status, report.number) == (
        "KTXH-T", "2026-11", "accepted", "214/BC-STC",
    )  # fmt: skip
    standing = office.standing("STC", "KTXH-T", "2026-11")
    assert standing["status"] == "on_time"
    assert standing["received_at"] == "2026-11-16T09:00:00+07:00"


def test_the_sender_gets_one_acknowledgment_with_the_receipt_that_the_obligation_shows(office):
    office.receive(finance_report(message_id="<report-1@tinh.example>"))
    office.work("2026-11-16 09:01")
    [answer] = office.sent("acknowledgment")
    text = answer.get_body(("plain",)).get_content()
    assert "stc@tinh.example" in answer["To"]
    assert (answer["In-Reply-To"], answer["References"]) == ("<report-1@tinh.example>", "<report-1@tinh.example>")
    assert answer["Auto-Submitted"] == "auto-replied"
    assert answer["X-Auto-Response-Suppress"] == "All"
    assert office.standing("STC", "KTXH-T", "2026-11")["receipt"] in text
    assert "BC thang 11.docx" in text


def test_the_records_desk_is_told_of_what_was_booked(office):
    office.receive(finance_report())
    office.work("2026-11-16 09:01")
    [receipt] = office.sent("office_receipt")
    assert "records@vp.tinh.example" in receipt["To"]


def test_the_same_mail_delivered_twice_is_answered_once(office):
    office.receive(finance_report(message_id="<report-1@tinh.example>"))
    office.work("2026-11-16 09:01")
    office.receive(finance_report("2026-11-16 09:05", message_id="<report-1@tinh.example>", headers={"X-Hop": "2"}))
    [again] = office.work("2026-11-16 09:06").outcomes
    assert again.disposition == "duplicate"
    assert len(office.sent("acknowledgment")) == 1


def test_a_new_mail_with_the_very_same_document_is_a_duplicate_and_told_so(office):
    office.receive(finance_report(message_id="<report-1@tinh.example>"))
    office.work("2026-11-16 09:01")
    receipt = office.standing("STC", "KTXH-T", "2026-11")["receipt"]
    office.receive(finance_report("2026-11-20 09:00", message_id="<report-2@tinh.example>"))
    [again] = office.work("2026-11-20 09:01").outcomes
    assert again.disposition == "duplicate"
    [_, second] = office.sent("acknowledgment")
    assert second["In-Reply-To"] == "<report-2@tinh.example>"
    assert receipt in second.get_body(("plain",)).get_content()
    assert office.standing("STC", "KTXH-T", "2026-11")["status"] == "on_time"


def test_what_is_missing_is_asked_for_and_a_later_mail_completes_it(office):
    incomplete = {"BC.docx": monthly_report("Sở Tài chính", "     /BC-STC", 11)}
    office.receive(finance_report(files=incomplete))
    [outcome] = office.work("2026-11-16 09:01").outcomes
    assert outcome.reports[0].missing == ["number"]
    assert office.standing("STC", "KTXH-T", "2026-11")["status"] == "incomplete"
    assert len(office.sent("incomplete")) == 1
    assert office.sent("acknowledgment") == []
    office.receive(finance_report("2026-11-17 09:00"))
    [second] = office.work("2026-11-17 09:01").outcomes
    assert (second.reports[0].version, second.reports[0].status) == (2, "accepted")
    assert office.standing("STC", "KTXH-T", "2026-11")["status"] == "on_time"


def test_a_replacement_is_the_second_version_under_the_same_receipt(office):
    office.receive(finance_report())
    [first] = office.work("2026-11-16 09:01").outcomes
    files = {"BC sua.docx": monthly_report("Sở Tài chính", "220/BC-STC", 11)}
    office.receive(finance_report("2026-11-17 10:00", files=files, message_id="<second@tinh.example>"))
    [second] = office.work("2026-11-17 10:01").outcomes
    assert (second.reports[0].version, second.reports[0].number) == (2, "220/BC-STC")
    assert second.reports[0].receipt == first.reports[0].receipt


def test_a_report_in_the_text_of_a_forwarded_message_is_a_duplicate_only_if_it_is_the_same(office):
    for day, written in ((16, "hai công trình"), (17, "ba công trình"), (18, "ba công trình")):
        office.receive(_forwarded(f"2026-11-{day} 09:00", f"Sở đã nghiệm thu {written}."))
    outcomes = office.work("2026-11-18 10:00").outcomes
    assert [one.disposition for one in outcomes] == ["report", "report", "duplicate"]
    assert [one.version for outcome in outcomes[:2] for one in outcome.reports] == [1, 2]


def _forwarded(received_at, told):
    report = f"SỞ TÀI CHÍNH\nBÁO CÁO\nPhục vụ giao ban tuần 47 năm 2026\n1. {told}"
    written = EmailMessage()
    written["From"], written["Subject"] = "phong.th@tinh.example", "Giao ban tuần 47"
    written.set_content(report)
    outer = message_from_bytes(
        mail("stc@tinh.example", "Giao ban tuần 47", "Kính chuyển.", at(received_at)), policy=SMTP
    )
    outer.make_mixed()
    outer.add_attachment(written)
    return outer.as_bytes()


def test_a_good_report_from_an_unknown_address_waits_for_a_person_and_is_not_answered(office):
    files = {"BC.docx": monthly_report("Sở Tài chính", "214/BC-STC", 11)}
    office.receive(
        mail("ai.do@gmail.example", "Báo cáo KT-XH tháng 11/2026", "Gửi báo cáo.", at("2026-11-16 09:00"), files=files)
    )
    [outcome] = office.work("2026-11-16 09:01").outcomes
    assert (outcome.disposition, outcome.reports) == ("review", [])
    assert office.answers() == []


def test_a_report_of_the_wrong_agency_is_left_to_a_person(office):
    files = {"BC.docx": monthly_report("Sở Y tế", "99/BC-SYT", 11)}
    office.receive(finance_report(files=files))
    [outcome] = office.work("2026-11-16 09:01").outcomes
    assert (outcome.disposition, outcome.reports) == ("review", [])
    assert [one["To"] for one in office.sent("under_review")] != []


def test_a_mail_with_a_secrecy_mark_is_locked_away_and_nothing_of_it_is_repeated(office):
    office.receive(
        mail("stc@tinh.example", "[TỐI MẬT] Báo cáo về việc ABCXYZ", "TỐI MẬT\n\nABCXYZ", at("2026-11-16 09:00"))
    )
    [outcome] = office.work("2026-11-16 09:01").outcomes
    assert outcome.disposition == "quarantined"
    assert "ABCXYZ" not in "".join(one.as_string() for one in office.sent())
    [alert] = office.sent("admin_alert")
    assert "secrecy@vp.tinh.example" in alert["To"]
    assert len(office.sent("secrecy_refusal")) == 1


def test_an_urgent_report_opens_an_incident_and_alerts_the_duty_officer_at_once(office):
    office.receive(
        mail("xhoabinh@tinh.example", "HỎA TỐC: báo cáo nhanh vụ cháy chợ Hòa Bình",
             "Khoảng 02h10 ngày 15/11/2026 xảy ra cháy lớn tại chợ Hòa Bình, chưa có thiệt hại về người.",
             at("2026-11-15 02:40")),
    )  # fmt: skip
    [outcome] = office.work("2026-11-15 02:41").outcomes
    assert (outcome.disposition, outcome.agency) == ("incident", "XHOABINH")
    assert (outcome.incident.category, outcome.incident.opened) == ("fire_explosion", True)
    assert ["duty@vp.tinh.example" in one["To"] for one in office.sent("incident_alert")] == [True]
    assert ["xhoabinh@tinh.example" in one["To"] for one in office.sent("acknowledgment")] == [True]


def test_automatic_mail_is_never_answered(office):
    office.receive(
        mail("stc@tinh.example", "Trả lời tự động: Nhắc báo cáo", "Tôi đi vắng.", at("2026-11-16 09:00"),
             headers={"Auto-Submitted": "auto-replied"}),
    )  # fmt: skip
    [outcome] = office.work("2026-11-16 09:01").outcomes
    assert outcome.disposition == "automatic"
    assert office.answers() == []


def test_a_report_with_a_null_reverse_path_is_recorded_and_not_answered(office):
    raw = finance_report().replace(b"Return-Path: <stc@tinh.example>", b"Return-Path: <>")
    office.receive(raw)
    [outcome] = office.work("2026-11-16 09:01").outcomes
    assert outcome.disposition == "report"
    assert office.sent("acknowledgment") == []


def test_what_came_in_time_counts_although_a_later_mail_was_filed_first(office):
    files = {"BC.docx": monthly_report("Sở Tài chính", "230/BC-STC", 11)}
    office.receive(finance_report("2026-11-19 09:00", files=files, message_id="<late@tinh.example>"))
    office.work("2026-11-19 09:01")
    assert office.standing("STC", "KTXH-T", "2026-11")["status"] == "late"
    office.receive(finance_report("2026-11-16 09:00", message_id="<early@tinh.example>"))
    office.work("2026-11-19 09:02")
    standing = office.standing("STC", "KTXH-T", "2026-11")
    assert (standing["status"], standing["received_at"]) == ("on_time", "2026-11-16T09:00:00+07:00")


def test_two_mails_without_message_id_and_with_the_same_words_are_two_mails(office):
    for agency, moment in (("stc", "2026-11-19 08:00"), ("syt", "2026-11-19 08:10")):
        raw = mail(f"{agency}@tinh.example", "Báo cáo", "Gửi báo cáo.", at(moment), message_id="<x@x>")
        office.receive(raw.replace(b"Message-ID: <x@x>\r\n", b""))
    outcomes = office.work("2026-11-19 08:20").outcomes
    assert sorted((one.disposition, one.agency) for one in outcomes) == [("review", "STC"), ("review", "SYT")]


def test_a_waiting_mail_stays_in_the_queue_when_it_is_replayed_after_a_copy_came(office):
    raw = mail("stc@tinh.example", "Báo cáo", "Gửi báo cáo.", at("2026-11-19 08:00"))
    office.receive(raw)
    [first] = office.work("2026-11-19 08:01").outcomes
    office.receive(raw.replace(b"Subject:", b"X-Hop: 2\r\nSubject:"))
    office.work("2026-11-19 08:02")
    assert replay(office.desk, first.id).disposition == "review"
    assert [one.id for one in waiting(office.desk).messages] == [first.id]


def test_one_answer_that_cannot_be_written_holds_up_none_of_the_others(office):
    with office.desk.database.writing() as session:
        session.add(Contact(agency_code="STC", email='"a b"@tinh.example', role="submitter"))
    office.receive(finance_report().replace(b"From: stc@tinh.example", b'From: "a b"@tinh.example'))
    office.receive(finance_report(message_id="<second@tinh.example>"))
    office.work("2026-11-16 09:01")
    assert [one for one in office.answers() if "stc@tinh.example" in one] != []


def test_a_mail_that_is_too_large_is_shown_to_a_person_and_blocks_no_other(tmp_path, database_url):
    box = {"kind": "maildir", "path": "inbox", "max_size": 1500}
    with workplace(tmp_path, database_url, BEGAN, mailboxes=[box]) as office:
        office.receive(finance_report(message_id="<large@tinh.example>"))
        office.receive(mail("syt@tinh.example", "Hỏi", "Xin hỏi.", at("2026-11-16 09:00")))
        office.receive(finance_report(files={}, message_id="<small@tinh.example>"))
        done = office.work("2026-11-16 09:01")
        assert [one.failed for one in done.outcomes].count(True) == 1
        [large] = [one for one in waiting(office.desk).messages if one.failed]
        with pytest.raises(ConfigError, match="never fetched whole"):
            replay(office.desk, large.id)
        assert len(office.sent("admin_alert")) == 1


def test_what_two_mails_complete_together_is_complete_when_the_later_one_came(office):
    late = {"BC.docx": monthly_report("Sở Tài chính", "     /BC-STC", 11)}
    office.receive(finance_report("2026-11-19 09:00", files=late, message_id="<late@tinh.example>"))
    office.work("2026-11-19 09:01")
    assert office.standing("STC", "KTXH-T", "2026-11")["status"] == "incomplete"
    office.receive(finance_report("2026-11-16 09:00", message_id="<early@tinh.example>"))
    office.work("2026-11-19 09:02")
    assert office.standing("STC", "KTXH-T", "2026-11")["status"] == "on_time"


def test_a_mail_that_breaks_the_program_costs_no_other_its_record_its_receipt_or_its_answer(office, monkeypatch):
    def judge_or_break(case):
        judge(case)
        if case.message.subject == "Hỏng":
            raise ZeroDivisionError

    monkeypatch.setattr("intake.records.recording.judge", judge_or_break)
    other = {"BC.docx": monthly_report("Sở Tài chính", "230/BC-STC", 11)}
    office.receive(finance_report(message_id="<1@tinh.example>"))
    office.receive(mail("stc@tinh.example", "Hỏng", "Xin hỏi.", at("2026-11-16 09:00")))
    office.receive(finance_report(message_id="<2@tinh.example>", files=other))
    outcomes = office.work("2026-11-16 09:01").outcomes
    assert [one.disposition for one in outcomes] == ["report", "review", "report"]
    assert [one.failed for one in outcomes] == [False, True, False]
    assert [one.reports[0].version for one in outcomes if one.reports] == [1, 2]
    assert {one.reports[0].receipt for one in outcomes if one.reports} == {"2026/00001"}
    assert len(office.sent("acknowledgment")) == 2
    assert [one.id for one in waiting(office.desk).messages] == [outcomes[1].id]


def test_what_one_commit_takes_knows_what_came_just_before_in_it(office):
    again = finance_report(message_id="<1@tinh.example>").replace(b"Subject:", b"X-Hop: 2\r\nSubject:")
    other = {"BC.docx": monthly_report("Sở Tài chính", "230/BC-STC", 11)}
    office.receive(finance_report(message_id="<1@tinh.example>"), again)
    office.receive(finance_report(message_id="<2@tinh.example>"))
    office.receive(finance_report(message_id="<3@tinh.example>", files=other))
    outcomes = office.work("2026-11-16 09:01").outcomes
    assert [one.disposition for one in outcomes] == ["report", "duplicate", "duplicate", "report"]
    assert [[report.version for report in one.reports] for one in outcomes] == [[1], [], [], [2]]
    assert len(office.sent("acknowledgment")) == 3


@pytest.mark.parametrize("stands", [True, False])
def test_an_opinion_is_gone_by_only_while_its_grounds_stand(office, monkeypatch, stands):
    """It is made to say that the mail is nobody's: what is recorded shows whose word was taken."""
    formed = Readers.examine

    def other_opinion(*about, **order):
        examined = formed(*about, **order).result()
        opinion = replace(examined.opinion, match=Match(None, reason="as I see it"))
        opinion = opinion if stands else replace(opinion, grounds="of yesterday")
        future = Future()
        future.set_result(replace(examined, opinion=opinion))
        return future

    monkeypatch.setattr(Readers, "examine", other_opinion)
    office.receive(finance_report())
    [outcome] = office.work("2026-11-16 09:01").outcomes
    assert (outcome.disposition, outcome.reason == "as I see it") == (("review", True) if stands else ("report", False))


def test_an_opinion_gives_way_to_what_the_records_hold(office, monkeypatch):
    office.receive(finance_report())
    office.work("2026-11-16 09:01")
    [answer] = office.sent("acknowledgment")
    asked = []
    monkeypatch.setattr("intake.records.judging.match", lambda *about: asked.append(about[-1]) or match(*about))
    office.receive(finance_report(message_id="<2@tinh.example>", headers={"In-Reply-To": str(answer["Message-ID"])}))
    office.work("2026-11-16 09:02")
    assert [[one.agency for one in replies] for replies in asked] == [["STC"]]


def test_a_report_is_receipted_also_where_its_mail_asks_programs_not_to_answer_and_a_question_is_not(office):
    asking = {"X-Auto-Response-Suppress": "All"}
    office.receive(finance_report(headers=asking))
    office.receive(mail("syt@tinh.example", "Hỏi", "Xin hỏi.", at("2026-11-16 09:00"), headers=asking))
    assert [one.disposition for one in office.work("2026-11-16 09:01").outcomes] == ["report", "review"]
    assert (len(office.sent("acknowledgment")), office.sent("under_review")) == (1, [])
