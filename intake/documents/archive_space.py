"""How much one mail may still unpack: files, bytes and how far they may have been squeezed."""

from typing import IO

from intake.config import Limits
from intake.documents.contents import UnreadableError

_RATIO = 200
_RATIO_FROM = 20_000_000


class Space:
    """Counts down over all archives of one mail, so that many small bombs are one big one."""

    def __init__(self, limits: Limits) -> None:
        self._files = limits.archive_files
        self._bytes = limits.archive_bytes

    def expect(self, size: int, squeezed: int | None = None) -> None:
        """One more file, as large as the archive says. Raises `UnreadableError` if that is too much."""
        self._files -= 1
        if self._files < 0:
            raise UnreadableError("hostile", "the archive holds too many files")
        if size > self._bytes:
            raise UnreadableError("hostile", "the archive would unpack to too many bytes")
        if squeezed is not None and size > _RATIO_FROM and size > squeezed * _RATIO:
            raise UnreadableError("hostile", "the archive is squeezed too far to be honest")

    def read(self, stream: IO[bytes]) -> bytes:
        """The stream to its end, whatever size was promised. Raises `UnreadableError` if it is too long."""
        content = stream.read(self._bytes + 1)
        self._bytes -= len(content)
        if self._bytes < 0:
            raise UnreadableError("hostile", "the archive unpacks to too many bytes")
        return content

    def metered(self, stream: IO[bytes]) -> "Metered":
        """The stream, which ends the unpacking when more comes out of it than the mail may unpack."""
        return Metered(stream, self._bytes)


class Metered:
    """A stream of unknown length. What an archive skips has been unpacked all the same."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream = stream
        self._left = most

    def read(self, size: int) -> bytes:
        content = self._stream.read(size)
        self._left -= len(content)
        if self._left < 0:
            raise UnreadableError("hostile", "the archive unpacks to too many bytes")
        return content
