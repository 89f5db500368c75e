"""Text in pictures, by Tesseract where the machine has it with Vietnamese, within a time for each mail."""

import io
import os
import shutil
import subprocess
import time
from functools import cache

from PIL import Image

from intake.mail.syllables import WORD, is_syllable

_PROGRAM = "tesseract"
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1"}
# Pixels on the longer side: below the one a page is made larger, since small letters are misread; none is made larger
# than twice its size, and none above the other is kept, which only costs time.
_GOOD_SIDE, _LONGEST_SIDE = 2300, 3500
# With its columns, with its turn found out first (which needs the model "osd" and half as long again), as one block.
_AS_PAGE, _TURNED, _AS_BLOCK = "3", "1", "6"
_FEWEST_WORDS = 5
_MOST_PICTURES, _LONGEST_TEXT = 1024, 2000


@cache
def languages() -> frozenset[str]:
    """The models that Tesseract has; none where it is not installed."""
    if shutil.which(_PROGRAM) is None:
        return frozenset()
    return frozenset((_run(["--list-langs"], b"", 10) or "").split())


def available() -> bool:
    """Whether Tesseract and its Vietnamese model are installed."""
    return "vie" in languages()


class Seen(dict[str, str]):
    """What was seen in pictures, by the SHA-256 of their files.

    An agency's letterhead, or the emblem in its signature, comes with each of its mails, and to read it takes longer
    than all the rest of a mail. A whole page is long and hardly comes again: it is not kept.
    """

    def keep(self, sha256: str, text: str) -> None:
        if len(text) <= _LONGEST_TEXT:
            if len(self) >= _MOST_PICTURES:
                self.clear()
            self[sha256] = text


class Sight:
    """Reads pictures for as long as one mail may take for that: a hundred photos must not hold up all other mails.

    `seen` is what was seen for other mails.
    """

    def __init__(self, seconds: float, seen: Seen | None = None) -> None:
        self.seen = Seen() if seen is None else seen
        self._left = seconds
        self._has_failed = False

    @property
    def is_sound(self) -> bool:
        """Whether nothing was missed until now: another look would find no more."""
        return not (self.is_tired or self._has_failed)

    @property
    def is_tired(self) -> bool:
        """Whether the mail's time for pictures is used up."""
        return self._left <= 0

    def text_of(self, picture: Image.Image) -> str:
        """What stands in the picture; "" where nothing can be made out, or the time is up."""
        if self.is_tired:
            return ""
        encoded = io.BytesIO()
        _within_reach(picture).save(encoded, "PPM")
        page = encoded.getvalue()
        text = self._text_as(_AS_PAGE, page)
        if "osd" in languages() and not _stands_upright(text):
            text = self._text_as(_TURNED, page) or text
        return text or self._text_as(_AS_BLOCK, page)

    def _text_as(self, layout: str, page: bytes) -> str:
        """What is read in this layout; "" where that is nothing but white space, or the time is up."""
        if self.is_tired:
            return ""
        began = time.monotonic()
        text = _run(["-", "-", "-l", "vie", "--psm", layout], page, self._left)
        self._left -= time.monotonic() - began
        self._has_failed |= text is None
        return text if text and text.strip() else ""


def _stands_upright(text: str) -> bool:
    """Whether these are words: of a page that lies on its side or its head hardly one in five is a syllable."""
    words = [word for word in WORD.findall(text) if len(word) > 1]
    return len(words) >= _FEWEST_WORDS and sum(map(is_syllable, words)) >= len(words) / 2


def _within_reach(picture: Image.Image) -> Image.Image:
    """In grey, and as large as letters need."""
    grey = _on_white(picture).convert("L")
    longest = max(grey.size)
    scale = min(2.0, _GOOD_SIDE / longest) if longest < _GOOD_SIDE else min(1.0, _LONGEST_SIDE / longest)
    return grey.resize(
        (max(1, round(grey.width * scale)), max(1, round(grey.height * scale))), Image.Resampling.LANCZOS
    )


def _on_white(picture: Image.Image) -> Image.Image:
    """What is transparent is paper."""
    if not picture.has_transparency_data:
        return picture
    clear = picture.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    paper.alpha_composite(clear)
    return paper


def _run(arguments: list[str], stdin: bytes, seconds: float) -> str | None:
    """What the program printed; None where it failed or took too long."""
    program = shutil.which(_PROGRAM) or _PROGRAM
    environment = os.environ | _ENVIRONMENT
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program without a shell; the picture goes in by stdin
            [program, *arguments], input=stdin, capture_output=True, check=False, env=environment, timeout=seconds
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
