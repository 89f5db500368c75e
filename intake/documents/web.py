"""HTML as a person sees it, line by line; also where a program named it like an Office file (.xls, .doc)."""

import re

from intake.documents.contents import Asked, Contents, File, Format, UnreadableError, within
from intake.documents.plain import decoded, is_text
from intake.mail.html_text import html_to_text
from intake.rules.reading import DocumentKind

_START = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->).)*-->\s*)*<(!doctype\s+html|html|head|body|table|meta)\b", re.I | re.S
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_MOST_BYTES = 5_000_000
_HEAD = 4096


def read(file: File, asked: Asked) -> Contents:
    """The text of the page."""
    if len(file.content) > _MOST_BYTES:
        raise UnreadableError("too_large", f"the page is larger than {_MOST_BYTES} bytes")
    markup, repairs = _markup(file.content)
    return within(html_to_text(markup), asked.limits, repairs)


def _markup(content: bytes) -> tuple[str, list[str]]:
    declared = _CHARSET.search(content[:_HEAD])
    return decoded(content, declared[1].decode("ascii", "replace") if declared else "")


def _is_html(file: File) -> bool:
    return _START.match(file.content[:_HEAD]) is not None and is_text(file.content)


def _named(kind: DocumentKind, *extensions: str) -> Format:
    """Office opens a page under its own extension as its own document, and so do the people who send it."""
    return Format(kind, lambda file: file.extension in extensions and _is_html(file), read)


FORMATS = (_named("xls", "xls"), _named("doc", "doc"), Format("html", _is_html, read))
