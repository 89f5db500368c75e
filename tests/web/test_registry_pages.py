"""The registry in the console: looked through, loaded in two steps, hostile workbooks, calendars by link."""

import io
import re
import zipfile

import pytest
from builders import registry
from icalendar import Calendar
from openpyxl import load_workbook
from web.browsing import PASSWORD
from web.chromium import page_of, sign_in

from intake.office.registry_loading import load_registry
from intake.office.registry_upload import confirm, offer
from intake.registry import write_registry

HUGE = 4_000_000_000


def workbook(folder, change=lambda book: None) -> bytes:
    path = folder / "upload.xlsx"
    write_registry(path, registry())
    book = load_workbook(path)
    change(book)
    book.save(path)
    return path.read_bytes()


def rename(book):
    cell = next(one for one in book["agencies"]["B"] if one.value == "Sở Y tế")
    cell.value = "Sở Y tế và Dân số"


def later(book):
    cell = next(one for row in book["report_types"].iter_rows() for one in row if one.value == "closing +2wd")
    cell.value = "closing +4wd"


def misspell(book):
    book["contacts"].append(["SYTT", "moi@tinh.example", "Người mới", "submitter"])


def upload(browser, content):
    token = re.search(r'name="form_token" value="([^"]+)"', browser.get("/registry").text)[1]
    files = {"workbook": ("registry.xlsx", content)}
    headers = {"Origin": browser.address}
    return browser.http.post("/registry/upload", data={"form_token": token}, files=files, headers=headers)


def token_in(answer):
    return re.search(r'name="token" value="([0-9a-f]+)"', answer.text)[1]


def names(office):
    office.web_desk.look_at_registry()
    return {one.name for one in office.web_desk.directory.agencies.values()}


@pytest.mark.parametrize("tab", ["agencies", "contacts", "types", "nonsense"])
def test_the_registry_is_looked_through(signed_in, tab):
    assert signed_in("viewer").get("/registry", params={"tab": tab}).status_code == 200


def test_it_is_searched_without_diacritics(signed_in):
    page = signed_in("viewer").get("/registry", params={"q": "so y te"}).text
    assert "Sở Y tế" in page and "Sở Tài chính" not in page


def test_a_workbook_takes_effect_only_when_its_differences_are_confirmed(office, signed_in, tmp_path):
    admin = signed_in("admin")
    answer = upload(admin, workbook(tmp_path, rename))
    assert "từ &#34;Sở Y tế&#34; thành &#34;Sở Y tế và Dân số&#34;" in answer.text
    assert "Sở Y tế" in names(office)
    assert admin.post("/registry/confirm", {"token": token_in(answer)}).headers["location"] == "/registry?loaded=yes"
    assert "Sở Y tế và Dân số" in names(office)
    assert admin.post("/registry/confirm", {"token": token_in(answer)}).status_code == 409


def test_the_deadlines_that_would_move_are_shown_before(office, signed_in, tmp_path):
    answer = upload(signed_in("admin"), workbook(tmp_path, later))
    assert "chậm từ 00 giờ 00, ngày 19/12/2026 (hiện nay: 00 giờ 00, ngày 17/12/2026)" in answer.text


def test_what_changed_meanwhile_is_not_overwritten(office, signed_in, tmp_path):
    admin = signed_in("admin")
    answer = upload(admin, workbook(tmp_path, rename))
    changed = registry()
    changed.agencies[1].name = "Sở Tài chính - Kế hoạch"
    load_registry(office.desk, changed, "khác")
    refused = admin.post("/registry/confirm", {"token": token_in(answer)})
    assert refused.status_code == 409 and "vừa được thay đổi" in refused.text
    assert "Sở Tài chính - Kế hoạch" in names(office)


def test_nobody_confirms_what_another_uploaded(office, tmp_path):
    offered = offer(office.desk, workbook(tmp_path, rename), "Lan")
    for token, who in ((offered.token, "Bình"), ("../../etc", "Lan"), ("0" * 32, "Lan")):
        with pytest.raises(Exception, match="upload it"):
            confirm(office.desk, token, who)


@pytest.mark.xdist_group("chromium")
def test_a_workbook_with_a_mistake_is_refused_with_sheet_row_and_column(office, chromium_browser, tmp_path):
    workbook(tmp_path, misspell)
    page = page_of(chromium_browser, office.address)
    sign_in(page, "admin", PASSWORD)
    page.goto("/registry")
    page.set_input_files("#workbook", tmp_path / "upload.xlsx")
    page.get_by_role("button", name="Xem thay đổi").click()
    told = page.get_by_role("alert").inner_text()
    assert "trang contacts, dòng" in told and "cột agency" in told
    assert "không có cơ quan SYTT; có phải là SYT?" in told


def bomb() -> bytes:
    """A workbook of a few kilobytes whose sheet unpacks to more than a registry may."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 11_000_000)
    return packed.getvalue()


def lying_bomb() -> bytes:
    """The same, but the archive says that it is small."""
    content = bytearray(bomb())
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(content)


def with_entities(folder) -> bytes:
    """A sheet whose entities unfold to billions of letters."""
    source, packed = zipfile.ZipFile(io.BytesIO(workbook(folder))), io.BytesIO()
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(packed, "w") as archive:
        for one in source.namelist():
            text = source.read(one)
            if one.startswith("xl/worksheets/"):
                head = f'<!DOCTYPE worksheet [<!ENTITY a0 "ha">{names}]>'.encode()
                text = text.replace(b"<worksheet", head + b"<worksheet", 1).replace(b"<sheetData>", b"<sheetData>&a9;")
            archive.writestr(one, text)
    return packed.getvalue()


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"", b"<html>", bomb(), lying_bomb()],
    ids=["cut off", "empty", "no workbook", "bomb", "lying bomb"],
)  # fmt: skip
def test_a_hostile_workbook_is_refused_and_the_console_lives(office, signed_in, content):
    admin = signed_in("admin")
    assert upload(admin, content).status_code in (409, 422)
    assert admin.get("/registry").status_code == 200


def test_entities_that_unfold_without_end_are_refused(office, signed_in, tmp_path):
    admin = signed_in("admin")
    assert upload(admin, with_entities(tmp_path)).status_code in (200, 409)
    assert admin.get("/registry").status_code == 200


def test_a_workbook_that_is_too_large_is_not_read(signed_in):
    assert upload(signed_in("admin"), b"x" * 5_200_000).status_code == 413


def test_the_registry_is_taken_along_and_comes_back_the_same(office, signed_in):
    admin = signed_in("admin")
    content = admin.get("/registry/export").content
    assert "giống hệt" in upload(admin, content).text


def test_the_next_deadlines_are_shown_while_a_rule_is_tried(signed_in):
    viewer = signed_in("viewer")
    plain = viewer.get("/registry/type/KTXH-T").text
    assert "hết ngày 16/12/2026" in plain and "Theo quy tắc" not in plain
    tried = viewer.get("/registry/type/KTXH-T", params={"due": "day 20"}).text
    assert "hết ngày 21/12/2026" in tried
    wrong = viewer.get("/registry/type/KTXH-T", params={"due": "bao giờ cũng được"})
    assert wrong.status_code == 409 and "không dùng được" in wrong.text
    assert viewer.get("/registry/type/KHONG").status_code == 404


def link_in(page):
    return re.search(r"/feed/[\w-]+\.ics", page)[0]


def test_an_agency_has_its_deadlines_as_a_calendar_by_a_secret_link(office, signed_in, fresh):
    officer = signed_in("officer")
    assert "/feed/" not in officer.get("/registry/agency/STC").text
    assert officer.post("/registry/agency/STC/feed").status_code == 303
    link = link_in(officer.get("/registry/agency/STC").text)
    answer = fresh().get(link)
    assert answer.headers["content-type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert "STC/KTXH-T/2026-12@tinh.example" in {str(one["UID"]) for one in events}
    assert all("STC" in str(one["UID"]) for one in events)


def test_another_link_ends_the_one_before(office, signed_in, fresh):
    officer = signed_in("officer")
    officer.post("/registry/agency/STC/feed")
    former = link_in(officer.get("/registry/agency/STC").text)
    officer.post("/registry/agency/STC/feed")
    stranger = fresh()
    assert stranger.get(former).status_code == 404
    assert stranger.get(link_in(officer.get("/registry/agency/STC").text)).status_code == 200


@pytest.mark.parametrize("token", ["x", "%25", "_" * 43, "a" * 43, "..%2f..%2fconfig"])
def test_no_other_link_opens_anything(fresh, token):
    assert fresh().get(f"/feed/{token}.ics").status_code == 404


def test_a_viewer_is_not_shown_the_link(signed_in):
    signed_in("officer").post("/registry/agency/STC/feed")
    assert "/feed/" not in signed_in("viewer").get("/registry/agency/STC").text
