"""A mail under a name that may be forged: nothing is recorded by it, and whoever is on duty hears of what is urgent."""

import pytest
from builders import at, mail
from workplace import workplace

from intake.office.incidents import incident_lines

BEGAN = "2026-11-21 08:00"
FAILED = {"Authentication-Results": "mx.tinh.example; dmarc=fail header.from=tinh.example"}


@pytest.fixture
def office(tmp_path, database_url):
    tables = {
        "mailboxes": [{"kind": "maildir", "path": "inbox", "authserv_id": "mx.tinh.example"}],
        "incidents": {"fire_explosion": {"keywords": ["cháy"], "follow_up": "daily 17:00"}},
    }
    with workplace(tmp_path, database_url, BEGAN, **tables) as office:
        office.work(BEGAN)
        yield office


def test_an_urgent_matter_under_a_name_that_its_domain_disowns_alerts_and_opens_nothing(office):
    text = "Lúc 13 giờ ngày 21/11/2026 xảy ra cháy chợ, 2 người bị thương."
    office.receive(
        mail("xhoabinh@tinh.example", "Báo cáo khẩn vụ cháy chợ", text, at("2026-11-21 14:00"), headers=FAILED)
    )
    [outcome] = office.work("2026-11-21 14:01").outcomes
    assert (outcome.disposition, outcome.agency) == ("review", None)
    assert "disowns" in outcome.reason
    assert incident_lines(office.desk) == []
    assert office.sent("incident_alert")
    assert office.sent("under_review") == []


def test_whose_name_was_used_hears_nothing_of_a_mail_that_is_kept_out_either(office):
    files = {"bc.pdf.exe": b"MZ" + bytes(200)}
    office.receive(
        mail("xhoabinh@tinh.example", "Báo cáo", "Kèm tệp.", at("2026-11-21 14:00"), files=files, headers=FAILED)
    )
    [outcome] = office.work("2026-11-21 14:01").outcomes
    assert outcome.disposition == "quarantined"
    assert office.sent("refusal") == []
