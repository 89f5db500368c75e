"""A report asked for outside the calendar: opened by its request, reminded at any hour, answered, and then let be."""

import pytest
from builders import at, docx, mail, registry
from workplace import workplace

from intake.errors import ConfigError
from intake.model import ReportType
from intake.office.registry_loading import load_registry
from intake.office.review import waiting
from intake.records.ad_hoc import open_ad_hoc
from intake.registry import Registry
from intake.store import audit

BEGAN = "2026-11-12 08:00"
DUE_AT = at("2026-11-14 17:00")
CODE = "VV-0007"
STEPS = [
    {"at": "-4h", "notice": "reminder", "to": ["submitter"]},
    {"at": "+2h", "notice": "overdue", "to": ["submitter", "head"]},
]


@pytest.fixture
def office(tmp_path, database_url):
    tables = {"policies": {"standard": {"steps": STEPS}}, "sending": {"office_hours": "07:00-17:30"}}
    with workplace(tmp_path, database_url, BEGAN, **tables) as place:
        load_types(
            place.desk, ReportType(code="NHANH", name="Báo cáo kết quả kiểm tra công tác thu phí", frequency="ad_hoc")
        )
        place.work(BEGAN)
        yield place


def load_types(desk, *kinds):
    known = registry()
    load_registry(desk, Registry(known.agencies, known.contacts, [*known.report_types, *kinds]))
    desk.look_at_registry()


def ask(desk, agency="XHOABINH", report_type="NHANH", code=CODE, due_at=DUE_AT):
    with desk.database.writing() as session:
        return open_ad_hoc(desk, session, agency, report_type, code, due_at, who="trực ban", why="cháy chợ")


def test_what_is_asked_for_in_an_incident_is_reminded_at_once_whatever_the_hour(office):
    ask(office.desk)
    assert office.told("reminder", "NHANH", CODE) == []
    office.work("2026-11-14 13:00")  # a Saturday
    assert office.told("reminder", "NHANH", CODE) == ["xhoabinh@tinh.example"]
    office.work("2026-11-14 19:30")
    assert office.told("overdue", "NHANH", CODE) == ["xhoabinh@tinh.example", "truong.xhoabinh@tinh.example"]


def test_the_answer_to_its_reminder_is_the_report_and_ends_it(office):
    ask(office.desk)
    office.work("2026-11-14 13:00")
    [reminder] = office.sent("reminder")
    report = docx("UBND XÃ HÒA BÌNH", "Số: 9/BC-UBND", "Sơn Hà, ngày 14 tháng 11 năm 2026", "BÁO CÁO",
                  "Kết quả kiểm tra công tác thu phí", "Kính gửi: Ủy ban nhân dân tỉnh")  # fmt: skip
    answer = mail("xhoabinh@tinh.example", f"Re: {reminder['Subject']}", "Gửi báo cáo.", at("2026-11-14 14:00"),
                  files={"BC thu phi.docx": report}, headers={"In-Reply-To": reminder["Message-ID"]})  # fmt: skip
    office.receive(answer)
    office.work("2026-11-14 14:01")
    assert [one.reason for one in waiting(office.desk).messages] == []
    assert office.standing("XHOABINH", "NHANH", CODE)["status"] == "on_time"
    office.work("2026-11-14 19:30")
    assert office.told("overdue", "NHANH", CODE) == []


def test_asking_again_opens_nothing_anew_and_moves_nothing(office):
    assert ask(office.desk).id == ask(office.desk).id
    with pytest.raises(ConfigError, match="asked of XHOABINH already, until 2026-11-14T17:00"):
        ask(office.desk, due_at=at("2026-11-15 17:00"))


def test_the_audit_trail_says_who_asked_for_it_and_why(office):
    row = ask(office.desk)
    with office.desk.database.reading() as session:
        [event] = audit.events_about(session, f"obligation:{row.id}")
    assert (event.action, event.who, event.why) == ("asked for", "trực ban", "cháy chợ")


def test_without_a_deadline_its_types_own_form_counts_from_the_request_on(office):
    load_types(office.desk, ReportType(code="GIAITRINH", name="Báo cáo giải trình", frequency="ad_hoc",
                                       due="closing +2wd 11:00"))  # fmt: skip
    assert ask(office.desk, report_type="GIAITRINH", due_at=None).due_at == at("2026-11-16 11:00")


def test_what_was_asked_for_in_the_past_is_opened_and_not_reminded(office):
    assert ask(office.desk, due_at=at("2026-11-11 17:00")).next_step_at is None


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"agency": "XKHAC"}, "no agency"),
        ({"report_type": "KHAC"}, "no report type"),
        ({"report_type": "KTXH-T"}, "not due on request"),
        ({"due_at": None}, "no deadline of its own"),
        ({"code": " "}, "needs a code"),
        ({"agency": "office"}, "does not owe"),
    ],
)
def test_what_may_not_be_asked_for_is_refused(office, asked, why):
    with pytest.raises(ConfigError, match=why):
        ask(office.desk, **asked)


def test_a_type_with_groups_is_asked_of_these_only(office):
    load_types(office.desk, ReportType(code="SO", name="Báo cáo của sở", frequency="ad_hoc", groups=["so"]))
    ask(office.desk, "STC", "SO")
    with pytest.raises(ConfigError, match="XHOABINH does not owe SO"):
        ask(office.desk, "XHOABINH", "SO")
