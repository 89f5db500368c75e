"""The commands about urgent matters as they are called: what they print, and what they end with."""

import json
import sys

import pytest
from builders import OFFICE_ADDRESS, registry

from intake.cli import main
from intake.registry import write_registry

CONFIG = f"""
[office]
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
NOW = ("--at", "2026-11-21T14:00:00+07:00")
FIRE = ("--title", "Cháy rừng tại tiểu khu 215", "--category", "fire_explosion")


@pytest.fixture
def intake(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["intake", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, capsys.readouterr()

    (tmp_path / "config.toml").write_text(CONFIG)
    write_registry(tmp_path / "registry", registry())
    assert call("registry", "load", "registry")[0] == 0
    return call


def lines(called):
    status, captured = called
    assert status == 0
    return [json.loads(line) for line in captured.out.splitlines()]


def test_a_request_is_made_listed_and_taken_back(intake):
    [line] = lines(
        intake("incidents", "request", "--agency", "XHOABINH", "--agency", "SYT", *FIRE, "--due", "2026-11-21T17:00",
               "--words", "https://bao.example", "--why", "báo chí", *NOW, "--json")
    )  # fmt: skip
    assert [(one["agency"], one["status"]) for one in line["asked"]] == [("XHOABINH", "open"), ("SYT", "open")]
    assert lines(intake("incidents", "--json", *NOW)) == [line]
    [undone] = lines(intake("incidents", "undo", line["code"], "--json", *NOW))
    assert (undone["status"], undone["asked"][0]["status"]) == ("closed", "cancelled")


def test_a_matter_goes_from_opening_to_closing(intake):
    [opened] = lines(intake("incidents", "open", "--agency", "XHOABINH", *FIRE, *NOW, "--json"))
    code = opened["code"]
    [updated] = lines(intake("incidents", "update", code, "--place", "xã Hòa Bình", *NOW, "--json"))
    [ended] = lines(intake("incidents", "end", code, *NOW, "--json"))
    [closed] = lines(intake("incidents", "close", code, "--why", "đã dập tắt", *NOW, "--json"))
    assert (updated["place"], ended["asked"][1]["kind"], closed["status"]) == ("xã Hòa Bình", "closing", "closed")
    status, captured = intake("incidents", "close", code, "--why", "lần nữa", *NOW)
    assert (status, "is closed" in captured.err) == (2, True)


def test_two_matters_are_joined(intake):
    for _ in range(2):
        lines(intake("incidents", "open", "--agency", "XHOABINH", *FIRE, *NOW, "--json"))
    [kept] = lines(intake("incidents", "join", "VV-0002", "--into", "1", *NOW, "--json"))
    assert (kept["id"], len(kept["asked"])) == (1, 2)


def test_people_read_who_is_asked_by_when(intake):
    status, captured = intake("incidents", "request", "--agency", "XHOABINH", *FIRE, "--due", "2026-11-21", *NOW)
    assert status == 0
    assert "XHOABINH: report by 2026-11-22 00:00" in captured.out
    status, captured = intake("incidents", *NOW)
    assert "VV-0001" in captured.out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("request", "--agency", "XHOABINH"), "--title for a new matter"),
        (("request", "--agency", "KHONGCO", *FIRE), "no agency 'KHONGCO'"),
        (("request", "--agency", "XHOABINH", *FIRE, "--due", "2026-11-20"), "is past"),
        (("request", "--agency", "XHOABINH", "--incident", "VV-0007"), "no incident 7"),
        (("open", "--agency", "XHOABINH", "--title", "Cháy", "--category", "chay"), "the category is one of"),
        (("open", "--agency", "XHOABINH", "--title", " ", "--category", "other"), "needs a title"),
        (("update", "VV-0007"), "--title, --place or --category"),
        (("update", "VV-0007", "--place", "xã"), "no incident 7"),
        (("close", "vụ này", "--why", "xong"), "is no urgent matter"),
        (("join", "1", "--into", "1"), "to itself"),
        (("part", "1"), "--title for a new matter"),
        (("part", "1", "--title", "Vụ khác"), "tells of no incident"),
        (("undo", "7"), "nobody has decided"),
    ],
)  # fmt: skip
def test_a_wrong_call_says_what_is_wrong(intake, arguments, complaint):
    status, captured = intake("incidents", *arguments, *NOW)
    assert status == 2
    assert complaint in " ".join(captured.err.replace("│", " ").split())
