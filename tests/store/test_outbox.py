from datetime import timedelta

import pytest
from builders import at

from intake.errors import TemporaryError
from intake.model import Notice
from intake.store import outbox
from intake.store.engine import Database
from intake.store.presence import Presence

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


def claimed(session, now=NOW, only=()):
    """The next notice in hand, or None."""
    return next(iter(outbox.claim(session, now, "we", only=only)), None)


def tried_in_vain(session, now):
    """The next notice, put on the wire and refused for now; None if none is due."""
    one = claimed(session, now)
    if one:
        session.flush()
        outbox.begin(session, one, "we")
        outbox.postponed(session, one, now, "451 later")
        session.flush()
        session.refresh(one)
    return one


def test_one_key_is_queued_once(database):
    assert queued(database, notice("a"), notice("b")) == [True, True]
    assert queued(database, notice("a")) == [False]


def test_a_claimed_notice_is_not_claimed_again(database):
    queued(database, notice("a"))
    with database.writing() as session:
        assert claimed(session).key == "a"
    with database.writing() as session:
        assert claimed(session) is None


def test_answers_leave_before_reminders(database):
    queued(database, notice("a"), notice("b", "acknowledgment"))
    with database.writing() as session:
        assert claimed(session).key == "b"


@pytest.fixture
def presence(database):
    """Ourselves, at work."""
    presence = Presence(database)
    presence.arrive()
    yield presence
    presence.leave()


def test_what_a_dead_daemon_had_claimed_is_sent_under_the_same_message_id(database, presence):
    queued(database, notice("a"))
    with database.writing() as session:
        first = claimed(session).mail_id
    with database.writing() as session:
        assert outbox.release_claims(session, presence) == 1
        assert claimed(session).mail_id == first


def test_only_what_a_dead_daemon_had_on_the_wire_is_in_doubt(database, presence):
    queued(database, notice("a"), notice("b"))
    with database.writing() as session:
        first, _ = outbox.claim(session, NOW, "gone", limit=2)
        session.flush()
        outbox.begin(session, first, "gone")
    with database.writing() as session:
        outbox.release_claims(session, presence)
        again = outbox.claim(session, NOW, "we", limit=2)
        assert [(one.key, one.in_doubt) for one in again] == [("a", True), ("b", False)]


def test_a_notice_that_was_taken_over_is_not_put_on_the_wire(database):
    queued(database, notice("a"))
    with database.writing() as session:
        ours = claimed(session)
    with database.writing() as session:
        outbox.put_back(session, [ours.id])
        outbox.claim(session, NOW, "another")
    with pytest.raises(TemporaryError, match="taken over"), database.writing() as session:
        outbox.begin(session, ours, "we")


def test_alerts_leave_before_answers_and_others_wait_where_only_some_are_asked_for(database):
    queued(database, notice("a", "acknowledgment"), notice("b", "incident_alert"), notice("c"))
    with database.writing() as session:
        asked = outbox.claim(session, NOW, "we", limit=5, only=(*outbox.ALERTS, *outbox.ANSWERS))
        assert [one.key for one in asked] == ["b", "a"]


def test_each_vain_attempt_waits_longer_until_a_longest_wait(database):
    queued(database, notice("a"))
    waits = []
    now = NOW
    for _ in range(12):
        with database.writing() as session:
            tried = tried_in_vain(session, now)
            waits.append(tried.next_attempt_at - now)
            now = tried.next_attempt_at
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=15)
    assert waits[-1] == outbox.LONGEST_RETRY


def test_nothing_is_tried_for_ever_and_what_is_given_up_is_shown_to_a_person(database):
    queued(database, notice("a"))
    now, attempts = NOW, 0
    while True:
        with database.writing() as session:
            if tried_in_vain(session, now) is None:
                break
        now, attempts = now + outbox.LONGEST_RETRY, attempts + 1
    assert timedelta(days=5) < now - NOW < timedelta(days=8)
    with database.reading() as session:
        [failed] = outbox.failed_notices(session)
        assert failed.error == f"given up after {attempts} attempts: 451 later"


def test_a_withdrawn_notice_frees_its_key(database):
    queued(database, notice("a"))
    with database.writing() as session:
        outbox.withdrawn(session, claimed(session), "it has arrived")
    again = notice("a")
    again.mail_id = "<again@tinh.example>"
    assert queued(database, again) == [True]
