"""The real parts as fixtures. A part that is not installed here skips its tests, and the summary says so.

With INTAKE_REQUIRE_PARTS=1 in the environment a missing part fails instead.
"""

import os
import uuid
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from called import Intake, caller
from databases import postgresql_template, with_schema
from hypothesis import settings
from servers import Dovecot, dovecot_server, missing_parts, postgresql_database, postgresql_server
from smtp_sink import SmtpSink, smtp_sink_server
from warm_readers import WarmReaders

from intake import desk
from intake.cli import log_to_stderr

# No test depends on the clock of the machine that it runs on.
settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")

LONGEST_NAME = 200
FIXTURES_BY_PART = {"dovecot": {"dovecot"}, "postgresql": {"postgresql_url"}, "chromium": {"chromium_browser"}}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs a part by the fixtures it uses, so that `-m "not dovecot"` leaves it out.

    The tests of the whole service, which last longest, come first, so that no worker is left alone with one.
    """
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        for part, needed in FIXTURES_BY_PART.items():
            if needed & fixtures:
                item.add_marker(part)
    items.sort(key=lambda item: item.path.parent != Path(__file__).parent)


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Two more than there are processors: there are always tests that wait for a server, the disk or the time."""
    return (yield) + 2


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """No test is named after a whole mail: its name goes to and fro between the workers, and into the environment."""
    return argname if isinstance(val, str | bytes) and len(val) > LONGEST_NAME else None


def pytest_runtest_setup(item: pytest.Item) -> None:
    for part, reason in missing_parts().items():
        if item.get_closest_marker(part):
            if os.environ.get("INTAKE_REQUIRE_PARTS") == "1":
                pytest.fail(f"{reason}, and INTAKE_REQUIRE_PARTS=1 wants every part", pytrace=False)
            pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """By the reports, as the tests themselves may have run in other processes."""
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", ())]
    counts = {reason: sum(reason in one for one in skipped) for reason in missing_parts().values()}
    if told := "; ".join(f"{count} tests, because {reason}" for reason, count in counts.items() if count):
        terminalreporter.write_line(f"Left out: {told}")


@pytest.fixture(autouse=True)
def plain_logs() -> Iterator[None]:
    """The logs of the command, instead of tracebacks that show every local variable.

    A command that a test calls binds them to what that test captures, which is closed when the next one logs.
    """
    log_to_stderr()
    yield
    log_to_stderr()


@pytest.fixture(scope="session", autouse=True)
def readers_stay() -> Iterator[WarmReaders]:
    """A desk of this process takes over the reading processes of the test before: to start them is half of a test."""
    readers = WarmReaders()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "Readers", readers)
        yield readers
    readers.end()


@pytest.fixture
def intake(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Intake:
    """The command, called in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return caller(monkeypatch, capsys)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """One IMAP server for all tests; each takes a `mailbox_user` of its own."""
    with dovecot_server() as server:
        yield server


@pytest.fixture
def mailbox_user() -> str:
    """A user of the IMAP server whose mailbox is still empty."""
    return f"user{uuid.uuid4().hex[:12]}"


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    with smtp_sink_server() as sink:
        yield sink


@pytest.fixture(scope="session")
def postgresql_server_url() -> Iterator[str]:
    with postgresql_server() as url:
        yield url


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server_url: str) -> Iterator[str]:
    with postgresql_template(postgresql_server_url) as name:
        yield name


@pytest.fixture
def postgresql_url(postgresql_server_url: str, migrated_postgresql: str) -> Iterator[str]:
    """A PostgreSQL database of the newest schema, without a row."""
    with postgresql_database(postgresql_server_url, migrated_postgresql) as url:
        yield url


@pytest.fixture
def empty_postgresql_url(postgresql_server_url: str) -> Iterator[str]:
    with postgresql_database(postgresql_server_url) as url:
        yield url


each_engine = pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])


@each_engine
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of the newest schema, without a row, of each kind that the config can name."""
    if request.param == "sqlite":
        return with_schema(f"sqlite:///{tmp_path / 'intake.db'}")
    url: str = request.getfixturevalue("postgresql_url")
    return url


@each_engine
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind that no version has seen yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'intake.db'}"
    url: str = request.getfixturevalue("empty_postgresql_url")
    return url
