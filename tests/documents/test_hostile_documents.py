"""What is meant to hurt, read in the test's own process: the limits stop it before the sandbox has to."""

from pathlib import Path

import pytest
from documents_mails import mail_with
from hostile_files import (
    ZEROS,
    docx_with_a_huge_part,
    gz_of_zeros,
    tar_that_hides_zeros_in_what_is_no_file,
    zip_of,
    zip_that_lies_about_its_size,
)

from intake.config import Limits
from intake.documents.reading import read_mail
from intake.rules.reading import DocumentReading

CORPUS = Path(__file__).parent.parent / "corpus" / "documents"
SMALL = Limits(archive_bytes=3_000_000, archive_files=5)


def read(name: str, content: bytes, limits: Limits = SMALL) -> list[DocumentReading]:
    return list(read_mail(mail_with((name, content)), limits, ()).documents)


@pytest.mark.parametrize(
    ("name", "content", "limits"),
    [
        ("nhieu-byte.zip", zip_of(*((f"{n}.txt", ZEROS) for n in range(4))), SMALL),
        ("noi-doi.zip", zip_that_lies_about_its_size(4_000_000_000), SMALL),
        ("nen-qua-muc.zip", zip_of(("a.txt", ZEROS * 30)), Limits()),
        ("nhieu-tep.zip", zip_of(*((f"{n}.txt", b"x") for n in range(6))), SMALL),
        ("nhieu-byte.gz", gz_of_zeros(4), SMALL),
        ("bo-qua.tar.gz", tar_that_hides_zeros_in_what_is_no_file(4), SMALL),
        ("phong-to.docx", docx_with_a_huge_part(33), Limits()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bomb_is_called_hostile(name: str, content: bytes, limits: Limits) -> None:
    assert read(name, content, limits)[0].outcome == "hostile"


def test_an_archive_that_holds_more_than_it_says_is_broken() -> None:
    assert read("a.zip", zip_that_lies_about_its_size(1000))[0].outcome == "broken"


def test_two_archives_of_one_mail_share_one_space() -> None:
    half = zip_of(("a.txt", ZEROS * 2))
    reading = read_mail(mail_with(("1.zip", half), ("2.zip", half)), SMALL, ())
    assert [one.outcome for one in reading.documents if one.kind == "archive"] == ["read", "hostile"]


def test_what_was_read_before_an_archive_turned_hostile_stays() -> None:
    documents = read("a.zip", zip_of(("BC.txt", b"Bao cao"), *((f"{n}.txt", b"x") for n in range(5))))
    assert (documents[0].outcome, documents[1].text) == ("hostile", "Bao cao")


def test_a_long_text_is_cut_and_says_so() -> None:
    document = read("a.txt", b"bao cao " * 100, Limits(text_chars=100))[0]
    assert (document.outcome, len(document.text), document.detail) == (
        "read",
        100,
        "only the first 100 characters were read",
    )


def test_a_sheet_longer_than_the_limit_is_read_to_the_limit() -> None:
    document = read("a.csv", b"bao;cao\n" * 1000, Limits(text_chars=100))[0]
    assert (document.outcome, len(document.text)) == ("read", 100)


def test_a_page_nested_without_end_is_read_in_good_time() -> None:
    assert read("a.html", b"<html>" + b"<div>" * 100_000 + b"cuoi")[0].text == "cuoi"


def test_a_page_too_large_to_parse_is_left_alone() -> None:
    assert read("a.html", b"<html>" + b"x" * 5_000_000)[0].outcome == "too_large"


def test_messages_within_messages_end_somewhere() -> None:
    inner = b"From: a@b.example\nSubject: x\n\nxin chao"
    for _ in range(3):
        inner = mail_with(("thu.eml", inner))
    documents = read("thu.eml", inner, Limits(nested_messages=2))
    assert [(one.kind, one.outcome) for one in documents][-1] == ("message", "unsupported")


@pytest.mark.parametrize(("name", "outcome"), [("rar-stored.rar", "read"), ("7z-stored.7z", "unsupported")])
def test_where_no_unarchiver_is_installed_only_what_python_can_unpack_is_read(
    name: str, outcome: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read(name, (CORPUS / name).read_bytes(), Limits())[0].outcome == outcome
