"""Pictures and scans where Tesseract is installed: a stand-in program shows what it is given."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from documents_mails import mail_with

from intake.config import Limits
from intake.documents import ocr
from intake.documents.reading import read_mail

CORPUS = Path(__file__).parent.parent / "corpus" / "documents"


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    program = tmp_path / "tesseract"
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    ocr.available.cache_clear()
    yield program
    ocr.available.cache_clear()


def install(program: Path, languages: str, reading: str) -> None:
    program.write_text(f'#!/bin/sh\n[ "$1" = --list-langs ] && echo "{languages}" && exit\n{reading}\n')
    program.chmod(0o755)


def read(name: str) -> tuple[str, str, str]:
    document = read_mail(mail_with((name, (CORPUS / name).read_bytes())), Limits(), ()).documents[0]
    return document.outcome, document.text, document.detail


def test_a_picture_is_read_where_vietnamese_is_installed(tesseract: Path) -> None:
    install(tesseract, "eng vie", "echo 'Số: 05/BC-UBND'")
    assert read("photo.jpg") == ("read", "Số: 05/BC-UBND", "read from a picture")


def test_a_picture_waits_for_a_person_where_only_other_languages_are_installed(tesseract: Path) -> None:
    install(tesseract, "eng", "echo 'S6: 05'")
    assert read("photo.jpg")[0] == "unsupported"


def test_a_picture_that_cannot_be_made_out_is_empty(tesseract: Path) -> None:
    install(tesseract, "vie", "exit 1")
    assert read("photo.jpg")[:2] == ("empty", "")


def test_the_pages_of_a_scan_are_handed_over_as_grey_maps(tesseract: Path) -> None:
    install(tesseract, "vie", "head -c 15")
    assert read("pdf-scan-without-text-layer.pdf") == (
        "read", "P5 1241 1754 25", "read from pictures of its pages",
    )  # fmt: skip


def test_a_scan_of_nothing_is_still_a_scan_without_text(tesseract: Path) -> None:
    install(tesseract, "vie", "true")
    assert read("pdf-scan-without-text-layer.pdf") == ("empty", "", "no text layer")
