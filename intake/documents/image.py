"""Pictures: read by Tesseract where the machine has it, else left to a person."""

import io
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence

from intake.documents import ocr
from intake.documents.contents import Asked, Contents, File, Format, UnreadableError, within

_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_FAMILIES = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
_FORMATS = ("JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP")
_MOST_PIXELS = 60_000_000
_MOST_FRAMES = 50
# The pixels are counted below, before any of them is decoded.
Image.MAX_IMAGE_PIXELS = None
_WHOLE = "read from a picture"
_IN_PART = "read from a picture, not all of it"


def read(file: File, asked: Asked) -> Contents:
    """The text that can be made out in the picture, its pages parted by form feeds."""
    if not ocr.available():
        raise UnreadableError("unsupported", "a picture, which only a person can read")
    sight = asked.sight
    if (known := sight.seen.get(file.sha256)) is not None:
        return within(known, asked.limits, detail=_WHOLE)
    text = _text_of(file, sight)
    if sight.is_sound:
        sight.seen.keep(file.sha256, text)
    return within(text, asked.limits, detail=_IN_PART if sight.is_tired else _WHOLE)


def _text_of(file: File, sight: ocr.Sight) -> str:
    try:
        with Image.open(io.BytesIO(file.content), formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise UnreadableError("too_large", f"a picture of more than {_MOST_PIXELS} pixels")
            return "\f".join([sight.text_of(frame) for frame in _frames(picture)])
    except (OSError, SyntaxError, ValueError, EOFError) as cause:
        raise UnreadableError("unsupported", "a picture that cannot be opened here") from cause


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    """The pages of a fax or scan; of a moving picture the first; each turned as the camera was held."""
    if picture.format != "TIFF":
        yield ImageOps.exif_transpose(picture)
        return
    for number, frame in enumerate(ImageSequence.Iterator(picture)):
        if number >= _MOST_FRAMES or frame.width * frame.height > _MOST_PIXELS:
            return
        yield ImageOps.exif_transpose(frame)


def _is_image(file: File) -> bool:
    head = file.content[:16]
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    bitmap = head[:2] == b"BM" and head[6:10] == b"\0\0\0\0"
    return head.startswith(_MAGIC) or head[4:12] in _FAMILIES or webp or bitmap


FORMATS = (Format("image", _is_image, read),)
