"""Who gets in, who is kept out, and what each may do: sign-in, sessions, roles, forms of other sites."""

import re
from datetime import timedelta

import pytest
from web.browsing import PASSWORD

from intake.errors import ConfigError
from intake.model import USER_ROLES
from intake.office.signing_in import MOST_FOR_ONE_NAME
from intake.office.users import add_user, disable_user, set_password, set_role
from intake.store import audit
from intake.web.beginning import local_path
from intake.web.pages_table import PAGES

SESSION = "intake"


def test_the_right_password_lets_in_and_leads_where_one_wanted_to_go(browser):
    answer = browser.sign_in("officer", following="/account")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert "officer" in browser.get("/account").text


@pytest.mark.parametrize(("name", "password"), [("officer", "sai mật khẩu nhé"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_name_or_password_lets_nobody_in_and_says_not_which(browser, name, password):
    answer = browser.sign_in(name, password)
    assert answer.status_code == 403
    assert "không đúng" in answer.text
    assert SESSION not in browser.http.cookies


def test_a_name_is_the_same_in_capitals(browser):
    assert browser.sign_in("OFFICER ").status_code == 303


def test_too_many_wrong_passwords_close_a_name_even_to_the_right_one_for_a_while(office, browser, fresh):
    for _ in range(MOST_FOR_ONE_NAME):
        browser.sign_in("officer", "sai mật khẩu nhé")
    assert browser.sign_in("officer").status_code == 429
    assert browser.sign_in("admin").status_code == 303
    office.move_to("2026-11-18 08:16")
    assert fresh().sign_in("officer").status_code == 303


def test_signing_in_gives_a_token_that_nobody_could_have_planted(office, browser, fresh):
    browser.http.cookies.set(SESSION, "planted", domain="127.0.0.1", path="/")
    browser.sign_in("officer")
    assert browser.http.cookies[SESSION] != "planted"
    thief = fresh()
    thief.http.cookies.set(SESSION, "planted")
    assert thief.get("/account").status_code == 303


def test_signing_in_again_ends_the_former_session_of_that_browser(office, browser, fresh):
    browser.sign_in("officer")
    former = browser.http.cookies[SESSION]
    browser.http.post("/sign-in", data={"name": "officer", "password": PASSWORD, "form_token": _token(browser)},
                      headers={"Origin": browser.address})  # fmt: skip
    thief = fresh()
    thief.http.cookies.set(SESSION, former)
    assert thief.get("/account").status_code == 303


def _token(browser):
    return re.search(r'name="form_token" value="([^"]+)"', browser.get("/account").text)[1]


def test_signing_out_ends_the_session_on_the_server(office, browser, fresh):
    browser.sign_in("officer")
    token = browser.http.cookies[SESSION]
    assert browser.post("/sign-out").headers["location"] == "/sign-in"
    thief = fresh()
    thief.http.cookies.set(SESSION, token)
    assert thief.get("/account").status_code == 303


@pytest.mark.parametrize(("later", "status"), [("2026-11-18 09:30", 200), ("2026-11-18 10:30", 303)])
def test_a_session_that_is_not_used_for_two_hours_ends(office, browser, later, status):
    browser.sign_in("officer")
    office.move_to(later)
    assert browser.get("/account").status_code == status


def test_a_session_ends_after_ten_hours_however_busy_it_was(office, browser):
    browser.sign_in("officer")
    began = office.desk.now
    for hour in range(1, 12):
        office.move_to(began + timedelta(hours=hour))
        assert browser.get("/account").status_code == (200 if hour < 10 else 303)


@pytest.mark.parametrize(
    "change",
    [
        lambda desk: disable_user(desk, "officer", "admin"),
        lambda desk: set_role(desk, "officer", "viewer", "admin"),
        lambda desk: set_password(desk, "officer", "một mật khẩu khác", "admin"),
    ],
    ids=["disabled", "another role", "another password"],
)
def test_whoever_is_changed_is_signed_out_everywhere(office, browser, change):
    browser.sign_in("officer")
    change(office.desk)
    assert browser.get("/account").status_code == 303


def test_one_changes_ones_own_password_only_by_knowing_the_present_one(browser):
    browser.sign_in("viewer")
    form = {"password": "một mật khẩu khác", "again": "một mật khẩu khác"}
    assert browser.post("/account/password", {"present": "không phải", **form}).status_code == 409
    assert browser.post("/account/password", {"present": PASSWORD, **form}).status_code == 303
    assert browser.sign_in("viewer", "một mật khẩu khác").status_code == 303


def test_no_short_password_and_no_name_twice(office):
    with pytest.raises(ConfigError, match="at least 12"):
        add_user(office.desk, "new", "viewer", "ngắn quá", "test")
    with pytest.raises(ConfigError, match="already"):
        add_user(office.desk, "Officer", "viewer", PASSWORD, "test")
    with pytest.raises(ConfigError, match="one of viewer"):
        add_user(office.desk, "new", "root", PASSWORD, "test")


def test_the_database_keeps_neither_passwords_nor_tokens(office, browser, tmp_path):
    browser.sign_in("officer")
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("intake.db*"))
    assert PASSWORD.encode() not in kept
    assert browser.http.cookies[SESSION].encode() not in kept


def test_every_change_of_a_user_is_in_the_audit_trail(office, browser):
    browser.sign_in("officer", "sai mật khẩu nhé")
    browser.sign_in("officer")
    set_role(office.desk, "officer", "admin", "trưởng phòng")
    with office.desk.database.reading() as session:
        noted = [(one.action, one.who) for one in audit.events_about(session, "user:officer")]
    assert noted == [
        ("user added", "test"), ("sign-in refused", "intake"), ("signed in", "officer"),
        ("role changed", "trưởng phòng"),
    ]  # fmt: skip


@pytest.mark.parametrize("role", [None, *USER_ROLES])
def test_each_page_opens_to_its_role_and_to_no_lower_one(office, signed_in, fresh, role):
    browser = signed_in(role) if role else fresh()
    for page in PAGES:
        allowed = page.role == "anyone" or (role and USER_ROLES.index(role) >= USER_ROLES.index(page.role))
        answer = _ask(browser, page, "/account" if role else "/sign-in")
        refused = answer.status_code == 403 or answer.headers.get("location", "").startswith("/sign-in")
        assert refused != bool(allowed), (page.method, page.path)


def test_a_page_that_is_not_there_is_said_in_the_console_and_leads_back(signed_in, fresh):
    for browser in (signed_in("viewer"), fresh()):
        answer = browser.get("/nowhere/at/all")
        assert answer.status_code == 404 and "không có trang này" in answer.text


def _ask(browser, page, form_page):
    path = re.sub(r"\{[^}]*\}", "1", page.path)
    return browser.get(path) if page.method == "GET" else browser.post(path, page=form_page)


@pytest.mark.parametrize(
    ("origin", "with_token"),
    [(None, True), ("https://evil.example", True), ("null", True), ("ours", False)],
    ids=["without an origin", "of another site", "of a sandbox", "without the token"],
)
def test_a_form_of_another_site_changes_nothing(signed_in, origin, with_token):
    browser = signed_in("admin")
    data = {"form_token": _token(browser)} if with_token else {}
    headers = {"Origin": browser.address if origin == "ours" else origin} if origin else {}
    for page in (one for one in PAGES if one.method == "POST"):
        answer = browser.http.post(re.sub(r"\{[^}]*\}", "1", page.path), data=data, headers=headers)
        assert answer.status_code == 403
        assert "không còn hiệu lực" in answer.text


@pytest.mark.parametrize(
    "asked", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a\nb"]
)
def test_after_signing_in_one_is_led_to_no_other_site(asked):
    assert local_path(asked) == "/"


def test_another_host_name_is_not_answered(browser):
    assert browser.get("/sign-in", headers={"Host": "rebound.example"}).status_code == 421


def test_a_form_that_is_too_large_is_not_read(browser):
    answer = browser.http.post("/sign-in", content=b"x" * 1_000_001, headers={"Origin": browser.address})
    assert answer.status_code == 413


def test_every_answer_lets_the_browser_load_only_what_is_ours(browser):
    headers = browser.get("/sign-in").headers
    policy = headers["content-security-policy"]
    for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'",
                 "form-action 'self'", "base-uri 'none'"):  # fmt: skip
        assert part in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(browser):
    [cookie] = [one for one in browser.sign_in("officer").headers.get_list("set-cookie") if one.startswith(SESSION)]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "%2e%2e/%2e%2e/config.toml", "nothing.css"])
def test_no_path_leads_out_of_the_static_files(browser, name):
    assert browser.get(f"/static/1/{name}").status_code == 404
