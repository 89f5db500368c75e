"""What a person decides about a mail, and takes back: records, obligations and letters follow each time."""

import pytest
from builders import at, mail, monthly_report
from workplace import workplace

from intake.errors import ConfigError
from intake.jobs.fetch import fetch
from intake.jobs.process import process
from intake.model import ReportType
from intake.office import decisions
from intake.office.cases import case_numbered, cases
from intake.office.choosing import Choice, one_report
from intake.office.deciding import accept, correct, dismiss, mark_incident, reopen
from intake.office.explaining import explain_mail
from intake.office.incidents import incident_lines
from intake.office.registry_loading import load_registry, stored_registry
from intake.office.review import dismiss_notice, retry_notice, waiting
from intake.office.undoing import undo_event, undo_last
from intake.registry import Registry
from intake.store import audit
from intake.store.outbox import notices_about

BEGAN = "2026-11-10 08:00"
WHO = "Nguyễn Văn An"
OCTOBER, NOVEMBER = ("STC", "KTXH-T", "2026-10"), ("STC", "KTXH-T", "2026-11")


@pytest.fixture
def office(tmp_path, database_url):
    with workplace(tmp_path, database_url, BEGAN) as office:
        office.work(BEGAN)
        yield office


@pytest.fixture
def quick(tmp_path):
    """The same office on the embedded database only."""
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", BEGAN) as office:
        yield office


def report(received_at="2026-11-16 09:00", sender="stc@tinh.example", **more):
    files = {"BC thang 11.docx": monthly_report("Sở Tài chính", "214/BC-STC", 11)}
    given = {"files": files, **more}
    return mail(sender, "Báo cáo KT-XH tháng 11/2026", "Gửi báo cáo.", at(received_at), **given)


def received(office, raw, moment="2026-11-16 09:01"):
    office.receive(raw)
    [outcome] = office.work(moment).outcomes
    return outcome


def taken_in(office, raw, moment="2026-11-16 09:01"):
    """Fetched and processed, with no letter sent yet."""
    office.receive(raw)
    office.move_to(moment)
    fetch(office.desk)
    outcomes = []
    process(office.desk, outcomes.append)
    return outcomes[0]


def words(mail):
    return " ".join(mail.get_body(("plain",)).get_content().split())


def events(office, message_id):
    with office.desk.database.reading() as session:
        return audit.events_about(session, f"message:{message_id}")


def test_a_mail_booked_wrong_is_moved_and_both_obligations_follow(office):
    booked = received(office, report())
    receipt = office.standing(*NOVEMBER)["receipt"]
    office.move_to("2026-11-17 08:00")
    outcome = correct(office.desk, booked.id, one_report(*OCTOBER), WHO, "là báo cáo tháng 10")
    assert [(one.period, one.version) for one in outcome.reports] == [("2026-10", 1)]
    assert office.standing(*OCTOBER)["status"] == "late"
    november = office.standing(*NOVEMBER)
    assert (november["status"], november["receipt"], november["received_at"]) == ("open", None, None)
    office.work("2026-11-17 08:01")
    [to_sender] = office.sent("correction", to="stc@")
    assert f"KHÔNG CÒN HIỆU LỰC: - Báo cáo tình hình kinh tế - xã hội tháng 11/2026, số tiếp nhận {receipt}" in words(
        to_sender
    )
    assert outcome.reports[0].receipt in words(to_sender)
    assert to_sender["In-Reply-To"] and to_sender["Auto-Submitted"] == "auto-replied"
    [to_records] = office.sent("correction", to="records@")
    assert "Lý do: là báo cáo tháng 10" in words(to_records)
    assert WHO not in words(to_sender)
    assert len(office.sent("acknowledgment")) == 1


def test_what_was_corrected_before_its_letter_left_is_answered_once_and_rightly(quick):
    booked = taken_in(quick, report())
    correct(quick.desk, booked.id, one_report(*OCTOBER), WHO, "là báo cáo tháng 10")
    quick.work("2026-11-16 09:02")
    [answer] = quick.sent("acknowledgment")
    assert "tháng 10/2026" in words(answer)
    assert quick.sent("correction") == []
    assert len(quick.sent("office_receipt")) == 1


def test_taking_a_correction_back_brings_back_what_was(office):
    booked = received(office, report())
    before = office.standing(*NOVEMBER)
    office.move_to("2026-11-17 08:00")
    correct(office.desk, booked.id, one_report(*OCTOBER), WHO, "nhầm")
    undo_last(office.desk, booked.id, "Trần Thị Bình")
    assert office.standing(*NOVEMBER) == before
    assert office.standing(*OCTOBER)["receipt"] is None
    outcome = case_numbered(office.desk, booked.id)
    assert (outcome.disposition, outcome.waits) == ("report", False)
    [*_, last] = events(office, booked.id)
    assert (last.action, last.who) == ("undone", "Trần Thị Bình")
    office.work("2026-11-17 08:02")
    [told] = [words(one) for one in office.sent("correction", to="stc@")]
    assert "NAY GHI NHẬN" in told and "tháng 11/2026" in told


def test_a_mail_goes_back_to_the_queue_and_nobody_is_accused_meanwhile(quick):
    booked = received(quick, report())
    quick.move_to("2026-11-17 08:00")
    reopen(quick.desk, booked.id, WHO, "cần xem lại")
    [case] = cases(quick.desk)
    assert (case.id, [(one.report_type, one.period) for one in case.candidates]) == (1, [("KTXH-T", "2026-11")])
    assert any("registered for STC" in one for one in case.candidates[0].pros)
    quick.work("2026-11-18 08:00")
    assert quick.sent("overdue", to="stc@") == []
    [told] = quick.sent("correction", to="stc@")
    assert "Thư này đang được xem xét lại" in words(told)
    dismiss(quick.desk, booked.id, "không phải báo cáo", WHO)
    quick.work("2026-11-18 08:10")
    assert "không được ghi nhận là báo cáo" in words(quick.sent("correction", to="stc@")[-1])
    assert quick.sent("overdue", to="stc@") != []


def test_accepting_is_taken_back_with_the_record_and_the_letter_that_waits(quick):
    stranger = taken_in(quick, report(sender="ai.do@gmail.example"))
    accept(quick.desk, stranger.id, one_report(*NOVEMBER), WHO)
    assert quick.standing(*NOVEMBER)["status"] == "on_time"
    undo_last(quick.desk, stranger.id, WHO)
    assert quick.standing(*NOVEMBER)["status"] == "open"
    assert [one.id for one in waiting(quick.desk).messages] == [stranger.id]
    again = accept(quick.desk, stranger.id, one_report(*NOVEMBER), WHO)
    assert (again.disposition, again.reports[0].version) == ("report", 1)


def test_taking_back_is_a_decision_that_can_be_taken_back(quick):
    booked = taken_in(quick, report())
    reopen(quick.desk, booked.id, WHO, "xem lại")
    undo_last(quick.desk, booked.id, WHO)
    [*_, undone] = events(quick, booked.id)
    undo_event(quick.desk, undone.id, WHO)
    assert case_numbered(quick.desk, booked.id).waits
    undo_last(quick.desk, booked.id, WHO)
    assert quick.standing(*NOVEMBER)["status"] == "on_time"


def test_decisions_are_taken_back_newest_first(quick):
    booked = taken_in(quick, report())
    reopen(quick.desk, booked.id, WHO, "xem lại")
    accept(quick.desk, booked.id, one_report(*OCTOBER), WHO)
    [reopened] = [one for one in events(quick, booked.id) if one.action == "reopened"]
    with pytest.raises(ConfigError, match="take back event"):
        undo_event(quick.desk, reopened.id, WHO)
    undo_last(quick.desk, booked.id, WHO)
    undo_last(quick.desk, booked.id, WHO)
    assert quick.standing(*NOVEMBER)["status"] == "on_time"
    with pytest.raises(ConfigError, match="nobody has decided anything"):
        undo_last(quick.desk, booked.id, WHO)


def test_what_the_service_recorded_is_no_decision_to_take_back(quick):
    booked = taken_in(quick, report())
    [processed] = events(quick, booked.id)
    with pytest.raises(ConfigError, match="no decision of a person"):
        undo_event(quick.desk, processed.id, WHO)
    with pytest.raises(ConfigError, match="no event 999"):
        undo_event(quick.desk, 999, WHO)


def test_a_later_version_stands_for_itself_when_the_one_that_it_completed_is_taken_away(office):
    first = received(office, report(files={"BC.docx": monthly_report("Sở Tài chính", "     /BC-STC", 11)}))
    second = received(office, report("2026-11-17 09:00"), "2026-11-17 09:01")
    assert [(one.version, one.status) for one in second.reports] == [(2, "accepted")]
    reopen(office.desk, second.id, WHO, "nhầm cơ quan")
    assert office.standing(*NOVEMBER)["status"] == "incomplete"
    assert office.standing(*NOVEMBER)["missing"] == ["number"]
    undo_last(office.desk, second.id, WHO)
    reopen(office.desk, first.id, WHO, "nhầm cơ quan")
    standing = office.standing(*NOVEMBER)
    assert (standing["status"], standing["first_received_at"]) == ("on_time", "2026-11-17T09:00:00+07:00")


def two_reports():
    files = {
        "thang 10.docx": monthly_report("Sở Tài chính", "200/BC-STC", 10),
        "thang 11.docx": monthly_report("Sở Tài chính", "214/BC-STC", 11),
    }
    return report(sender="ai.do@gmail.example", files=files)


def test_one_mail_becomes_several_reports_each_with_its_own_document(quick):
    stranger = taken_in(quick, two_reports())
    outcome = accept(quick.desk, stranger.id, Choice("STC", (OCTOBER[1:], NOVEMBER[1:])), WHO)
    assert [(one.period, one.number, one.timeliness) for one in outcome.reports] == [
        ("2026-10", "200/BC-STC", "late"), ("2026-11", "214/BC-STC", "on_time"),
    ]  # fmt: skip
    undo_last(quick.desk, stranger.id, WHO)
    assert [quick.standing(*one)["receipt"] for one in (OCTOBER, NOVEMBER)] == [None, None]


@pytest.mark.parametrize(
    ("choice", "complaint"),
    [
        (Choice("STC", ()), "say which report"),
        (Choice("STC", (NOVEMBER[1:], NOVEMBER[1:])), "named twice"),
        (Choice("STC", (NOVEMBER[1:],), {3: NOVEMBER[1:]}), "no document 3"),
        (Choice("STC", (NOVEMBER[1:],), {1: OCTOBER[1:]}), "not among the reports"),
        (Choice("STC", (NOVEMBER[1:], ("KTXH-T", "2026-09"))), "not clear which report document 1"),
        (Choice("STC", (OCTOBER[1:], NOVEMBER[1:]), {1: None}), "--document text=KTXH-T:2026-10"),
        (one_report("KHONG", "KTXH-T", "2026-11"), "no agency 'KHONG'"),
        (one_report("XHOABINH", "GIAOBAN", "2026-W47"), "does not owe"),
    ],
)
def test_a_choice_that_leaves_something_open_is_refused_whole(quick, choice, complaint):
    stranger = taken_in(quick, two_reports())
    with pytest.raises(ConfigError, match=complaint):
        accept(quick.desk, stranger.id, choice, WHO)
    assert [one.id for one in waiting(quick.desk).messages] == [stranger.id]


def test_a_document_may_be_left_out_and_the_mails_text_may_be_a_report(quick):
    stranger = taken_in(quick, two_reports())
    week = ("GIAOBAN", "2026-W47")
    choice = Choice("STC", (NOVEMBER[1:], week), {1: None, 2: NOVEMBER[1:], 0: week})
    outcome = accept(quick.desk, stranger.id, choice, WHO)
    assert [(one.report_type, one.status, one.number) for one in outcome.reports] == [
        ("KTXH-T", "accepted", "214/BC-STC"), ("GIAOBAN", "accepted", None),
    ]  # fmt: skip


def test_a_person_makes_a_mail_an_urgent_matter_and_the_duty_officer_hears(office):
    waiting_mail = received(office, report(files={}))
    outcome = mark_incident(office.desk, waiting_mail.id, WHO, category="fire_explosion", title="Cháy chợ Hòa Bình")
    assert (outcome.disposition, outcome.incident.opened) == ("incident", True)
    office.work("2026-11-16 09:10")
    assert len(office.sent("incident_alert")) == 1
    second = received(office, report("2026-11-16 10:00", files={}, sender="syt@tinh.example"), "2026-11-16 10:01")
    joined = mark_incident(office.desk, second.id, WHO, joins=outcome.incident.id)
    assert (joined.incident.id, joined.incident.opened) == (outcome.incident.id, False)
    undo_last(office.desk, waiting_mail.id, WHO)
    assert [one.id for one in waiting(office.desk).messages] == [waiting_mail.id]
    office.work("2026-11-16 10:02")
    [told] = office.sent("correction", to="stc@")
    assert f"vụ việc VV-{outcome.incident.id:04d}" in words(told)
    assert len(office.sent("correction", to="duty@")) == 1


def test_an_urgent_matter_that_only_a_wrong_mail_told_of_is_closed_and_comes_back(quick):
    waiting_mail = taken_in(quick, report(files={}))
    mark_incident(quick.desk, waiting_mail.id, WHO, category="other")
    reopen(quick.desk, waiting_mail.id, WHO, "không phải vụ việc")
    assert [one["status"] for one in incident_lines(quick.desk)] == ["closed"]
    undo_last(quick.desk, waiting_mail.id, WHO)
    assert [one["status"] for one in incident_lines(quick.desk)] == ["open"]
    assert explain_mail(quick.desk, waiting_mail.id).incident == "VV-0001"


@pytest.mark.parametrize(
    ("given", "complaint"),
    [({"category": "flood"}, "the category is one of"), ({"joins": 7}, "no incident 7"),
     ({"category": "other", "agency": "KHONG"}, "no agency 'KHONG'")],
)  # fmt: skip
def test_an_urgent_matter_needs_a_category_that_there_is(quick, given, complaint):
    waiting_mail = taken_in(quick, report(files={}))
    with pytest.raises(ConfigError, match=complaint):
        mark_incident(quick.desk, waiting_mail.id, WHO, **given)


def with_request_type(office):
    stored = stored_registry(office.desk)
    kind = ReportType(code="DX", name="Báo cáo đột xuất theo yêu cầu", frequency="ad_hoc", groups=["so"])
    load_registry(office.desk, Registry(stored.agencies, stored.contacts, [*stored.report_types, kind]))


def test_a_report_on_request_is_accepted_with_the_deadline_of_its_request(quick):
    with_request_type(quick)
    waiting_mail = taken_in(quick, report(sender="ai.do@gmail.example"))
    with pytest.raises(ConfigError, match="say until when with --due"):
        accept(quick.desk, waiting_mail.id, one_report("STC", "DX", "CV1832"), WHO)
    choice = Choice("STC", (("DX", "CV1832"),), due_at=at("2026-11-20 00:00"))
    outcome = accept(quick.desk, waiting_mail.id, choice, WHO)
    assert [(one.period, one.timeliness) for one in outcome.reports] == [("CV1832", "early")]
    files = {"b.docx": monthly_report("Sở Tài chính", "3/BC-STC", 11)}
    another = report("2026-11-21 09:00", sender="ai.do@gmail.example", message_id="<2@x>", files=files)
    second = taken_in(quick, another, "2026-11-21 09:01")
    assert accept(quick.desk, second.id, one_report("STC", "DX", "CV1832"), WHO).reports[0].version == 2


@pytest.mark.parametrize(
    ("agency", "kind", "complaint"), [("XHOABINH", "DX", "does not owe"), ("STC", "KTXH-T", "not due")]
)
def test_a_deadline_is_given_only_to_what_is_due_on_request(quick, agency, kind, complaint):
    with_request_type(quick)
    waiting_mail = taken_in(quick, report(sender="ai.do@gmail.example"))
    choice = Choice(agency, ((kind, "2026-11"),), due_at=at("2026-11-20 00:00"))
    with pytest.raises(ConfigError, match=complaint):
        accept(quick.desk, waiting_mail.id, choice, WHO)


@pytest.mark.parametrize("decide", ["receive", "extend", "waive"])
def test_a_decision_about_an_obligation_is_taken_back(quick, decide):
    before = quick.standing(*NOVEMBER)
    decision = decisions.Decision(*NOVEMBER, WHO, "theo đề nghị")
    if decide == "receive":
        decisions.receive(quick.desk, decision, at("2026-11-09 08:00"))
    elif decide == "extend":
        decisions.extend(quick.desk, decision, at("2026-12-01 00:00"))
    else:
        decisions.waive(quick.desk, decision)
    assert quick.standing(*NOVEMBER) != before
    with quick.desk.database.reading() as session:
        [event] = audit.events_of(session, ("received by another channel", "extended", "waived"))
    undone = undo_event(quick.desk, event.id, WHO)
    assert undone.action == event.action
    assert quick.standing(*NOVEMBER) == before
    quick.work("2026-11-15 08:00")
    assert quick.sent("reminder", to="stc@") != []


def test_extending_makes_a_late_report_punctual_and_taking_it_back_makes_it_late(quick):
    taken_in(quick, report("2026-11-19 09:00"), "2026-11-19 09:01")
    decisions.extend(quick.desk, decisions.Decision(*NOVEMBER, WHO, "mưa lũ"), at("2026-11-21 00:00"))
    assert quick.standing(*NOVEMBER)["status"] == "on_time"
    with quick.desk.database.reading() as session:
        [event] = audit.events_of(session, ("extended",))
    undo_event(quick.desk, event.id, WHO)
    assert quick.standing(*NOVEMBER)["status"] == "late"


def test_a_notice_that_was_settled_or_sent_again_by_mistake_waits_again(quick):
    taken_in(quick, report())
    with quick.desk.database.writing() as session:
        notice = notices_about(session, 1, ["acknowledgment"])[0]
        notice.bounced_at = quick.desk.now
    for settle in (
        lambda: dismiss_notice(quick.desk, notice.id, "đã gọi điện", WHO),
        lambda: retry_notice(quick.desk, notice.id, WHO),
    ):
        settle()
        assert waiting(quick.desk).notices == []
        with quick.desk.database.reading() as session:
            [*_, event] = audit.events_about(session, f"notice:{notice.id}")
        undo_event(quick.desk, event.id, WHO)
        assert [one.id for one in waiting(quick.desk).notices] == [notice.id]
    retry_notice(quick.desk, notice.id, WHO)
    with quick.desk.database.reading() as session:
        [*_, event] = audit.events_about(session, f"notice:{notice.id}")
    quick.work("2026-11-16 09:30")
    with pytest.raises(ConfigError, match="has left"):
        undo_event(quick.desk, event.id, WHO)


def test_what_waits_is_accepted_and_what_is_booked_is_corrected(quick):
    booked = taken_in(quick, report())
    with pytest.raises(ConfigError, match="does not wait"):
        accept(quick.desk, booked.id, one_report(*OCTOBER), WHO)
    with pytest.raises(ConfigError, match="booked just so"):
        correct(quick.desk, booked.id, one_report(*NOVEMBER), WHO, "thử")
    reopen(quick.desk, booked.id, WHO, "xem lại")
    with pytest.raises(ConfigError, match="waits for a decision"):
        correct(quick.desk, booked.id, one_report(*OCTOBER), WHO, "thử")
    with pytest.raises(ConfigError, match="already"):
        reopen(quick.desk, booked.id, WHO, "lần nữa")


def test_nothing_of_a_mail_with_a_secrecy_mark_is_shown_or_written_whatever_is_decided(quick):
    secret = received(
        quick, mail("stc@tinh.example", "[TỐI MẬT] Báo cáo ABCXYZ", "TỐI MẬT\n\nABCXYZ", at("2026-11-16 09:00"))
    )
    with pytest.raises(ConfigError, match="secrecy mark"):
        accept(quick.desk, secret.id, one_report(*NOVEMBER), WHO)
    dismiss(quick.desk, secret.id, "đã chuyển cán bộ bảo mật", WHO)
    undo_last(quick.desk, secret.id, WHO)
    [case] = cases(quick.desk)
    assert (case.subject, case.first_lines, case.documents) == ("", (), ())
    quick.work("2026-11-16 09:10")
    assert "ABCXYZ" not in "".join(one.as_string() for one in quick.sent())
    assert quick.sent("under_review") == []


def test_the_same_documents_as_another_report_are_accepted_as_a_duplicate(quick):
    taken_in(quick, report())
    copy = received(
        quick, report("2026-11-16 10:00", sender="ai.do@gmail.example", message_id="<copy@x>"), "2026-11-16 10:01"
    )
    outcome = accept(quick.desk, copy.id, one_report(*NOVEMBER), WHO)
    assert (outcome.disposition, outcome.reports) == ("duplicate", [])
