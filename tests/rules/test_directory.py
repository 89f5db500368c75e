from datetime import UTC, date, datetime

import pytest
from matching_mails import DIRECTORY

from intake.model import ReportType
from intake.rules.verdicts import Round

ON = date(2023, 10, 16)


@pytest.mark.parametrize(
    ("address", "agencies"),
    [
        ("STC@tinh.example", {"STC"}),
        ("chung@tinh.example", {"HTANHOA", "HTANHOADONG"}),
        ("ai@songcai.tinh.example", {"TXSONGCAU"}),
        ("theodoi@vp.tinh.example", set()),
        ("la@khac.example", set()),
    ],
)
def test_an_address_belongs_to_the_agencies_that_list_it_or_its_domain(address, agencies) -> None:
    assert DIRECTORY.agencies_of(address) == agencies


def test_contacts_are_asked_for_by_role_and_patterns_are_never_written_to() -> None:
    found = DIRECTORY.addresses_of("STC", ["supervisor", "submitter", "supervisor"])
    assert [one.email for one in found] == ["theodoi@vp.tinh.example", "stc@tinh.example"]
    assert DIRECTORY.addresses_of("TXSONGCAU", ["submitter"]) == []
    assert DIRECTORY.addresses_of("NOBODY", ["submitter"]) == []


@pytest.mark.parametrize(
    ("agency", "report_type", "known"), [("STC", "KT-T", True), ("STC", "X", False), ("X", "KT-T", False)]
)
def test_codes_are_known_together(agency, report_type, known) -> None:
    assert DIRECTORY.knows(agency, report_type) is known


@pytest.mark.parametrize(
    ("agency", "report_type", "day", "owes"),
    [
        ("STC", "KT-T", ON, True),
        ("CAT", "KT-T", ON, False),
        ("HCU", "KT-T", ON, False),
        ("HCU", "KT-T", date(2023, 6, 14), True),
        ("STC", "CU-T", ON, False),
        ("office", "KT-T", ON, False),
    ],
)
def test_who_owes_what_depends_on_groups_and_days(agency, report_type, day, owes) -> None:
    wanted, owed_type = DIRECTORY.agencies[agency], DIRECTORY.report_types[report_type]
    assert DIRECTORY.owes(wanted, owed_type, day) is owes
    assert (wanted in DIRECTORY.owing(owed_type, day)) is owes
    assert (report_type in DIRECTORY.owed_by([agency], day)) is owes


@pytest.mark.parametrize(
    ("groups", "agency", "owes"), [([], "STC", True), ([], "office", False), (["xa"], "STC", False)]
)
def test_a_report_on_request_that_names_no_groups_may_be_asked_of_any_agency(groups, agency, owes) -> None:
    on_request = ReportType(code="DX", name="Báo cáo đột xuất", frequency="ad_hoc", groups=groups)
    assert DIRECTORY.owes(DIRECTORY.agencies[agency], on_request, ON) is owes


@pytest.mark.parametrize(
    ("report_type", "asked"), [("KT-T", ("STC",)), ("X", ())], ids=["known", "a type that is none any more"]
)
def test_of_a_round_only_those_are_asked_that_the_registry_still_asks(report_type, asked) -> None:
    one = Round(report_type, "2023-10", ON, ON, datetime(2023, 10, 17, tzinfo=UTC), ("STC", "HCU", "NOBODY"))
    assert DIRECTORY.asked_of(one) == asked


def test_the_names_of_periodic_reports_are_those_of_the_day_that_is_asked_for() -> None:
    ended = "Báo cáo công tác dân vận tháng"
    before, later = date(2022, 12, 31), ON
    told = [{one.text for one in DIRECTORY.periodic_names(day)} for day in (before, before, later, before)]
    assert [ended in names for names in told] == [True, True, False, True]
