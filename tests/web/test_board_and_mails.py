"""The board, an obligation and its decisions, the search over mails, and what of a mail is shown to whom."""

import pytest
from builders import at, mail, monthly_report

from intake.office.obligations import obligations

NAMED = {"agency": "STC", "type": "KTXH-T", "period": "2026-11"}
OBLIGATION = "/obligation?agency=STC&type=KTXH-T&period=2026-11"


@pytest.fixture
def at_work(office):
    """An office with a report of STC on time, number 1, and a mail with a secrecy mark, number 2."""
    files = {"bao cao.docx": monthly_report("Sở Tài chính", "12/BC-STC", 11)}
    subject = "Báo cáo tình hình kinh tế - xã hội tháng 11/2026"
    office.receive(
        mail("stc@tinh.example", subject, "Kính gửi báo cáo tháng 11.", at("2026-11-16 08:00"), files=files),
        mail("syt@tinh.example", "MẬT - Báo cáo về nhân sự", "Nội dung kín.", at("2026-11-16 08:01")),
    )
    office.work("2026-11-16 08:05")
    return office


def test_the_board_says_how_each_obligation_stands(at_work, signed_in):
    text = signed_in("viewer").get("/board?month=2026-11").text
    assert 'class="chip on_time' in text and 'class="chip soon' in text
    assert "Sở Tài chính" in text and "UBND xã Hòa Bình" in text


@pytest.mark.parametrize(
    ("asked", "there", "away"),
    [
        ("q=tai+chinh", "Sở Tài chính", "Sở Y tế"),
        ("group=xa", "UBND xã Hòa Bình", "Sở Y tế"),
        ("stands=on_time", "Sở Tài chính", "UBND xã Hòa Bình"),
        ("type=GIAOBAN", "Sở Y tế", "UBND xã Hòa Bình"),
    ],
)
def test_the_board_is_narrowed(at_work, signed_in, asked, there, away):
    table = (
        signed_in("viewer").get(f"/board?month=2026-11&{asked}").text.partition("<tbody")[2].partition("</tbody>")[0]
    )
    assert there in table and away not in table


@pytest.mark.parametrize("asked", ["month=0000-00", "month=9999-12", "month=x&page=-1&stands=no", "page=9999999999"])
def test_nonsense_shows_a_board_all_the_same(at_work, signed_in, asked):
    assert signed_in("viewer").get(f"/board?{asked}").status_code == 200


def test_an_obligation_shows_versions_mails_and_why_its_deadline_is_what_it_is(at_work, signed_in):
    text = signed_in("viewer").get(OBLIGATION).text
    assert "/mail/1" in text and "Điều 12 Nghị định 09/2019/NĐ-CP" in text
    assert "/obligation/waive" not in text


def test_an_extension_a_waiver_and_another_channel_are_decided_and_taken_back(at_work, signed_in):
    officer = signed_in("officer")
    named = {**NAMED, "agency": "SYT"}

    def standing():
        return next(one for one in obligations(at_work.desk, agency="SYT") if one["period"] == "2026-11")

    assert officer.post("/obligation/extend", {**named, "until": "2026-11-20", "why": "bão"}).status_code == 303
    assert standing()["due_at"] == "2026-11-21T00:00:00+07:00"
    assert officer.post("/obligation/waive", {**named, "why": "giải thể"}).status_code == 303
    assert standing()["status"] == "waived"
    text = officer.get("/obligation?agency=SYT&type=KTXH-T&period=2026-11").text
    event = text.partition("/obligation/undo/")[2].partition('"')[0]
    assert officer.post(f"/obligation/undo/{event}", named).status_code == 303
    assert standing()["status"] == "open"
    came = {"on": "2026-11-15T16:30", "why": "trục liên thông"}
    assert officer.post("/obligation/receive", {**named, **came}).status_code == 303
    assert standing()["status"] == "on_time"
    assert standing()["received_at"] == "2026-11-15T16:30:00+07:00"


@pytest.mark.parametrize("form", [{"until": "2026-11-01", "why": "x"}, {"until": "mai", "why": "x"}, {}])
def test_an_extension_that_is_none_is_refused_with_its_reason(at_work, signed_in, form):
    answer = signed_in("officer").post("/obligation/extend", {**NAMED, **form})
    assert answer.status_code == 409 and 'role="alert"' in answer.text


@pytest.mark.parametrize(
    "asked", ["q=kinh+te+xa+hoi", "q=kinh tế", "q=thu+ngân+sách", "is=report", "agency=STC&from=2026-11-16"]
)
def test_a_mail_is_found_by_its_subject_and_by_the_words_of_its_documents(at_work, signed_in, asked):
    text = signed_in("viewer").get(f"/mail?{asked}").text
    assert 'href="/mail/1"' in text and 'href="/mail/2"' not in text


def test_nothing_of_a_mail_in_quarantine_is_shown_found_or_given_out(at_work, signed_in):
    admin = signed_in("admin")
    for path in ("/mail", "/mail/2", "/review", "/review/2", "/mail?is=quarantined"):
        assert "nhân sự" not in admin.get(path).text
    assert 'href="/mail/2"' not in admin.get("/mail?q=nhan+su").text
    for path in ("/mail/2/body", "/mail/2/original", "/mail/2/document/1"):
        assert admin.get(path).status_code == 404


def test_a_mail_that_was_booked_wrongly_is_booked_otherwise_or_taken_back(at_work, signed_in):
    officer = signed_in("officer")
    form = {"agency": "STC", "type1": "KTXH-T", "period1": "2026-10", "why": "là báo cáo tháng 10"}
    assert officer.post("/mail/1/correct", form).status_code == 303
    assert officer.post("/mail/1/undo").status_code == 303
    assert officer.post("/mail/1/reopen", {"why": "xem lại"}).headers["location"] == "/review/1"
    assert officer.post("/mail/1/reopen", {"why": "xem lại"}).status_code == 409


def test_sending_that_is_paused_is_said_on_every_page(at_work, signed_in):
    from intake.office.sending import pause_sending

    pause_sending(at_work.desk, "admin", "kiểm tra máy chủ")
    viewer = signed_in("viewer")
    for path in ("/board", "/review", "/mail", "/account"):
        assert "Tạm dừng gửi thư" in viewer.get(path).text
