"""Office documents in a single text file, as exporting programs write them: Word and Excel 2003 XML, web archives."""

import re
from dataclasses import replace

from lxml import etree

from intake.documents.contents import Asked, Contents, File, Format, within
from intake.documents.legacy_fonts import W
from intake.documents.office_package import local
from intake.documents.opendocument import flat_root
from intake.documents.word import text_of_part
from intake.mail.message import parse_message

_HEAD = 2048
_WORD_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)T([\d:]{5}).*")


def _read_word(file: File, asked: Asked) -> Contents:
    """Its elements are those of DOCX under an older name."""
    renamed = replace(file, content=file.content.replace(_WORD_2003, W.strip("{}").encode()))
    text, repairs = text_of_part(flat_root(renamed))
    return within(text, asked.limits, repairs)


def _read_excel(file: File, asked: Asked) -> Contents:
    rows = ([_cell(cell) for cell in row if local(cell) == "Cell"] for row in _all(flat_root(file), "Row"))
    return within("\n".join("\t".join(row).rstrip() for row in rows if any(row)), asked.limits)


def _read_web_archive(file: File, asked: Asked) -> Contents:
    """A page with its pictures as a MIME message (RFC 2557)."""
    return within(parse_message(file.content, asked.limits).text, asked.limits)


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    return [element for element in root.iter() if local(element) == name]


def _cell(cell: etree._Element) -> str:
    """A date stands there as an instant, and is shown as an office would read it."""
    text = "".join(str(one.xpath("string()")) for one in _all(cell, "Data")).strip()
    date = _DATE.fullmatch(text)
    if not date:
        return " ".join(text.split())
    year, month, day, time = date.groups()
    return f"{day}/{month}/{year}" + ("" if time == "00:00" else f" {time}")


def _is_word(file: File) -> bool:
    return _is_xml(file) and _WORD_2003 in file.content[:_HEAD]


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
