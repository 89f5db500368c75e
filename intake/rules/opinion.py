"""What the rules make of a mail by the registry and the settings alone, before anything is looked up in the records.

The process that has read the mail forms it, beside the one thread that records. That one goes by it where the records
hold nothing that could change it: no urgent matter that is open, no notice of ours that the mail answers.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from intake.config import Category
from intake.rules.language.searching import words_of
from intake.rules.matching.match import match
from intake.rules.names.directory import Directory
from intake.rules.reading import MailReading
from intake.rules.triage import triage
from intake.rules.verdicts import Opinion


@dataclass(frozen=True, slots=True, eq=False)
class Grounds:
    """What an opinion rests on. No other has the same `key`."""

    key: str
    directory: Directory
    categories: Mapping[str, Category]
    own_addresses: Collection[str]
    zone: ZoneInfo

    def opinion_of(self, reading: MailReading, received_at: datetime) -> Opinion:
        """`received_at` is aware: when our server took the mail."""
        here = received_at.astimezone(self.zone)
        found = triage(reading, self.directory, self.categories, here, (), self.own_addresses)
        matched = match(reading, self.directory, here, self.zone, ()) if found.disposition == "candidate" else None
        return Opinion(self.key, received_at, found, matched, words_of(*texts_of(reading)))


def texts_of(reading: MailReading) -> list[str]:
    """All that a mail is found by: its sender, its own words, its documents and their names."""
    sender = reading.message.sender.address if reading.message.sender else ""
    documents = [part for one in reading.documents for part in (one.name, one.text)]
    return [sender, reading.message.subject, reading.message.text, *documents]
