"""The review desk and `explain` as they are called: what they print, and what they end with."""

import json
import sys

import pytest
from builders import OFFICE_ADDRESS, at, mail, monthly_report, registry

from intake.cli import main
from intake.registry import write_registry

CONFIG = f"""
[office]
name = "Văn phòng UBND tỉnh"
address = "{OFFICE_ADDRESS}"
[[mailboxes]]
kind = "maildir"
path = "data/inbox"
[outgoing]
kind = "maildir"
path = "data/outgoing"
[daemon]
workers = 1
"""
NOW = "2026-11-16T10:00:00+07:00"
KEY = ("--agency", "STC", "--report-type", "KTXH-T", "--period", "2026-11")


class Called:
    def __init__(self, status, captured):
        self.status, self.out, self.err = status, captured.out, captured.err

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def empty(monkeypatch, capsys, tmp_path):
    """The command in an office without mail."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["intake", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        return Called(end.value.code, capsys.readouterr())

    (tmp_path / "config.toml").write_text(CONFIG)
    write_registry(tmp_path / "registry", registry())
    call("registry", "load", "registry")
    return call


@pytest.fixture
def office(empty, tmp_path):
    """The command in an office that has two mails of one stranger in its queue, numbers 1 and 2."""
    for number, month in ((1, 11), (2, 10)):
        files = {"BC.docx": monthly_report("Sở Tài chính", f"{month}/BC-STC", month)}
        subject = f"Báo cáo KT-XH tháng {month}/2026"
        raw = mail("ai.do@gmail.example", subject, "Kính gửi.", at(f"2026-11-16 09:0{number}"), files=files)
        (tmp_path / f"{number}.eml").write_bytes(raw)
    assert empty("import", "1.eml", "2.eml", "--at", NOW).status == 0
    return empty


def test_the_queue_shows_each_case_with_what_speaks_for_and_against_it_and_the_command(office):
    shown = office("review", "--at", NOW).out
    assert "THƯ SỐ 1 - chờ xem xét" in shown
    assert "+ ký hiệu văn bản trong tệp “BC.docx” ghi “BC-STC”: STC" in shown
    assert "- địa chỉ ai.do@gmail.example chưa đăng ký cho cơ quan nào" in shown
    assert "| SỞ TÀI CHÍNH" in shown
    assert "hạn hết ngày 17/11/2026 (thứ Ba)" in shown
    assert "intake review accept 1 --agency STC --report-type KTXH-T --period 2026-11" in shown


def test_a_program_gets_the_same_as_one_object_a_line(office):
    line, _ = office("review", "--json", "--at", NOW).lines
    assert (line["id"], line["from"], line["subject"]) == (1, "ai.do@gmail.example", "Báo cáo KT-XH tháng 11/2026")
    assert line["first_lines"][0] == "SỞ TÀI CHÍNH"
    [candidate] = line["candidates"]
    assert (candidate["agency"], candidate["due_at"]) == ("STC", "2026-11-18T00:00:00+07:00")
    assert candidate["against"] == ["ai.do@gmail.example is registered for no agency"]
    assert line["suggestions"][0]["period"] == "2026-11"
    assert office("review", "show", 1, "--json", "--at", NOW).lines == [line]
    assert "MESSAGE 1 - review" in office("review", "show", 1, "--language", "en").out
    assert office("review", "show", 1, "--language", "fr").status == 2


def test_accepting_can_teach_and_says_what_else_that_settles(office):
    called = office("review", "accept", 1, *KEY, "--learn-sender", "--who", "An", "--at", NOW)
    assert "ai.do@gmail.example is now known as an address of STC" in called.out
    assert "Message 2 would be settled: report, STC, KTXH-T 2026-10" in called.out
    assert [one["id"] for one in office("review", "--json").lines] == [2]
    [settled] = office("review", "rematch", "--apply", "--json", "--at", NOW).lines
    assert (settled["kind"], settled["id"], settled["reports"][0]["period"]) == ("settled", 2, "2026-10")
    assert "Nothing else" in office("review", "rematch").out


def test_a_correction_and_its_taking_back(office):
    office("review", "accept", 1, *KEY, "--by", "An", "--at", NOW)
    other = ("--agency", "STC", "--report-type", "KTXH-T", "--period", "2026-10")
    [line] = office("review", "correct", 1, *other, "--why", "nhầm kỳ", "--json", "--at", NOW).lines
    assert [one["period"] for one in line["reports"]] == ["2026-10"]
    [undone] = office("review", "undo", 1, "--json", "--at", NOW).lines
    assert (undone["action"], undone["about"]) == ("corrected", "message:1")
    assert f"Event E{undone['event'] - 1}" not in office("review", "undo", f"E{undone['event']}").out
    assert "waits again" in office("review", "reopen", 1, "--why", "xem lại", "--at", NOW).out


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (("accept", 1, "--agency", "STC", "--report-type", "KTXH-T"), "needs its --period"),
        (("accept", 1, "--agency", "STC", "--document", "1"), "write it as 2=KTXH-T:2019-10"),
        (("incident", 1), "give --category"),
        (("incident", 1, "--join", "x"), "no urgent matter"),
        (("undo", "nothing"), "neither a message"),
        (("show", 99), "no message 99"),
    ],
)
def test_a_call_that_says_too_little_ends_with_2_and_says_what_is_missing(empty, call, complaint):
    called = empty("review", *call)
    assert called.status == 2
    assert complaint in " ".join(called.err.split())


def test_an_urgent_matter_is_marked_by_its_category(office):
    called = office("review", "incident", 1, "--category", "other", "--agency", "STC", "--at", NOW)
    assert called.status == 0
    [line] = office("review", "incident", 2, "--join", "VV-0001", "--agency", "STC", "--json", "--at", NOW).lines
    assert line["incident"] == {"id": 1, "category": "other", "opened": False}


def test_a_mail_is_explained_in_the_offices_language_or_in_english(office):
    office("review", "accept", 1, *KEY, "--by", "An", "--at", NOW)
    explained = office("explain", 1).out
    assert "KẾT QUẢ: ghi nhận là báo cáo của Sở Tài chính" in explained
    assert "vì An đã ghi nhận" in explained
    assert "quyết định xem xét, An" in explained
    assert "RESULT: report of Sở Tài chính" in office("explain", 1, "--language", "en").out
    [line] = office("explain", 1, "--json").lines
    assert (line["kind"], line["versions"][0]["receipt"]) == ("mail", "2026/00001")
    assert "CÓ THỂ LÀ Sở Tài chính" in office("explain", 2).out


def test_a_deadline_is_explained_day_by_day(empty):
    office = empty
    explained = office("explain", "STC", "KTXH-T", "2026-02", "--at", NOW).out
    assert "khoản 1 Điều 12 Nghị định 09/2019/NĐ-CP" in explained
    assert "20/02/2026 (thứ Sáu): ngày lễ" in explained
    assert "hết ngày 24/02/2026 (thứ Ba)" in explained
    assert "QUÁ HẠN" in explained
    english = office("explain", "STC", "GIAOBAN", "2026-W18", "--language", "en").out
    assert "it moves back to the working day before, Wednesday, 29 April 2026" in english
    [line] = office("explain", "STC", "GIAOBAN", "2026-W18", "--json").lines
    assert [one["day"] for one in line["reasons"]["rolled"]] == ["2026-04-30"]


def test_an_obligation_is_explained_with_its_versions_and_decisions(office):
    office("review", "accept", 1, *KEY, "--by", "An", "--at", NOW)
    office("extend", *KEY, "--until", "2026-11-25", "--why", "mưa lũ", "--by", "Bình", "--at", NOW)
    explained = office("explain", "STC", "KTXH-T", "2026-11", "--at", NOW).out
    assert "Đã gia hạn: mưa lũ" in explained
    assert "gia hạn, Bình: mưa lũ" in explained
    assert "lần 1: thư số 1" in explained
    assert "đã nhận đủ, ĐÚNG HẠN" in explained


@pytest.mark.parametrize(
    "call", [(), ("x",), ("STC", "KTXH-T"), ("STC", "KHONG", "2026-11"), ("XHOABINH", "GIAOBAN", "2026-W47")]
)
def test_what_cannot_be_explained_ends_with_2(empty, call):
    assert empty("explain", *call).status == 2
