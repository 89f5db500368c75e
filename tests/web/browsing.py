"""A browser without a screen, for tests of the console: it keeps cookies, finds a form's token, and follows nothing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from argon2 import PasswordHasher
from workplace import Workplace, workplace

from intake.desk import beside
from intake.model import USER_ROLES
from intake.office import users
from intake.office.users import add_user
from intake.web.app import console
from intake.web.serving import serving

PASSWORD = "mật khẩu rất dài"
NOW = "2026-11-18 08:00"


class Browser:
    """One browser at the console of a workplace."""

    def __init__(self, address: str) -> None:
        self.address = address
        # Nothing is encrypted here, and to read the world's certificates takes longer than a page.
        self.http = httpx2.Client(base_url=address, timeout=30, verify=False)

    def get(self, path: str, **options):
        return self.http.get(path, **options)

    def post(self, path: str, form: dict[str, object] | None = None, page: str = "/account", **options):
        """Sends a form of ours, with the token that the page `page` gives."""
        found = re.search(r'name="form_token" value="([^"]+)"', self.get(page).text)
        data = {"form_token": found[1] if found else "", **(form or {})}
        return self.http.post(path, data=data, headers={"Origin": self.address}, **options)

    def sign_in(self, name: str, password: str = PASSWORD, following: str = ""):
        return self.post("/sign-in", {"name": name, "password": password, "next": following}, page="/sign-in")


@contextmanager
def hashed_at_once() -> Iterator[None]:
    """Passwords set meanwhile cost next to nothing to check, as their hashes say: a quarter second each, else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(users, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@contextmanager
def office_with_console(folder: Path, began: str = NOW, port: int = 0, **tables) -> Iterator[Workplace]:
    """A workplace with a user of each role and its console on a port; `address` is where."""
    settings = {"web": {"port": 0}, **tables}
    with workplace(folder, f"sqlite:///{folder / 'intake.db'}", began, **settings) as office:
        with hashed_at_once():
            for role in USER_ROLES:
                add_user(office.desk, role, role, PASSWORD, "test")
        own = beside(office.desk)
        with own as desk, serving(console(desk), "127.0.0.1", port) as port:
            office.web_desk, office.address = desk, f"http://127.0.0.1:{port}"
            yield office


@pytest.fixture
def office(tmp_path):
    with office_with_console(tmp_path) as place:
        yield place


@pytest.fixture
def fresh(office):
    """Makes browsers that nobody has signed in with."""
    made = []

    def one() -> Browser:
        made.append(Browser(office.address))
        return made[-1]

    yield one
    for browser in made:
        browser.http.close()


@pytest.fixture
def browser(fresh):
    return fresh()


@pytest.fixture
def signed_in(fresh):
    """Browsers that are signed in, by role."""

    def one(role: str) -> Browser:
        browser = fresh()
        assert browser.sign_in(role).status_code == 303
        return browser

    return one
