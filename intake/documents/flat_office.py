"""Office documents in a single text file, as exporting programs write them: Word and Excel 2003 XML, web archives."""

from lxml import etree

from intake.documents.contents import Asked, Contents, File, Format, UnreadableError, within
from intake.documents.office_package import local, parsed
from intake.mail.message import parse_message

_HEAD = 2048
_MOST_BYTES = 10_000_000


def _root(file: File) -> etree._Element:
    if len(file.content) > _MOST_BYTES:
        raise UnreadableError("too_large", f"the document is larger than {_MOST_BYTES} bytes")
    try:
        return parsed(file.content)
    except etree.XMLSyntaxError as cause:
        raise UnreadableError("broken", "its XML is not well-formed") from cause


def _read_word(file: File, asked: Asked) -> Contents:
    lines = [_joined(paragraph, "t") for paragraph in _all(_root(file), "p")]
    return within("\n".join(lines), asked.limits)


def _read_excel(file: File, asked: Asked) -> Contents:
    rows = ([_joined(cell, "Data") for cell in row if local(cell) == "Cell"] for row in _all(_root(file), "Row"))
    return within("\n".join("\t".join(row).rstrip() for row in rows if any(row)), asked.limits)


def _read_web_archive(file: File, asked: Asked) -> Contents:
    """A page with its pictures as a MIME message (RFC 2557)."""
    return within(parse_message(file.content, asked.limits).text, asked.limits)


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    return [element for element in root.iter() if local(element) == name]


def _joined(element: etree._Element, name: str) -> str:
    return "".join(str(one.xpath("string()")) for one in _all(element, name)).strip()


def _is_word(file: File) -> bool:
    return _is_xml(file) and b"/word/2003/wordml" in file.content[:_HEAD]


def _is_excel(file: File) -> bool:
    return _is_xml(file) and b"urn:schemas-microsoft-com:office:spreadsheet" in file.content[:_HEAD]


def _is_xml(file: File) -> bool:
    return file.content[:16].lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml")


def _is_web_archive(file: File, *extensions: str) -> bool:
    head = file.content[:_HEAD].lower()
    return (
        file.extension in extensions and head.startswith((b"mime-version:", b"from:")) and b"multipart/related" in head
    )


FORMATS = (
    Format("doc", _is_word, _read_word),
    Format("xls", _is_excel, _read_excel),
    Format("doc", lambda file: _is_web_archive(file, "doc"), _read_web_archive),
    Format("xls", lambda file: _is_web_archive(file, "xls"), _read_web_archive),
    Format("html", lambda file: _is_web_archive(file, "mht", "mhtml"), _read_web_archive),
)
