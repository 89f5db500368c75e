import os
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import text

from intake.errors import ConfigError, TemporaryError
from intake.store.engine import Database
from intake.store.presence import Presence, only_daemon


@pytest.fixture
def database(postgresql_url):
    database = Database(postgresql_url)
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def two(database):
    """Two daemons at work."""
    both = Presence(database), Presence(database)
    for one in both:
        one.arrive()
    yield both
    for one in both:
        one.leave()


def test_a_lease_is_held_by_one_until_it_gives_it_back(two):
    first, second = two
    with (
        first.lease("mailbox a") as ours,
        second.lease("mailbox a") as theirs,
        second.lease("mailbox b") as another,
    ):
        assert (ours, theirs, another) == (True, False, True)
    with second.lease("mailbox a") as theirs:
        assert theirs


def test_a_lease_that_ran_out_is_taken_over_and_its_holder_finds_out(database, two):
    first, second = two
    with first.lease("mailbox a"):
        with database.writing() as session:
            session.execute(text("UPDATE lease SET until = now() - interval '1 second'"))
        with second.lease("mailbox a") as theirs, database.writing() as session:
            assert theirs
            with pytest.raises(TemporaryError, match="taken over mailbox a"):
                first.make_sure(session, "mailbox a")


def test_a_daemon_knows_whether_others_are_at_work(database, two):
    first, second = two
    with database.reading() as session:
        assert first.has_company(session)
    second.leave()
    with database.reading() as session:
        assert not first.has_company(session)


HOLD = """
import sys, time
from intake.store.engine import Database
from intake.store.presence import Presence
presence = Presence(Database(sys.argv[1]))
presence.arrive()
with presence.lease("mailbox a"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_what_a_daemon_held_goes_to_the_others_as_soon_as_it_is_killed(postgresql_url, two):
    process = subprocess.Popen([sys.executable, "-c", HOLD, postgresql_url], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    first, _ = two
    with first.lease("mailbox a") as ours:
        assert not ours
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    deadline = time.monotonic() + 10
    while True:
        with first.lease("mailbox a") as ours:
            if ours:
                return
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_lost_connection_is_opened_again_with_the_lock(database, two):
    first, second = two
    with database.writing() as session:
        session.execute(text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"))
    for one in two:
        with pytest.raises(TemporaryError):
            one._beat()
        one._beat()
    with first.lease("mailbox a"), second.lease("mailbox a") as theirs:
        assert not theirs


def test_a_second_daemon_on_one_sqlite_database_is_told_who_holds_it(tmp_path):
    first, second = (Database(f"sqlite:///{tmp_path / 'intake.db'}") for _ in range(2))
    with only_daemon(first), pytest.raises(ConfigError, match="another intake daemon"), only_daemon(second):
        pass
    with only_daemon(second):
        pass


def test_daemons_on_postgresql_share_one_database(database):
    with only_daemon(database), only_daemon(database):
        pass
