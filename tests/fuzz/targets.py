"""What is fuzzed: each target takes bytes, and says by an exception that something is wrong. Seeds are our own corpus.

A target may raise what its callers plan for (`UnreadableError`); everything else is a finding.
"""

import json
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from builders import ZONE, registry
from clean import assert_clean, texts_of

from intake.config import Category, Limits
from intake.documents.archive import unpacked
from intake.documents.archive_space import Space
from intake.documents.contents import Asked, File, UnreadableError
from intake.documents.formats import format_of
from intake.documents.ocr import Sight
from intake.mail.html_text import html_to_text
from intake.mail.legacy_vietnamese import repaired
from intake.mail.message import parse_message
from intake.mail.own_text import own_text
from intake.mail.parsed import Address, ParsedMessage
from intake.rules.dealings.secrecy import mark_in_name, mark_in_subject, mark_on_page
from intake.rules.language.period_text import period_mentions
from intake.rules.matching.match import match
from intake.rules.names.directory import Directory
from intake.rules.papers.document_numbers import cited_number
from intake.rules.papers.letterhead import read_letterhead
from intake.rules.reading import DocumentReading, MailReading
from intake.rules.triage import triage

CORPUS = Path(__file__).parent.parent / "corpus"
LIMITS = Limits(archive_bytes=50_000_000)
PROBES = ("xlsx:BVR01!C8", "docx:Kết quả")
RECEIVED = datetime(2026, 11, 16, 9, tzinfo=ZONE)


@dataclass(frozen=True, slots=True)
class Target:
    """`run` reads one input; `seeds` are where the fuzzer begins; `share` is its part of the time."""

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    share: int = 1


def _mail(raw: bytes) -> None:
    for text in texts_of(parse_message(raw, LIMITS)):
        assert_clean(text)


def _document(name: str) -> Callable[[bytes], None]:
    """The format that calls a file of this name its own reads it."""

    def run(content: bytes) -> None:
        file = File(name, content)
        try:
            form = format_of(file)
            if form.kind == "archive":
                for inner in unpacked(file, Space(LIMITS)):
                    assert_clean(inner.name)
            else:
                assert_clean(form.read(file, Asked(LIMITS, Sight(0), PROBES)).text)
        except UnreadableError:
            return

    return run


def _text(raw: bytes) -> str:
    return unicodedata.normalize("NFC", raw.decode("utf-8", "replace"))


def _words(raw: bytes) -> None:
    """Whatever reads free text and is not bound to a registry."""
    text = _text(raw)
    own_text(text)
    read_letterhead(text)
    cited_number(text)
    period_mentions(text[:2000])
    mark_in_subject(text[:1000])
    mark_in_name(text[:255])
    mark_on_page(text)
    if found := repaired(text):
        assert_clean(found[0])


def _html(raw: bytes) -> None:
    html_to_text(_text(raw))


def _bounce(raw: bytes) -> None:
    """The text of a bounce, in an envelope that makes it one."""
    _mail(b"From: MAILER-DAEMON@a.example\r\nSubject: failure\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + raw)
    head = (
        b"From: MAILER-DAEMON@a.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n"
    )
    _mail(head + b"\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n" + raw + b"\r\n--b--\r\n")


def _matching() -> Callable[[bytes], None]:
    known = registry()
    directory = Directory(known.agencies, known.contacts, known.report_types)
    categories = {"fire_explosion": Category(keywords=("cháy", "nổ", "hỏa hoạn"))}

    def run(raw: bytes) -> None:
        """The first lines are the subject and a file name; the rest is body and document."""
        subject, _, rest = _text(raw).partition("\n")
        name, _, text = rest.partition("\n")
        message = ParsedMessage(sender=Address("", "stc@tinh.example"), subject=subject, text=text, own_text=text)
        document = DocumentReading(name or "a.docx", "docx", len(raw), "0" * 64, 0, text=text)
        for reading in (MailReading(message, (document,)), MailReading(message)):
            match(reading, directory, RECEIVED, ZONE, ())
            triage(reading, directory, categories, RECEIVED, (), ())

    return run


def _mails() -> Iterable[bytes]:
    return [path.read_bytes() for path in sorted((CORPUS / "mail").glob("*.eml"))]


def _documents(*kinds: str) -> Callable[[], Iterable[bytes]]:
    """The documents of the corpus that are of these kinds, by what must be read from them."""

    def seeds() -> Iterable[bytes]:
        for told in sorted((CORPUS / "documents").glob("*.json")):
            if json.loads(told.read_text("utf-8")).get("kind") in kinds:
                yield told.with_suffix("").read_bytes()

    return seeds


def _spoken() -> Iterable[bytes]:
    """What the mails of the corpus say, as text."""
    for raw in _mails():
        parsed = parse_message(raw, LIMITS)
        yield f"{parsed.subject}\n{''.join(one.filename for one in parsed.attachments)}\n{parsed.text}".encode()
    for raw in _documents("docx", "pdf", "text")():
        file = File("a.docx", raw)
        try:
            yield format_of(file).read(file, Asked(LIMITS, Sight(0))).text[:3000].encode()
        except UnreadableError:
            continue


def _pages() -> Iterable[bytes]:
    yield from _documents("html")()
    yield from (parsed.html.encode() for raw in _mails() if (parsed := parse_message(raw, LIMITS)).html)


_KINDS = {
    "docx": ("docx",), "odt": ("odt",), "doc": ("doc", "rtf"), "xlsx": ("xlsx",), "xls": ("xls",), "ods": ("ods",),
    "pptx": ("pptx",), "pdf": ("pdf",), "csv": ("csv",), "txt": ("text", "calendar", "signature"), "html": ("html",),
    "zip": ("archive",),
}  # fmt: skip

TARGETS: dict[str, Target] = {
    "mail": Target(_mail, _mails, 8),
    "bounce": Target(_bounce, _spoken, 2),
    "words": Target(_words, _spoken, 3),
    "matching": Target(_matching(), _spoken, 4),
    "page": Target(_html, _pages, 1),
    **{f"document-{name}": Target(_document(f"a.{name}"), _documents(*kinds), 2) for name, kinds in _KINDS.items()},
}
