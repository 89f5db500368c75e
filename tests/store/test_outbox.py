from datetime import timedelta

import pytest
from builders import at

from intake.model import Notice
from intake.store import outbox
from intake.store.engine import Database

NOW = at("2026-11-18 08:00")


@pytest.fixture
def database(database_url):
    database = Database(database_url)
    database.migrate()
    yield database
    database.close()


def notice(key: str, name: str = "reminder") -> Notice:
    return Notice(
        key=key, name=name, recipient="a@tinh.example", reference="BC-AAAAAA", mail_id=f"<{key}@tinh.example>",
        fields={}, queued_at=NOW, next_attempt_at=NOW,
    )  # fmt: skip


def queued(database, *notices):
    with database.writing() as session:
        return [outbox.queue(session, one) for one in notices]


def test_one_key_is_queued_once(database):
    assert queued(database, notice("a"), notice("b")) == [True, True]
    assert queued(database, notice("a")) == [False]


def test_a_claimed_notice_is_not_claimed_again(database):
    queued(database, notice("a"))
    with database.writing() as session:
        assert outbox.claim(session, NOW).key == "a"
    with database.writing() as session:
        assert outbox.claim(session, NOW) is None


def test_answers_leave_before_reminders(database):
    queued(database, notice("a"), notice("b", "acknowledgment"))
    with database.writing() as session:
        assert outbox.claim(session, NOW).key == "b"


def test_what_a_dead_daemon_had_claimed_is_sent_under_the_same_message_id(database):
    queued(database, notice("a"))
    with database.writing() as session:
        first = outbox.claim(session, NOW).mail_id
    with database.writing() as session:
        assert outbox.release_claims(session) == 1
        assert outbox.claim(session, NOW).mail_id == first


def test_each_vain_attempt_waits_longer_until_a_longest_wait(database):
    queued(database, notice("a"))
    waits = []
    now = NOW
    for _ in range(12):
        with database.writing() as session:
            claimed = outbox.claim(session, now)
            outbox.postponed(session, claimed, now, "451 later")
            session.flush()
            session.refresh(claimed)
            waits.append(claimed.next_attempt_at - now)
            now = claimed.next_attempt_at
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert waits[-1] == outbox.LONGEST_RETRY


def test_nothing_is_tried_for_ever_and_what_is_given_up_is_shown_to_a_person(database):
    queued(database, notice("a"))
    now, attempts = NOW, 0
    while True:
        with database.writing() as session:
            claimed = outbox.claim(session, now)
            if claimed is None:
                break
            outbox.postponed(session, claimed, now, "451 later")
        now, attempts = now + outbox.LONGEST_RETRY, attempts + 1
    assert timedelta(days=5) < now - NOW < timedelta(days=8)
    with database.reading() as session:
        [failed] = outbox.failed_notices(session)
        assert failed.error == f"given up after {attempts} attempts: 451 later"


def test_a_withdrawn_notice_frees_its_key(database):
    queued(database, notice("a"))
    with database.writing() as session:
        outbox.withdrawn(session, outbox.claim(session, NOW), "it has arrived")
    again = notice("a")
    again.mail_id = "<again@tinh.example>"
    assert queued(database, again) == [True]
