"""What Outlook packs into a winmail.dat (MS-OXTNEF): the files, and the body where the mail has none of its own."""

from dataclasses import dataclass

from tnefparse import TNEF

from intake.mail.charsets import Note, clean, decode


@dataclass(frozen=True, slots=True)
class Unpacked:
    files: tuple[tuple[str, bytes], ...] = ()
    text: str = ""
    html: str = ""


def unpack_tnef(content: bytes, note: Note) -> Unpacked:
    """The files by name, and the bodies. Damage is noted, and what could be read before it is lost."""
    try:
        tnef = TNEF(content)
        files = tuple((_text(one.long_filename(), note), bytes(one.data or b"")) for one in tnef.attachments)
        return Unpacked(files, _text(tnef.body, note), _text(tnef.htmlbody, note))
    # The library meets damaged bytes with whatever exception its arithmetic ends in.
    except Exception as cause:
        note(f"winmail.dat cannot be unpacked: {type(cause).__name__}")
        return Unpacked()


def _text(value: str | bytes | None, note: Note) -> str:
    if isinstance(value, bytes):
        return decode(value.rstrip(b"\0"), "", note)
    return clean((value or "").rstrip("\0"))
