import pytest
from triage_mails import CATEGORIES, RECEIVED, directory, document, mail

from intake.rules.triage import doubted, triage

OWN = ("baocao@tinh.example",)
FIRE = "Báo cáo nhanh vụ cháy chợ"


def sorted_as(reading):
    return triage(reading, directory(), CATEGORIES, RECEIVED, (), OWN)


def test_an_ordinary_mail_is_a_candidate():
    verdict = sorted_as(mail("Báo cáo tháng 8", "Kính gửi VP.", document("BÁO CÁO")))
    assert (verdict.disposition, verdict.evidence) == ("candidate", ())


def test_an_urgent_report_is_an_incident_with_its_agency():
    verdict = sorted_as(mail(FIRE))
    assert (verdict.disposition, verdict.agency) == ("incident", "XANTAN")
    assert verdict.incident
    assert verdict.incident.category == "fire_explosion"


def test_an_urgent_report_of_a_stranger_waits_for_a_person():
    verdict = sorted_as(mail(FIRE, sender="la@khac.example"))
    assert verdict.disposition == "review"
    assert "urgent matter" in verdict.reason


def test_a_duty_report_that_tells_of_a_fire_stays_a_candidate_with_that_evidence():
    verdict = sorted_as(mail("Báo cáo trực ban ngày 12/8", "Lúc 2h xảy ra 01 vụ cháy."))
    assert verdict.disposition == "candidate"
    assert "cháy" in verdict.evidence[0]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("subject", "in the subject"),
        ("body", "in the text"),
        ("file name", "in a file name"),
        ("document", "in a document"),
        ("page", "page"),
    ],
)
def test_a_secrecy_mark_keeps_a_mail_out_whatever_else_it_is(place, words):
    verdict = sorted_as(mail(FIRE, secrecy=place, kind="automatic"))
    assert verdict.disposition == "quarantined"
    assert words in verdict.reason


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        (document(outcome="secret"), "secrecy"),
        (document(outcome="hostile", detail="ran out of memory"), "ran out of memory"),
        (document(outcome="hostile", kind="executable"), "executable"),
        (document(outcome="encrypted", kind="archive"), "encrypted archive"),
        (document(outcome="encrypted", kind="docx"), "encrypted docx"),
        (document(outcome="too_large", kind="archive"), "would not open safely"),
    ],
)
def test_a_dangerous_document_keeps_the_mail_out_beside_good_ones(odd, words):
    verdict = sorted_as(mail("Báo cáo tháng 8", "", document("BÁO CÁO"), odd))
    assert verdict.disposition == "quarantined"
    assert words in verdict.reason


def test_the_reason_for_keeping_a_mail_out_does_not_name_the_file():
    verdict = sorted_as(mail("x", "", document(outcome="encrypted", name="luong-lanh-dao.zip", kind="archive")))
    assert "luong" not in verdict.reason


@pytest.mark.parametrize("outcome", ["broken", "empty", "too_large", "unsupported"])
def test_a_document_that_only_cannot_be_read_keeps_nothing_out(outcome):
    assert sorted_as(mail("Báo cáo", "", document(outcome=outcome))).disposition == "candidate"


def test_a_delivery_status_notification_is_one_even_with_documents():
    assert sorted_as(mail(FIRE, "", document(FIRE), kind="dsn")).disposition == "dsn"


@pytest.mark.parametrize(
    "reading",
    [
        mail("Vắng mặt", "Tôi nghỉ phép.", kind="automatic"),
        mail("Thông báo: Báo cáo tháng 8 chờ xử lý", kind="automatic", sender=""),
        mail("Vắng mặt", "", document(kind="image"), kind="automatic"),
        mail("[BC-7KQ2] Chia sẻ báo cáo", "", document("BÁO CÁO"), kind="automatic", sender="BaoCao@tinh.example"),
    ],
)
def test_what_a_machine_wrote_is_automatic(reading):
    assert sorted_as(reading).disposition == "automatic"


@pytest.mark.parametrize(
    "reading",
    [
        mail("Báo cáo tháng 8", "", document("BÁO CÁO"), kind="automatic"),
        mail("Báo cáo tháng 8", "", document("BÁO CÁO"), kind="automatic", sender=""),
        mail("Báo cáo tháng 8", "", document("BÁO CÁO"), from_list=True),
        mail("Báo cáo tháng 8", "", document("BÁO CÁO"), return_path=""),
        mail("Báo cáo tháng 8", "", document("BÁO CÁO"), sender="baocao@tinh.example"),
    ],
)
def test_a_report_is_looked_at_however_it_comes(reading):
    assert sorted_as(reading).disposition == "candidate"


def test_an_urgent_matter_under_a_name_that_may_be_forged_is_for_whoever_is_on_duty():
    verdict = doubted(sorted_as(mail(FIRE)), "the sender's domain disowns the mail")
    assert (verdict.disposition, verdict.agency, verdict.incident, verdict.is_urgent) == ("review", None, None, True)
    assert "disowns" in verdict.reason


def test_any_other_mail_stays_what_it_is_whoever_sent_it():
    verdict = sorted_as(mail("Báo cáo tháng 8"))
    assert doubted(verdict, "the sender's domain disowns the mail") is verdict


@pytest.mark.parametrize(
    ("reading", "is_urgent"),
    [
        (mail(FIRE, "", document(outcome="hostile")), True),
        (mail(FIRE, "", document(outcome="encrypted", kind="archive"), sender="la@khac.example"), True),
        (mail("Báo cáo tháng 8", "", document(outcome="hostile")), False),
        (mail("Báo cáo tháng 8", "", document(outcome="hostile"), kind="automatic"), False),
    ],
)
def test_whoever_is_on_duty_hears_of_what_is_kept_out_only_if_it_is_urgent(reading, is_urgent):
    verdict = sorted_as(reading)
    assert (verdict.disposition, verdict.is_urgent, verdict.evidence) == ("quarantined", is_urgent, ())
