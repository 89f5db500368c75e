"""Whether a mail answers what its agency was asked about an urgent matter."""

import pytest
from triage_mails import CATEGORIES, RECEIVED, directory, document, mail

from intake.rules.urgent.asked import (
    Confirmed,
    answer_to_request,
    category_of,
    is_last_report,
    only_confirms,
    withholds_receipt,
)
from intake.rules.verdicts import IncidentVerdict, OpenIncident


def asked(number=12, category="fire_explosion", title="Cháy rừng tại tiểu khu 215, đèo Gió", agencies=("XANTAN",)):
    return OpenIncident(
        id=number,
        category=category,
        agency="XANTAN",
        title=title,
        text="",
        opened_at=RECEIVED,
        updated_at=RECEIVED,
        message_ids=(f"<hoi-{number}@tinh.example>",),
        references=frozenset({f"BC-ABCD{number}"}),
        asked=frozenset(agencies),
    )


def found(reading, *incidents):
    return answer_to_request(reading, directory(), CATEGORIES, RECEIVED, incidents or (asked(),))


NOTHING = "Xã đã kiểm tra, không có vụ việc nào."


@pytest.mark.parametrize(
    "reading",
    [
        mail("Phúc đáp", NOTHING, in_reply_to="<hoi-12@tinh.example>"),
        mail("Phúc đáp", NOTHING, references=("<khac@x>", "<hoi-12@tinh.example>")),
        mail("Re: [BC-ABCD12] VV-0012: Đề nghị gửi báo cáo", NOTHING),
        mail("Trả lời vụ VV-0012", NOTHING),
        mail("Trả lời", "Về vv - 12: " + NOTHING),
        mail("Báo cáo nhanh vụ cháy rừng", "Hồi 13 giờ xảy ra cháy rừng tại tiểu khu 215, đèo Gió."),
        mail(
            "Báo cáo nhanh",
            "Gửi kèm.",
            document("BÁO CÁO\nVụ cháy rừng tại tiểu khu 215 đèo Gió\nHồi 13 giờ cháy rừng"),
        ),
        mail(
            "Re: báo cáo", "Đã nhận. Văn bản gửi kèm.", document("Không có cháy."), in_reply_to="<hoi-12@tinh.example>"
        ),
    ],
)
def test_an_answer_is_known_by_thread_reference_code_or_by_what_names_the_matter(reading):
    verdict = found(reading)
    assert isinstance(verdict, IncidentVerdict)
    assert (verdict.agency, verdict.joins, verdict.category) == ("XANTAN", 12, "fire_explosion")


@pytest.mark.parametrize(
    "reading",
    [
        mail("Báo cáo tháng 8", "Gửi báo cáo.", in_reply_to="<khac@tinh.example>"),
        mail("Báo cáo nhanh vụ cháy rừng", "Hồi 13 giờ xảy ra cháy rừng tại tiểu khu 216, đèo Gió."),
        mail("Báo cáo nhanh vụ cháy", "Hồi 13 giờ xảy ra cháy nhà tại thôn 3."),
        mail("Trả lời", NOTHING, sender="truc@cat.tinh.example", in_reply_to="<hoi-12@tinh.example>"),
        mail("Trả lời", NOTHING, sender="chung@tinh.example", in_reply_to="<hoi-12@tinh.example>"),
        mail("Trả lời", NOTHING, sender="la@khac.example", in_reply_to="<hoi-12@tinh.example>"),
        mail("Thu hồi báo cáo", "Xin thu hồi báo cáo đã gửi.", in_reply_to="<hoi-12@tinh.example>"),
        mail("Báo cáo kinh tế - xã hội tháng 8/2026", NOTHING, in_reply_to="<hoi-12@tinh.example>"),
    ],
)
def test_what_may_be_of_another_matter_or_another_agency_answers_nothing(reading):
    assert found(reading) is None


def test_a_mail_about_two_matters_is_for_a_person():
    reading = mail("Trả lời VV-0012 và VV-0013", NOTHING)
    assert found(reading, asked(12), asked(13)) is None


def test_a_matter_whose_title_says_no_more_than_its_category_is_not_taken_for_another():
    reading = mail("Báo cáo nhanh vụ cháy rừng", "Hồi 13 giờ xảy ra cháy rừng tại tiểu khu 215.")
    assert found(reading, asked(title="Cháy rừng")) is None


@pytest.mark.parametrize("text", ["Đã nhận.", "Xã đã nhận được đề nghị, cảm ơn Văn phòng."])
def test_to_say_that_the_request_has_come_is_no_report(text):
    verdict = found(mail("Re: Đề nghị", text, in_reply_to="<hoi-12@tinh.example>"))
    assert isinstance(verdict, Confirmed)
    assert (verdict.incident.id, verdict.agency) == (12, "XANTAN")


@pytest.mark.parametrize(
    ("subject", "is_last"),
    [("Báo cáo tổng hợp đợt mưa lũ", True), ("Báo cáo kết thúc vụ cháy", True), ("Báo cáo nhanh số 3", False)],
)
def test_the_last_report_says_so_in_its_title(subject, is_last):
    assert is_last_report(mail(subject, "Gửi kèm."), CATEGORIES, RECEIVED.date()) is is_last


@pytest.mark.parametrize(
    ("reading", "confirms", "is_amiss"),
    [
        (mail("Re", "Đã nhận"), True, False),
        (mail("Re", "Xã đã nhận được văn bản về phòng cháy rừng. Trân trọng."), True, False),
        (mail("Re", "Đã nhận.", document(kind="image")), True, False),
        (mail("Re", "Đã nhận, gửi báo cáo kèm.", document("Báo cáo")), False, False),
        (mail("Re", "Đã nhận nhưng không mở được tệp."), True, True),
        (mail("Re", "Chưa nhận được văn bản."), True, True),
        (mail("Re", "Báo cáo kết quả thực hiện."), False, False),
        (mail("Re", "Đã nhận. " + "Xã báo cáo kết quả thực hiện cụ thể. " * 20), False, False),
    ],
)
def test_a_short_word_confirms_and_a_complaint_is_heard(reading, confirms, is_amiss):
    assert (only_confirms(reading), withholds_receipt(reading)) == (confirms, is_amiss)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("cháy rừng tại xã Ia Púch", "fire_explosion"),
        ("Phá rừng tại tiểu khu 5", "deforestation"),
        ("cháy do mưa lũ", "other"),
        ("tin báo của người dân thôn 3", "other"),
    ],
)
def test_a_category_is_taken_from_the_offices_words_or_left_open(text, category):
    assert category_of(text, CATEGORIES, RECEIVED.date()) == category
