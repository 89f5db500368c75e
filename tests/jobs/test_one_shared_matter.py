"""News of an urgent matter through all its rooms: on to whom it touches, at once, once, and never what a mark keeps."""

import pytest
from builders import at, docx, mail
from workplace import workplace

BEGAN = "2026-11-10 08:00"
INCIDENTS = {"fire_explosion": {"share_with": ["SYT"]}, "natural_disaster": {}}
PAPER = docx("UBND XÃ HÒA BÌNH", "Số: 41/BC-UBND", "BÁO CÁO", "Nhanh vụ cháy chợ", "Đêm qua cháy chợ.")


@pytest.fixture
def office(tmp_path):
    hours = {"office_hours": "07:00-17:30"}
    url = f"sqlite:///{tmp_path / 'intake.db'}"
    with workplace(tmp_path, url, BEGAN, incidents=INCIDENTS, sending=hours) as office:
        office.work(BEGAN)
        yield office


def fire(subject="Báo cáo nhanh vụ cháy chợ", at_="2026-11-15 02:40", paper=PAPER, **more):
    return mail("xhoabinh@tinh.example", subject, "Lúc 2h cháy chợ.", at(at_), files={"BC.docx": paper}, **more)


def test_each_report_goes_on_at_any_hour_with_its_original_file(office):
    office.receive(fire())
    office.work("2026-11-15 02:41")
    office.receive(fire("Báo cáo nhanh số 2 vụ cháy chợ", "2026-11-15 05:00"))
    office.work("2026-11-15 05:01")
    first, second = office.sent("share")
    assert [str(one["To"]) for one in (first, second)] == ["Văn thư Sở Y tế <syt@tinh.example>"] * 2
    assert "Báo cáo đột xuất - Báo cáo nhanh vụ cháy chợ" in str(first["Subject"])
    assert "Báo cáo tiếp theo - " in str(second["Subject"])
    assert [one.get_content() for one in first.iter_attachments()] == [PAPER]
    assert "Lúc 2h cháy chợ." in first.get_body(("plain",)).get_content()


def test_a_place_that_is_named_gets_a_copy_too_and_the_sender_none(office):
    office.receive(fire("Báo cáo nhanh vụ cháy chợ giáp ranh xã Phú Thọ và xã Hòa Bình"))
    office.work("2026-11-15 02:41")
    assert sorted(str(one["To"]).partition("<")[2] for one in office.sent("share")) == [
        "syt@tinh.example>", "xphutho@tinh.example>",
    ]  # fmt: skip


def test_what_a_mark_keeps_with_the_office_is_not_passed_on(office):
    office.receive(fire(paper=docx("LƯU HÀNH NỘI BỘ", "BÁO CÁO", "Nhanh vụ cháy chợ", "Đêm qua cháy chợ.")))
    [outcome] = office.work("2026-11-15 02:41").outcomes
    assert outcome.disposition == "incident"
    assert "no copy of VV-0001 is passed on: it is marked LƯU HÀNH NỘI BỘ" in outcome.evidence
    assert office.sent("share") == []


def test_a_matter_that_touches_nobody_else_stays_with_the_office(office):
    office.receive(mail("xhoabinh@tinh.example", "Báo cáo nhanh mưa lũ", "Ngập 3 thôn.", at("2026-11-15 02:40")))
    office.work("2026-11-15 02:41")
    assert office.sent("share") == []
