"""Signing in through an identity provider: who is let in, and every answer of it that lets nobody in."""

import httpx2
import pytest
from joserfc.jwk import RSAKey
from servers import free_port
from web.browsing import Browser, office_with_console
from web.identity_provider import SECRET, identity_provider


@pytest.fixture
def provider():
    with identity_provider() as one:
        yield one


@pytest.fixture
def browser(provider, tmp_path):
    secret, port = tmp_path / "secret", free_port()
    secret.write_text(SECRET)
    address = f"http://127.0.0.1:{port}"
    oidc = {
        "issuer": provider.address,
        "client_id": "intake",
        "password_file": str(secret),
        "name": "Công vụ",
    }
    with office_with_console(tmp_path, port=port, web={"port": port, "base_url": address, "oidc": oidc}):
        one = Browser(address)
        yield one
        one.http.close()


def sign_in(browser, follow=lambda address: address):
    """Goes to the provider and back, as a browser does; `follow` may change the way back."""
    to_provider = browser.get("/sign-in/provider?next=/review")
    back = httpx2.get(to_provider.headers["location"], follow_redirects=False).headers["location"]
    return browser.get(follow(back))


def test_whom_the_provider_vouches_for_and_the_office_knows_comes_in(browser):
    assert "Công vụ" in browser.get("/sign-in").text
    answer = sign_in(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    assert "officer" in browser.get("/account").text


def test_whom_the_office_does_not_know_stays_outside(browser, provider):
    provider.claims = {"preferred_username": "la"}
    assert sign_in(browser).status_code == 403
    assert browser.get("/account").status_code == 303


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"preferred_username": None},
    ],
    ids=lambda claims: next(iter(claims)),
)
def test_a_word_that_is_not_for_this_attempt_lets_nobody_in(browser, provider, claims):
    provider.claims = claims
    assert sign_in(browser).status_code == 403
    assert browser.get("/account").status_code == 303


def test_a_word_signed_by_somebody_else_lets_nobody_in(browser, provider):
    provider.signing_key = RSAKey.generate_key(2048, {"kid": "1"})
    assert sign_in(browser).status_code == 403


@pytest.mark.parametrize("change", [lambda back: back.replace("state=", "state=x"), lambda back: back.split("?")[0]])
def test_a_way_back_that_was_not_asked_for_lets_nobody_in(browser, change):
    assert sign_in(browser, change).status_code == 403


def test_a_provider_that_is_away_is_said_to_be(browser, provider):
    provider.found = lambda: {"issuer": "https://evil.example"}
    assert browser.get("/sign-in/provider").status_code == 502
