"""Pictures: read by Tesseract where the machine has it, else left to a person."""

from intake.documents import ocr
from intake.documents.contents import Asked, Contents, File, Format, UnreadableError, readable, within

_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_FAMILIES = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")


def read(file: File, asked: Asked) -> Contents:
    """The text that can be made out in the picture."""
    if not ocr.available():
        raise UnreadableError("unsupported", "a picture, which only a person can read")
    return within(readable(ocr.text_of(file.content)), asked.limits, detail="read from a picture")


def _is_image(file: File) -> bool:
    head = file.content[:16]
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    bitmap = head[:2] == b"BM" and head[6:10] == b"\0\0\0\0"
    return head.startswith(_MAGIC) or head[4:12] in _FAMILIES or webp or bitmap


FORMATS = (Format("image", _is_image, read),)
