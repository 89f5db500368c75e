"""What a reader of one format is asked and what it answers, and how its text is tidied.

Every format module has a `FORMATS` tuple; each entry answers whether a file is its own and what stands in it.
"""

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from intake.config import Limits
from intake.documents import ole
from intake.documents.ocr import Sight
from intake.mail.charsets import with_few_marks
from intake.mail.legacy_vietnamese import repaired
from intake.rules.reading import DocumentKind, Outcome, Signature, SignatureReading

_LINE_ENDS = re.compile(r"\r\n?|[\v\x85\u2028\u2029]")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
# Letters and signs of ISO 8859-1 that Vietnamese in Unicode does not use and every legacy encoding does.
_NOT_VIETNAMESE = re.compile("[\x80-\xbfÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# Symbol fonts keep their signs here, and what an office takes from them are the dots and ticks of lists.
_BULLETS = re.compile("[\uf000-\uf0ff]")
# Any of the four above; most texts have none of them.
_UNTIDY = re.compile("|".join(one.pattern for one in (_LINE_ENDS, _UNSEEN, _SURROGATES, _BULLETS)))
_BLANKS = " \t\u00a0"
_EMPTY_LINES = re.compile(r"\n{3,}")


class UnreadableError(Exception):
    """A file that gives no text. `outcome` says which way, `detail` in words."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome: Outcome = outcome
        self.detail = detail


@dataclass(frozen=True)
class File:
    """One attached or unpacked file; what its containers list is looked up once.

    `name_was` is the encoding that the name was in where an archive had it wrong, such as "TCVN3"; `known_sha256` is
    given where the content's hash is known already.
    """

    name: str
    content: bytes = field(repr=False)
    name_was: str = ""
    known_sha256: str = ""

    @cached_property
    def sha256(self) -> str:
        return self.known_sha256 or hashlib.sha256(self.content).hexdigest()

    @cached_property
    def extension(self) -> str:
        """Lower case, without the dot; Windows ignores dots and spaces at the end of a name, so this does too."""
        return PurePosixPath(self.name.rstrip(". \u00a0").lower()).suffix.lstrip(".")

    @cached_property
    def zip_names(self) -> frozenset[str]:
        """The entries of a zip file; none where it is no zip file or its directory cannot be read."""
        if not self.content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return frozenset()
        try:
            with zipfile.ZipFile(io.BytesIO(self.content)) as package:
                return frozenset(package.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return frozenset()

    @cached_property
    def ole_streams(self) -> dict[str, int]:
        """The streams of an OLE compound file and where they begin; none where it is none."""
        return ole.streams(self.content)


@dataclass(frozen=True, slots=True)
class Asked:
    """What reading may cost, the registry's probes that it answers on the way, and whose signatures are trusted."""

    limits: Limits
    sight: Sight
    probes: tuple[str, ...] = ()
    trust_store: Path | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What one format's reader found in one file. `repairs` names each wrong encoding that was read right."""

    text: str = ""
    outcome: Outcome = "read"
    detail: str = ""
    signature: Signature = "none"
    signatures: tuple[SignatureReading, ...] = ()
    filled: dict[str, bool] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of document: how it is recognised and how it is read. `read` may raise `UnreadableError`."""

    kind: DocumentKind
    mine: Callable[[File], bool]
    read: Callable[[File, Asked], Contents]


def as_unicode(text: str) -> tuple[str, str]:
    """The text with legacy Vietnamese and mojibake repaired, and the name of what it was; "" if nothing was wrong."""
    right = repaired(text) if _NOT_VIETNAMESE.search(text) else None
    return right or (text, "")


def tidy(text: str) -> str:
    """NFC, lines ended by a line feed, pages by a form feed, nothing invisible, no lone surrogates."""
    if _UNTIDY.search(text):
        text = _LINE_ENDS.sub("\n", text)
        text = _BULLETS.sub("•", _SURROGATES.sub("\ufffd", _UNSEEN.sub("", text)))
    text = unicodedata.normalize("NFC", text)
    if any(f"{blank}\n" in text for blank in _BLANKS) or text.endswith(tuple(_BLANKS)):
        text = "\n".join(line.rstrip(_BLANKS) for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", text).strip("\n ")


def within(text: str, limits: Limits, repairs: Iterable[str] = (), **facts: Any) -> Contents:
    """The contents: the text as Unicode, tidied, as much of it as the limits allow; nothing but white space is empty.

    `repairs` are those that the reader itself has made, by fonts or character sets.
    """
    # A little more than is kept: what tidying takes away is not missed at the end.
    right, was = as_unicode(with_few_marks(text[: 2 * limits.text_chars]))
    text = tidy(right)
    if not text.strip():
        return Contents("", "empty", **(facts | {"detail": facts.get("detail") or "holds no text"}))
    facts["repairs"] = tuple(dict.fromkeys(filter(None, (*repairs, was))))
    if len(text) > limits.text_chars:
        facts["detail"] = f"only the first {limits.text_chars} characters were read"
    return Contents(text[: limits.text_chars], **facts)
