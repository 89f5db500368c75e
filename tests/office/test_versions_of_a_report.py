"""One report in several mails: corrected, recalled, sent again, sent in parts, sent by two colleagues."""

import pytest
from builders import at, mail, monthly_report
from workplace import workplace

from intake.office.registry_loading import load_registry, stored_registry
from intake.registry import Registry
from intake.rendering.vietnamese import remedy, requirement

BEGAN = "2026-11-10 08:00"
NOVEMBER = ("STC", "KTXH-T", "2026-11")
SHEET = b"don vi;so lieu\r\nSo Tai chinh;12\r\n"


@pytest.fixture
def office(tmp_path, database_url):
    with workplace(tmp_path, database_url, BEGAN) as office:
        office.work(BEGAN)
        yield office


@pytest.fixture
def quick(tmp_path):
    """The same office on the embedded database only."""
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", BEGAN) as office:
        yield office


def asking_for(office, *required):
    stored = stored_registry(office.desk)
    types = list(stored.report_types)
    for one in types:
        if one.code == "KTXH-T":
            one.required = list(required)
    load_registry(office.desk, Registry(stored.agencies, stored.contacts, types))


def report(day, number="214/BC-STC", subject="Báo cáo KT-XH tháng 11/2026", body="Gửi báo cáo.", sender="stc", **files):
    given = files or {"BC": monthly_report("Sở Tài chính", number, 11)}
    named = {f"{name}.csv" if content == SHEET else f"{name}.docx": content for name, content in given.items()}
    return mail(
        f"{sender}@tinh.example",
        subject,
        body,
        at(f"2026-11-{day} 09:00"),
        files=named,
        message_id=f"<{day}-{sender}@x>",
    )


def received(office, raw, day):
    office.receive(raw)
    [outcome] = office.work(f"2026-11-{day} 09:01").outcomes
    return outcome


def words(mail):
    return " ".join(mail.get_body(("plain",)).get_content().split())


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Báo cáo KT-XH tháng 11/2026 (bản sửa đổi)", "Sở gửi lại báo cáo, thay thế báo cáo số 214/BC-STC."),
        ("Gửi lại Báo cáo KT-XH tháng 11/2026", "Gửi lại báo cáo."),
        ("Đính chính Báo cáo KT-XH tháng 11/2026", "Gửi báo cáo."),
        ("Báo cáo KT-XH tháng 11/2026", "Gửi báo cáo."),
    ],
)
def test_a_corrected_report_is_version_2_and_its_acknowledgment_says_what_it_replaces(quick, subject, body):
    received(quick, report(16), 16)
    second = received(quick, report(17, "220/BC-STC", subject, body), 17)
    assert (second.disposition, [one.version for one in second.reports]) == ("report", [2])
    [first_answer, answer] = quick.sent("acknowledgment")
    assert "thứ 02, thay thế bản số 214/BC-STC nhận ngày 16/11/2026" in words(answer)
    assert "Lần gửi" not in words(first_answer)
    standing = quick.standing(*NOVEMBER)
    assert standing["first_received_at"] == standing["received_at"] == "2026-11-16T09:00:00+07:00"


def test_a_recall_goes_to_a_person_and_takes_nothing_away(quick):
    received(quick, report(16), 16)
    before = quick.standing(*NOVEMBER)
    recall = received(quick, report(17, subject="Thu hồi báo cáo KT-XH tháng 11/2026", body="Xin thu hồi báo cáo."), 17)
    assert recall.disposition == "review"
    assert quick.standing(*NOVEMBER) == before


def test_the_same_report_from_two_colleagues_is_one_report_and_both_are_acknowledged(quick):
    received(quick, report(16), 16)
    second = received(quick, report(17, sender="truong.stc"), 17)
    assert second.disposition == "duplicate"
    assert [one["To"].addresses[0].addr_spec for one in quick.sent("acknowledgment")] == [
        "stc@tinh.example", "truong.stc@tinh.example",
    ]  # fmt: skip


def test_several_mails_complete_a_report_and_the_first_arrival_is_kept(office):
    asking_for(office, "document", "number", "table")
    draft = monthly_report("Sở Tài chính", "     /BC-STC", 11)
    first = received(office, report(15, BC=draft), 15)
    assert first.reports[0].missing == ["number", "table"]
    second = received(office, report(16, BC_KTXH_thang_11=SHEET), 16)
    assert second.reports[0].missing == ["number"]
    third = received(office, report(18, "214/BC-STC"), 18)
    assert (third.reports[0].status, third.reports[0].version, third.reports[0].timeliness) == ("accepted", 3, "late")
    standing = office.standing(*NOVEMBER)
    assert (standing["status"], standing["received_at"]) == ("late", "2026-11-18T09:00:00+07:00")
    assert standing["first_received_at"] == "2026-11-15T09:00:00+07:00"
    assert "bổ sung cho bản nhận ngày 16/11/2026" in words(office.sent("acknowledgment")[-1])


def test_the_letter_about_what_is_missing_names_each_thing_and_how_to_mend_it(quick):
    asked = ("pdf", "signed_pdf", "xlsx", "table", "xlsx:BIEU01!C8", "docx:Kiến nghị")
    asking_for(quick, "document", "number", *asked)
    received(quick, report(16), 16)
    [letter] = quick.sent("incomplete")
    for word in asked:
        assert f"{requirement(word)}: đề nghị {remedy(word)}." in words(letter)
    assert "văn bản (PDF, Word): đề nghị" not in words(letter)
