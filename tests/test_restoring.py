"""A backup taken from a daemon at work, restored elsewhere, and the mailbox read on from there, over real servers."""

import shutil
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace

import pytest
import tomlkit
from servers import postgresql_database
from test_journeys import Province, monthly_mail, province, wait_for  # noqa: F401

MORNING, NOON = "2026-11-16 09:05", "2026-11-16 12:00"
SHORT = 24


@contextmanager
def restored(old: Province, backup: str, database_url: str):
    """The province in another folder and database, with what the backup holds."""
    folder = old.folder / "elsewhere"
    folder.mkdir()
    settings = tomlkit.loads((old.folder / "config.toml").read_text())
    settings["database"]["url"] = database_url
    (folder / "config.toml").write_text(tomlkit.dumps(settings))
    new = replace(old, folder=folder)
    new.command = lambda *arguments: old.command(*arguments, "--config", str(folder / "config.toml"))
    new.intake("restore", backup)
    yield new


@pytest.fixture
def elsewhere_url(database_url, request):
    """A second empty database of the same kind."""
    if database_url.startswith("sqlite"):
        yield "sqlite:///data/intake.db"
        return
    with postgresql_database(request.getfixturevalue("postgresql_server_url")) as url:
        yield url


def booked(province: Province) -> dict[str, str]:  # noqa: F811
    lines = province.intake("obligations", "--from", "2026-11-01", "--to", "2026-11-30", "--json")
    return {one["agency"]: one["receipt"] for one in lines if one["report_type"] == "KTXH-T" and one["receipt"]}


def test_a_backup_taken_at_work_is_restored_and_the_mailbox_read_on(province, elsewhere_url):  # noqa: F811
    old = province
    old.receive([monthly_mail(number) for number in range(SHORT // 2)])
    with old.daemon(MORNING) as process:
        wait_for(lambda: len(old.answers()) >= 3, "some answers")
        told, backup = set(old.answers()), str(old.folder / "backup.tar")
        old.intake("backup", backup)
        process.kill()
        process.wait()
    old.receive([monthly_mail(number) for number in range(SHORT // 2, SHORT)])
    with restored(old, backup, elsewhere_url) as new:
        known = booked(new)
        with new.daemon(NOON):
            wait_for(lambda: len(new.answers()) >= SHORT, "the answers")
        found = booked(new)
    assert sorted(found) == [f"XA{number:02d}" for number in range(SHORT)]
    assert len(set(found.values())) == SHORT
    assert known.items() <= found.items()
    sent = Counter((str(one.message["In-Reply-To"]), str(one.message["Message-ID"])) for one in old.sink.mails)
    again = [(answered, mail_id) for (answered, mail_id), times in sent.items() if times > 1 and answered != "None"]
    # What was told when the backup was taken is not told again; the one on the wire just then may be, as the same mail.
    assert len([answered for answered, _ in again if answered in told]) <= 1
    # What the old daemon did afterwards nobody can know there: what was queued goes out as the same mail once more.
    assert len([answered for answered, _ in sent if answered != "None"]) - SHORT <= SHORT // 2 - len(known)


def test_a_service_that_is_moved_answers_nothing_twice(province, elsewhere_url):  # noqa: F811
    old = province
    old.receive([monthly_mail(number) for number in range(SHORT // 2)])
    with old.daemon(MORNING):
        wait_for(lambda: len(old.answers()) >= SHORT // 2, "the answers")
    backup = str(old.folder / "backup.tar")
    old.intake("backup", backup)
    shutil.rmtree(old.folder / "data")
    old.receive([monthly_mail(number) for number in range(SHORT // 2, SHORT)])
    with restored(old, backup, elsewhere_url) as new:
        with new.daemon(NOON):
            wait_for(lambda: len(new.answers()) >= SHORT, "the answers")
        assert set(new.answers().values()) == {1}
        assert len(set(booked(new).values())) == SHORT
        [mailbox] = [one for one in new.intake("check", "--json") if "unknown" in one]
        assert mailbox["unknown"] == 0
