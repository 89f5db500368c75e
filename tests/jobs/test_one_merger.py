"""Two agencies merged into a third: obligations follow, what is past stays, and addresses and names go on meaning."""

from datetime import date

import pytest
from builders import at, mail, monthly_report, registry
from workplace import workplace

from intake.model import Agency, Contact
from intake.office.obligations import obligations
from intake.office.registry_loading import load_registry
from intake.office.review import waiting
from intake.registry import Registry

BEGAN = "2026-11-10 08:00"
NAME = "Sở Tài chính"


@pytest.fixture
def office(tmp_path, database_url):
    with workplace(tmp_path, database_url, BEGAN) as office:
        office.work(BEGAN)
        office.move_to("2026-11-20 08:00")
        load_registry(office.desk, merged())
        yield office


def merged(keeps_the_address=False):
    """STC and SYT end on 30 November; from December on STCYT bears the name of the first."""
    known = registry()
    for one in known.agencies:
        if one.code in ("STC", "SYT"):
            one.active_to = date(2026, 11, 30)
    new = Agency(code="STCYT", name=NAME, aliases=["STC"], groups=["so"], active_from=date(2026, 12, 1))
    contacts = [Contact(agency_code="STCYT", email="stcyt@tinh.example", role="submitter")]
    if keeps_the_address:
        contacts.append(Contact(agency_code="STCYT", email="stc@tinh.example", role="submitter"))
    return Registry([*known.agencies, new], [*known.contacts, *contacts], known.report_types)


def owed(office, agency):
    lines = obligations(office.desk, at("2026-11-01"), at("2026-12-31"), agency, "KTXH-T")
    return {one["period"]: one["status"] for one in lines}


def report(month, sender="stc@tinh.example", day=15):
    moment = at(f"2026-{month}-{day} 09:00")
    files = {"BC.docx": monthly_report(NAME, f"{month}/BC-STC", month)}
    return mail(sender, f"Báo cáo KT-XH tháng {month}/2026", "Gửi báo cáo.", moment, files=files)


def test_the_merged_ones_owe_until_they_end_and_the_new_one_from_then_on(office):
    office.work("2026-12-10 08:00")
    assert list(owed(office, "STC")) == ["2026-11"]
    assert list(owed(office, "STCYT")) == ["2026-12"]


def test_what_fell_due_before_the_merger_stays_as_it_was(office):
    office.work("2026-11-20 08:05")
    before = owed(office, "STC")
    office.work("2026-12-10 08:00")
    assert owed(office, "STC") == before == {"2026-11": "overdue"}


def test_what_the_ended_agency_still_owes_is_asked_of_its_own_contacts(office):
    office.work("2026-11-20 08:05")
    assert "stc@tinh.example" in office.told("escalation", "KTXH-T", "2026-11")
    assert "stcyt@tinh.example" not in office.told("escalation", "KTXH-T", "2026-11")


def test_a_late_report_of_before_the_merger_is_booked_for_who_owed_it(office):
    office.receive(report(11, day=23))
    office.work("2026-12-03 08:00")
    assert owed(office, "STC") == {"2026-11": "late"}


def test_a_report_of_the_new_agency_from_the_old_address_is_for_a_person(office):
    office.receive(report(12))
    office.work("2026-12-15 10:00")
    assert owed(office, "STCYT") == {"2026-12": "open"}
    assert len(waiting(office.desk).messages) == 1


def test_an_address_that_the_new_agency_took_over_speaks_for_each_in_its_time(office):
    load_registry(office.desk, merged(keeps_the_address=True))
    office.receive(report(11, day=23))
    office.work("2026-11-23 10:00")
    office.receive(report(12))
    office.work("2026-12-15 10:00")
    assert (owed(office, "STC"), owed(office, "STCYT")) == ({"2026-11": "late"}, {"2026-12": "on_time"})


def test_a_report_from_the_new_address_is_booked_for_the_new_agency_whose_name_the_old_one_bore(office):
    office.receive(report(12, "stcyt@tinh.example"))
    office.work("2026-12-15 10:00")
    assert owed(office, "STCYT") == {"2026-12": "on_time"}


def test_nobody_is_reminded_for_a_period_that_the_ended_agency_does_not_owe(office):
    for moment in ("2026-12-13 08:00", "2026-12-17 08:00", "2026-12-18 08:00", "2026-12-21 08:00"):
        office.work(moment)
    told = {*office.told("reminder", "KTXH-T", "2026-12"), *office.told("overdue", "KTXH-T", "2026-12")}
    assert "stcyt@tinh.example" in told
    assert not told & {"stc@tinh.example", "syt@tinh.example"}
