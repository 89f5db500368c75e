"""Whatever was done to a document, its mail is read: never an exception, clean text, and an outcome that says why.

The same changes every time; `./run fuzz` looks for new ones.
"""

import json
import random
from pathlib import Path

import pytest
from clean import assert_clean
from documents_mails import mail_with
from fuzz.mutations import mutated
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.config import Limits
from intake.documents.reading import read_mail

CORPUS = Path(__file__).parent.parent / "corpus" / "documents"
TOLD = {told.with_suffix(""): json.loads(told.read_text("utf-8")) for told in sorted(CORPUS.glob("*.json"))}
# Pictures take Tesseract a second each.
FILES = [path for path, told in TOLD.items() if told.get("kind") != "image" and told.get("outcome") != "empty"]
SMALL = Limits(archive_bytes=3_000_000, text_chars=20_000)
LONGEST = 60_000
always_the_same = settings(
    max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


def scribbled(seed: int, data: bytes, most: int) -> bytes:
    """Some stretches overwritten, cut out or doubled."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 5)):
        start = chance.randint(0, len(data))
        end = min(len(data), start + chance.randint(0, 40))
        piece = chance.choice([chance.randbytes(end - start), b"", data[start:end] * 2])
        data = data[:start] + piece + data[end:]
    return data[:most]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@always_the_same
@given(st.integers(0, 2**32))
def test_a_document_that_was_scribbled_on_is_read_or_named(path: Path, seed: int) -> None:
    content = mutated(path.read_bytes(), LONGEST, seed, lambda data, most: scribbled(seed, data, most))
    for document in read_mail(mail_with((path.name, content)), SMALL, ("xlsx:Bieu!B1", "docx:Kết quả")).documents:
        assert_clean(document.text)
        assert document.detail or document.outcome in ("read", "secret")
