"""What a person is shown of one raw mail: its body as harmless HTML, and pictures of its documents' pages.

Runs inside the worker process only. Nothing that is shown loads, runs or sends anything. A mail with a secrecy mark is
not shown.
"""

import io
from collections.abc import Iterator

import nh3
import pypdfium2
from PIL import Image

from intake.config import Limits
from intake.documents.contents import File
from intake.documents.formats import format_of
from intake.documents.frames import Picture, Shown
from intake.mail.message import parse_message
from intake.mail.parsed import Attachment, ParsedMessage
from intake.rules.dealings.secrecy import mark_in_name, mark_in_subject, mark_on_page

MOST_HTML = 500_000
WIDTH = 1000
LONGEST_SIDE = 4000
_TAGS = {
    "a", "b", "blockquote", "br", "caption", "center", "code", "col", "colgroup", "dd", "del", "div", "dl", "dt", "em",
    "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "li", "ol", "p", "pre", "s", "small", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_SPANS = {"colspan", "rowspan", "align", "valign"}
_ATTRIBUTES = {"td": _SPANS, "th": _SPANS, "ol": {"start"}, "p": {"align"}, "div": {"align"}}


def shown_of(raw: bytes, limits: Limits) -> Shown:
    """The body as text and as HTML without links, pictures, styles and scripts; both "" for a mail with a mark."""
    message = parse_message(raw, limits)
    if _is_marked(message):
        return Shown("", "")
    return Shown(message.text, harmless(message.html))


def harmless(html: str) -> str:
    """Structure and words only. What would be too long to clean is left out: the text is shown instead."""
    if len(html) > MOST_HTML:
        return ""
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(), link_rel=None)


def picture_of(raw: bytes, limits: Limits, sha256: str, page: int) -> Picture:
    """A page of the attachment with these bytes, pages numbered from 1; empty where there is none to be shown."""
    message = parse_message(raw, limits)
    found = next((one for one in _attached(message) if one.sha256 == sha256), None)
    if found is None or _is_marked(message):
        return Picture(b"")
    kind = format_of(File(found.filename, found.content)).kind
    if kind == "pdf":
        return Picture(_page_of_pdf(found.content, page))
    return Picture(_as_png(Image.open(io.BytesIO(found.content))) if kind == "image" and page == 1 else b"")


def _attached(message: ParsedMessage) -> Iterator[Attachment]:
    for one in message.attachments:
        yield one
        if one.message:
            yield from _attached(one.message)


def _is_marked(message: ParsedMessage) -> bool:
    names = any(mark_in_name(one.filename) for one in message.attachments)
    return bool(mark_in_subject(message.subject) or names or mark_on_page(message.text))


def _page_of_pdf(content: bytes, page: int) -> bytes:
    with pypdfium2.PdfDocument(content) as document:
        if not 1 <= page <= len(document):
            return b""
        if document.get_formtype():
            document.init_forms()
        shown = document[page - 1]
        width, height = shown.get_size()
        scale = min(WIDTH / max(width, 1), LONGEST_SIDE / max(height, 1))
        return _as_png(shown.render(scale=scale).to_pil())


def _as_png(picture: Image.Image) -> bytes:
    """The picture alone, made anew: nothing that was hidden in the file comes along."""
    picture.thumbnail((WIDTH, LONGEST_SIDE))
    written = io.BytesIO()
    picture.convert("RGB").save(written, "PNG")
    return written.getvalue()
