"""The switch that holds back all mail: nothing leaves while it is on, and everybody who looks is told why."""

import pytest
from builders import at, mail, monthly_report
from workplace import workplace

from intake.errors import ConfigError
from intake.office.checks import checks
from intake.office.sending import pause, pause_sending, resume_sending
from intake.store import audit

BEGAN, RECEIVED, LATER = "2026-11-10 08:00", "2026-11-16 09:00", "2026-11-16 09:10"


@pytest.fixture
def office(tmp_path, database_url):
    with workplace(tmp_path, database_url, BEGAN) as place:
        place.work(BEGAN)
        yield place


def report():
    files = {"bc.docx": monthly_report("Sở Tài chính", "12/BC-STC", 11)}
    return mail("stc@tinh.example", "Báo cáo KTXH tháng 11/2026", "Kính gửi.", at(RECEIVED), files=files)


def test_nothing_leaves_while_sending_is_paused_and_all_of_it_afterwards(office):
    pause_sending(office.desk, "Lan", "đổi máy chủ thư")
    office.receive(report())
    before = len(office.sent())
    office.work(RECEIVED)
    assert len(office.sent()) == before
    assert pause(office.desk).waiting > 0
    resume_sending(office.desk, "Lan")
    office.work(LATER)
    assert len(office.sent("acknowledgment")) == 1


def test_who_looks_is_told_since_when_by_whom_and_why(office):
    pause_sending(office.desk, "Lan", "đổi máy chủ thư")
    [told] = [one for one in checks(office.desk) if one.part == "sending"]
    assert not told.ok
    for part in ("Lan", "đổi máy chủ thư", "2026-11-10T08:00:00+07:00"):
        assert part in told.detail
    resume_sending(office.desk, "Lan")
    assert next(one for one in checks(office.desk) if one.part == "sending").ok


def test_both_turns_of_the_switch_are_in_the_audit_trail(office):
    pause_sending(office.desk, "Lan", "đổi máy chủ thư")
    resume_sending(office.desk, "Bình", "xong")
    with office.desk.database.reading() as session:
        noted = [(one.action, one.who, one.why) for one in audit.events_about(session, "sending")]
    assert noted == [("sending paused", "Lan", "đổi máy chủ thư"), ("sending resumed", "Bình", "xong")]


def test_the_switch_is_turned_once_and_with_a_reason(office):
    with pytest.raises(ConfigError, match="say why"):
        pause_sending(office.desk, "Lan", " ")
    with pytest.raises(ConfigError, match="not paused"):
        resume_sending(office.desk, "Lan")
    pause_sending(office.desk, "Lan", "đổi máy chủ thư")
    with pytest.raises(ConfigError, match="already"):
        pause_sending(office.desk, "Bình", "cũng vậy")
