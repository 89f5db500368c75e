"""What the registry refuses to learn, and why."""

from datetime import date

import pytest
from builders import OFFICE_ADDRESS, at, mail, registry

from intake.config import Limits
from intake.mail.message import parse_message
from intake.model import Contact, ReportType
from intake.rules.dealings.lessons import why_not_alias, why_not_sender
from intake.rules.names.directory import Directory

LOADED = registry()
CONTACTS = [
    *LOADED.contacts,
    Contact(agency_code="XPHUTHO", email="*@so.example", role="submitter"),
    Contact(agency_code="SYT", email="theo.doi@vp.example", role="supervisor"),
]
DENGUE = ReportType(code="SXH", name="Báo cáo phòng chống dịch sốt xuất huyết", frequency="weekly", due="thu")
DIRECTORY = Directory(LOADED.agencies, CONTACTS, [*LOADED.report_types, DENGUE])


def sent_by(address, headers=None):
    return mail(address, "Báo cáo", "Gửi báo cáo.", at("2026-11-16 09:00"), headers=headers)


@pytest.mark.parametrize(
    ("raw", "agency", "why"),
    [
        (sent_by("ai.do@gmail.example"), "STC", ""),
        (sent_by("stc@tinh.example"), "STC", ""),
        (sent_by("ai.do@gmail.example"), "KHONG", "there is no agency 'KHONG' that reports"),
        (sent_by("ai.do@gmail.example"), "office", "there is no agency 'office' that reports"),
        (sent_by("SYT@tinh.example"), "STC", "it belongs to SYT"),
        (sent_by("ca.nhan@so.example"), "STC", "it belongs to XPHUTHO"),
        (sent_by("theo.doi@vp.example"), "STC", "it belongs to SYT"),
        (sent_by("records@vp.tinh.example"), "STC", "it belongs to office"),
        (sent_by(OFFICE_ADDRESS), "STC", "it is the office's own"),
        (sent_by("ai.do@gmail.example", {"List-Id": "<ds.example>", "List-Post": "<mailto:d@e>"}), "STC",
         "the mail came through a mailing list"),
        (sent_by("a@gmail.example").replace(b"\r\nSubject:", b"\r\nFrom: b@gmail.example\r\nSubject:"), "STC",
         "the mail names more than one From address: who sent it is not certain"),
        (b"Subject: x\r\n\r\nx", "STC", ""),
    ],
)  # fmt: skip
def test_a_sender_is_not_learnt_who_may_be_another(raw, agency, why):
    message = parse_message(raw, Limits())
    assert why_not_sender(message, agency, DIRECTORY, {OFFICE_ADDRESS}, "") == why


@pytest.mark.parametrize(
    ("alias", "why"),
    [
        ("sản xuất và đời sống tháng", ""),
        ("giao ban tuần", "it names GIAOBAN already"),
        ("sốt xuất huyết", '"Báo cáo phòng chống dịch sốt xuất huyết" of SXH contains it'),
        ("báo cáo tháng", "it says too little to know a report by; take more of its words"),
        ("Sở Y tế", "it names an agency, which may send any report"),
        ("", "an alias has 1 to 200 characters and no ;"),
        ("sản xuất; đời sống", "an alias has 1 to 200 characters and no ;"),
        ("sản xuất " * 30, "an alias has 1 to 200 characters and no ;"),
    ],
)
def test_an_alias_is_not_learnt_that_could_mean_another_report(alias, why):
    assert why_not_alias(DIRECTORY, DIRECTORY.report_types["KTXH-T"], alias, date(2026, 11, 10)) == why
