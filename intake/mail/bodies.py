"""The parts of one message to what a person sees: its texts in order, its HTML, its attachments.

A nested message is one attachment; what a winmail.dat or uuencoded text holds is listed after it.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from intake.config import Limits
from intake.mail.charsets import Note, clean, decode_body
from intake.mail.enriched import enriched_to_text
from intake.mail.html_text import html_to_text
from intake.mail.parsed import Attachment, ParsedMessage
from intake.mail.structure import Part
from intake.mail.tnef import unpack_tnef
from intake.mail.transfer import decode_transfer, uuencoded_files
from intake.mail.words import decode_words

NESTED_TYPES = ("message/rfc822", "message/global")
_ENRICHED_TYPES = ("text/enriched", "text/richtext")
_BODY_TYPES = ("text/plain", "text/html", *_ENRICHED_TYPES)
_TNEF_TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")
_META_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_SAYS_NOTHING = ("", "us-ascii", "ascii")
_SOFT_BREAK = re.compile(r"^(?P<quote>>*)(?P<line>.*)$")

ReadNested = Callable[[bytes, int], ParsedMessage | None]


@dataclass(slots=True)
class Shown:
    """One text part as it is shown. `plain` is "" for an HTML part."""

    plain: str = ""
    html: str = ""

    def text(self) -> str:
        return self.plain or html_to_text(self.html)


@dataclass(slots=True)
class BodyReader:
    """Reads the parts of one message. `read_nested` reads a nested one at its depth; None where that is too deep."""

    limits: Limits
    note: Note
    read_nested: ReadNested
    attachments: list[Attachment] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    _packed: list[Shown] = field(default_factory=list)
    _leaves: int = 0

    def text(self, root: Part) -> str:
        """The body; where the mail has none of its own, what a winmail.dat holds as one."""
        own = self._joined(self._read(root))
        return own if own.strip() else self._joined(self._packed)

    def _joined(self, texts: list[Shown]) -> str:
        return self._within("\n".join(shown.text().strip("\n") for shown in texts).strip("\n"))

    def _read(self, part: Part) -> list[Shown]:
        """The texts to show of this part, in order; what is attached is kept aside."""
        if part.content_type == "multipart/alternative" and part.parts:
            return _preferred([self._read(child) for child in part.parts])
        if part.parts:
            return [shown for child in part.parts for shown in self._read(child)]
        self._leaves += 1
        if self._is_body(part):
            return [self._read_text(part)]
        self._attach(part)
        return [self._read_text(part)] if _is_shown_in_place(part) else []

    def _is_body(self, part: Part) -> bool:
        if part.content_type.startswith("multipart/"):
            return True
        if part.content_type not in _BODY_TYPES or part.disposition == "attachment":
            return False
        # Some mailers name the body itself.
        return not part.filename or (not part.disposition and self._leaves == 1)

    def _decoded(self, part: Part) -> bytes:
        body = memoryview(part.raw)[part.start : part.end]
        encoding = part.fields.first("content-transfer-encoding").decode("latin-1")
        return decode_transfer(body, encoding, self.note)

    def _read_text(self, part: Part) -> Shown:
        content = self._decoded(part)
        if part.content_type != "text/html":
            content = self._without_uuencoded(content)
        text = self._text(content, part)
        if part.content_type == "text/html":
            self.html.append(text)
            return Shown(html=text)
        if part.content_type in _ENRICHED_TYPES:
            return Shown(plain=enriched_to_text(text))
        if part.parameters.get("format", "").lower() == "flowed":
            text = unflowed(text, part.parameters.get("delsp", "").lower() == "yes")
        return Shown(plain=text)

    def _text(self, content: bytes, part: Part) -> str:
        # No charset takes more than four bytes a letter.
        return self._within(decode_body(content[: 4 * self.limits.text_chars + 4], _charset(part, content), self.note))

    def _within(self, text: str) -> str:
        most = self.limits.text_chars
        if len(text) > most:
            self.note(f"a text longer than {most} characters")
        return text[:most]

    def _without_uuencoded(self, content: bytes) -> bytes:
        if b"begin " not in content:
            return content
        files, rest = uuencoded_files(content)
        if len(files) > self.limits.parts:
            self.note(f"more than {self.limits.parts} uuencoded files")
        for name, file in files[: self.limits.parts]:
            self._keep(decode_words(name, self.note), "application/octet-stream", file)
        return rest

    def _attach(self, part: Part) -> None:
        content = self._decoded(part)
        message = None
        if part.content_type in NESTED_TYPES:
            message = self.read_nested(content, part.depth + 1)
        inline = part.disposition == "inline" or (not part.disposition and "content-id" in part.fields)
        self._keep(part.filename, part.content_type, content, inline, message)
        if part.content_type in _TNEF_TYPES or part.filename.lower() == "winmail.dat":
            self._unpack_tnef(content)

    def _unpack_tnef(self, content: bytes) -> None:
        unpacked = unpack_tnef(content, self.note)
        for name, file in unpacked.files:
            self._keep(name, "application/octet-stream", file)
        text, html = self._within(clean(unpacked.text)), self._within(clean(unpacked.html))
        self._packed.append(Shown(html=html) if html else Shown(plain=text))

    def _keep(
        self, name: str, kind: str, content: bytes, inline: bool = False, message: ParsedMessage | None = None
    ) -> None:
        digest = hashlib.sha256(content).hexdigest()
        self.attachments.append(Attachment(name, kind, len(content), digest, inline, content, message))


def _charset(part: Part, content: bytes) -> str:
    """What the header says; where it says nothing, what the HTML says of itself."""
    label = part.parameters.get("charset", "")
    if part.content_type == "text/html" and label.strip("\"' ").lower() in _SAYS_NOTHING:
        found = _META_CHARSET.search(content[:4000])
        # A page that can be searched for it is not in two bytes a letter.
        if found and not found[1].lower().startswith(b"utf-16"):
            return found[1].decode("latin-1")
    return label


def _is_shown_in_place(part: Part) -> bool:
    """A text file that is not said to be an attachment: readers show it below the body, and list it too."""
    return part.content_type == "text/plain" and part.disposition != "attachment"


def _preferred(alternatives: list[list[Shown]]) -> list[Shown]:
    """The plain text where there is one with words in it, else the richest."""
    for wanted in ("plain", "html"):
        for shown in alternatives:
            if any(getattr(one, wanted).strip() for one in shown):
                return shown
    return []


def unflowed(text: str, delete_space: bool) -> str:
    """Lines that a space at their end says go on are joined (RFC 3676)."""
    paragraphs: list[list[str]] = []
    going_on: str | None = None
    for line in text.split("\n"):
        found = _SOFT_BREAK.match(line)
        quote, words = (found["quote"], found["line"]) if found else ("", line)
        words = words.removeprefix(" ")
        flows = words.endswith(" ") and words != "-- "
        piece = words[:-1] if flows and delete_space else words
        if going_on == quote and words != "-- ":
            paragraphs[-1].append(piece)
        else:
            paragraphs.append([f"{quote} {piece}" if quote else piece])
        going_on = quote if flows else None
    return "\n".join("".join(pieces) for pieces in paragraphs)
