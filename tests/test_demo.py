"""The demo: its builders' files as other programs read them, and the whole month against what each mail must become."""

import io
import re
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import docx
import pypdfium2
import pytest
import python_calamine
from rich.cells import cell_len
from rich.console import Console

from intake.demo.agencies import ISSUERS
from intake.demo.letter import Letter
from intake.demo.month import BEGINS, ENDS, Arrived, Hands, Month
from intake.demo.play import play, show
from intake.demo.post import Mail, in_windows_1258
from intake.demo.settings import settings
from intake.demo.sheet import workbook
from intake.demo.story import FILES, HERE, mails, printed_letters
from intake.demo.word import TCVN3_FONT, word_document
from intake.desk import Desk, open_desk
from intake.documents.legacy_fonts import in_font
from intake.office.incidents import incident_lines
from intake.office.obligations import obligations
from intake.office.review import waiting
from intake.records.outcome import BookedReport, Outcome
from intake.registry import read_registry

# One worker plays the month, and but once.
pytestmark = pytest.mark.xdist_group("demo")

LETTER = Letter(
    ISSUERS["PTANLOC"],
    7,
    date(2026, 10, 5),
    "Tình hình kinh tế - xã hội tháng 10 năm 2026",
    ("I. KINH TẾ", "Thu ngân sách đạt 2,1 tỷ đồng & bằng 88% dự toán."),
)


def paragraphs_of(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    cells = [line for table in document.tables for cell in table.rows[0].cells for line in cell.text.splitlines()]
    return [*cells, *(paragraph.text for paragraph in document.paragraphs)]


def test_word_reads_back_letterhead_text_and_signature() -> None:
    read = paragraphs_of(word_document(LETTER))

    assert "Số: 07/BC-UBND" in read
    assert "Tân Lộc, ngày 05 tháng 10 năm 2026" in read
    assert read[-4:] == [LETTER.subject, "Kính gửi: Ủy ban nhân dân tỉnh Sơn Hà.", *LETTER.body]
    assert "Đinh Văn Khoa" in read


def test_a_letter_in_an_old_font_says_the_same_once_its_fonts_are_applied() -> None:
    old = docx.Document(io.BytesIO(word_document(LETTER, TCVN3_FONT)))
    runs = [run for paragraph in old.paragraphs for run in paragraph.runs]

    assert {run.font.name for run in runs} == {".VnTime", ".VnTimeH"}
    assert all(run.text != in_font(run.text, str(run.font.name)) for run in runs)
    assert [in_font(run.text, str(run.font.name)) for run in runs] == [
        "BÁO CÁO", LETTER.subject, "Kính gửi: ủy ban nhân dân tỉnh Sơn Hà.", *LETTER.body,
    ]  # fmt: skip


def test_a_sheet_reads_back_with_its_empty_cell() -> None:
    content = workbook("BVR01", [["Chỉ tiêu", "Trong kỳ"], [], ["Số vụ", ""], ["Số lượt", 22]])

    book = python_calamine.load_workbook(io.BytesIO(content))

    assert book.get_sheet_by_name("BVR01").to_python() == [
        ["Chỉ tiêu", "Trong kỳ"], ["", ""], ["Số vụ", ""], ["Số lượt", 22.0],
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "letter"), printed_letters().items())
def test_each_printed_letter_says_what_its_text_says(name: str, letter: Letter) -> None:
    page = pypdfium2.PdfDocument(FILES / name)[0].get_textpage().get_text_range()
    shown = " ".join(page.split())

    assert all(text in shown for text in (letter.symbol, letter.dated, letter.subject, *letter.body))


def test_the_locked_archive_opens_only_with_its_password() -> None:
    with zipfile.ZipFile(FILES / "tai-lieu-co-mat-khau.zip") as archive:
        (name,) = archive.namelist()
        assert archive.read(name, pwd=b"123456").decode() == "Danh sách hộ được hỗ trợ đợt 2"
        with pytest.raises(RuntimeError, match="password required"):
            archive.read(name)


def test_windows_1258_reads_back_once_it_is_composed() -> None:
    text = "Sở Nông nghiệp gửi báo cáo tháng Mười, kỳ họp thứ tư: đầy đủ"

    assert unicodedata.normalize("NFC", in_windows_1258(text).decode("windows-1258")) == text


def built_of(story: list[Mail]) -> list[bytes]:
    return [mail.raw() for mail in story if mail.slug != "khong-gui-duoc-ksbt"]


def test_the_same_mails_are_built_every_time() -> None:
    first = built_of(mails())
    time.sleep(1.1)

    assert built_of(mails()) == first


def test_no_mail_names_a_place_outside_the_invented_domains() -> None:
    domains = {domain for raw in built_of(mails()) for domain in re.findall(rb"@([\w.-]+)", raw) if b"." in domain}

    assert {domain.rpartition(b".")[2] for domain in domains} == {b"example"}


def test_the_registry_of_the_demo_has_no_mistake() -> None:
    registry = read_registry(HERE / "registry")

    assert {agency.code for agency in registry.agencies} == {"office", *ISSUERS}


# What each mail must become, in the order of arrival. A minus stands before what is missing. Early is in time, before
# the period is over: what is owed for a day comes early on that day.
BECOMES = {
    "tanloc-kntc": "report PTANLOC: KNTC-T 2026-09 v1 96/BC-UBND accepted on_time",
    "dongan-kntc-thieu-bieu": "report PDONGAN: KNTC-T 2026-09 v1 118/BC-UBND incomplete on_time -table",
    "suoitrang-kntc-khong-dau": "report XSUOITRANG: KNTC-T 2026-09 v1 74/BC-UBND accepted on_time",
    "dongan-kntc-bo-sung": "report PDONGAN: KNTC-T 2026-09 v2 118/BC-UBND accepted on_time",
    "khelim-kntc-tep-nen": "report XKHELIM: KNTC-T 2026-09 v1 65/BC-UBND accepted on_time",
    "thachson-kntc-muon-7-giay": "report XTHACHSON: KNTC-T 2026-09 v1 58/BC-UBND accepted late",
    "snv-cchc-pdf": "report SNV: CCHC-Q 2026-Q3 v1 214/BC-SNV accepted on_time",
    "khong-gui-duoc-ksbt": "dsn",
    "ttt-vang-mat": "automatic",
    "dabac-kntc-hop-thu-du-phong": "report XDABAC: KNTC-T 2026-09 v1 81/BC-UBND accepted late",
    "snnmt-cchc-chuyen-tiep": "report SNNMT: CCHC-Q 2026-Q3 v1 533/BC-SNNMT accepted on_time",
    "stc-hai-bao-cao": (
        "report STC: CCHC-Q 2026-Q3 v1 289/BC-STC accepted on_time; PCTN-9T 2026-9M v1 290/BC-STC accepted on_time"
    ),
    "ttt-pctn-9-thang": "report TTT: PCTN-9T 2026-9M v1 155/BC-TTr accepted on_time",
    "khelim-bvr-o-trong": "report XKHELIM: BVR-T 2026-09 v1 70/BC-UBND incomplete on_time -xlsx:BVR01!C8",
    "sxd-cchc-sat-gio": "report SXD: CCHC-Q 2026-Q3 v1 388/BC-SXD accepted on_time",
    "syt-cchc-dung-17-gio": "report SYT: CCHC-Q 2026-Q3 v1 361/BC-SYT accepted late",
    "khelim-bvr-du": "report XKHELIM: BVR-T 2026-09 v2 70/BC-UBND accepted on_time",
    "snv-ktxh-som": "report SNV: KTXH-T 2026-10 v1 221/BC-SNV accepted early",
    "khelim-trucban-13": "report XKHELIM: TRUCBAN 2026-10-13 v1 accepted early",
    "suoitrang-trucban-13": "report XSUOITRANG: TRUCBAN 2026-10-13 v1 accepted late",
    "suoitrang-lu-so-1": "incident XSUOITRANG: natural_disaster opened",
    "suoitrang-lu-so-2": "incident XSUOITRANG: natural_disaster joined",
    "ttt-cchc-tre": "report TTT: CCHC-Q 2026-Q3 v1 158/BC-TTr accepted late",
    "khelim-trucban-14": "report XKHELIM: TRUCBAN 2026-10-14 v1 accepted early",
    "suoitrang-xin-gia-han": "review XSUOITRANG",
    "stc-ktxh": "report STC: KTXH-T 2026-10 v1 301/BC-STC accepted on_time",
    "snnmt-ktxh-windows-1258": "report SNNMT: KTXH-T 2026-10 v1 548/BC-SNNMT accepted on_time",
    "syt-ktxh-khong-tieu-de": "report SYT: KTXH-T 2026-10 v1 377/BC-SYT accepted on_time",
    "sxd-ktxh-trich-thu-nhac": "report SXD: KTXH-T 2026-10 v1 397/BC-SXD accepted on_time",
    "dabac-ktxh": "report XDABAC: KTXH-T 2026-10 v1 92/BC-UBND accepted on_time",
    "dabac-ktxh again": "duplicate XDABAC",
    "stc-ktxh-ban-thay-the": "report STC: KTXH-T 2026-10 v2 304/BC-STC accepted on_time",
    "khelim-ktxh-hop-thu-la": "review",
    "tanloc-ktxh-nham-tep": "review PTANLOC",
    "ttt-ktxh": "report TTT: KTXH-T 2026-10 v1 163/BC-TTr accepted on_time",
    "dongan-ktxh-sat-nua-dem": "report PDONGAN: KTXH-T 2026-10 v1 127/BC-UBND accepted on_time",
    "tanloc-ktxh-dung-tep": "report PTANLOC: KTXH-T 2026-10 v1 109/BC-UBND accepted late",
    "sxd-atgt": "report SXD: ATGT-T 2026-10 v1 402/BC-SXD accepted on_time",
    "suoitrang-ktxh-da-gia-han": "report XSUOITRANG: KTXH-T 2026-10 v1 83/BC-UBND accepted on_time",
    "snv-cv-1832": "report SNV: CV1832 CV1832 v1 226/BC-SNV accepted early",
    "dongan-atgt-tre": "report PDONGAN: ATGT-T 2026-10 v1 131/BC-UBND accepted late",
    "ttt-cv-1832": "report TTT: CV1832 CV1832 v1 166/BC-TTr accepted early",
    "stc-cv-1832": "report STC: CV1832 CV1832 v1 309/BC-STC accepted early",
    "snnmt-cv-1832": "report SNNMT: CV1832 CV1832 v1 561/BC-SNNMT accepted early",
    "sxd-cv-1832": "report SXD: CV1832 CV1832 v1 405/BC-SXD accepted late",
    "tanloc-dau-mat": "quarantined",
    "dabac-tep-co-mat-khau": "quarantined",
    "khelim-bao-so-1": "incident XKHELIM: natural_disaster opened",
    "dongan-bao-so-1": "incident PDONGAN: natural_disaster opened",
    "tanloc-bao-so-1": "incident PTANLOC: natural_disaster opened",
    "suoitrang-bao-so-1": "incident XSUOITRANG: natural_disaster opened",
    "dabac-bao-so-1": "incident XDABAC: natural_disaster opened",
    "khelim-bao-so-2": "incident XKHELIM: natural_disaster joined",
    "dabac-bao-so-2": "incident XDABAC: natural_disaster joined",
    "thachson-bao-tra-loi": "incident XTHACHSON: natural_disaster joined",
    "syt-dich-tuan-43": "report SYT: DICHBENH 2026-W43 v1 accepted early",
    "thachson-bao-so-2": "incident XTHACHSON: natural_disaster joined",
    "khelim-bao-so-3": "incident XKHELIM: natural_disaster joined",
    "dongan-bao-so-2": "incident PDONGAN: natural_disaster joined",
    "tanloc-bao-so-2": "incident PTANLOC: natural_disaster joined",
    "suoitrang-bao-so-2": "incident XSUOITRANG: natural_disaster joined",
    "dabac-bao-so-3": "incident XDABAC: natural_disaster joined",
    "thachson-khong-ro-ky": "review XTHACHSON",
    "syt-dich-tuan-44": "report SYT: DICHBENH 2026-W44 v1 accepted early",
}  # fmt: skip


@dataclass(frozen=True)
class Played:
    month: Month
    desk: Desk
    printed: str


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder, out = tmp_path_factory.mktemp("demo"), io.StringIO()
    month = play(Console(file=out, width=80), folder)
    with open_desk(settings(folder), Hands(ENDS)) as desk:
        yield Played(month, desk, out.getvalue())


def name_of(arrived: Arrived, month: Month) -> str:
    first = next(one for one in month.arrived if one.mail.slug == arrived.mail.slug)
    return arrived.mail.slug if first is arrived else f"{arrived.mail.slug} again"


def told_of(outcome: Outcome) -> str:
    """An outcome as `BECOMES` writes it."""
    parts = [_report(one) for one in outcome.reports]
    if outcome.incident:
        parts = [f"{outcome.incident.category} {'opened' if outcome.incident.opened else 'joined'}"]
    head = " ".join(filter(None, (outcome.disposition, outcome.agency)))
    return f"{head}: {'; '.join(parts)}" if parts else head


def _report(one: BookedReport) -> str:
    missing = [f"-{word}" for word in one.missing]
    number = [one.number] if one.number else []
    return " ".join([one.report_type, one.period, f"v{one.version}", *number, one.status, one.timeliness, *missing])


@pytest.mark.parametrize("name", BECOMES)
def test_each_mail_becomes_what_the_story_says(played: Played, name: str) -> None:
    arrived = next(one for one in played.month.arrived if name_of(one, played.month) == name)

    assert told_of(arrived.outcome) == BECOMES[name], arrived.outcome


def test_every_mail_of_the_month_comes_out_once_and_in_order(played: Played) -> None:
    assert [name_of(one, played.month) for one in played.month.arrived] == list(BECOMES)
    assert played.month.problems == []


def test_each_mail_is_answered_once_and_machines_and_doubles_never(played: Played) -> None:
    unanswered = {name_of(one, played.month) for one in played.month.arrived if not one.answers}

    assert all(len(one.answers) <= 1 for one in played.month.arrived if one.mail.slug != "khelim-ktxh-hop-thu-la")
    assert {"khong-gui-duoc-ksbt", "ttt-vang-mat", "dabac-ktxh again"} <= unanswered
    assert not unanswered & {name for name, becomes in BECOMES.items() if becomes.startswith(("report", "incident"))}


def test_the_secret_paper_is_repeated_in_no_mail(played: Played) -> None:
    assert not any("quốc phòng" in one.mail.text for one in played.month.told)


# Who may be told that a report is overdue: exactly those from whom nothing complete had come by then.
ACCUSED = {
    ("XDABAC", "KNTC-T 2026-09"),
    ("TTT", "CCHC-Q 2026-Q3"),
    ("XTHACHSON", "KTXH-T 2026-10"),
    ("PDONGAN", "ATGT-T 2026-10"),
    ("SYT", "CV1832 CV1832"),
}


def test_only_those_who_had_not_reported_are_accused(played: Played) -> None:
    accusing = [one for one in played.month.told if one.name in ("overdue", "escalation", "directive")]

    assert {(code, report) for one in accusing for code in one.agencies for report in one.reports} == ACCUSED


@pytest.mark.parametrize(("agency", "head"), [
    ("XDABAC", "chutich.dabac@sonha.example"),
    ("TTT", "chanhthanhtra@sonha.example"),
    ("XTHACHSON", "chutich.thachson@sonha.example"),
    ("SYT", "giamdoc.syt@sonha.example"),
])  # fmt: skip
def test_a_head_hears_only_of_what_stays_overdue(played: Played, agency: str, head: str) -> None:
    heard = [one for one in played.month.told if one.name == "escalation" and one.recipient == head]

    assert [one.agencies for one in heard] == [[agency]]


def test_the_bounce_is_tied_to_the_reminder_that_came_back(played: Played) -> None:
    bounce = next(one for one in played.month.arrived if one.mail.slug == "khong-gui-duoc-ksbt")

    assert "ksbt@sonha.example" in bounce.outcome.reason


def test_in_the_end_it_is_known_who_is_late_and_who_owes_still(played: Played) -> None:
    stands = {
        (one["agency"], one["report_type"], one["period"]): one["status"]
        for one in obligations(played.desk, BEGINS, ENDS)
        if one["status"] != "on_time"
    }

    assert stands == {
        ("XDABAC", "KNTC-T", "2026-09"): "late",
        ("XTHACHSON", "KNTC-T", "2026-09"): "late",
        ("SYT", "CCHC-Q", "2026-Q3"): "late",
        ("TTT", "CCHC-Q", "2026-Q3"): "late",
        ("XSUOITRANG", "TRUCBAN", "2026-10-13"): "late",
        ("PTANLOC", "KTXH-T", "2026-10"): "late",
        ("XTHACHSON", "KTXH-T", "2026-10"): "overdue",
        ("PDONGAN", "ATGT-T", "2026-10"): "late",
        ("SXD", "CV1832", "CV1832"): "late",
        ("SYT", "CV1832", "CV1832"): "overdue",
    }
    assert len(obligations(played.desk, BEGINS, ENDS)) == 41


def test_what_no_rule_can_settle_still_waits_for_a_person(played: Played) -> None:
    assert [one.disposition for one in waiting(played.desk).messages] == ["quarantined", "quarantined", "review"]


def test_all_of_it_is_printed_without_colours(played: Played) -> None:
    words = " ".join(played.printed.split())

    assert "\x1b" not in played.printed
    assert "PROBLEM" not in words
    assert all(mail.shows in words for mail in mails())


@pytest.mark.parametrize("width", [80, 100, 140])
def test_no_line_is_wider_than_the_screen(played: Played, width: int) -> None:
    out = io.StringIO()
    show(Console(file=out, width=width), played.desk, played.month)

    assert max(map(cell_len, out.getvalue().splitlines())) <= width


def test_the_leaders_read_every_evening_what_the_day_was(played: Played) -> None:
    digests = [one for one in played.month.told if one.name == "daily_digest"]
    of_the_flood = " ".join(next(one for one in digests if one.at.day == 14).mail.text.split())

    assert [one.at.day for one in digests] == list(range(1, 32))
    assert "Báo cáo nhanh số 1 tình hình mưa lũ xã Suối Trăng (VV-0001) - MỚI" in of_the_flood
    assert "02 người bị thương nhẹ, không có người chết, mất tích." in of_the_flood
    assert [one.mail.attachments[0].filename for one in digests] == [
        f"BC-TH-202610{day:02}.docx" for day in range(1, 32)
    ]


def test_a_nil_report_is_named_in_the_digest_of_its_day(played: Played) -> None:
    digest = next(one for one in played.month.told if one.name == "daily_digest" and one.at.day == 13)

    assert "Trong đó báo không phát sinh (01): UBND xã Khe Lim." in " ".join(digest.mail.text.split())


def test_whoever_collects_a_report_gets_each_copy_with_its_file(played: Played) -> None:
    copies = [one for one in played.month.told if one.name == "share"]

    assert {one.recipient for one in copies} == {
        "sotaichinh@sonha.example", "thanhtra@sonha.example", "sonoivu@sonha.example", "sonnmt@sonha.example",
        "soxaydung@sonha.example",
    }  # fmt: skip
    assert all(one.mail.attachments for one in copies)


def test_whoever_is_silent_in_the_storm_is_asked_reminded_and_reported_to_its_head(played: Played) -> None:
    told = [one for one in played.month.told if one.name == "incident_request" and one.agencies == ["XTHACHSON"]]

    assert [(f"{one.at:%d %H:%M}", one.recipient) for one in told] == [
        ("22 21:05", "xathachson@sonha.example"),
        ("22 22:01", "xathachson@sonha.example"),
        ("22 23:01", "xathachson@sonha.example"),
        ("23 01:01", "chutich.thachson@sonha.example"),
    ]


def test_each_commune_has_one_matter_in_the_storm_and_an_officer_closes_it(played: Played) -> None:
    lines = incident_lines(played.desk)

    assert [(one["agency"], len(one["messages"])) for one in lines] == [
        ("XSUOITRANG", 2), ("XKHELIM", 3), ("PDONGAN", 2), ("PTANLOC", 2), ("XSUOITRANG", 2), ("XDABAC", 3),
        ("XTHACHSON", 2),
    ]  # fmt: skip
    assert {one["status"] for one in lines} == {"closed"}


def test_the_evening_after_the_storm_the_leaders_read_the_latest_of_each_commune(played: Played) -> None:
    digest = next(one for one in played.month.told if one.name == "daily_digest" and one.at.day == 23)
    words = " ".join(digest.mail.text.split())

    assert "Mới phát sinh 06 vụ việc; đang theo dõi 06 vụ việc." in words
    assert "tốc mái 31 nhà, đã lợp lại 12 nhà" in words
