"""What the registry learns from a decision, what it refuses to learn, and what becomes of it afterwards."""

from functools import partial

import pytest
from builders import at, mail, monthly_report, registry
from workplace import workplace

from intake.errors import ConfigError
from intake.jobs.fetch import fetch
from intake.jobs.process import process
from intake.office.choosing import one_report
from intake.office.deciding import accept, reopen
from intake.office.registry_loading import changes_by, load_registry, stored_registry
from intake.office.rematching import settle, would_settle
from intake.office.review import waiting
from intake.office.teaching import Lesson, decide_and_learn
from intake.office.undoing import undo_event
from intake.registry import read_registry, write_registry
from intake.store import audit

BEGAN = "2026-11-10 08:00"
WHO = "Nguyễn Văn An"
STRANGER = "ai.do@gmail.example"
NOVEMBER = one_report("STC", "KTXH-T", "2026-11")


@pytest.fixture
def office(tmp_path):
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", BEGAN) as office:
        yield office


def report(month, sender=STRANGER, subject="", **more):
    files = {"BC.docx": monthly_report("Sở Tài chính", f"{month}/BC-STC", month)}
    return mail(sender, subject or f"Báo cáo KT-XH tháng {month}/2026", "Gửi báo cáo.",
                at(f"2026-11-16 {month:02d}:00"), files=files, **more)  # fmt: skip


def in_queue(office, *raws):
    """The ids of the mails, in their order, once each of them waits."""
    office.move_to("2026-11-17 08:00")
    for raw in raws:
        office.receive(raw)
        fetch(office.desk)
        process(office.desk)
    return [one.id for one in waiting(office.desk).messages]


def learn(office, message_id, choice=NOVEMBER, *, sender=False, alias=""):
    decision = partial(accept, office.desk, message_id, choice, WHO)
    return decide_and_learn(office.desk, message_id, Lesson(choice, sender, alias), WHO, decision)


def lessons(office):
    with office.desk.database.reading() as session:
        return audit.events_of(session, ("sender learned", "alias learned"))


def test_a_sender_is_learnt_answered_and_known_from_then_on(office):
    first, second = in_queue(office, report(11), report(10))
    outcome, [sentence] = learn(office, first, sender=True)
    assert outcome.disposition == "report"
    assert f"{STRANGER} is now known as an address of STC" in sentence
    assert [(one.id, one.disposition, one.reports[0].period) for one in would_settle(office.desk)] == [
        (second, "report", "2026-10")
    ]
    assert [one.id for one in waiting(office.desk).messages] == [second]
    office.work("2026-11-17 08:01")
    assert [one["To"] for one in office.sent("acknowledgment")] == [STRANGER]
    assert [one.id for one in settle(office.desk)] == [second]
    assert waiting(office.desk).messages == []


def test_who_is_learnt_for_an_agency_that_had_no_address_is_told_what_is_due(office):
    mute = registry()
    mute.contacts[:] = [one for one in mute.contacts if one.agency_code != "STC"]
    load_registry(office.desk, mute)
    office.work("2026-11-17 07:59")
    [first] = in_queue(office, report(10))
    learn(office, first, one_report("STC", "KTXH-T", "2026-10"), sender=True)
    office.work("2026-11-17 08:01")
    assert STRANGER in office.told("reminder", "KTXH-T", "2026-11")


def test_nothing_is_learnt_unless_the_person_says_so(office):
    [first, _] = in_queue(office, report(11), report(10))
    assert learn(office, first)[1] == []
    assert would_settle(office.desk) == []
    assert lessons(office) == []


def test_a_lesson_is_learnt_only_with_the_decision(office):
    [first] = in_queue(office, report(11))
    with pytest.raises(ConfigError, match="no period"):
        learn(office, first, one_report("STC", "KTXH-T", "2026-Q4"), sender=True, alias="tình hình KTXH hằng tháng")
    assert lessons(office) == []


def test_a_sender_is_not_learnt_who_is_another_agencys_and_nothing_else_happens(office):
    [first] = in_queue(office, report(11, "syt@tinh.example", subject="Gửi"))
    with pytest.raises(ConfigError, match="belongs to SYT"):
        learn(office, first, sender=True, alias="sản xuất và đời sống")
    assert lessons(office) == []
    assert [one.id for one in waiting(office.desk).messages] == [first]


def test_a_sender_is_not_learnt_whom_no_registry_could_hold(office):
    [first] = in_queue(office, report(11, '"a b"@gmail.example', subject="Gửi"))
    with pytest.raises(ConfigError, match="no address that a registry could hold"):
        learn(office, first, sender=True)


def test_an_address_of_the_agency_is_not_learnt_twice(office):
    [first] = in_queue(office, report(11, "stc@tinh.example", subject="Gửi kế hoạch"))
    assert learn(office, first, sender=True)[1] == ["stc@tinh.example is known as STC's already"]


def test_an_alias_is_learnt_and_names_the_report_from_then_on(office):
    first = in_queue(office, report(11))[0]
    _, [sentence] = learn(office, first, alias="  sản xuất và đời sống  tháng ")
    assert '"sản xuất và đời sống tháng" now names KTXH-T' in sentence
    assert "sản xuất và đời sống tháng" in office.desk.directory.report_types["KTXH-T"].aliases
    assert office.desk.directory.titles.named("Báo cáo sản xuất và đời sống tháng 12")


def test_an_alias_that_means_another_report_is_not_learnt(office):
    first = in_queue(office, report(11))[0]
    with pytest.raises(ConfigError, match="names GIAOBAN already"):
        learn(office, first, alias="giao ban tuần")
    assert [one.id for one in waiting(office.desk).messages] == [first]


def test_an_alias_is_for_one_type_and_one_that_is_there_is_said_so(office):
    first = in_queue(office, report(11))[0]
    _, [sentence] = learn(office, first, alias="BC KTXH tháng")
    assert "already" in sentence


def test_what_was_learnt_is_exported_and_a_file_without_it_says_what_is_lost(office, tmp_path):
    first = in_queue(office, report(11))[0]
    learn(office, first, sender=True, alias="sản xuất và đời sống tháng")
    write_registry(tmp_path / "export", stored_registry(office.desk))
    assert changes_by(office.desk, read_registry(tmp_path / "export")) == []
    lost = [one for one in changes_by(office.desk, registry()) if "will be forgotten" in one]
    assert len(lost) == 2
    assert lost[1].startswith(f"{STRANGER} was learnt from message {first} by {WHO} on 2026-11-17")
    load_registry(office.desk, registry())
    assert changes_by(office.desk, registry()) == []


def test_a_lesson_is_taken_back(office):
    first = in_queue(office, report(11), report(10))[0]
    learn(office, first, sender=True, alias="sản xuất và đời sống tháng")
    for event in lessons(office):
        undo_event(office.desk, event.id, WHO)
    assert office.desk.directory.agencies_of(STRANGER) == frozenset()
    assert office.desk.directory.report_types["KTXH-T"].aliases == registry().report_types[0].aliases
    assert would_settle(office.desk) == []
    assert [one for one in changes_by(office.desk, registry()) if "forgotten" in one] == []


def test_a_sender_that_was_unlearnt_can_be_learnt_again(office):
    first, second = in_queue(office, report(11), report(10))
    learn(office, first, sender=True)
    [event] = lessons(office)
    undo_event(office.desk, event.id, WHO)
    learn(office, second, one_report("STC", "KTXH-T", "2026-10"), sender=True)
    assert office.desk.directory.agencies_of(STRANGER) == {"STC"}


def test_what_a_person_took_back_to_the_queue_is_not_settled_by_the_service(office):
    in_queue(office, report(11, "stc@tinh.example"))
    reopen(office.desk, 1, WHO, "xem lại")
    assert would_settle(office.desk) == []
