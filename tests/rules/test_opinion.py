"""What is thought of a mail before anything is looked up is what the rules say of it by themselves."""

import pickle

import pytest
from matching_mails import DIRECTORY, RECEIVED, ZONE, mail, report
from triage_mails import CATEGORIES

from intake.rules.language.searching import words_of
from intake.rules.matching.match import match
from intake.rules.opinion import Grounds, texts_of
from intake.rules.reading import MailReading
from intake.rules.triage import triage

GROUNDS = Grounds("1", DIRECTORY, CATEGORIES, frozenset({"vp@tinh.example"}), ZONE)
REPORT = mail("Gửi báo cáo tháng 10", "", report("Tình hình kinh tế - xã hội tháng 10 năm 2023"))
VAGUE = mail("Báo cáo")
FIRE = mail("Báo cáo nhanh vụ cháy chợ", "Hồi 7 giờ sáng nay xảy ra vụ cháy tại chợ Tân Hòa, 3 người bị thương.")
SECRET = MailReading(VAGUE.message, (), secrecy="subject")


@pytest.mark.parametrize("reading", [REPORT, VAGUE, FIRE, SECRET])
def test_it_is_what_sorting_matching_and_the_words_say(reading: MailReading) -> None:
    opinion = GROUNDS.opinion_of(reading, RECEIVED)
    own = GROUNDS.own_addresses
    assert opinion.triage == triage(reading, DIRECTORY, CATEGORIES, RECEIVED, [], own)
    if opinion.triage.disposition == "candidate":
        assert opinion.match == match(reading, DIRECTORY, RECEIVED, ZONE, [])
    assert opinion.words == words_of(*texts_of(reading))
    assert (opinion.grounds, opinion.received_at) == ("1", RECEIVED)


def test_only_a_candidate_is_matched() -> None:
    opinions = [GROUNDS.opinion_of(reading, RECEIVED) for reading in (REPORT, FIRE, SECRET)]
    assert [one.triage.disposition for one in opinions] == ["candidate", "incident", "quarantined"]
    assert [one.match is not None for one in opinions] == [True, False, False]
    assert opinions[0].match and [one.period for one in opinions[0].match.bookings] == ["2023-10"]


def test_another_process_comes_to_the_same_opinion() -> None:
    elsewhere = pickle.loads(pickle.dumps(GROUNDS))
    assert elsewhere.directory is not DIRECTORY
    for reading in (REPORT, VAGUE, FIRE):
        assert elsewhere.opinion_of(reading, RECEIVED) == GROUNDS.opinion_of(reading, RECEIVED)
