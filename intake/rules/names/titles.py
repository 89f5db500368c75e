"""Which report types a title names, by their names and aliases, and what else the title says.

The period words of a name ("tháng", "6 tháng") and the office's stock phrases ("tình hình", "kết quả thực hiện") are
not what a type is known by. Types of one family share what they are known by, and the period tells them apart.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from intake.model import ReportType
from intake.rules.language.period_patterns import PeriodMention
from intake.rules.language.period_text import period_mentions, reported_part
from intake.rules.language.text import fold, fold_letters
from intake.rules.language.word_runs import is_initials, own_field, spread, standing_in, without_date_and_author
from intake.rules.language.words import Found, PhraseIndex, Word, folded, outermost, words_of
from intake.rules.names.known_by import (
    beginnings_of,
    is_general,
    phrases_of,
    shorter_phrases_of,
    stock_at_start,
    without_stock,
)
from intake.rules.names.shortened_names import drawn_together
from intake.rules.names.speaking import own_names
from intake.rules.names.topics import telling_words
from intake.rules.names.vocabulary import Vocabulary

# Letters are dealt with in what is reported on complaints, and are a matter of their own elsewhere.
# Since 2022 corruption is reported on together with waste and misconduct.
_IMPLIED = {
    "khieu": frozenset({"tiep", "nhan", "xu", "ly", "don", "thu"}),
    "nhung": frozenset({"lang", "phi", "tieu", "cuc"}),
}
# What is done about a matter is another report than the one on the matter, even where the words are those of its name.
_DEEDS = tuple(tuple(words.split()) for words in (
    "giai trinh", "kiem tra", "thanh tra", "kiem diem", "giam sat", "ra soat", "khao sat", "de xuat", "tham luan",
))  # fmt: skip
_MORE_BEHIND = re.compile(r"\s*(?:,|;|va\b|sau\b(?!\s+thang))")
_ABOUT_THE_CITED = frozenset({"ngay", "cua", "ve"})
# The last words of công văn, chỉ thị, quyết định, nghị quyết, kế hoạch, thông báo, and what they are shortened to.
_CITED = frozenset({"van", "thi", "dinh", "quyet", "hoach", "cv", "ct", "qd", "kh"})
_SYMBOL = re.compile(r"\s?[/–-]\s?[^\W\d][\w.&/-]*")
# Many at once are not the sender, although each word alone may only say where.
_OF_MANY = re.compile(
    r"\b(?:cua|tai|tren dia ban) cac (so|huyen|thi xa|thanh pho|xa|phuong|dia phuong|don vi|co quan)\b"
)
# The council and the chairman report on what they do themselves.
_OF_OTHERS = re.compile(
    r"\bcua (chu tich(?= (?:ubnd|uy ban nhan dan) (?:huyen|xa|phuong|thi xa|dac khu))"
    r"|(?:thuong truc )?(?:hdnd|hoi dong nhan dan)(?! tinh))\b(?!\s*(?:va|[-,&])\s*(?:ubnd|uy ban))"
)
# "Kết quả thực hiện Nghị quyết số 15-NQ/TU về …" is on that resolution, whatever it is about.
_CARRIED_OUT = re.compile(
    r"\b(?:thuc hien|trien khai) (nghi quyet|chi thi|quyet dinh|ke hoach|ket luan|chuong trinh|thong bao|cong van)"
    r" (?:so )?(\d+)"
)
# "Ngày Chuyển đổi số" is a day of its own; "báo cáo tháng" and "trong tháng" only say how often.
_NAMED_DAYS = frozenset({"ngay", "thang", "tuan", "nam"})
_OF_PERIODS = frozenset({"cao", "trong", "hang", "dinh", "ky"})
_LIKELY = 60
_KEPT_TEXTS = 64
_FEWEST_NEARLY = 3


@dataclass(frozen=True, slots=True)
class Naming:
    """Report types that a text names, with the words and their places among the words of the text."""

    codes: frozenset[str]
    words: str
    first: int
    last: int

    def is_within(self, other: "Naming") -> bool:
        return (
            other.first <= self.first and self.last <= other.last and other.last - other.first > self.last - self.first
        )


@dataclass(frozen=True)
class _Read:
    """The reported part of a text, its words, and where they name report types: read once, for all that is asked."""

    text: str
    words: list[Word]
    found: list[Found]

    @cached_property
    def periods(self) -> tuple[PeriodMention, ...]:
        return period_mentions(self.text)

    @cached_property
    def telling_of_a_name(self) -> list[tuple[str, Word]]:
        return list(telling_words(self.text, self.words, beside_a_name=True))

    @cached_property
    def telling_alone(self) -> list[tuple[str, Word]]:
        return list(telling_words(self.text, self.words, beside_a_name=False))


class Titles:
    """The names and aliases of one registry's report types. Built once, asked for every mail."""

    def __init__(self, report_types: Iterable[ReportType]) -> None:
        self._index = PhraseIndex()
        self._beginnings = PhraseIndex()
        self._vocabulary: dict[str, Vocabulary] = defaultdict(Vocabulary)
        self._names: dict[str, list[str]] = {}
        self._families: dict[tuple[str, ...], set[str]] = defaultdict(set)
        types = list(report_types)
        for report_type in types:
            texts = [report_type.name, *report_type.aliases]
            self._names[report_type.code] = [fold(text) for text in texts]
            for text in texts:
                for phrase in phrases_of(text):
                    self._know(phrase, report_type.code)
                for beginning in beginnings_of(text):
                    self._beginnings.add(beginning, report_type.code)
                self._vocabulary[report_type.code].add(words_of(text))
        self._know_shortened(types)
        self.general = frozenset(
            code for code, names in self._names.items() if any(is_general(words_of(name)) for name in names)
        )
        self._words_of_families = [(frozenset(phrase), phrase, codes) for phrase, codes in self._families.items()]
        # The few texts of one mail are asked about again and again.
        self._read = lru_cache(maxsize=_KEPT_TEXTS)(self._read_anew)
        self._vocabulary_of = lru_cache(maxsize=_KEPT_TEXTS)(self._joined_vocabulary)
        self._relatives = {code: _joined(code, self._families.values()) for code in self._names}

    def _know(self, phrase: Sequence[Word], code: str) -> None:
        self._index.add(phrase, code)
        self._families[folded(phrase)].add(code)

    def _know_shortened(self, types: Sequence[ReportType]) -> None:
        """What a name is shortened to means it where no other type that comes as often is called just so."""
        frequency = {one.code: one.frequency for one in types}
        whole = {(phrase, frequency[code]) for phrase, codes in self._families.items() for code in codes}
        for one in types:
            for text in (one.name, *one.aliases):
                for phrase in shorter_phrases_of(text):
                    if (folded(phrase), one.frequency) not in whole:
                        self._know(phrase, one.code)

    def _read_anew(self, text: str) -> _Read:
        normal = unicodedata.normalize("NFC", text)
        reported = reported_part(normal)
        words = without_date_and_author(reported, words_of(reported))
        return _Read(reported, words, self._index.find(words))

    def named(self, text: str) -> list[Naming]:
        """Every place at which the reported part of a text names report types, the ones within longer ones too."""
        read = self._read(text)
        return [
            Naming(
                one.values, read.text[read.words[one.first].start : read.words[one.last - 1].end], one.first, one.last
            )
            for one in read.found
        ]

    def nearly_named(self, text: str) -> frozenset[str]:
        """The types whose words stand in a title in order with a few others between them, and none beside them."""
        read = self._read(text)
        there = frozenset(word.folded for word in read.words)
        found: set[str] = set()
        for needed, phrase, codes in self._words_of_families:
            telling = needed <= there and len(phrase) >= _FEWEST_NEARLY and not stock_at_start(phrase)
            if telling and (span := spread(read.words, phrase)) and not self._has_strange(read, span, codes):
                found |= codes
        return frozenset(found)

    def _has_strange(self, read: _Read, span: tuple[int, int], codes: Iterable[str]) -> bool:
        """Whether words beside these tell of something else than the types do."""
        strange = {word.start for _, word in read.telling_of_a_name}
        vocabulary = Vocabulary(others=[self._vocabulary[code] for code in codes])
        outside = [one for one in [*read.words[: span[0]], *read.words[span[1] :]] if not vocabulary.explains(one)]
        return not strange.isdisjoint(one.start for one in outside)

    def begun(self, text: str) -> frozenset[str]:
        """The types of whose names a title gives the first parts and nothing else: "tiếp công dân, xử lý đơn"."""
        reported = self._read(text).text
        until = min((one.start for one in period_mentions(reported)), default=len(reported))
        core = without_stock(words_of(reported[:until]))
        whole = [one for one in self._beginnings.find(core) if (one.first, one.last) == (0, len(core))]
        return frozenset().union(*(one.values for one in whole))

    def relatives(self, code: str) -> frozenset[str]:
        """The types that share what a type is known by, itself included."""
        return self._relatives[code]

    def cites_another(self, text: str, code: str) -> bool:
        """Whether a text cites a document by number, and none whose number belongs to the name of this type."""
        words = words_of(text)
        cited = {word.folded for before, word in pairwise(words) if before.folded in _CITED and word.folded.isdigit()}
        return bool(cited) and not any(one in self._vocabulary[code] for one in cited)

    def unexplained(self, text: str, codes: Iterable[str], names: Collection[tuple[str, ...]] = ()) -> list[str]:
        """The words of the reported part that neither these types, nor their relatives, nor office language explain.

        `names` are the folded phrases that mean the sender. A title with such words may be about something else.
        """
        codes, read = frozenset(codes), self._read(text)
        vocabulary = self._vocabulary_of(codes)
        end = _end_of_citation(read, codes)
        own_words = (own_names, drawn_together, own_field)
        own = {word.start for words in own_words for word in words(read.words, names)}
        deeds = {word.start for word in standing_in(read.words, self._deeds_of_others(codes))} - own
        return [read.text[word.start : word.end] for word in self._of_another(read, codes)] + [
            said
            for said, word in (read.telling_of_a_name if codes else read.telling_alone)
            if word.start in deeds
            or not (word.start >= end or vocabulary.explains(word) or word.start in own or is_initials(said, names))
        ]

    def _joined_vocabulary(self, codes: frozenset[str]) -> Vocabulary:
        found = Vocabulary(others=[self._vocabulary[one] for code in codes for one in self._relatives[code]])
        for word, implied in _IMPLIED.items():
            found.allow(implied if word in found else ())
        return found

    def _of_another(self, read: _Read, codes: frozenset[str]) -> Iterator[Word]:
        """What makes something else of a name: "Tháng An toàn giao thông", "CT 15-CT/TU" for "CT 15"."""
        words, vocabulary, letters = read.words, self._vocabulary_of(codes), fold_letters(read.text)
        many = [found.start(1) for found in _OF_MANY.finditer(letters)]
        yield from (word for word in words if word.start in many)
        spans = [found.span(1) for found in _CARRIED_OUT.finditer(letters) if found[2] not in vocabulary]
        yield from (word for word in words if _is_within(word, spans))
        end = _end_of_citation(read, codes)
        bodies = [found.span(1) for found in _OF_OTHERS.finditer(letters, 0, end)]
        yield from (word for word in words if _is_within(word, bodies) and not vocabulary.explains(word))
        for one in [one for one in outermost(read.found) if one.values & codes]:
            before = words[max(one.first - 2, 0) : one.first]
            is_named_day = len(before) == 2 and before[1].folded in _NAMED_DAYS and before[0].folded not in _OF_PERIODS
            if is_named_day and not any(found.start <= before[1].start < found.end for found in read.periods):
                yield before[1]
            symbol = _SYMBOL.match(read.text, words[one.last - 1].end)
            if symbol and words[one.last - 1].folded.isdigit():
                within = [word for word in words if symbol.start() <= word.start < symbol.end()]
                yield from (word for word in within if not vocabulary.explains(word))

    def _deeds_of_others(self, codes: Iterable[str]) -> list[tuple[str, ...]]:
        own = [name for code in codes for one in self._relatives[code] for name in self._names[one]]
        return [deed for deed in _DEEDS if not any(" ".join(deed) in name for name in own)]

    def only_adds(self, text: str, code: str) -> bool:
        """Whether a title begins with what the type is known by, and tells of more behind it or behind its period."""
        read = self._read(text)
        reported, words = read.text, read.words
        end = max((words[one.last - 1].end for one in read.found if code in one.values), default=0)
        behind = [one.end for one in read.periods if not reported[end : one.start].strip()]
        return (
            bool(end)
            and not self.unexplained(reported[:end], [code])
            and not any(standing_in(words, self._deeds_of_others([code])))
            and any(_MORE_BEHIND.match(fold_letters(reported), place) for place in (end, *behind))
        )

    def closest(self, text: str, codes: Iterable[str]) -> list[str]:
        """The types whose names are likest to a text, best first: to suggest, never to book."""
        wanted = fold(self._read(text).text)
        scores = {code: _likeness(wanted, self._names[code]) for code in codes}
        return sorted((code for code, score in scores.items() if score > 0), key=lambda code: (-scores[code], code))


def _is_within(word: Word, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in spans)


def _likeness(wanted: str, names: Sequence[str]) -> float:
    best = process.extractOne(wanted, names, scorer=fuzz.token_set_ratio, score_cutoff=_LIKELY)
    return best[1] if best else 0


def _joined(code: str, families: Iterable[set[str]]) -> frozenset[str]:
    return frozenset({code}).union(*(family for family in families if code in family))


def _end_of_citation(read: _Read, codes: frozenset[str]) -> int:
    """Where the date, the author and the subject of a cited document begin, if the types are known by citing it."""
    for found in read.found:
        cites = any(word.folded.isdigit() for word in read.words[found.first : found.last])
        if cites and found.values & codes:
            behind = [word.start for word in read.words[found.last :] if word.folded in _ABOUT_THE_CITED]
            return min(behind, default=len(read.text))
    return len(read.text)
