"""Mail fetched, judged and answered side by side: answers keep up with what was judged."""

import time

import pytest
from builders import at, mail
from workplace import workplace

from intake.daemon import watched_pass
from intake.mail.transport import MaildirTransport
from intake.records.recording import most_in_hand
from intake.store.outbox import count_waiting

MOST = 3
MAILS = 40


def many_mails(office):
    for number in range(MAILS):
        office.receive(mail("stc@tinh.example", f"Hỏi {number}", "Xin hỏi.", at("2026-11-16 09:00")))


@pytest.fixture(autouse=True)
def waits_soon(monkeypatch):
    monkeypatch.setattr("intake.flow.MOST_UNANSWERED", MOST)


def test_judging_waits_for_the_answers_where_the_post_is_slow(tmp_path, database_url, monkeypatch):
    send = MaildirTransport.send

    def slowly(*about):
        time.sleep(0.02)
        send(*about)

    monkeypatch.setattr(MaildirTransport, "send", slowly)
    with workplace(tmp_path, database_url, "2026-11-16 08:00", sending={"per_address": MAILS}) as office:
        many_mails(office)
        office.move_to("2026-11-16 09:01")
        unsent = []

        def look(_outcome):
            with office.desk.database.reading() as session:
                unsent.append(count_waiting(session))

        done = watched_pass(office.desk, tell=look)
        assert (len(unsent), len(office.sent("under_review"))) == (MAILS, MAILS)
        assert done.problems == []
        assert max(unsent) <= MOST + most_in_hand(office.desk)


def test_judging_waits_for_no_answer_where_the_mail_server_is_away(tmp_path, database_url):
    away = {"kind": "smtp", "host": "127.0.0.1", "port": 9, "security": "none"}
    with workplace(tmp_path, database_url, "2026-11-16 08:00", outgoing=away) as office:
        many_mails(office)

        done = office.work("2026-11-16 09:01")
        assert len(done.outcomes) == MAILS
        assert done.sent == 0
