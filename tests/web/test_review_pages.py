"""The review desk in the console: the queue, one case, the decision, what it teaches, and the way back."""

import re

import pytest
from builders import at, mail, monthly_report

from intake.office.obligations import obligations
from intake.store import audit

CHOICE = {"agency": "STC", "type1": "KTXH-T", "period1": "2026-11"}


@pytest.fixture
def queued(office):
    """An office with a stranger's report in its queue, number 1."""
    document = monthly_report("Sở Tài chính", "12/BC-STC", 11)
    office.receive(
        mail(
            "nguoila@tinh.example", "Gửi báo cáo", "Xin gửi.", at("2026-11-16 08:00"), files={"bao cao.docx": document}
        )
    )
    office.work("2026-11-16 08:05")
    return office


def _standing(office):
    return next(one for one in obligations(office.desk, agency="STC") if one["period"] == "2026-11")["status"]


def test_the_queue_shows_what_waits_and_why(queued, signed_in):
    text = signed_in("viewer").get("/review").text
    assert "Gửi báo cáo" in text and "nguoila@tinh.example" in text


def test_a_case_shows_its_candidates_with_evidence_and_one_key_to_accept(queued, signed_in):
    text = signed_in("officer").get("/review/1").text
    assert 'data-key="a"' in text
    assert "Sở Tài chính" in text and 'value="2026-11"' in text


def test_a_viewer_sees_a_case_and_is_offered_no_decision(queued, signed_in):
    text = signed_in("viewer").get("/review/1").text
    assert "/review/1/accept" not in text and "/review/1/dismiss" not in text


def test_accepting_books_the_report_under_the_users_name(queued, signed_in):
    answer = signed_in("officer").post("/review/1/accept", CHOICE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?settled=1")
    assert _standing(queued) == "on_time"
    with queued.desk.database.reading() as session:
        [event] = [one for one in audit.events_about(session, "message:1") if one.action == "review decided"]
    assert event.who == "officer"


def test_undo_brings_the_case_back(queued, signed_in):
    officer = signed_in("officer")
    officer.post("/review/1/accept", CHOICE)
    assert officer.post("/review/1/undo").headers["location"] == "/review/1"
    assert _standing(queued) == "open"
    assert "Gửi báo cáo" in officer.get("/review").text


def test_what_cannot_be_booked_is_said_on_the_case(queued, signed_in):
    answer = signed_in("officer").post("/review/1/accept", {**CHOICE, "period1": "2026-13"})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text and _standing(queued) == "open"


@pytest.mark.parametrize("form", [{"type1": "KTXH-T"}, {}, {**CHOICE, "document1": "9"}, {**CHOICE, "due": "mai"}])
def test_a_form_that_says_too_little_or_nonsense_books_nothing(queued, signed_in, form):
    assert signed_in("officer").post("/review/1/accept", form).status_code == 409
    assert _standing(queued) == "open"


def test_dismissing_needs_a_reason(queued, signed_in):
    officer = signed_in("officer")
    assert officer.post("/review/1/dismiss", {"why": " "}).status_code == 409
    assert officer.post("/review/1/dismiss", {"why": "gửi nhầm"}).status_code == 303


def test_what_a_decision_would_teach_is_offered_or_said_why_not(queued, signed_in):
    text = signed_in("officer").get("/review/1").text
    assert "nguoila@tinh.example" in text
    assert "learn_sender" in text or "Không thể nhớ" in text


def test_a_mail_may_be_an_urgent_matter(queued, signed_in):
    form = {"category": "fire_explosion", "agency": "STC", "title": "Cháy kho"}
    assert signed_in("officer").post("/review/1/incident", form).status_code == 303


def test_a_document_goes_out_as_a_file_to_be_kept(queued, signed_in):
    answer = signed_in("viewer").get("/mail/1/document/1")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''bao%20cao.docx"
    assert answer.content.startswith(b"PK")
    assert signed_in("viewer").get("/mail/1/original").headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["/mail/99", "/mail/1/document/9", "/mail/1/document/1/page/1", "/review/99999999999"])
def test_what_is_not_there_is_said_so(queued, signed_in, path):
    assert signed_in("viewer").get(path).status_code == 404


def test_the_body_stands_in_a_frame_that_can_do_nothing(queued, signed_in):
    viewer = signed_in("viewer")
    assert re.search(r'<iframe [^>]*sandbox[ >][^>]*src="/mail/1/body"', viewer.get("/review/1").text)
    policy = viewer.get("/mail/1/body").headers["content-security-policy"]
    assert "sandbox" in policy and "script" not in policy and "default-src 'none'" in policy
