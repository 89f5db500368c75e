"""A storm of three days, played through: sixty quick reports in two hours among ordinary mail, and one silent district.

Every district's matter is opened once and followed to its end; whoever says nothing is asked, reminded and reported to
those above; each evening the leaders read how it stands.
"""

from datetime import timedelta
from itertools import cycle

import pytest
from builders import at, docx, mail
from workplace import workplace

from intake.model import OFFICE, Agency, Contact
from intake.office.incidents import close, end, incident_lines, request
from intake.office.registry_loading import load_registry
from intake.records.incidents import By, Matter
from intake.registry import Registry

NAMES = (
    "Sông Trà", "Đak Lim", "Ia Hoa", "Chư Mây", "Kon Rơ", "An Lạc", "Đồng Tâm", "Hòa Vang", "Phú Sơn", "Tây Giang",
    "Krông Nam", "Mỹ Hiệp", "Vĩnh Thạnh", "Suối Bạc", "Hoài Đức", "Long Khê", "Đức Lập",
)  # fmt: skip
DISTRICTS = {f"H{number:02}": f"UBND huyện {name}" for number, name in enumerate(NAMES, 1)}
SILENT = "H17"
BEGAN = "2026-10-17 08:00"
DUTY = By("trực ban", "chưa có báo cáo")
INCIDENTS = {"natural_disaster": {"follow_up": "daily 07:00, 17:00", "share_with": ["SNNMT"]}, "fire_explosion": {}}

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("storm")]


def province():
    agencies = [
        Agency(code=OFFICE, name="Văn phòng UBND tỉnh"),
        Agency(code="SNNMT", name="Sở Nông nghiệp và Môi trường"),
    ]
    agencies += [Agency(code=code, name=name) for code, name in DISTRICTS.items()]
    contacts = [
        Contact(agency_code=OFFICE, email=f"{role}@vp.tinh.example", role=role, name=name)
        for role, name in (("duty", "Trực ban"), ("leader", "Chánh Văn phòng"), ("records", "Bộ phận lưu trữ"))
    ]
    contacts.append(Contact(agency_code="SNNMT", email="snnmt@tinh.example", role="submitter", name="Văn thư Sở"))
    for code, name in DISTRICTS.items():
        box = code.lower()
        contacts += [
            Contact(agency_code=code, email=f"{box}@tinh.example", role="submitter", name=f"Văn thư {name}"),
            Contact(agency_code=code, email=f"chutich.{box}@tinh.example", role="head", name=f"Chủ tịch {name}"),
        ]
    return Registry(agencies, contacts, [])


def quick_report(code, number, moment, *, attached):
    name = DISTRICTS[code].removeprefix("UBND ")
    clock = f"{moment:%H giờ %M} ngày {moment:%d/%m/%Y}"
    told = f"Tính đến {clock}: {20 + number} nhà bị ngập, {number} điểm sạt lở; không có thiệt hại về người."
    subject = f"Báo cáo nhanh số {number} tình hình mưa lũ trên địa bàn {name}"
    if not attached:
        return mail(f"{code.lower()}@tinh.example", subject, told, moment)
    paper = docx(
        f"ỦY BAN NHÂN DÂN {name.upper()}", f"Số: {number}/BC-UBND", "BÁO CÁO", f"Nhanh tình hình mưa lũ ({clock})", told
    )
    return mail(f"{code.lower()}@tinh.example", "UBND huyện gửi báo cáo", "Gửi VP.", moment, files={"BC.docx": paper})


def ordinary(number, moment):
    code = f"H{number % 16 + 1:02}"
    return mail(f"{code.lower()}@tinh.example", f"Lịch công tác tuần {number}", "Gửi lịch công tác.", moment)


@pytest.fixture(scope="module")
def storm(tmp_path_factory):
    folder = tmp_path_factory.mktemp("storm")
    url = f"sqlite:///{folder / 'intake.db'}"
    tables = {"incidents": INCIDENTS, "sending": {"office_hours": "07:00-17:30"}, "digest": {"at": "17:30"}}
    with workplace(folder, url, BEGAN, **tables) as office:
        load_registry(office.desk, province())
        office.work(BEGAN)
        office.first = _two_hours(office)
        office.asked = _ask_the_silent(office)
        _three_days(office)
        _close_all(office)
        yield office


def _two_hours(office):
    """Sixty reports of sixteen districts, with ordinary mail between, from Sunday 19:00 to 21:00."""
    speaking, outcomes, counts = cycle([code for code in DISTRICTS if code != SILENT]), [], {}
    start = at("2026-10-18 19:00")
    for turn in range(12):
        moment = start + timedelta(minutes=10 * turn)
        for number in range(5):
            code = next(speaking)
            counts[code] = counts.get(code, 0) + 1
            office.receive(quick_report(code, counts[code], moment + timedelta(seconds=number), attached=number % 2))
        office.receive(ordinary(turn, moment))
        outcomes += office.work(moment + timedelta(minutes=1)).outcomes
    return outcomes


def _ask_the_silent(office):
    office.move_to("2026-10-18 21:05")
    matter = Matter("Mưa lũ trên địa bàn huyện Đức Lập", "natural_disaster", "huyện Đức Lập")
    asked = request(office.desk, [SILENT], matter, DUTY, due_at=at("2026-10-18 23:00"))
    for moment in ("21:05", "22:31", "23:01", "23:31"):
        office.work(f"2026-10-18 {moment}")
    office.work("2026-10-19 01:01")
    return asked.incident.id


def _three_days(office):
    number = 5
    for day in ("2026-10-19", "2026-10-20", "2026-10-21"):
        for hour in ("06:30", "16:30"):
            number += 1
            moment = at(f"{day} {hour}")
            speaking = [code for code in DISTRICTS if code != SILENT or day > "2026-10-19"]
            office.receive(*(quick_report(code, number, moment, attached=number % 2) for code in speaking))
            office.work(moment + timedelta(minutes=2))
        office.work(f"{day} 17:31")


def _close_all(office):
    office.move_to("2026-10-22 08:00")
    for line in incident_lines(office.desk):
        end(office.desk, line["id"], By("trực ban", "nước đã rút"))
        close(office.desk, line["id"], By("trực ban", "đã khắc phục xong"))
    office.work("2026-10-22 17:31")


def words_of(message):
    return " ".join(message.get_body(("plain",)).get_content().split())


def digest_of(storm, day):
    return next(
        words_of(one) for one in storm.sent("daily_digest", to="leader@") if f"ngày {day}" in str(one["Subject"])
    )


def test_every_quick_report_is_followed_and_no_ordinary_mail_is(storm):
    assert [one.disposition for one in storm.first].count("incident") == 60
    assert len(storm.first) == 72


def test_each_district_has_one_matter_which_its_later_reports_go_on_with(storm):
    lines = incident_lines(storm.desk)
    assert sorted(one["agency"] for one in lines) == sorted(DISTRICTS)
    told = {one["agency"]: len(one["messages"]) for one in lines}
    assert sum(told.values()) == 60 + 16 * 6 + 4
    assert told[SILENT] == 4


def test_the_duty_desk_is_alerted_to_each_report_and_each_sender_has_its_receipt(storm):
    assert len(storm.sent("incident_alert", to="duty@")) == 160
    assert len(storm.sent("acknowledgment")) == 160
    assert len(storm.sent("share", to="snnmt@")) == 160


def test_the_silent_district_is_asked_reminded_and_reported_to_those_above(storm):
    def told(to):
        return [
            str(one["Subject"]) for one in storm.sent("incident_request", to=to) if "VV-0017" in str(one["Subject"])
        ]

    assert len(told("Văn thư UBND huyện Đức Lập")) >= 3
    assert told("chutich.h17@")
    assert told("leader@")
    assert not storm.sent("incident_request", to="chutich.h01@")
    [line] = [one for one in incident_lines(storm.desk) if one["id"] == storm.asked]
    assert [one["status"] for one in line["asked"] if one["kind"] == "report"] == ["answered"]


def test_each_evening_the_leaders_read_how_it_stands(storm):
    first, second, last = (digest_of(storm, day) for day in ("19/10/2026", "20/10/2026", "22/10/2026"))
    assert "Mới phát sinh 17 vụ việc; đang theo dõi 17 vụ việc." in first
    assert "UBND huyện Đức Lập: báo cáo về vụ việc Mưa lũ trên địa bàn huyện Đức Lập (VV-0017)" in first
    assert "QUÁ HẠN, CHƯA NHẬN ĐƯỢC" in first
    assert "đang theo dõi 17 vụ việc" in second
    assert "Đã yêu cầu báo cáo, chưa có trả lời" not in second
    assert "27 nhà bị ngập, 7 điểm sạt lở; không có thiệt hại về người" in first
    assert "Gửi VP" not in first
    assert "đã kết thúc 17 vụ việc" in last
