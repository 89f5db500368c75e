"""What a mail says in its own words: the facts worth reading first, and that there was nothing to report. Pure."""

import re

from intake.rules.language.phrases import Phrases, clauses, phrases
from intake.rules.language.text import SMALL
from intake.rules.reading import MailReading
from intake.rules.urgent.openings import words_told

FACTS_CHARS = 300
SUMMARY_LINES = 6

_NIL_CHARS = 400
_LONG_LINE = 8
_NIL = phrases(
    "không phát sinh", "chưa phát sinh", "không có phát sinh", "không có gì phát sinh", "không có vụ việc",
    "không xảy ra vụ việc",
)  # fmt: skip
_NEVERTHELESS = phrases("không phát sinh thêm", "không phát sinh mới", "chưa phát sinh thêm", "tuy nhiên", "ngoài ra")
_OF_PEOPLE = phrases(
    "thiệt hại về người", "người chết", "tử vong", "người bị thương", "bị thương", "mất tích", "nạn nhân",
    "người bị nạn", "người mắc",
)  # fmt: skip
# Figures that count nothing: clock times, dates, periods, the number of a paper, a telephone.
_MOMENTS = re.compile(
    r"\d{1,2}\s*(?:giờ|g|h|:)\s*\d{0,2}(?:\s*phút)?|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?"
    r"|(?:ngày|tháng|năm|tuần|quý)\s+\d+(?:[/.-]\d+)*|số\s*:?\s*\d+\s*/\S+|\+?\d[\d .]{7,}\d",
    re.IGNORECASE,
)
_SALUTATION = phrases(
    "kính gửi", "kính thưa", "trân trọng", "nơi nhận", "gửi", "xin gửi", "kính chuyển", "kính trình", "chuyển",
    "đơn vị gửi", "cơ quan gửi", "UBND gửi",
)  # fmt: skip
_ENCLOSED = phrases("kèm theo", "đính kèm", "gửi kèm")
_HEADING = phrases("tình hình", "báo cáo", "v/v", "về việc")
_ENDS = (".", ";", "!", "?")
# A mail program broke the line: the next one goes on in small letters, or this one is long and does not end.
_WRAPPED = re.compile(rf"\n(?=[{SMALL}])|(?<=[^\n.;:!?]{{60}})\n(?=\S)")
_SENTENCE_END = re.compile(rf"(?<=[.;!?])\s+(?=[^\W_{SMALL}])")
_FIGURE = re.compile(r"\d")


def says_nothing_happened(text: str) -> bool:
    """Whether a short text reports that nothing occurred, and no figure of anything else."""
    short = text.strip()
    if not short or len(short) > _NIL_CHARS:
        return False
    said = clauses(short)
    if not said.says(_NIL) or said.says(_NEVERTHELESS):
        return False
    return not _FIGURE.search(_MOMENTS.sub("", short))


def facts_told(reading: MailReading) -> list[str]:
    """The lines worth reading first: the mail's own, and what its first document tells where they say little."""
    lines = [line for line in words_told(reading.message).splitlines() if line.strip()][:SUMMARY_LINES]
    texts = (document.text for document in reading.documents if document.text)
    told = next((facts for text in texts if (facts := latest_facts(text))), "")
    return [*lines, told] if told and not latest_facts("\n".join(lines)) else lines


def latest_facts(text: str) -> str:
    """The sentences of a quick report that a leader reads first: of people, then those with figures, in its own order.

    As many whole sentences as fit; where not even one does, it is cut at a word.
    """
    sentences = [
        sentence for line in _WRAPPED.sub(" ", text).splitlines() if _tells(line) for sentence in _sentences(line)
    ]
    chosen: set[int] = set()
    room = FACTS_CHARS
    for index in sorted(range(len(sentences)), key=lambda one: -_weight(sentences[one])):
        if len(sentences[index]) < room:
            chosen.add(index)
            room -= len(sentences[index]) + 1
    if sentences and not chosen:
        return sentences[0][:FACTS_CHARS].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
    return " ".join(sentences[index] for index in sorted(chosen))


def _weight(sentence: str) -> int:
    if clauses(sentence).says(_OF_PEOPLE):
        return 2
    return 1 if _FIGURE.search(_MOMENTS.sub("", sentence)) else 0


def _tells(line: str) -> bool:
    """Whether a line is a sentence: no heading, no salutation, no name below the text."""
    if line.isupper() or _begins(line, _SALUTATION) or clauses(line).says(_ENCLOSED):
        return False
    return line.rstrip().endswith(_ENDS) or (len(line.split()) >= _LONG_LINE and not _begins(line, _HEADING))


def _begins(line: str, wanted: Phrases) -> bool:
    return any(0 in clause.positions(one) for clause in clauses(line)[:1] for one in wanted)


def _sentences(line: str) -> list[str]:
    return _SENTENCE_END.split(" ".join(line.split()))
