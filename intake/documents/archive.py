"""Archives to the files in them: ZIP, TAR (plain or compressed), RAR and 7z, within the limits of one mail.

Nothing is unpacked by name. A path that climbs out, too many files or bytes, or an absurd ratio, end the unpacking.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any, cast

from intake.documents import archive_programs
from intake.documents.archive_names import base_name, from_bytes, is_leftover, zip_name
from intake.documents.archive_space import Metered, Space
from intake.documents.contents import File, UnreadableError

_Unpack = Callable[[File, Space], Iterator[File]]
_COMPRESSED: dict[bytes, Callable[[io.BytesIO], Any]] = {
    b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": lzma.LZMAFile,
}
_BLOCK = 512


def is_archive(file: File) -> bool:
    """Whether the file holds other files and nothing else says what it is."""
    return _unpacking(file.content) is not None


def unpacked(file: File, space: Space) -> Iterator[File]:
    """The files in the archive, one after the other. Raises `UnreadableError` where it cannot or must not go on."""
    unpack = _unpacking(file.content)
    assert unpack is not None
    try:
        yield from unpack(file, space)
    except UnreadableError:
        raise
    except (MemoryError, RecursionError) as cause:
        raise UnreadableError("hostile", "unpacking ran out of memory") from cause
    except Exception as cause:
        # What the libraries raise on damaged bytes has no end: of zip files alone seven kinds are known.
        raise UnreadableError("broken", "the archive is damaged") from cause


def _unpacking(content: bytes) -> _Unpack | None:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip
    if content[257:262] == b"ustar":
        return _tar
    if content.startswith(tuple(_COMPRESSED)):
        return _compressed
    if content.startswith(b"Rar!\x1a\x07"):
        return archive_programs.rar
    if content.startswith((b"7z\xbc\xaf\x27\x1c", b"MSCF", b"-lh")):
        return archive_programs.other
    return None


def _zip(file: File, space: Space) -> Iterator[File]:
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise UnreadableError("encrypted", "the archive asks for a password")
        try:
            yield from _entries(archive, entries, space)
        except NotImplementedError:
            yield from archive_programs.other(file, space)


def _entries(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], space: Space) -> Iterator[File]:
    for entry in entries:
        path, was = zip_name(entry)
        name = base_name(path)
        if is_leftover(path):
            continue
        space.expect(entry.file_size, entry.compress_size)
        with archive.open(entry) as stream:
            yield File(name, space.read(stream), was)


def _tar(file: File, space: Space) -> Iterator[File]:
    return _members(io.BytesIO(file.content), space)


def _members(stream: IO[bytes] | Metered, space: Space) -> Iterator[File]:
    plain = cast(IO[bytes], stream)  # a tar that is read as a stream asks for nothing but `read`
    with tarfile.open(fileobj=plain, mode="r|", encoding="utf-8", errors="surrogateescape") as archive:
        for member in archive:
            path, was = from_bytes(member.name.encode("utf-8", "surrogateescape"))
            name = base_name(path)
            if not member.isreg() or is_leftover(path):
                continue
            space.expect(member.size)
            content = archive.extractfile(member)
            assert content is not None
            yield File(name, space.read(content), was)


def _compressed(file: File, space: Space) -> Iterator[File]:
    """A compressed tar, or one compressed file, which has its archive's name without the last extension."""
    opener = next(opener for magic, opener in _COMPRESSED.items() if file.content.startswith(magic))
    with opener(io.BytesIO(file.content)) as stream:
        head = stream.read(_BLOCK)
        stream.seek(0)
        if head[257:262] == b"ustar":
            yield from _members(space.metered(stream), space)
        else:
            space.expect(0)
            yield File(file.name.removesuffix(f".{file.extension}") or file.name, space.read(stream))
