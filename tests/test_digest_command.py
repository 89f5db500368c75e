"""`intake digest`: the synthesis of a day as text, as JSON and as a Word document, without sending anything."""

import docx
import pytest
from builders import OFFICE_ADDRESS, at, mail, monthly_report
from workplace import workplace

CONFIG = f"""
[office]
name = "Văn phòng UBND tỉnh"
address = "{OFFICE_ADDRESS}"

[database]
url = "sqlite:///intake.db"

[storage]
path = "messages"

[[mailboxes]]
kind = "maildir"
path = "inbox"

[outgoing]
kind = "maildir"
path = "outgoing"
"""


@pytest.fixture
def office(tmp_path):
    """An office with one report, in the folder that the command is called in."""
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", "2026-11-10 08:00", digest={"to": []}) as office:
        office.work("2026-11-10 08:00")
        files = {"BC.docx": monthly_report("Sở Tài chính", "214/BC-STC", 11)}
        office.receive(
            mail("stc@tinh.example", "Báo cáo KT-XH tháng 11/2026", "Gửi.", at("2026-11-16 09:00"), files=files)
        )
        office.work("2026-11-16 09:01")
        yield office


def test_it_prints_the_mail_as_it_would_be_sent_and_sends_none(office, intake):
    told = len(office.sent())
    called = intake("digest", "--date", "2026-11-16", "--at", "2026-11-16T18:00")
    assert called.status == 0
    assert called.out.startswith("Subject: [BC-TH-20261116] Tổng hợp tình hình ngày 16/11/2026: không có vụ việc")
    assert "Đúng hạn (01): Sở Tài chính." in called.out
    assert len(office.sent()) == told


def test_it_prints_one_object_with_the_facts(office, intake):
    called = intake("digest", "--json", "--at", "2026-11-16T17:45")
    [facts] = called.lines
    assert called.status == 0
    assert (facts["day"], facts["since"]) == ("2026-11-16", "2026-11-15T17:30:00+07:00")
    [received] = [one for one in facts["received"] if one["report_type"] == "KTXH-T"]
    assert received["on_time"] == [{"code": "STC", "name": "Sở Tài chính"}]
    assert not {"office", "recipient", "paper"} & facts.keys()


def test_it_writes_a_word_document_in_the_layout_of_the_decree(office, intake, tmp_path):
    called = intake("digest", "--docx", "tong-hop.docx", "--at", "2026-11-16T18:00")
    document = docx.Document(str(tmp_path / "tong-hop.docx"))
    left, right = (cell.text.splitlines() for cell in document.tables[0].rows[0].cells)
    assert called.status == 0
    assert left == ["UBND TỈNH", "VĂN PHÒNG UBND TỈNH", "", "Số: ........../BC-VP"]
    assert right[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert right[-1].endswith("ngày 16 tháng 11 năm 2026")
    assert "CHÁNH VĂN PHÒNG" in document.tables[-1].rows[0].cells[1].text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--date", "2026-11-17"], "is still to come"),
        (["--date", "hôm nay"], "is not a date"),
        (["--docx", "none/a.docx"], "cannot be written"),
    ],
)
def test_what_cannot_be_told_or_written_is_refused(office, intake, arguments, said):
    called = intake("digest", *arguments, "--at", "2026-11-16T18:00")
    assert called.status == 2
    assert said in called.err
