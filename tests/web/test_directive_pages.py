"""Directives in the console: written in two steps, with documents; who has confirmed; what the office decides."""

import re

import pytest
from builders import docx, mail, registry

from intake.model import ReportType
from intake.office.directives import directive_lines
from intake.office.registry_loading import load_registry
from intake.registry import Registry
from intake.store.mails import message_numbered

FORM = {"title": "Phòng cháy rừng", "text": "Thực hiện nghiêm.\nBáo cáo kịp thời.", "agency": ["STC", "SYT"]}
ORDER = ("công văn 2451.docx", docx("Công văn số 2451/UBND-NL", "Về phòng cháy rừng"))


def token_of(browser):
    return re.search(r'name="form_token" value="([^"]+)"', browser.get("/account").text)[1]


def write(browser, form=FORM, *documents):
    data = {"form_token": token_of(browser), **form}
    files = [("document", one) for one in documents] or [("document", ("", b""))]
    return browser.http.post("/directives/offer", data=data, files=files, headers={"Origin": browser.address})


def waiting_token(answer):
    return re.search(r'name="token" value="([0-9a-f]+)"', answer.text)[1]


def issue(browser, form=FORM, *documents):
    return browser.post("/directives/issue", {"token": waiting_token(write(browser, form, *documents))})


def lines(office):
    return directive_lines(office.desk)


@pytest.fixture
def officer(signed_in):
    return signed_in("officer")


def test_nothing_leaves_before_it_was_looked_at_and_confirmed(office, officer):
    shown = write(officer, FORM, ORDER)
    assert shown.status_code == 200 and "Sở Tài chính" in shown.text and "công văn 2451.docx" in shown.text
    assert lines(office) == []
    answer = officer.post("/directives/issue", {"token": waiting_token(shown)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/directives/1?done=issued")
    assert [one["agency"] for one in lines(office)[0]["agencies"]] == ["STC", "SYT"]


def test_a_directive_that_was_sent_is_not_sent_twice(office, officer):
    token = waiting_token(write(officer))
    assert officer.post("/directives/issue", {"token": token}).status_code == 303
    again = officer.post("/directives/issue", {"token": token})
    assert (again.status_code, "soạn lại" in again.text, len(lines(office))) == (409, True, 1)


def test_nobody_sends_what_somebody_else_wrote(office, officer, signed_in):
    token = waiting_token(write(officer))
    assert signed_in("admin").post("/directives/issue", {"token": token}).status_code == 409
    assert lines(office) == []
    assert officer.post("/directives/issue", {"token": token}).status_code == 303


def test_the_document_goes_to_the_units_and_is_given_out_as_a_file_only(office, officer, signed_in):
    issue(officer, FORM, ORDER)
    office.work("2026-11-18 08:05")
    [letter] = office.sent("directive_order", to="stc@tinh.example")
    [enclosed] = letter.iter_attachments()
    assert (enclosed.get_filename(), enclosed.get_content()) == ORDER
    kept = signed_in("viewer").get("/directives/1/document/1")
    assert kept.content == ORDER[1]
    assert kept.headers["content-type"] == "application/octet-stream"
    assert kept.headers["content-disposition"].startswith("attachment")
    with office.desk.database.reading() as session:
        assert message_numbered(session, 1).reason == "a directive of the office, CD-0001"


def test_the_mail_with_the_document_is_found_among_the_mails(office, officer):
    issue(officer, FORM, ORDER)
    page = officer.get("/mail?q=2451&is=directive")
    assert "Phòng cháy rừng" in page.text
    assert officer.get("/mail/1").status_code == 200


def test_without_a_document_no_mail_is_kept(office, officer):
    issue(officer)
    assert lines(office)[0]["message"] is None
    assert officer.get("/directives/1/document/1").status_code == 404


def test_a_whole_group_is_chosen_at_once(office, officer):
    issue(officer, {**FORM, "agency": ["XHOABINH"], "group": ["so"]})
    assert [one["agency"] for one in lines(office)[0]["agencies"]] == ["STC", "SYT", "XHOABINH"]


@pytest.mark.parametrize(
    ("form", "document", "said"),
    [
        ({**FORM, "title": " "}, None, "phải có trích yếu"),
        ({**FORM, "agency": []}, None, "ít nhất một đơn vị"),
        ({**FORM, "agency": ["office"]}, None, "ít nhất một đơn vị"),
        ({**FORM, "due": "2026-11-01T08:00"}, None, "đã qua"),
        ({**FORM, "due": "ngày mai"}, None, "ngày mai"),
        ({**FORM, "text": "dòng\n" * 13}, None, "dài quá 12 dòng"),
        (FORM, ("lon.bin", b"x" * 15_000_001), "15,000,000 byte"),
        (FORM, ("mat.docx", docx("TUYỆT MẬT", "Nội dung")), "độ mật"),
        ({**FORM, "text": "MẬT\nKế hoạch"}, None, "độ mật"),
        (FORM, ("chay.exe", b"MZ\x90\x00" + b"\0" * 200), "không gửi đi được"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_its_reason_and_nothing_is_kept(office, officer, form, document, said):
    answer = write(officer, form, *([document] if document else []))
    assert (answer.status_code, said in answer.text) == (409, True)
    assert "Phòng cháy rừng" in answer.text or not form["title"].strip()
    assert lines(office) == [] and not list(office.desk.raw_messages.folder.rglob("*.eml"))


def test_units_without_an_address_and_reports_without_a_type_are_told_beforehand(office, officer):
    known = registry()
    contacts = [one for one in known.contacts if one.agency_code != "SYT"]
    load_registry(office.desk, Registry(known.agencies, contacts, known.report_types))
    shown = write(officer, {**FORM, "due": "2026-11-30T17:00"}).text
    assert "báo bằng điện thoại: Sở Y tế" in " ".join(shown.split())
    assert "chưa có loại báo cáo theo yêu cầu" in shown
    issue(officer)
    assert officer.get("/directives/1").text.count("chưa có địa chỉ thư") == 1


def test_the_page_shows_each_unit_with_its_report(office, officer):
    known = registry()
    kind = ReportType(code="DOT-XUAT", name="Báo cáo theo yêu cầu", frequency="ad_hoc")
    load_registry(office.desk, Registry(known.agencies, known.contacts, [*known.report_types, kind]))
    issue(officer, {**FORM, "due": "2026-11-30T17:00"})
    page = officer.get("/directives/1").text
    path = "/obligation?agency=SYT&amp;type=DOT-XUAT&amp;period=CD-0001"
    assert path in page
    assert officer.get(path.replace("&amp;", "&")).status_code == 200
    assert "0/2 đơn vị đã báo cáo" in officer.get("/directives").text


def test_a_unit_that_confirmed_by_telephone_is_marked_with_the_reason(office, officer):
    issue(officer)
    form = {"agency": "SYT", "on": "2026-11-18T07:59", "why": "điện thoại, đ/c Hà"}
    assert officer.post("/directives/1/confirm", form).status_code == 409
    office.move_to("2026-11-18 09:00")
    assert officer.post("/directives/1/confirm", {**form, "on": "2026-11-18T08:30"}).status_code == 303
    page = " ".join(officer.get("/directives/1").text.split())
    assert "qua kênh khác" in page and "Sở Y tế · officer: điện thoại, đ/c Hà" in page
    assert "1/2 đơn vị đã xác nhận" in officer.get("/directives").text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"agency": "SYT"}, "qua kênh nào"),
        ({"agency": "XPHUTHO", "why": "điện thoại"}, "không gửi đến"),
        ({"agency": "SYT", "why": "điện thoại", "on": "2026-11-19T08:00"}, "chưa đến"),
    ],
)
def test_a_confirmation_that_cannot_be_is_refused(office, officer, form, said):
    issue(officer)
    answer = officer.post("/directives/1/confirm", form)
    assert (answer.status_code, said in answer.text) == (409, True)
    assert lines(office)[0]["confirmed"] == 0


def test_a_mail_that_confirms_is_led_to(office, officer):
    issue(officer)
    office.work("2026-11-18 08:05")
    office.receive(mail("stc@tinh.example", "Re: CD-0001", "Đã nhận.", office.desk.now))
    office.work("2026-11-18 08:10")
    assert 'href="/mail/1"' in officer.get("/directives/1").text


def test_a_directive_is_closed_and_that_is_taken_back(office, officer):
    issue(officer)
    assert officer.post("/directives/1/close", {"why": "đã rõ"}).status_code == 303
    assert officer.post("/directives/1/close", {"why": "đã rõ"}).status_code == 409
    assert lines(office)[0]["status"] == "closed"
    assert officer.post("/directives/1/undo", {"why": "nhầm"}).status_code == 303
    assert [one["status"] for one in lines(office)[0]["agencies"]] == ["waiting", "waiting"]


def test_a_viewer_reads_and_is_offered_nothing_to_do(office, officer, signed_in):
    issue(officer)
    viewer = signed_in("viewer")
    for path in ("/directives", "/directives/1"):
        page = viewer.get(path)
        assert page.status_code == 200
        assert "/directives/new" not in page.text and "/directives/1/" not in page.text


def test_a_directive_that_there_is_not_is_not_found(officer):
    assert officer.get("/directives/9").status_code == 404
    assert officer.post("/directives/9/undo").status_code == 409
