"""What is said for and against a candidate, text by text."""

import dataclasses
from datetime import date

import pytest
from builders import at, docx, mail, monthly_report, registry

from intake.config import Limits
from intake.documents.reading import read_mail
from intake.model import ReportType
from intake.rules.matching.weighing import weigh
from intake.rules.names.directory import Directory
from intake.rules.verdicts import Suggestion

LOADED = registry()
ONCE = ReportType(code="CV1", name="Báo cáo theo Công văn số 1832", frequency="once", due="2026-11-30", groups=["so"])
ENDED = next(one for one in LOADED.agencies if one.code == "XPHUTHO")
ENDED.active_to = date(2026, 6, 30)
next(one for one in LOADED.agencies if one.code == "XHOABINH").aliases = ["Hòa Bình"]
DIRECTORY = Directory(LOADED.agencies, LOADED.contacts, [*LOADED.report_types, ONCE])
ON = date(2026, 11, 16)
OURS = Suggestion("STC", "KTXH-T", "2026-11")


def weighed(
    candidate,
    sender="stc@tinh.example",
    subject="Báo cáo KT-XH tháng 11/2026",
    told=(),
    body="Gửi báo cáo.",
    files=None,
):
    raw = mail(
        sender,
        subject,
        body,
        at("2026-11-16 09:00"),
        files={"BC.docx": monthly_report("Sở Tài chính", "214/BC-STC", 11)} if files is None else files,
    )
    reading = read_mail(raw, Limits(), ())
    [found] = weigh(reading, DIRECTORY, ON, told, [candidate])
    return found


def test_everything_that_agrees_speaks_for_the_candidate():
    found = weighed(OURS, told=[("KTXH-T", "2026-11"), ("GIAOBAN", "2026-W47")])
    assert found.cons == ()
    assert found.pros == (
        "sender stc@tinh.example is registered for STC",
        'the letterhead of document "BC.docx" says "SỞ TÀI CHÍNH": STC',
        'the symbol of document "BC.docx" says "BC-STC": STC',
        'the subject "Báo cáo KT-XH tháng 11/2026" names KTXH-T',
        "the subject names the period 2026-11",
        'the title of document "BC.docx" "Tình hình kinh tế - xã hội tháng 11, nhiệm vụ trọng tâm tháng 12 năm 2026" '
        "names KTXH-T",
        'the title of document "BC.docx" names the period 2026-11',
        "STC owes KTXH-T for 2026-11",
        "the mail answers a notice of ours about KTXH-T 2026-11",
    )


@pytest.mark.parametrize(
    ("candidate", "mailed", "sentence"),
    [
        (OURS, {"sender": "ai.do@gmail.example"}, "ai.do@gmail.example is registered for no agency"),
        (OURS, {"sender": "syt@tinh.example"}, "sender syt@tinh.example is registered for SYT"),
        (Suggestion("SYT"), {}, 'the letterhead of document "BC.docx" says "SỞ TÀI CHÍNH": STC'),
        (Suggestion("XPHUTHO"), {}, "XPHUTHO is not active on 2026-11-16"),
        (OURS, {"subject": "Sở Y tế báo cáo KT-XH tháng 11/2026"}, 'the subject says "Sở Y tế": SYT'),
        (OURS, {"subject": "UBND xã Ia Lạ báo cáo KT-XH tháng 11/2026"}, "which is in no registry"),
        (OURS, {"subject": "Báo cáo KT-XH tháng 10/2026"}, "the subject names another period than 2026-11"),
        (OURS, {"subject": "Báo cáo KT-XH tháng 12/2027"}, "cannot be right on 2026-11-16"),
        (OURS, {"subject": "Báo cáo giao ban tuần 47"}, 'the subject "Báo cáo giao ban tuần 47" names GIAOBAN'),
        (Suggestion("XHOABINH", "GIAOBAN", "2026-W47"), {}, "XHOABINH does not owe GIAOBAN for 2026-W47"),
        (Suggestion("SYT", "KTXH-T", "2026-10"), {}, "does not fit KTXH-T for 2026-10"),
    ],
)
def test_whatever_does_not_agree_speaks_against_it(candidate, mailed, sentence):
    assert any(sentence in one for one in weighed(candidate, **mailed).cons)


def test_what_is_reported_once_has_no_period_to_agree_on():
    found = weighed(Suggestion("STC", "CV1", "CV1"), subject="Báo cáo theo Công văn số 1832", files={})
    assert not any("period" in one for one in (*found.pros, *found.cons))
    assert "STC owes CV1 for CV1" in found.pros


@pytest.mark.parametrize(
    "candidate",
    [Suggestion(), Suggestion("KHONG", "KHONG", "2026-11"), Suggestion(None, "KTXH-T"), Suggestion("STC", "KTXH-T")],
)
def test_a_candidate_that_is_not_whole_is_weighed_as_far_as_it_goes(candidate):
    found = weighed(candidate)
    assert dataclasses.astuple(found.candidate) == dataclasses.astuple(candidate)
    assert not any("owe" in one for one in (*found.pros, *found.cons))


def test_a_bare_place_in_a_subject_and_a_document_without_head_say_nothing_of_the_agency():
    found = weighed(
        Suggestion("STC"), sender="", subject="Hòa Bình " + "gửi báo cáo " * 40, files={"a.docx": docx("Số liệu")}
    )
    assert found.cons == ("the sender is registered for no agency",)


def test_a_long_text_is_quoted_by_its_beginning():
    found = weighed(
        Suggestion(None, "KTXH-T"), subject="Báo cáo KT-XH tháng 11/2026 " + "và các nội dung khác " * 20, files={}
    )
    assert max(map(len, found.pros)) < 220
