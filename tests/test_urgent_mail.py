"""The mail of the duty desk: whatever is urgent raises an alarm at once, and hardly anything else does.

The tables of `corpus/urgent` were written before the rules that they try were looked at, or changed.
"""

from datetime import datetime
from functools import cache

import pytest
from builders import ZONE
from corpus.urgent.make import PROVINCE, mails, written

from intake.config import Limits, load_config
from intake.documents.reading import read_mail
from intake.registry import read_registry
from intake.rules.names.directory import Directory
from intake.rules.urgent.incidents import Doubt, find_incident
from intake.rules.verdicts import IncidentVerdict

MOST_FALSE_ALARMS = 0.02
MOST_LEFT_TO_A_PERSON = 0.02
# Of matters that no category has a word for: whoever is on duty names them.
MOST_UNUSUAL_LEFT_TO_A_PERSON = 0.15
USUAL = ["urgent", "urgent-unseen", "urgent-third"]
UNUSUAL = ["urgent-fourth", "urgent-fifth"]
# Half of these have neither a subject nor a usual word, two are of senders whom the registry does not know.
MOST_WORDLESS_LEFT_TO_A_PERSON = 0.2
WORDLESS = ["urgent-sixth"]

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("urgent-mail")]


@pytest.fixture(scope="module")
def judged():
    """What becomes of the mails of a table, each as though it were the only one."""
    registry = read_registry(PROVINCE.folder / "registry")
    directory = Directory(registry.agencies, registry.contacts, registry.report_types)
    categories = load_config(PROVINCE.folder / "config.toml").incidents

    def verdict_on(mail):
        received_at = datetime.fromisoformat(mail["at"]).replace(tzinfo=ZONE)
        reading = read_mail(written(mail), Limits(), (), None)
        return find_incident(reading, directory, categories, received_at, [])

    return cache(lambda table: [(mail, verdict_on(mail)) for mail in mails(table).values()])


@pytest.mark.parametrize(
    ("table", "most_left"),
    [
        *((one, MOST_LEFT_TO_A_PERSON) for one in USUAL),
        *((one, MOST_UNUSUAL_LEFT_TO_A_PERSON) for one in UNUSUAL),
        *((one, MOST_WORDLESS_LEFT_TO_A_PERSON) for one in WORDLESS),
    ],
)
def test_no_urgent_mail_is_missed_and_few_are_left_to_a_person(judged, table, most_left):
    found = [(mail["subject"] or mail["body"], verdict) for mail, verdict in judged(table)]
    doubts = [one for one in found if isinstance(one[1], Doubt)]
    assert [text for text, verdict in found if not isinstance(verdict, IncidentVerdict | Doubt)] == []
    assert len(doubts) <= most_left * len(found) + 1, doubts


@pytest.mark.parametrize("table", [*USUAL, *UNUSUAL, *WORDLESS])
def test_an_urgent_mail_opens_a_matter_of_a_right_category(judged, table):
    wrong = [
        (mail["subject"], verdict.category, mail["category"])
        for mail, verdict in judged(table)
        if isinstance(verdict, IncidentVerdict) and verdict.category not in mail["category"].split("|")
    ]
    assert wrong == []


@pytest.mark.parametrize("table", [one.replace("urgent", "near-misses") for one in (*USUAL, *UNUSUAL, *WORDLESS)])
def test_what_only_sounds_urgent_raises_hardly_any_alarm(judged, table):
    found = [(mail["subject"], verdict) for mail, verdict in judged(table)]
    false = [one for one in found if isinstance(one[1], IncidentVerdict | Doubt)]
    assert len(false) <= MOST_FALSE_ALARMS * len(found), false
