"""Every document in the corpus is named after what is odd about it; the JSON beside it says what must be read."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from documents_mails import mail_with

from intake.config import Limits
from intake.documents.reading import read_mail
from intake.rules.reading import DocumentReading, MailReading

CORPUS = Path(__file__).parent.parent / "corpus" / "documents"


def expectations() -> Iterator[Any]:
    """Each file's JSON, and as a mark the program that it cannot be read without."""
    for path in sorted(CORPUS.glob("*.json")):
        expected = json.loads(path.read_text("utf-8"))
        marks = [getattr(pytest.mark, expected["needs"])] if "needs" in expected else []
        yield pytest.param(path.with_suffix(""), expected, id=path.stem, marks=marks)


def reading_of(path: Path, expected: dict[str, Any]) -> MailReading:
    raw = mail_with((expected.get("name", path.name), path.read_bytes()))
    return read_mail(raw, Limits(), tuple(expected.get("probes", ())))


def check(document: DocumentReading, expected: dict[str, Any]) -> None:
    assert (document.kind, document.outcome) == (expected["kind"], expected["outcome"]), document.detail
    for key in ("detail", "signature", "filled", "inside"):
        if key in expected and isinstance(expected[key], str | dict):
            assert getattr(document, key) == expected[key]
    assert list(document.repairs) == expected.get("repairs", list(document.repairs))
    for words in expected.get("text", ()):
        assert words in document.text
    for words in expected.get("absent", ()):
        assert words not in document.text
    for words in expected.get("once", ()):
        assert document.text.count(words) == 1
    assert document.detail or document.outcome == "read"


@pytest.mark.parametrize(("path", "expected"), list(expectations()))
def test_the_document_is_read_as_it_should_be(path: Path, expected: dict[str, Any]) -> None:
    reading = reading_of(path, expected)
    if "secrecy" in expected:
        assert reading.secrecy == expected["secrecy"]
        return
    first, *inner = reading.documents
    check(first, expected)
    inside = expected.get("inside", [])
    assert [document.name for document in inner] == [one["name"] for one in inside]
    for document, one in zip(inner, inside, strict=True):
        check(document, one)
