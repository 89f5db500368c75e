"""Statistics that the database counts: the same figures as a person comes to who takes deadline after deadline."""

from collections import Counter
from datetime import date, timedelta

import pytest
from builders import at, mail, registry
from sqlalchemy import select
from workplace import workplace

from intake.model import Obligation
from intake.office.decisions import Decision, extend, receive, waive
from intake.office.obligations import listed
from intake.office.registry_loading import load_registry
from intake.office.statistics import GROUPINGS, statistics
from intake.records.punctuality import kept_deadlines
from intake.rules.deadlines.due import INSTANT, midnight
from intake.rules.deadlines.statistics import Punctuality, grouped, punctuality
from intake.store.obligations import Wanted

BEGAN, NOW = "2026-09-20 08:00", "2026-12-05 08:00"
DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path, database_url):
    with workplace(tmp_path, database_url, BEGAN) as office:
        load_registry(office.desk, registry())
        for month in ("09-20", "10-20", "11-10"):
            office.work(f"2026-{month} 08:00")
        yield office


def decision(agency, period="2026-11", report_type="KTXH-T"):
    return Decision(agency, report_type, period, "chuyên viên", "bản giấy")


def received(office, agency, on, period="2026-11"):
    office.move_to(on)
    receive(office.desk, decision(agency, period), office.desk.now)


def one_by_one(office, first, last):
    """Every deadline of the span by itself, as a person would take them."""
    zone = office.desk.zone
    rows = listed(office.desk, Wanted(midnight(first, zone) + INSTANT, midnight(last + DAY, zone)))
    with office.desk.database.reading() as session:
        return kept_deadlines(office.desk, session, rows)


def keys_of(office, one):
    groups = office.desk.directory.agencies[one.agency].groups
    return {
        "agency": [one.agency],
        "group": groups,
        "report_type": [one.report_type],
        "month": [f"{one.last_day:%Y-%m}"],
    }


@pytest.fixture
def eventful(office):
    """Of everything something: late, in time, waived, moved, waiting, forgotten by the registry, never opened."""
    received(office, "XHOABINH", "2026-10-19 12:00:00.250001", "2026-10")
    received(office, "STC", "2026-10-20 00:00:07.75", "2026-10")
    received(office, "XPHUTHO", "2026-10-15 08:00", "2026-10")
    office.move_to("2026-11-10 08:00")
    waive(office.desk, decision("SYT"))
    extend(office.desk, decision("XPHUTHO"), at("2026-12-11 00:00"))
    received(office, "STC", "2026-11-19 12:00")
    office.receive(mail("xhoabinh@tinh.example", "Gửi báo cáo", "Xã gửi báo cáo.", at("2026-11-16 09:00")))
    office.work("2026-11-20 08:00")
    with office.desk.database.writing() as session:
        lost = session.scalars(select(Obligation).where(Obligation.report_type_code == "GIAOBAN")).all()[-1]
        lost.status, lost.received_at = "late", None
    known = registry()
    known.agencies[1].active_to = date(2026, 10, 31)
    load_registry(office.desk, known)
    office.move_to(NOW)
    return office


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 10, 1), date(2026, 10, 31)),
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 9, 1), date(2026, 12, 31)),
        (date(2026, 11, 17), date(2026, 11, 17)),
        (date(2026, 1, 1), date(2026, 8, 31)),
        (date(2030, 1, 1), date(2030, 3, 31)),
    ],
)
def test_the_database_counts_what_comes_of_taking_deadline_after_deadline(eventful, first, last):
    found, kept = statistics(eventful.desk, first, last), one_by_one(eventful, first, last)
    assert found.total == punctuality(one.tally for one in kept)
    for grouping in GROUPINGS:
        pairs = [(key, one.tally) for one in kept for key in keys_of(eventful, one)[grouping]]
        assert found.by(grouping) == grouped(pairs)


def test_nothing_of_the_table_is_left_out(eventful):
    kept = one_by_one(eventful, date(2026, 9, 1), date(2026, 12, 31))
    assert set(Counter(one.outcome for one in kept)) == {"on_time", "late", "missing", "waiting", "upcoming"}


def test_the_figures_of_a_month_are_those_worked_out_by_hand(eventful):
    """The decree closes the month on Wednesday the 14th; two working days later ends on Friday the 16th."""
    found = statistics(eventful.desk, date(2026, 10, 1), date(2026, 10, 31)).by("agency")
    assert found["XPHUTHO"] == Punctuality(1, 1, 0, 0, 0, 0, 0, None, None)
    # Due at the midnight before 17 October, received on the 19th at noon.
    assert found["XHOABINH"] == Punctuality(1, 0, 1, 0, 0, 0, 0, 2.5, 2.5)


def test_the_change_is_against_the_span_before(eventful):
    found = statistics(eventful.desk, date(2026, 10, 1), date(2026, 10, 31))
    assert found.trend("agency")["XPHUTHO"] == 100.0
