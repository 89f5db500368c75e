"""What passes between the daemon and a worker: frames of a length in eight bytes and JSON."""

import struct
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Annotated, BinaryIO

from pydantic import BeforeValidator, PlainSerializer, TypeAdapter

from intake.rules.reading import MailReading
from intake.rules.verdicts import Opinion

Content = Annotated[
    bytes,
    BeforeValidator(lambda value: b64decode(value) if isinstance(value, str) else value),
    PlainSerializer(lambda value: b64encode(value).decode("ascii"), return_type=str),
]


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """One attachment of a mail, byte for byte."""

    filename: str
    content_type: str
    sha256: str
    inline: bool
    content: Content


@dataclass(frozen=True, slots=True)
class Original:
    """What a mail carries, to be passed on: its sender's own words and its attachments."""

    own_text: str
    files: tuple[OriginalFile, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The body of a mail for people: its text, and its HTML with nothing in it but words and structure."""

    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as PNG; empty where there is none."""

    content: Content


@dataclass(frozen=True, slots=True)
class Examined:
    """A mail that was read, and the opinion that was formed of it, if one was asked for."""

    reading: MailReading
    opinion: Opinion | None = None


SHOWN: TypeAdapter[Shown] = TypeAdapter(Shown)
PICTURE: TypeAdapter[Picture] = TypeAdapter(Picture)
EXAMINED: TypeAdapter[Examined] = TypeAdapter(Examined)
ORIGINAL: TypeAdapter[Original] = TypeAdapter(Original)
_LENGTH = struct.Struct(">Q")


def read_frame(stream: BinaryIO, most: int | None = None) -> bytes:
    """The next frame; empty at the end of the stream, also when it ends within a frame or promises too much."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return b""
    length: int = _LENGTH.unpack(head)[0]
    if most is not None and length > most:
        return b""
    frame = stream.read(length)
    return frame if len(frame) == length else b""


def write_frame(stream: BinaryIO, content: bytes) -> None:
    """One frame, sent at once."""
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()
