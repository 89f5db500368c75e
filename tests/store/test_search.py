"""The index of words, on both engines: kept with each mail, found with and without marks, never stale."""

from datetime import UTC, datetime, timedelta

import pytest

from intake.model import Message
from intake.rules.language.searching import asked_words, words_of
from intake.store.engine import Database
from intake.store.search import Sought, count_found, keep_words, mails_found

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
TEXTS = {
    "Báo cáo tình hình kinh tế - xã hội": "Thu ngân sách đạt 8,2% dự toán",
    "Cháy rừng tại xã Đak Đoa": "Đã dập tắt lúc 17 giờ",
    "12/BC-STC": "Kính gửi Ủy ban nhân dân tỉnh",
}


@pytest.fixture
def database(database_url):
    database = Database(database_url)
    database.migrate()
    with database.writing() as session:
        for number, (subject, text) in enumerate(TEXTS.items(), 1):
            message = Message(
                mailbox="a", uid_validity=1, uid=number, source="a", sha256=str(number), size=1, subject=subject,
                received_at=NOON + timedelta(days=number), stored_at=NOON, status="processed", disposition="report",
            )  # fmt: skip
            session.add(message)
            session.flush()
            keep_words(session, message.id, words_of(subject, text))
    yield database
    database.close()


def _found(database, question, **sought):
    with database.reading() as session:
        asked = Sought(words=asked_words(question), **sought)
        found = mails_found(session, asked, 0, 10)
        assert count_found(session, asked) == len(found)
        return [one.subject for one in found]


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("ngân sách", 0), ("ngan sach", 0), ("DAK DOA", 1), ("Đak Đoa", 1), ("dập tắt cháy rừng", 1), ("12/BC-STC", 2),
        ("uy ban nh", 2),
    ],
)  # fmt: skip
def test_a_mail_is_found_by_its_words_with_or_without_marks(database, question, place):
    assert _found(database, question) == [list(TEXTS)[place]]


@pytest.mark.parametrize("question", ["không có chữ này", "ngan sach chay rung", "ngan'; DROP TABLE message; --"])
def test_a_mail_that_lacks_a_word_is_not_found(database, question):
    assert _found(database, question) == []


@pytest.mark.parametrize("question", ['"', "' OR 1=1", "a* OR b", "NEAR(", "!|&:()", "\0"])
def test_no_question_breaks_the_search(database, question):
    _found(database, question)


def test_words_that_a_second_reading_no_longer_has_find_nothing(database):
    with database.writing() as session:
        keep_words(session, 1, "khac han", again=True)
    assert _found(database, "ngân sách") == []
    assert _found(database, "khác hẳn") == [next(iter(TEXTS))]


def test_without_words_the_newest_come_first_and_days_bound_them(database):
    assert _found(database, "") == list(reversed(TEXTS))
    assert _found(database, "", first=NOON + timedelta(days=2)) == list(reversed(TEXTS))[:2]
    assert _found(database, "", last=NOON + timedelta(days=2)) == [next(iter(TEXTS))]
    assert _found(database, "", disposition="waiting") == []
    assert _found(database, "", agency="STC") == []
