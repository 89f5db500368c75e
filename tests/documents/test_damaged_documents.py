"""Documents of the corpus with bytes changed, cut out and put in at random: reading them ends in an outcome."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from documents_mails import mail_with

from intake.config import Limits
from intake.documents.reading import read_mail

CORPUS = Path(__file__).parent.parent / "corpus" / "documents"
TRIALS = 60


def damaged(content: bytes, seed: str) -> Iterator[bytes]:
    rolled = random.Random(seed)
    for _ in range(TRIALS):
        spoilt = bytearray(content)
        for _ in range(rolled.choice((1, 5, 30))):
            place = rolled.randrange(len(spoilt))
            if rolled.random() < 0.7:
                spoilt[place] = rolled.choice((0, 255, rolled.randrange(256)))
            else:
                spoilt[place : place + rolled.randrange(20)] = rolled.randbytes(rolled.randrange(9))
        yield bytes(spoilt)


@pytest.mark.parametrize(
    "name",
    [
        "libreoffice-report.doc", "libreoffice-report.rtf", "libreoffice-report.docx", "libreoffice-report.odt",
        "libreoffice-slides.pptx", "libreoffice-figures.xml", "zip-in-zip.zip", "tar-xz.tar.xz", "pdf-of-two-pages.pdf",
    ],
)  # fmt: skip
def test_a_damaged_document_ends_in_an_outcome(name: str) -> None:
    for content in damaged((CORPUS / name).read_bytes(), name):
        reading = read_mail(mail_with((name, content)), Limits(ocr_seconds=0), ())
        assert reading.secrecy or "reading failed" not in reading.documents[0].detail
