"""What leaves, on its pages: by stage, the mail as it was sent, try again, and the switch that is shown everywhere."""

import pytest
from web.browsing import PASSWORD
from web.chromium import page_of, sign_in

from intake.store import outbox

SENT_AT = "2026-11-18 09:00"


@pytest.fixture
def at_work(office):
    office.work(SENT_AT)
    return office


def fail(office, number, why="550 no such user"):
    with office.desk.database.writing() as session:
        outbox.refused(session, number, why)


@pytest.mark.xdist_group("chromium")
def test_one_switch_holds_back_all_mail_and_every_page_says_so(at_work, chromium_browser):
    page = page_of(chromium_browser, at_work.address)
    sign_in(page, "officer", PASSWORD)
    page.goto("/outgoing")
    page.get_by_text("Tạm dừng gửi tất cả thư").first.click()
    page.fill("#why", "đổi máy chủ thư")
    page.get_by_role("button", name="Tạm dừng gửi tất cả thư").click()
    for path in ("/board", "/review", "/templates", "/account", "/outgoing"):
        page.goto(path)
        told = page.locator(".banner").inner_text()
        assert "Tạm dừng gửi thư" in told and "đổi máy chủ thư" in told and "officer" in told
    page.get_by_role("button", name="Cho gửi lại").click()
    page.wait_for_url("**/outgoing")
    assert page.locator(".banner").count() == 0
    assert page.complaints == []


def test_a_mail_is_shown_as_it_was_sent(at_work, signed_in):
    viewer = signed_in("viewer")
    assert "stc@tinh.example" in viewer.get("/outgoing?stage=sent").text
    assert "giao ban tuần" in viewer.get("/outgoing/1").text
    html = viewer.get("/outgoing/1/html")
    assert "Kính gửi" in html.text and "sandbox" in html.headers["content-security-policy"]
    original = viewer.get("/outgoing/1/original")
    assert original.content == (at_work.folder / "outgoing/new").joinpath(
        min((at_work.folder / "outgoing/new").iterdir(), key=lambda one: one.stat().st_mtime_ns)
    ).read_bytes()  # fmt: skip
    assert original.headers["content-disposition"].startswith("attachment")


def test_a_notice_that_failed_is_tried_again_or_settled(at_work, signed_in):
    officer = signed_in("officer")
    fail(at_work, 1)
    fail(at_work, 2)
    assert "cần xử lý" in officer.get("/outgoing?stage=failed").text
    assert officer.post("/outgoing/1/retry").status_code == 303
    assert officer.post("/outgoing/2/settle", {"why": "đã gọi điện"}).status_code == 303
    assert officer.post("/outgoing/2/retry").status_code == 409
    assert "đã gọi điện" in officer.get("/outgoing/2").text
    at_work.work("2026-11-18 09:05")
    assert len(at_work.sent()) == 3


def test_notices_are_found_by_address_and_reference(at_work, signed_in):
    viewer = signed_in("viewer")
    found = viewer.get("/outgoing", params={"stage": "sent", "q": "SYT@tinh"}).text
    assert "syt@tinh.example" in found and "stc@tinh.example" not in found
    assert "Không tìm thấy" in viewer.get("/outgoing", params={"stage": "sent", "q": "100%_"}).text
    assert viewer.get("/outgoing", params={"stage": "' OR 1=1", "page": "-3"}).status_code == 200


def test_a_notice_that_there_is_not_is_not_found(at_work, signed_in):
    assert signed_in("viewer").get("/outgoing/99").status_code == 404


def test_a_pause_needs_a_reason(at_work, signed_in):
    officer = signed_in("officer")
    assert officer.post("/outgoing/pause", {"why": " "}).status_code == 409
    assert officer.post("/outgoing/resume").status_code == 409
