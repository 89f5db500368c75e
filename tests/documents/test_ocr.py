"""Pictures and scans, read by the real Tesseract; what fails of it is played by a stand-in program."""

import io
import random
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from documents_mails import mail_with
from PIL import Image, ImageFilter
from rapidfuzz.distance import Levenshtein
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from intake.config import Limits
from intake.documents import ocr
from intake.documents.reading import read_mail

PAGE = Path(__file__).parent.parent / "corpus" / "documents" / "png-of-a-page.png"
WRITTEN = """ỦY BAN NHÂN DÂN TỈNH HÒA SƠN SỞ KẾ HOẠCH VÀ ĐẦU TƯ Số: 123/BC-SKHĐT Hòa Sơn, ngày 14 tháng 10 năm 2019
BÁO CÁO Tình hình phát triển kinh tế - xã hội tháng 10 năm 2019 Kính gửi: Ủy ban nhân dân tỉnh Hòa Sơn.
Thực hiện Nghị quyết của Hội đồng nhân dân tỉnh về nhiệm vụ phát triển kinh tế, Sở Kế hoạch và Đầu tư báo cáo kết quả
thực hiện như sau: 1. Tổng thu ngân sách nhà nước trên địa bàn đạt 1.250 tỷ đồng, bằng 82 phần trăm dự toán năm; chi
ngân sách địa phương đạt 2.310 tỷ đồng. 2. Diện tích gieo trồng vụ mùa là 12.500 ha, vượt kế hoạch đề ra; tình hình
dịch bệnh trên đàn gia súc được khống chế, không phát sinh ổ dịch mới. 3. Các xã đã hoàn thành tu sửa đường giao thông
nông thôn, trường học và trạm y tế. Đề nghị Ủy ban nhân dân tỉnh xem xét, chỉ đạo, hỗ trợ kinh phí cho những hộ nghèo.
KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Nguyễn Thị Thùy Dương"""
MOST_ERRORS = 0.02


def page() -> Image.Image:
    return Image.open(PAGE).convert("L")


def encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def said_to_measure(width: int, height: int) -> bytes:
    """The page, with another size in its header."""
    content = PAGE.read_bytes()
    header = b"IHDR" + struct.pack(">II", width, height) + content[24:29]
    return content[:12] + header + struct.pack(">I", zlib.crc32(header)) + content[33:]


def photographed(picture: Image.Image) -> Image.Image:
    """Askew, out of focus, on grey paper, with noise."""
    rolled = random.Random(7)
    askew = picture.rotate(1.5, fillcolor=255, expand=True).filter(ImageFilter.GaussianBlur(1))
    noise = Image.frombytes("L", (64, 64), rolled.randbytes(64 * 64)).resize(askew.size)
    return Image.blend(askew, noise, 0.15)


def turned_by_the_camera(picture: Image.Image) -> bytes:
    """Stored lying on its side, with the note of the camera how to turn it (EXIF orientation 6)."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(picture.rotate(90, expand=True), "JPEG", quality=80, exif=exif)


def scanned(picture: Image.Image, stamp: str = "") -> bytes:
    """A PDF of one picture, as a copier makes it, perhaps with a line of text upon it."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(picture), 0, A4[1] - 410, A4[0], 410)
    canvas.drawString(300, 20, stamp)
    canvas.save()
    return buffer.getvalue()


def errors_in(text: str) -> float:
    written, seen = " ".join(WRITTEN.split()), " ".join(text.split())
    return Levenshtein.distance(written, seen) / len(written)


def read(
    name: str,
    content: bytes,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    seen: ocr.Seen | None = None,
) -> tuple[str, str, str]:
    document = read_mail(mail_with((name, content)), limits, (), seen=seen).documents[0]
    return document.outcome, document.text, document.detail


@pytest.mark.tesseract
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.png", lambda: PAGE.read_bytes()),
        ("a.jpg", lambda: encoded(photographed(page()), "JPEG", quality=70)),
        ("nghieng.png", lambda: encoded(page().rotate(90, expand=True), "PNG")),
        ("lon-nguoc.gif", lambda: encoded(page().rotate(180), "GIF")),
        ("dien-thoai.jpg", lambda: turned_by_the_camera(page())),
        ("scan.pdf", lambda: scanned(page())),
    ],
)
def test_a_page_is_read_with_few_wrong_letters(name: str, make) -> None:  # type: ignore[no-untyped-def]
    outcome, text, _ = read(name, make())
    assert outcome == "read"
    assert errors_in(text) <= MOST_ERRORS


@pytest.mark.tesseract
def test_every_page_of_a_fax_is_read() -> None:
    halves = [page().crop((0, top, 1600, top + 520)).convert("1") for top in (0, 520)]
    fax = encoded(halves[0], "TIFF", save_all=True, append_images=halves[1:], compression="group4")
    first_page, _, second_page = read("fax.tif", fax)[1].partition("\f")
    assert "Số: 123/BC-SKHĐT" in first_page
    assert "trường học và trạm y tế" in second_page


@pytest.mark.tesseract
def test_a_scan_with_a_stamp_upon_it_is_a_scan_still() -> None:
    outcome, text, detail = read("scan.pdf", scanned(page(), "Signed by Van thu"))
    assert (outcome, detail) == ("read", "read from pictures of its pages")
    assert "Số: 123/BC-SKHĐT" in text
    assert "Signed by Van thu" in text


@pytest.mark.tesseract
def test_a_picture_without_letters_is_empty() -> None:
    assert read("a.png", encoded(Image.new("L", (200, 200), 255), "PNG"))[:2] == ("empty", "")


@pytest.mark.parametrize(
    ("name", "content", "outcome"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 100, "unsupported"),
        ("a.heic", b"\0\0\0\x18ftypheic" + b"\0" * 50, "unsupported"),
        ("khong-lo.png", said_to_measure(50_000, 50_000), "too_large"),
    ],
    ids=["damaged", "of a phone", "huge"],
)
def test_a_picture_that_cannot_be_opened_is_left_to_a_person(
    name: str, content: bytes, outcome: str, tesseract: Path
) -> None:
    install(tesseract, "vie", "true")
    assert read(name, content)[0] == outcome


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    program = tmp_path / "tesseract"
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    ocr.languages.cache_clear()
    yield program
    ocr.languages.cache_clear()


def install(program: Path, languages: str, reading: str) -> None:
    program.write_text(f'#!/bin/sh\n[ "$1" = --list-langs ] && echo "{languages}" && exit\n{reading}\n')
    program.chmod(0o755)


def test_a_picture_waits_for_a_person_where_only_other_languages_are_installed(tesseract: Path) -> None:
    install(tesseract, "eng", "echo 'S6: 05'")
    assert read("a.png", PAGE.read_bytes())[0] == "unsupported"


def test_a_picture_that_cannot_be_made_out_is_empty(tesseract: Path) -> None:
    install(tesseract, "vie", "exit 1")
    assert read("a.png", PAGE.read_bytes())[:2] == ("empty", "")


def test_a_scan_of_nothing_is_a_scan_without_text(tesseract: Path) -> None:
    install(tesseract, "vie", "true")
    assert read("a.pdf", scanned(page())) == ("empty", "", "no text layer")


def test_where_the_page_s_turn_cannot_be_found_out_it_is_taken_as_it_lies(tesseract: Path) -> None:
    install(tesseract, "vie", 'echo "layout $6"')
    assert read("a.png", PAGE.read_bytes())[1] == "layout 3"


@pytest.mark.parametrize(
    ("read_as_page", "layout"),
    [
        ("Thực hiện chỉ đạo của tỉnh", "3"),
        ("uo&£nBN S5QỌŒ VTIĐ OHd OQŒ ïN", "1"),
        ("OHd OQŒ", "1"),
        ("", "1"),
    ],
    ids=["words", "on its head", "too little to tell", "nothing"],
)
def test_the_page_s_turn_is_looked_for_only_where_no_words_stand_upright(
    read_as_page: str, layout: str, tesseract: Path
) -> None:
    install(tesseract, "vie osd", f'[ "$6" = 3 ] && echo "{read_as_page}" || echo "layout $6"')
    assert read("a.png", PAGE.read_bytes())[1] == (read_as_page if layout == "3" else f"layout {layout}")


def test_when_the_mail_s_time_for_pictures_is_used_up_the_rest_is_said_to_be_unread(tesseract: Path) -> None:
    install(tesseract, "vie", "exec sleep 30")
    assert read("a.png", PAGE.read_bytes(), Limits(ocr_seconds=1)) == (
        "empty",
        "",
        "read from a picture, not all of it",
    )


def test_a_picture_that_was_seen_before_is_not_read_once_more(tesseract: Path) -> None:
    seen = ocr.Seen()
    for said in ("XÃ SƠN HÀ", "XÃ SƠN TÂY"):
        install(tesseract, "vie", f"echo '{said}'")
        assert read("logo.png", PAGE.read_bytes(), seen=seen)[1] == "XÃ SƠN HÀ"
    assert read("another.png", encoded(page().crop((0, 0, 900, 300)), "PNG"), seen=seen)[1] == "XÃ SƠN TÂY"


@pytest.mark.parametrize(
    ("program", "seconds"), [("exit 1", 60), ("exec sleep 30", 1)], ids=["that failed", "for which there was no time"]
)
def test_a_reading_is_tried_again(program: str, seconds: int, tesseract: Path) -> None:
    seen = ocr.Seen()
    install(tesseract, "vie", program)
    assert read("logo.png", PAGE.read_bytes(), Limits(ocr_seconds=seconds), seen)[0] == "empty"
    install(tesseract, "vie", "echo 'XÃ SƠN HÀ'")
    assert read("logo.png", PAGE.read_bytes(), seen=seen)[1] == "XÃ SƠN HÀ"


def test_what_is_remembered_of_pictures_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_MOST_PICTURES", 2)
    seen = ocr.Seen()
    for key, text in (("a", "A"), ("page", "x" * 10_000), ("b", ""), ("c", "C")):
        seen.keep(key, text)
    assert dict(seen) == {"c": "C"}
