"""The registry's files, read and written for real: workbooks, CSV files, and everything that can be wrong in them."""

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from intake.errors import RegistryError
from intake.model import OFFICE, Agency, Contact, ReportType
from intake.registry import Registry, differences, read_registry, template_workbook, write_registry

CORPUS = Path(__file__).parent / "corpus/registry"
WHOLE = CORPUS / "departments-merged-and-districts-ended"

AGENCIES = "code,name,groups\nSNV,Sở Nội vụ,so\n"
CONTACTS = "agency,email,name,role\n"
REPORT_TYPES = "code,name,frequency,due,groups\n"


def folder(path: Path, agencies: str = AGENCIES, contacts: str = CONTACTS, types: str = REPORT_TYPES) -> Path:
    path.mkdir(exist_ok=True)
    for name, text in (("agencies", agencies), ("contacts", contacts), ("report_types", types)):
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def mistakes(path: Path, policies: list[str] | None = None) -> list[str]:
    with pytest.raises(RegistryError) as caught:
        read_registry(path, policies)
    return list(caught.value.mistakes)


def test_a_whole_registry_is_read_from_csv_files() -> None:
    registry = read_registry(WHOLE, ["standard", "strict", "urgent"])
    assert (len(registry.agencies), len(registry.contacts), len(registry.report_types)) == (49, 160, 18)
    investment = next(one for one in registry.agencies if one.code == "SKHDT")
    assert (investment.aliases[0], investment.groups, investment.active_to) == ("Sở KH&ĐT", ["so"], date(2025, 2, 28))
    forest = next(one for one in registry.report_types if one.code == "BVR-T")
    assert (forest.required, forest.due, forest.roll) == (
        ["document", "xlsx:BVR01!C8"], "day 5 next month 11:30", "none",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["registry.xlsx", "registry"])
def test_what_is_written_is_read_again_as_it_was(tmp_path: Path, name: str) -> None:
    registry = read_registry(WHOLE)
    write_registry(tmp_path / "out" / name, registry)
    assert read_registry(tmp_path / "out" / name) == registry


def test_csv_files_are_written_as_they_were_read(tmp_path: Path) -> None:
    write_registry(tmp_path, read_registry(WHOLE))
    for name in ("agencies", "contacts", "report_types"):
        written, read = (
            list(csv.reader((where / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
            for where in (tmp_path, WHOLE)
        )
        assert written == read


def test_a_name_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    registry = Registry([Agency(code=OFFICE, name="=1+1")], [], [])
    write_registry(tmp_path / "registry.xlsx", registry)
    assert read_registry(tmp_path / "registry.xlsx") == registry


def test_vietnamese_titles_in_any_order_case_and_spelling_are_known(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "Loại báo cáo": [["Mã", "Tên báo cáo", "Tần suất", "Thời hạn", "Đối tượng"]],
        "cơ quan": [["TÊN CƠ QUAN", "", "Ma co quan", "Nhóm"], ["Sở Nội vụ", "", "SNV", "so"]],
        "Đầu mối": [["Vai trò", "Email", "Cơ quan"], ["submitter", "vt@so.example", "SNV"]],
    }
    path = workbook(tmp_path / "r.xlsx", sheets)
    registry = read_registry(path)
    assert [agency.code for agency in registry.agencies] == [OFFICE, "SNV"]
    assert registry.contacts == [Contact(agency_code="SNV", email="vt@so.example", role="submitter")]


def test_a_mistake_under_a_vietnamese_title_names_both_titles(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "Cơ quan": [["Mã", "Tên"], ["SNV", None]],
        "contacts": [["agency", "email", "role"]],
        "report_types": [["code", "name", "frequency"]],
    }
    path = workbook(tmp_path / "r.xlsx", sheets)
    assert mistakes(path) == ["sheet Cơ quan (agencies), row 2, column Tên (name): the cell is empty"]


def test_cells_that_excel_took_for_dates_times_and_numbers_are_read_as_they_were_meant(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "agencies": [["code", "name", "groups", "active_to"], [2449, "Sở\nNội  vụ", "so\nrung;1", date(2025, 2, 28)]],
        "contacts": [["agency", "email", "role"], [2449, "vt@so.example ", "submitter"]],
        "report_types": [
            ["code", "name", "frequency", "due", "groups", "active_from"],
            ["A", "Ngày", "daily", time(17), "so", date(2019, 1, 1)],
            ["B", "Ngày", "daily", timedelta(hours=16, minutes=30), 1, "1/3/2019"],
            ["C", "Một lần", "once", date(2019, 12, 10), "so", "2019-11-04"],
            ["D", "Một lần", "once", datetime.fromisoformat("2019-12-10T17:00"), "so", None],
        ],
    }
    path = workbook(tmp_path / "r.xlsx", sheets)
    registry = read_registry(path)
    agency = registry.agencies[1]
    assert (agency.code, agency.name, agency.groups, agency.active_to) == (
        "2449", "Sở Nội vụ", ["so", "rung", "1"], date(2025, 2, 28),
    )  # fmt: skip
    assert [one.due for one in registry.report_types] == ["17:00", "16:30", "2019-12-10", "2019-12-10 17:00"]
    assert [one.active_from for one in registry.report_types] == [
        date(2019, 1, 1), date(2019, 3, 1), date(2019, 11, 4), None,
    ]  # fmt: skip


def test_texts_are_composed_and_free_of_what_cannot_be_seen(tmp_path: Path) -> None:
    path = folder(
        tmp_path, agencies="\ufeffcode,name,groups\nSNV\u200b,So\u031b\u0309\u00a0 No\u0323\u0302i vu\u0323 ,so\n"
    )
    assert [(one.code, one.name) for one in read_registry(path).agencies[1:]] == [("SNV", "Sở Nội vụ")]


def test_csv_files_with_semicolons_between_cells_are_known_by_their_titles(tmp_path: Path) -> None:
    path = folder(tmp_path, agencies='code;name;groups\nSNV;"Sở Nội vụ, tỉnh";"so;huyen"\n')
    agency = read_registry(path).agencies[1]
    assert (agency.name, agency.groups) == ("Sở Nội vụ, tỉnh", ["so", "huyen"])


def test_a_name_is_shared_only_by_agencies_of_different_times(tmp_path: Path) -> None:
    head = "code,name,aliases,active_from,active_to\nH,UBND huyện Chư Prông,Chư Prông,,2025-06-30\n"
    folder(tmp_path, agencies=head + "X,UBND xã Chư Prông,CHƯ PRÔNG,2025-07-01,\n")
    assert len(read_registry(tmp_path).agencies) == 3
    folder(tmp_path, agencies=head + "X,UBND xã Chư Prông,CHƯ PRÔNG,2025-06-30,\n")
    assert mistakes(tmp_path) == [
        "sheet agencies, row 3, column aliases: CHƯ PRÔNG is also a name of H (row 2) at the same time; "
        "tell them apart, or let the one end before the other begins"
    ]


def test_two_agencies_may_share_a_sender_and_two_types_an_alias(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        agencies="code,name,groups\nA,Sở A,so\nB,Sở B,so\n",
        contacts="agency,email,role\nA,chung@so.example,submitter\nB,chung@so.example,submitter\n",
        types="code,name,aliases,frequency,due,groups\nT,Tháng,BC,monthly,day 20,so\nQ,Quý,BC,quarterly,day 20,so\n",
    )
    assert len(read_registry(path).contacts) == 2


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        contacts="agency,email,role\noffice,*@VP.Example,Duty\n",
        types="code,name,frequency,due,groups,share_with\nT,Tháng,Half-yearly,day 20,so,\nN,Nhanh,ad_hoc,,,office;so\n",
    )
    registry = read_registry(path, policies=[])
    assert registry.agencies[0] == Agency(code=OFFICE, name=OFFICE)
    assert registry.contacts == [Contact(agency_code=OFFICE, email="*@vp.example", role="duty")]
    assert registry.report_types[0] == ReportType(
        code="T", name="Tháng", frequency="half_yearly", closing="calendar", due="day 20", roll="next", groups=["so"]
    )
    assert registry.report_types[1].due == ""


def test_every_kind_of_mistake_is_named_with_its_place_in_one_reading() -> None:
    found = mistakes(CORPUS / "every-kind-of-mistake", ["standard", "strict"])
    assert [line.partition(": ")[0] for line in found] == [
        "sheet agencies, row 1, column grups",
        "sheet agencies, row 4, column code",
        "sheet agencies, row 5, column parent",
        "sheet agencies, row 6, column aliases",
        "sheet agencies, row 7, column name",
        "sheet agencies, row 8, column active_to",
        "sheet agencies, row 9, column active_from",
        "sheet contacts, row 3, column email",
        "sheet contacts, row 4, column agency",
        "sheet contacts, row 5, column email",
        "sheet contacts, row 6, column role",
        "sheet contacts, row 7, column role",
        "sheet report_types, row 2, column frequency",
        "sheet report_types, row 3, column closing",
        "sheet report_types, row 4, column due",
        "sheet report_types, row 4, column roll",
        "sheet report_types, row 4, column required",
        "sheet report_types, row 4, column policy",
        "sheet report_types, row 5, column due",
        "sheet report_types, row 5, column groups",
        "sheet report_types, row 5, column share_with",
        "sheet report_types, row 6, column due",
        "sheet report_types, row 6, column required",
        "sheet report_types, row 6, column groups",
    ]


@pytest.mark.parametrize(
    ("sheet", "text", "wanted"),
    [
        ("agencies", "code,name,parent\nA,Sở A,A\n", "row 2, column parent: A cannot be above itself"),
        ("agencies", "code,name,name\nA,Sở A,B\n", "row 1, column name: the column name stands there twice; keep one"),
        ("agencies", "code\nA\n", "row 1, column name: the column is missing; add one titled name or Tên cơ quan"),
        ("agencies", "", "row 1, column code: the column is missing"),
        ("agencies", "code,name\n", "row 2: there is no agency"),
        ("agencies", "code,name\nSNV,Sở Văn hóa, Thể thao\n", "row 2: 3 cells under 2 titles"),
        ("agencies", "code,name\n\n\nA,#REF!\n", "row 4, column name: the cell shows the error #REF!"),
        ("agencies", "code,name\nA;B,Sở A\n", "row 2, column code: a code of at most 64 characters without ;"),
        ("agencies", "code,name,zzz\nA,Sở A,\n", "row 1, column zzz: unknown column; known are code, name"),
        ("agencies", 'code,name\n"A,Sở A\n', "row 1: agencies.csv is no CSV file"),
        ("agencies", "code,name,active_from\nA,Sở A,3/2025\n", "row 2, column active_from: '3/2025' is no date"),
        ("contacts", "agency,email,role\nSNV,a@so,submitter\n", "row 2, column email: 'a@so' is no mail address"),
        ("contacts", "agency,email,role\nSNV,*a@so.example,head\n", "row 2, column email: '*a@so.example' is no"),
        ("contacts", "agency,email,role\nSNV,a@so.vn;b@so.vn,head\n", "row 2, column email: 'a@so.vn;b@so.vn' is no"),
        (
            "contacts",
            "agency,email,role\nSNV,*@Gmail.com,head\n",
            "row 2, column email: anybody can have an address at",
        ),
        ("contacts", "agency,email,role\nSNV,,head\n", "row 2, column email: the cell is empty"),
    ],
)
def test_a_mistake_is_named_with_what_would_be_right(tmp_path: Path, sheet: str, text: str, wanted: str) -> None:
    folder(tmp_path)
    (tmp_path / f"{sheet}.csv").write_text(text, encoding="utf-8")
    assert any(line.startswith(f"sheet {sheet}, {wanted}") for line in mistakes(tmp_path)), mistakes(tmp_path)


def test_a_registry_without_agencies_has_no_groups_to_suggest(tmp_path: Path) -> None:
    folder(tmp_path, agencies="code,name\n", types=REPORT_TYPES + "T,Tháng,monthly,day 20,so\n")
    assert mistakes(tmp_path) == [
        "sheet report_types, row 2, column groups: no agency is in the group so; there are none yet"
    ]


def test_a_file_in_another_encoding_is_named_with_the_others(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "contacts.csv").write_bytes("agency,email,role\nSNV,a@so.vn,Trưởng".encode("utf-16"))
    assert mistakes(tmp_path) == ["sheet contacts, row 1: contacts.csv is not in UTF-8; save it as CSV UTF-8"]


def test_a_missing_and_a_double_sheet_are_named(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "agencies": [["code", "name"], ["A", "Sở A"]],
        "Đơn vị": [["code", "name"]],
        "contact": [["agency"]],
        "report_types": [["code", "name", "frequency"]],
    }
    path = workbook(tmp_path / "r.xlsx", sheets)
    assert mistakes(path) == [
        "sheet agencies, row 1: there are several such sheets: agencies, Đơn vị; keep one",
        "sheet contacts, row 1: the sheet is missing; name one contacts or Đầu mối; "
        "there are agencies, Đơn vị, contact, report_types",
    ]


def test_an_empty_folder_misses_all_three_sheets(tmp_path: Path) -> None:
    (tmp_path / "agencies.txt").write_text("")
    assert [line.split(",")[0] for line in mistakes(tmp_path)] == [
        "sheet agencies", "sheet contacts", "sheet report_types",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("absent.xlsx", None, "absent.xlsx cannot be read: No such file"),
        ("registry.xls", b"old", "neither a workbook"),
        ("registry.xlsx", b"PK\x03\x04 torn", "cannot be read as a workbook"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "without a password"),
    ],
)
def test_what_is_no_registry_at_all_is_refused_in_a_sentence(
    tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    if content:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(RegistryError, match=words):
        read_registry(tmp_path / name)


def test_a_csv_file_that_cannot_be_read_is_named_with_the_others(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "contacts.csv").unlink()
    (tmp_path / "contacts.csv").mkdir()
    assert mistakes(tmp_path) == ["sheet contacts, row 1: contacts.csv cannot be read: Is a directory"]


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RegistryError, match="cannot be written"):
        write_registry(tmp_path / "file" / "registry", read_registry(WHOLE))


def test_the_template_is_an_empty_registry_with_notes_and_lists_to_choose_from(tmp_path: Path) -> None:
    path = tmp_path / "new" / "registry.xlsx"
    template_workbook(path)
    assert mistakes(path) == ["sheet agencies, row 2: there is no agency; a registry needs one"]
    book = load_workbook(path)
    assert book.sheetnames == ["Hướng dẫn", "Cơ quan", "Đầu mối", "Loại báo cáo"]
    page = book["Loại báo cáo"]
    assert all(cell.comment for cell in page[1])
    lists = {str(one.sqref): one.formula1 for one in page.data_validations.dataValidation}
    assert lists["D2:D5000"].startswith('"daily,weekly,monthly')


def test_a_filled_in_template_is_a_registry(tmp_path: Path) -> None:
    path = tmp_path / "registry.xlsx"
    template_workbook(path)
    book = load_workbook(path)
    book["Cơ quan"].cell(2, 1, "SNV")
    book["Cơ quan"].cell(2, 2, "Sở Nội vụ")
    book.save(path)
    assert [agency.code for agency in read_registry(path).agencies] == [OFFICE, "SNV"]


def test_differences_are_told_in_words() -> None:
    old = Registry(
        [Agency(code="A", name="Sở A", groups=["so"]), Agency(code="B", name="Sở B")],
        [Contact(agency_code="A", email="a@so.example", role="head", name="Ông An")],
        [ReportType(code="T", name="Tháng", frequency="monthly", due="day 20")],
    )
    new = Registry(
        [
            Agency(code="A", name="Sở A", groups=["so", "rung"], active_to=date(2025, 2, 28)),
            Agency(code="C", name="Sở C"),
        ],
        [
            Contact(agency_code="A", email="A@so.example", role="duty"),
            Contact(agency_code="A", email="a@so.example", role="head"),
        ],
        [ReportType(code="T", name="Tháng", frequency="monthly", due="day 20")],
    )
    assert differences(old, old) == []
    assert differences(old, new) == [
        "agency C (Sở C) is added",
        'agency A (Sở A): groups "so" becomes "so;rung"',
        'agency A (Sở A): active_to (empty) becomes "2025-02-28"',
        "agency B (Sở B) is withdrawn",
        "contact A@so.example (duty of A) is added",
        'contact a@so.example (head of A): name "Ông An" becomes (empty)',
    ]
