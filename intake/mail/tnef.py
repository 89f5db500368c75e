"""What Outlook packs into a winmail.dat (MS-OXTNEF): the files, and the body where the mail has none of its own."""

import logging
import struct
from dataclasses import dataclass

import tnefparse.mapi
import tnefparse.tnef
from tnefparse import TNEF

from intake.mail.charsets import Note, clean, decode
from intake.mail.rich_text import decompressed, rich_to_text

_LONG_FILENAME = 0x3707
_HEADER = 6
_OBJECT = struct.Struct("<BHHI")
# The library copies all that is left for each object: many small ones would cost hours.
_MOST_COPIED = 2_000_000_000
_MOST_OF_A_KIND = 10_000


@dataclass(frozen=True, slots=True)
class Unpacked:
    files: tuple[tuple[str, bytes], ...] = ()
    text: str = ""
    html: str = ""


def _believed(count: int) -> range:
    """As many rounds as the file says, if anybody can mean that."""
    if count > _MOST_OF_A_KIND:
        raise ValueError("more than a winmail.dat holds")
    return range(count)


# The library takes the file's word for how many properties, values and recipients there are: up to 4,294,967,295.
tnefparse.mapi.range = tnefparse.tnef.range = _believed
logging.getLogger("tnefparse").setLevel(logging.CRITICAL)


def unpack_tnef(content: bytes, note: Note) -> Unpacked:
    """The files by name, and the bodies. Damage is noted; what stands before it is read."""
    if _copied(content) > _MOST_COPIED:
        note("winmail.dat is in too many pieces")
        return Unpacked()
    tnef = TNEF.__new__(TNEF)
    tnef.attachments, tnef.body, tnef.htmlbody, tnef._rtfbody = [], None, None, None
    try:
        tnef.__init__(content)
    # The library meets damaged bytes with whatever exception its arithmetic ends in.
    except Exception as cause:
        note(f"winmail.dat cannot be unpacked: {type(cause).__name__}")
    named = ((_file_name(one, note), bytes(one.data or b"")) for one in tnef.attachments)
    files = tuple((name, data) for name, data in named if name or data)
    text = _text(tnef.body, note) or rich_to_text(decompressed(bytes(tnef._rtfbody or b"")))
    return Unpacked(files, text, _text(tnef.htmlbody, note))


def _copied(content: bytes) -> int:
    copied, offset = 0, _HEADER
    while offset + _OBJECT.size < len(content) and copied <= _MOST_COPIED:
        copied += len(content) - offset
        offset += _OBJECT.unpack_from(content, offset)[3] + 11
    return copied


def _file_name(attachment: object, note: Note) -> str:
    names = [one.data for one in getattr(attachment, "mapi_attrs", ()) if one.name == _LONG_FILENAME]
    return _text(names[0] if names else getattr(attachment, "_name", ""), note)


def _text(value: str | bytes | None, note: Note) -> str:
    if isinstance(value, bytes):
        return decode(value.rstrip(b"\0"), "", note)
    return clean((value or "").rstrip("\0"))
