"""The template workshop in a real browser: refused at the line, saved, seen, brought back; and without scripts."""

import shutil

import pytest
from web.browsing import PASSWORD, Browser, office_with_console
from web.chromium import page_of, sign_in

from intake.office.workshop import history, opened
from intake.rendering import shipped_templates
from intake.rendering.own_files import shipped_text, template_names
from intake.web.verbatim import differences

SUBJECT = "/templates/edit/vi/reminder/subject.txt"
BODY = "/templates/edit/vi/reminder/body.html"


@pytest.fixture
def office(tmp_path):
    shutil.copytree(shipped_templates(), tmp_path / "templates")
    with office_with_console(tmp_path, templates={"path": "templates"}) as place:
        yield place


@pytest.fixture
def admin(office, chromium_browser):
    page = page_of(chromium_browser, office.address)
    sign_in(page, "admin", PASSWORD)
    yield page
    page.context.close()


def write(page, text):
    """Types into the editor as a person does."""
    page.locator(".editor .cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


@pytest.mark.xdist_group("chromium")
def test_a_mistake_is_refused_at_its_line_and_mended_saved_seen_and_taken_back(office, admin):
    admin.goto(SUBJECT)
    write(admin, "[{{ reference }}] Kính nhắc\n{{ agncy }}")
    admin.get_by_role("button", name="Lưu", exact=True).click()
    problem = admin.get_by_role("alert")
    assert "dòng 2" in problem.inner_text() and "có phải là agency?" in problem.inner_text()
    assert admin.locator(".cm-lint-marker-error").count() == 1
    assert admin.locator("textarea[name=text]").input_value().endswith("{{ agncy }}\n")
    write(admin, "[{{ reference }}] Kính nhắc {{ agency }}")
    admin.fill("#why", "lời lịch sự hơn")
    admin.get_by_role("button", name="Lưu", exact=True).click()
    admin.wait_for_url("**done=saved*")
    assert "Kính nhắc" in admin.frame_locator("iframe[name=preview]").locator(".subject").inner_text()
    [version] = history(office.desk, "vi", "reminder/subject.txt")
    assert (version.who, version.why) == ("admin", "lời lịch sự hơn")
    admin.get_by_role("link", name="Lịch sử").click()
    assert admin.locator(".diff .added").count() == 1
    admin.get_by_role("button", name="Dùng lại nguyên bản").click()
    admin.wait_for_url("**done=saved*")
    assert opened(office.desk, "vi", "reminder/subject.txt").text == shipped_text("vi", "reminder/subject.txt")
    assert [said for said in admin.complaints if "409" not in said] == []


@pytest.mark.xdist_group("chromium")
def test_the_preview_shows_what_is_being_written_and_runs_nothing(office, admin):
    admin.goto(BODY)
    write(
        admin, "<p>Xin chào {{ office.name }}</p><script>parent.document.title='hit'</script><b onclick='x()'>đậm</b>"
    )
    admin.get_by_role("button", name="Xem trước").click()
    mail = admin.frame_locator("iframe[name=preview]").frame_locator("iframe.inner")
    assert mail.get_by_text("Xin chào Văn phòng UBND tỉnh").inner_text()
    assert "hit" not in admin.title()
    assert opened(office.desk, "vi", "reminder/body.html").text == shipped_text("vi", "reminder/body.html")
    write(admin, "<p>Xem lần nữa</p>")
    admin.get_by_role("button", name="Xem trước").click()
    mail.get_by_text("Xem lần nữa").wait_for()


@pytest.mark.xdist_group("chromium")
def test_the_editor_completes_variables_and_keeps_the_pages_policy(office, admin):
    admin.goto(SUBJECT)
    write(admin, "{{ ")
    admin.keyboard.type("obl", delay=40)
    options = admin.locator(".cm-tooltip-autocomplete li")
    options.first.wait_for()
    assert "obligations" in options.first.inner_text()
    assert admin.locator(".editor .cm-gutters").evaluate("one => getComputedStyle(one).display") == "flex"
    assert admin.complaints == []


@pytest.mark.xdist_group("chromium")
def test_without_scripts_a_template_is_written_previewed_and_saved_all_the_same(office, chromium_browser):
    page = page_of(chromium_browser, office.address, java_script_enabled=False)
    sign_in(page, "admin", PASSWORD)
    page.goto(SUBJECT)
    page.fill("textarea[name=text]", "[{{ reference }}] Không có mã lệnh")
    page.get_by_role("button", name="Xem trước").click()
    assert "Không có mã lệnh" in page.frame_locator("iframe[name=preview]").locator(".subject").inner_text()
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_url("**done=saved*")
    page.context.close()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_template_is_listed_opened_and_previewed(office, language):
    viewer = Browser(office.address)
    viewer.sign_in("viewer")
    listed = viewer.get("/templates", params={"language": language}).text
    for name in template_names(None, language):
        assert f"/templates/edit/{language}/{name}" in listed
        for act in ("edit", "preview"):
            assert viewer.get(f"/templates/{act}/{language}/{name}").status_code == 200, name
    viewer.http.close()


def test_only_an_admin_saves_and_an_officer_may_try(office):
    officer = Browser(office.address)
    officer.sign_in("officer")
    assert "Chỉ người quản trị" in officer.get(SUBJECT).text
    form = {"text": "x", "mark": "", "to": "duty@vp.tinh.example"}
    for act in ("save", "restore"):
        assert officer.post(f"/templates/{act}/vi/reminder/subject.txt", form).status_code == 403
    assert officer.post("/templates/test/vi/reminder/subject.txt", form).status_code == 200
    assert [one["To"] for one in office.sent("", "duty@vp.tinh.example")]
    officer.http.close()


@pytest.mark.parametrize("name", ["../../config.toml", "..%2f..%2fconfig.toml", "/etc/passwd", "reminder/evil.py"])
@pytest.mark.parametrize("act", ["edit", "history"])
def test_no_path_leads_out_of_the_templates(office, act, name):
    viewer = Browser(office.address)
    viewer.sign_in("viewer")
    answer = viewer.get(f"/templates/{act}/vi/{name}")
    assert answer.status_code == 404 and "root:" not in answer.text
    viewer.http.close()


def test_what_another_changed_meanwhile_is_shown_beside_ones_own_text(office, tmp_path):
    admin = Browser(office.address)
    admin.sign_in("admin")
    form = {"text": "[{{ reference }}] của tôi", "mark": "an older text"}
    answer = admin.post("/templates/save/vi/reminder/subject.txt", form)
    assert answer.status_code == 409
    assert "vừa được người khác sửa" in answer.text and "của tôi" in answer.text
    admin.http.close()


def test_a_template_stands_in_its_page_letter_for_letter(office, tmp_path):
    text = "\n  {{ reference }}\n\n</textarea><script>1</script>  \n"
    (tmp_path / "templates/vi/reminder/subject.txt").write_text(text)
    viewer = Browser(office.address)
    viewer.sign_in("viewer")
    page = viewer.get(SUBJECT).text
    assert "\n\n  {{ reference }}\n\n&lt;/textarea&gt;&lt;script&gt;1&lt;/script&gt;  \n</textarea>" in page
    viewer.http.close()


def test_differences_name_what_was_added_and_removed():
    found = differences("a\nb\nc\n", "a\nB\nc\n")
    assert [(one.kind, str(one.text)) for one in found[1:]] == [
        ("same", "a"), ("removed", "b"), ("added", "B"), ("same", "c"),
    ]  # fmt: skip
