"""The console in a real browser: signing in, the board, a case settled by its keys; every page, looked at by axe.

The office's mail is hostile: what it puts into subjects, file names, bodies and names must neither run nor load.
With INTAKE_SCREENSHOTS=folder each page leaves its picture there.
"""

import os
import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from builders import OFFICE_ADDRESS, at, mail, monthly_report, registry
from web.browsing import PASSWORD, office_with_console
from web.chromium import DESKTOP, PHONE, page_of, sign_in

from intake.model import Agency
from intake.office.directives import issue
from intake.office.incidents import open_incident
from intake.office.registry_loading import load_registry
from intake.records.incidents import By, Matter
from intake.registry import Registry, write_registry
from intake.web.pages_table import PAGES

pytestmark = pytest.mark.xdist_group("chromium")

AXE = (Path(__file__).parents[1] / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")
EVIL = "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
FILE = '"><img src=x onerror=window.hacked=1>.docx'
BODY = f"""<html><body onload="window.hacked=1"><style>body{{background:url(http://evil.example/a)}}</style>
<p>Kính gửi</p>{EVIL}<img src="http://evil.example/pixel"><iframe src="http://evil.example"></iframe>
<a href="javascript:window.top.hacked=1">bấm</a><form action="http://evil.example"><input name=x></form>
<svg onload=window.hacked=1></svg><meta http-equiv="refresh" content="0;url=http://evil.example"></body></html>"""
NO_PAGES = re.compile(
    r"static|/language/|/document/|/original|/body|/word|\.ics|workbook|download|/export|/html$|/preview/"
)  # fmt: skip
PLACES = {
    "/obligation": "/obligation?agency=STC&type=KTXH-T&period=2026-11",
    "/registry/agency/{code}": "/registry/agency/EVIL",
    "/registry/type/{code}": "/registry/type/KTXH-T?due=day+20",
    **{f"/templates/{act}/{{language}}/{{name:path}}": f"/templates/{act}/vi/reminder/body.html"
       for act in ("edit", "history")},
}  # fmt: skip
LOOKED_AT = [PLACES.get(page.path, re.sub(r"\{[^}]*\}", "1", page.path))
             for page in PAGES if page.method == "GET" and not NO_PAGES.search(page.path)]  # fmt: skip


def hostile_mail() -> bytes:
    message = EmailMessage()
    message["Return-Path"] = "<la@evil.example>"
    message["Received"] = "from evil.example by mail.tinh.example; Mon, 16 Nov 2026 08:00:00 +0700"
    message["From"], message["To"] = f"{EVIL} <la@evil.example>", OFFICE_ADDRESS
    message["Subject"] = f"Báo cáo {EVIL}"
    message["Message-ID"] = "<evil@evil.example>"
    message.set_content("Kính gửi")
    message.add_alternative(BODY, subtype="html")
    message.add_attachment(monthly_report(EVIL, "1/BC", 11), maintype="application", subtype="msword", filename=FILE)
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n", max_line_length=None))


@pytest.fixture(scope="module")
def hostile_office(tmp_path_factory):
    with office_with_console(tmp_path_factory.mktemp("office")) as place:
        known = registry()
        evil = Agency(code="EVIL", name=f"UBND xã {EVIL}", groups=["xa"])
        load_registry(place.desk, Registry([*known.agencies, evil], known.contacts, known.report_types))
        document = monthly_report("Sở Tài chính", "12/BC-STC", 11)
        place.receive(
            hostile_mail(),
            mail("la@tinh.example", "Gửi báo cáo", "Xin gửi.", at("2026-11-16 08:01"), files={"bc.docx": document}),
        )
        place.work("2026-11-16 08:05")
        open_incident(place.desk, "STC", Matter(f"Cháy {EVIL}", "fire_explosion", EVIL), By("test"))
        issue(place.desk, ["STC", "EVIL"], f"Chỉ đạo {EVIL}", By("test"), text=BODY, message_id=1)
        yield place


def opened(browser, place, role="admin", viewport=DESKTOP, **options):
    page = page_of(browser, place.address, viewport, **options)
    sign_in(page, role, PASSWORD)
    return page


def serious(page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], iframes: false})")
    return [
        f"{one['id']}: {one['help']} ({one['nodes'][0]['html'][:120]})"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(
    ("viewport", "language", "scheme"),
    [(DESKTOP, "vi", "light"), (DESKTOP, "en", "dark"), (PHONE, "vi", "dark"), (PHONE, "en", "light")],
)
def test_every_page_is_whole_accessible_and_runs_nothing_foreign(
    chromium_browser, hostile_office, viewport, language, scheme
):
    page = opened(chromium_browser, hostile_office, viewport=viewport, color_scheme=scheme)
    page.goto(f"/language/{language}?next=/board")
    wrong = {path: found for path in LOOKED_AT if (found := _wrong_with(page, path))}
    for path in LOOKED_AT if os.environ.get("INTAKE_SCREENSHOTS") else ():
        _keep_picture(page, path, viewport, language)
    outside = [url for url in page.asked if not url.startswith((hostile_office.address, "data:"))]
    page.context.close()
    assert (wrong, outside) == ({}, [])


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_that_a_form_leads_to_are_accessible_and_run_nothing_foreign(
    chromium_browser, hostile_office, viewport, tmp_path
):
    page = opened(chromium_browser, hostile_office, viewport=viewport)
    looked_at = {}
    for name, go in (("directive", _offer_a_directive), ("registry", _offer_a_registry), ("problem", _ask_for_nothing)):
        go(page, tmp_path)
        if folder := os.environ.get("INTAKE_SCREENSHOTS"):
            page.screenshot(path=f"{folder}/{name}-form.{viewport['width']}.png", full_page=True)
        is_wide = page.evaluate("document.documentElement.scrollWidth") > viewport["width"]
        looked_at[name] = (page.evaluate("window.hacked"), is_wide, serious(page))
    page.context.close()
    assert looked_at == dict.fromkeys(("directive", "registry", "problem"), (None, False, []))


def _offer_a_directive(page, folder):
    page.goto("/directives/new")
    page.fill("#title", f"Chỉ đạo {EVIL}")
    page.fill("#text", BODY)
    page.check('[name=agency][value="EVIL"]')
    page.locator("main form button.main").click()
    page.wait_for_url("**/directives/offer")


def _offer_a_registry(page, folder):
    known = registry()
    evil = Agency(code="EVIL", name=f"UBND phường {EVIL}", groups=["xa"])
    write_registry(folder / "registry.xlsx", Registry([*known.agencies, evil], known.contacts, known.report_types))
    page.goto("/registry")
    page.set_input_files("#workbook", folder / "registry.xlsx")
    page.locator("form.upload button").click()
    page.wait_for_url("**/registry/upload")


def _ask_for_nothing(page, folder):
    page.goto(f"/mail/99999?q={EVIL}")


def _wrong_with(page, path) -> list[str]:
    answer = page.goto(path)
    found = [f"status {answer.status}"] if answer.status >= 400 else []
    if page.evaluate("window.hacked") is not None:
        found.append("something foreign ran")
    if page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]:
        found.append("wider than the screen")
    complaints, page.complaints = page.complaints, []
    return [*found, *complaints, *serious(page)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_is_accessible_by_night_too(chromium_browser, hostile_office, scheme):
    page = page_of(chromium_browser, hostile_office.address, color_scheme=scheme)
    page.goto("/sign-in")
    assert serious(page) == []
    page.context.close()


def _keep_picture(page, path, viewport, language):
    page.goto(path)
    name = re.sub(r"\W+", "-", path).strip("-")
    page.screenshot(
        path=f"{os.environ['INTAKE_SCREENSHOTS']}/{name}.{viewport['width']}.{language}.png", full_page=True
    )


def test_the_body_of_a_mail_runs_and_loads_nothing_in_its_frame(chromium_browser, hostile_office):
    page = opened(chromium_browser, hostile_office)
    page.goto("/mail/1")
    frame = page.frame_locator("iframe.body")
    assert "Kính gửi" in frame.locator("body").inner_text()
    assert frame.locator("script, img, iframe, form, svg, [onload], [onerror], a[href]").count() == 0
    assert [url for url in page.asked if "evil.example" in url] == []
    page.context.close()


def test_a_case_is_settled_and_taken_back_with_keys_alone(chromium_browser, hostile_office):
    page = opened(chromium_browser, hostile_office, "officer")
    page.goto("/review")
    page.wait_for_function("document.activeElement.matches('[data-entry]')")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/2")
    page.keyboard.press("a")
    page.wait_for_url("**settled=2*")
    assert "Thư số 2" in page.get_by_role("status").inner_text()
    page.keyboard.press("u")
    page.wait_for_url("**/review/2")
    page.context.close()


def test_the_board_leads_to_an_obligation_with_its_reasons(chromium_browser, hostile_office):
    page = opened(chromium_browser, hostile_office, "viewer")
    page.goto("/board?month=2026-11&q=tai+chinh")
    page.locator("a.chip").first.click()
    page.wait_for_url("**/obligation?*")
    assert "Vì sao có thời hạn này" in page.content()
    page.context.close()


def test_units_are_asked_for_a_report(chromium_browser, hostile_office):
    page = opened(chromium_browser, hostile_office, "officer")
    page.goto("/incidents")
    page.get_by_text("Yêu cầu các đơn vị báo cáo về một vụ việc mới").click()
    page.fill("#title", "Sạt lở trên báo")
    page.select_option("#ask-agency", ["STC", "SYT"])
    page.get_by_role("button", name="Gửi yêu cầu").click()
    page.wait_for_url(re.compile(r"/incidents/\d+$"))
    assert page.get_by_text("chờ trả lời").count() == 2
    page.context.close()
