"""The commands about directives as they are called: what they print, and what they end with."""

import json

import pytest
from test_incident_commands import NOW, intake, lines

__all__ = ["intake"]
ISSUE = ("directive", "issue", "--agency", "XHOABINH", "--agency", "SYT", "--title", "Phòng cháy rừng")


def test_a_directive_is_issued_confirmed_by_telephone_shown_and_taken_back(intake):
    [issued] = lines(intake(*ISSUE, "--text", "Thực hiện nghiêm.", *NOW, "--json"))
    assert [(one["agency"], one["status"]) for one in issued["agencies"]] == [
        ("SYT", "waiting"),
        ("XHOABINH", "waiting"),
    ]
    [confirmed] = lines(intake("directive", "confirm", "CD-0001", "--agency", "SYT", *NOW, "--json"))
    assert confirmed["confirmed"] == 1
    assert lines(intake("directive", "list", "--json", *NOW)) == [confirmed]
    assert lines(intake("directive", "show", "1", "--json", *NOW)) == [confirmed]
    [undone] = lines(intake("directive", "undo", "CD-0001", *NOW, "--json"))
    assert undone["confirmed"] == 0
    [closed] = lines(intake("directive", "close", "CĐ-0001", "--why", "đã rõ", *NOW, "--json"))
    assert (closed["status"], closed["agencies"][0]["status"]) == ("closed", "cancelled")


def test_people_read_who_has_not_confirmed(intake):
    status, captured = intake(*ISSUE, *NOW)
    assert (status, "SYT: waiting 2026-11-22 14:00" in captured.out) == (0, True)
    status, captured = intake("directive", *NOW)
    assert (status, "0 of 2" in captured.out) == (0, True)


def test_a_report_that_no_type_is_there_for_is_complained_of(intake):
    status, captured = intake(*ISSUE, "--due", "2026-11-30", *NOW, "--json")
    assert (status, json.loads(captured.out)["report_type"]) == (1, None)
    assert "no report type on request" in captured.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("issue", "--agency", "KHONGCO", "--title", "Việc"), "no agency 'KHONGCO'"),
        (("issue", "--agency", "SYT", "--title", " "), "has a title"),
        (("issue", "--agency", "SYT", "--title", "Việc", "--due", "2026-11-01"), "is past"),
        (("issue", "--agency", "SYT", "--title", "Việc", "--message", "9"), "no message 9"),
        (("show", "9"), "no directive 9"),
        (("show", "văn bản"), "is no directive"),
        (("confirm", "9", "--agency", "SYT"), "no directive 9"),
        (("undo", "9"), "nobody has decided"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(intake, arguments, complaint):
    status, captured = intake("directive", *arguments, *NOW)
    assert status == 2
    assert complaint in " ".join(captured.err.replace("│", " ").split())
