"""What passes between the daemon and a worker: frames of a length in eight bytes and JSON."""

import struct
from typing import BinaryIO

from pydantic import TypeAdapter

from intake.rules.reading import MailReading

READING: TypeAdapter[MailReading] = TypeAdapter(MailReading)
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
