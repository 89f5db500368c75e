"""What the mail itself says that it brings: its subject, and the sentences of its own text that send something.

Claims never make a record by themselves where there are documents; they confirm what a document says, or contradict it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from intake.rules.language.period_keys import meaning
from intake.rules.language.phrases import clauses, phrases
from intake.rules.language.text import fold
from intake.rules.matching.intent import is_reply, opening_of
from intake.rules.names.directory import Directory
from intake.rules.names.naming import Named, Obligation, name_in, periods_in
from intake.rules.reading import MailReading

_SENDING = re.compile(r"\b(?:gui|trinh|nop|chuyen|bao cao|bc)\b")
SENTENCE_END = re.compile(r"(?<=[.;!?])\s+")
_OF_OTHERS = phrases(
    "đã gửi", "trước đây", "sẽ gửi", "sẽ cập nhật", "sẽ báo cáo", "sẽ bổ sung", "gửi sau", "đôn đốc", "theo đề nghị",
    "theo yêu cầu", "căn cứ", "tiếp theo thư", "nhắc gửi",
)  # fmt: skip
# "Gửi 02 báo cáo", and neither "quý 2" nor "lần 2".
_COUNT = re.compile(
    r"\b(?:gui|trinh|nop|chuyen|gom|kem)\b(?: (?!(?:bao|bc|quy|thang|tuan|lan|so|ngay|nam|ky)\b)[^\W\d]+){0,3}"
    r" 0?(?P<count>[2-9]|hai|ba|bon) (?:bc|bao cao)\b"
)
_NUMBERS = {"hai": 2, "ba": 3, "bon": 4}


@dataclass(frozen=True, slots=True)
class Claims:
    """What the subject and the sending sentences name, and how many reports they say to bring; 0 if they do not say."""

    subject: Named
    sentences: tuple[Named, ...] = ()
    count: int = 0

    def obligations(self) -> frozenset[Obligation]:
        """Every obligation that the subject or a sentence names, type and period together."""
        return frozenset(one for named in (self.subject, *self.sentences) for one in named.obligations)

    def without(self, codes: Collection[str]) -> "Claims":
        """The same where these types are no more than words."""
        subject, *sentences = (named.without(codes) for named in (self.subject, *self.sentences))
        return replace(self, subject=subject, sentences=tuple(sentences))

    def say(self, key: str, frequency: str, on: date) -> bool:
        """Whether the subject or a sentence names just this period, whatever the report."""
        meant = (periods_in(named.mentions, frequency, on) for named in (self.subject, *self.sentences))
        return any(found is not None and found.certain == key for found in meant)

    def against(
        self, obligation: Obligation, frequency: str, on: date, beside: frozenset[str] = frozenset()
    ) -> Iterator[str]:
        """What the mail says that does not agree with an obligation, in words.

        A sentence that speaks of another report of the same mail, one of `beside`, says nothing of this one.
        """
        code, key = obligation
        sentences = [one for one in self.sentences if code in one.codes or not one.codes or not one.codes <= beside]
        # A subject that lists several reports of the mail may shorten the name of one beyond what is known.
        is_listed = len(self.subject.codes) > 1 and self.subject.codes < beside
        if self.subject.codes and code not in self.subject.codes and not is_listed:
            yield f'the subject "{self.subject.text}" names {_listed(self.subject.codes)}, the document {code}'
        spoken = frozenset(one for named in sentences for one in named.codes)
        if spoken and code not in spoken:
            yield f"the mail's text names {_listed(spoken)}, the document {code}"
        if frequency not in ("once", "ad_hoc"):
            yield from self._other_periods(key, frequency, on, sentences, is_one_of_several=len(beside) > 1)

    def _other_periods(
        self, key: str, frequency: str, on: date, sentences: Sequence[Named], *, is_one_of_several: bool
    ) -> Iterator[str]:
        found = periods_in(self.subject.mentions, frequency, on)
        if (
            is_one_of_several
            and not self.subject.codes
            and found
            and not meaning(self.subject.mentions, frequency, on).keys
        ):
            found = None
        if found and (key not in found.keys or found.doubtful):
            yield f'the subject "{self.subject.text}" and the document ({key}) do not name the same period'
        said = [periods_in(named.mentions, frequency, on) for named in sentences]
        keys = {one for span in said if span for one in span.keys or ("",)}
        # "Gửi bù tháng 7" below a subject that names July and August is about one of the two.
        is_of_another = found is not None and keys < set(found.keys)
        if keys and key not in keys and not is_of_another:
            yield f"the mail's text and the document ({key}) do not name the same period"


def claims_of(reading: MailReading, directory: Directory, on: date) -> Claims:
    """What the mail says. Text that it quotes or forwards says nothing, nor does the subject of a mail answered.

    That one says it only where the words above the enclosed ones do not say which report comes, or say the same.
    """
    message = reading.message
    texts = [message.subject, *_sending_sentences(message.own_text)]
    subject, *sentences = (name_in(text, directory.titles, directory.report_types, on) for text in texts)
    if reading.documents and is_reply(message.subject) and _say_otherwise(sentences, subject):
        subject = name_in("", directory.titles, directory.report_types, on)
    return Claims(subject, tuple(sentences), max(map(_counted, texts)))


def _say_otherwise(sentences: Sequence[Named], subject: Named) -> bool:
    """Whether they say which report comes, and not what the subject says."""
    told = {obligation for one in sentences for obligation in one.obligations}
    is_the_same = bool(subject.obligations) and told.issuperset(subject.obligations)
    return not is_the_same and any(one.obligations or one.mentions for one in sentences)


def _counted(text: str) -> int:
    found = _COUNT.search(fold(text))
    return _NUMBERS.get(found["count"]) or int(found["count"]) if found else 0


def _sending_sentences(own_text: str) -> list[str]:
    lines = unwrapped(opening_of(own_text))
    return [one for line in lines for one in SENTENCE_END.split(line) if _sends(one)]


def unwrapped(text: str) -> list[str]:
    """The lines of a text, those that go on in lower case put back behind the one that they were wrapped from."""
    lines: list[str] = []
    for line in text.splitlines():
        if lines and line.strip()[:1].islower():
            lines[-1] += " " + line.strip()
        else:
            lines.append(line.strip())
    return lines


def _sends(sentence: str) -> bool:
    return bool(_SENDING.search(fold(sentence))) and not clauses(sentence).says(_OF_OTHERS)


def _listed(codes: frozenset[str]) -> str:
    return ", ".join(sorted(codes))
