"""Which open incident an urgent report goes on with."""

from dataclasses import replace
from datetime import timedelta

import pytest
from triage_mails import CATEGORIES, RECEIVED, directory, mail

from intake.rules.urgent.incidents import Doubt, find_incident
from intake.rules.verdicts import IncidentVerdict, OpenIncident

YESTERDAY = RECEIVED - timedelta(days=1)


def incident(title="Khẩn: cháy kho hàng đường Lý Nam Đế", category="fire_explosion", **more):
    opened = OpenIncident(7, category, "XANTAN", title, "", YESTERDAY, YESTERDAY, ("<first@tinh.example>",))
    return replace(opened, **more)


def found(subject, *incidents, text="", **more):
    return find_incident(mail(subject, text, **more), directory(), CATEGORIES, RECEIVED, incidents)


def joins(subject, *incidents, **more):
    verdict = found(subject, *incidents, **more)
    assert isinstance(verdict, IncidentVerdict), verdict
    return verdict.joins


CONTINUED = [
    ("Khẩn: cháy kho hàng đường Lý Nam Đế", "Báo cáo tiếp theo về vụ cháy kho hàng đường Lý Nam Đế"),
    ("Khẩn: cháy kho hàng đường Lý Nam Đế", "Báo cáo tiếp theo vụ cháy"),
    ("Khẩn: cháy kho hàng đường Lý Nam Đế", "Báo cáo nhanh số 2 vụ cháy đường Lý Nam Đế"),
    ("Khẩn: cháy kho hàng đường Lý Nam Đế", "Báo cáo nhanh vụ cháy lớn tại kho hàng đường Lý Nam Đế, phường Trà Bá"),
    ("Khẩn: cháy kho hàng đường Lý Nam Đế", "Cập nhật: báo cáo nhanh vụ cháy kho đường Lý Nam Đế sáng 12/8"),
    ("Khẩn: cháy kho hàng đường Lý Nam Đế", "Bao cao nhanh vu chay kho hang duong Ly Nam De (lan 2)"),
    ("Báo cáo nhanh vụ cháy", "Báo cáo nhanh lần thứ hai vụ cháy"),
    ("Vụ nổ tại chợ đêm", "Báo cáo nhanh số 02 vụ cháy chợ đêm"),
    ("Báo cáo nhanh vụ cháy rừng tiểu khu 108", "Báo cáo tiếp theo vụ cháy rừng tiểu khu 108"),
    ("Báo cáo nhanh số 1 vụ cháy xưởng gỗ, 3 người bị thương", "Báo cáo nhanh số 2 vụ cháy xưởng gỗ, 5 người"),
    ("Khẩn: cháy kho hàng đường Lý Nam Đế", "Báo cáo nhanh số 1 vụ cháy kho hàng đường Lý Nam Đế"),
    ("Báo cáo nhanh số 1 vụ cháy kho Hòa Bình", "Báo cáo nhanh số 1 vụ cháy kho Hòa Bình (gửi lại, có sửa số liệu)"),
    ("Báo cáo nhanh vụ cháy", "Đã dập tắt hoàn toàn vụ cháy sáng nay lúc 7 giờ"),
    ("Báo cáo nhanh vụ cháy", "UBND xã An Tân: đã khống chế đám cháy lúc 7 giờ hôm nay"),
]


@pytest.mark.parametrize(("title", "subject"), CONTINUED)
def test_a_report_that_names_the_same_matter_goes_on_with_it(title, subject):
    assert joins(subject, incident(title)) == 7


ANOTHER = [
    ("Khẩn: cháy kho hàng đường Lý Nam Đế", "Báo cáo nhanh vụ cháy chợ Mới"),
    ("Báo cáo nhanh vụ cháy rừng tiểu khu 108", "Báo cáo nhanh vụ cháy rừng tiểu khu 112"),
    ("Khẩn: cháy kho hàng đường Lý Nam Đế", "Báo cáo nhanh số 1 vụ cháy chợ Mới"),
    ("Khẩn: cháy kho hàng đường Lý Nam Đế", "Báo cáo nhanh: đã dập tắt vụ cháy nhà dân"),
    ("Vụ cháy trường học xã Ia Mơ", "Báo cáo nhanh vụ cháy nhà rông Kon Rẫy"),
]


@pytest.mark.parametrize(("title", "subject"), ANOTHER)
def test_a_report_that_names_another_matter_opens_a_new_incident(title, subject):
    assert joins(subject, incident(title)) is None


DOUBTFUL = [
    ("Báo cáo nhanh vụ cháy", "Báo cáo nhanh vụ cháy"),
    ("Khẩn: cháy kho hàng đường Lý Nam Đế", "Báo cáo nhanh vụ cháy"),
    ("Khẩn: cháy kho hàng đường Lý Nam Đế", "Báo cáo tiếp theo vụ cháy chợ Mới"),
    ("Vụ cháy nhà xưởng xã Ia Mơ", "Báo cáo nhanh vụ cháy nhà xưởng xã Ia Rsai"),
    ("Báo cáo nhanh vụ cháy rừng tiểu khu 108", "Báo cáo tiếp theo vụ cháy rừng tiểu khu 112"),
    ("Báo cáo nhanh số 1 vụ cháy", "Báo cáo nhanh số 1 vụ cháy chợ Mới"),
    ("Khẩn: cháy kho hàng đường Lý Nam Đế", "Đã bắt được người gây ra vụ cháy chợ Mới lúc 7 giờ sáng nay"),
]


@pytest.mark.parametrize(("title", "subject"), DOUBTFUL)
def test_a_report_that_may_be_of_either_matter_waits_for_a_person(title, subject):
    doubt = found(subject, incident(title))
    assert isinstance(doubt, Doubt)
    assert title in doubt.reason


def test_the_text_of_the_first_report_may_name_what_its_title_does_not():
    first = incident("Báo cáo nhanh vụ cháy", text="Lúc 2 giờ cháy xưởng gỗ Hòa Bình tại thôn 3.")
    assert joins("Báo cáo tiếp theo vụ cháy xưởng gỗ Hòa Bình", first) == 7


def test_a_first_report_days_later_is_of_a_new_matter():
    first = incident("Báo cáo nhanh số 1 vụ cháy chợ Mới", opened_at=RECEIVED - timedelta(days=2, seconds=1))
    assert joins("Báo cáo nhanh số 1 vụ cháy chợ Mới", first) is None


def test_two_matters_that_a_first_report_may_tell_of_again_wait_for_a_person():
    twice = (incident("Vụ cháy chợ Mới"), incident("Báo cáo nhanh vụ cháy chợ Mới", id=8))
    assert isinstance(found("Báo cáo nhanh số 1 vụ cháy chợ Mới", *twice), Doubt)


def test_the_subject_may_name_the_matter_without_a_word_of_its_category():
    club = incident("Báo cáo nhanh: cháy tại quán karaoke X9")
    more = {"text": "Đã tạm giữ thêm 03 người gây ra vụ cháy."}
    assert joins("Bổ sung báo cáo nhanh về quán karaoke X9", club, **more) == 7
    assert isinstance(found("Bổ sung báo cáo nhanh về quán karaoke K2", club, **more), Doubt)


@pytest.mark.parametrize("opened", [[], [incident("Vụ cháy chợ Mới")]])
def test_what_is_repaired_or_over_is_no_new_matter(opened):
    text = "Đến 17 giờ ngày 11/8/2026 đã hót dọn xong đất đá, xe cộ đi lại bình thường."
    verdict = found("Đã khắc phục xong sạt lở tại Km 125 đường tỉnh 668", *opened, text=text)
    assert not isinstance(verdict, IncidentVerdict | Doubt)


def test_that_a_matter_is_over_goes_on_with_it():
    slide = incident("Báo cáo nhanh sạt lở tại Km 125 đường tỉnh 668", "natural_disaster")
    assert joins("Đã khắc phục xong sạt lở tại Km 125 đường tỉnh 668", slide) == 7


def test_what_is_over_and_still_loud_is_for_a_person():
    text = "Sáng nay 3 người bị thương, 2 người mất liên lạc, chưa vào được, lực lượng đang tìm, đề nghị chi viện gấp."
    assert isinstance(found("Đã khắc phục xong sạt lở tại Km 125", text=text), Doubt)


def test_a_flood_goes_on_for_days_though_its_reports_name_no_place():
    flood = incident("Báo cáo nhanh số 1 tình hình mưa lũ xã An Tân", "natural_disaster")
    assert joins("Báo cáo nhanh tình hình mưa lũ (tính đến 16 giờ 00 ngày 12/8/2026)", flood) == 7


def test_another_storm_is_another_matter():
    storm = incident("Báo cáo nhanh ảnh hưởng bão số 5", "natural_disaster")
    assert joins("Báo cáo nhanh ảnh hưởng bão số 6", storm) is None


@pytest.mark.parametrize(
    "other",
    [
        incident(agency="XBINHLONG", opened_at=RECEIVED - timedelta(days=3)),
        incident(category="public_order"),
        incident(updated_at=RECEIVED - timedelta(days=10, seconds=1)),
    ],
)
def test_only_a_recent_incident_of_the_agency_and_category_is_gone_on_with(other):
    assert joins("Báo cáo tiếp theo vụ cháy kho hàng đường Lý Nam Đế", other) is None


def test_ten_days_are_still_recent():
    first = incident(updated_at=RECEIVED - timedelta(days=10))
    assert joins("Báo cáo tiếp theo vụ cháy kho hàng đường Lý Nam Đế", first) == 7


def test_of_two_open_incidents_the_one_that_is_named_is_gone_on_with():
    other = incident("Vụ cháy chợ Mới", id=8)
    assert joins("Báo cáo tiếp theo vụ cháy chợ Mới", incident(), other) == 8


def test_two_open_incidents_that_fit_equally_wait_for_a_person():
    doubt = found("Báo cáo tiếp theo vụ cháy", incident(), incident("Vụ cháy chợ Mới", id=8))
    assert isinstance(doubt, Doubt)
    assert "Lý Nam Đế" in doubt.reason
    assert "chợ Mới" in doubt.reason


def test_a_document_number_is_no_number_of_a_quick_report():
    assert joins("Báo cáo nhanh số 1/BC-UBND vụ cháy kho hàng đường Lý Nam Đế", incident()) == 7


def test_the_promise_of_a_next_report_is_no_continuation():
    promise = "Xã báo cáo nhanh như sau.\nXã sẽ có báo cáo tiếp theo."
    assert joins("Báo cáo nhanh vụ cháy chợ Mới", incident(), text=promise) is None


def test_the_mail_answered_decides_before_the_others_of_the_thread():
    other = incident("Vụ cháy chợ Mới", id=8, message_ids=("<second@tinh.example>",))
    both = ("<first@tinh.example>", "<second@tinh.example>")
    more = {"in_reply_to": "<second@tinh.example>", "references": both}
    assert joins("Báo cáo nhanh vụ cháy", incident(), other, **more) == 8


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Báo cáo nhanh số 1 vụ cháy", ""),
        ("Báo cáo nhanh vụ cháy chợ Mới", ""),
        ("Re: kho hàng", "Đến 16 giờ đã dập tắt đám cháy."),
        ("Báo cáo nhanh: nước đang rút", ""),
        ("Báo cáo nhanh vụ gây rối trật tự", ""),
    ],
)
def test_a_thread_goes_on_with_its_incident_and_keeps_its_category(subject, text):
    verdict = found(subject, incident(), text=text, references=("<first@tinh.example>",))
    assert isinstance(verdict, IncidentVerdict)
    assert (verdict.joins, verdict.category) == (7, "fire_explosion")


@pytest.mark.parametrize("subject", ["Re: cảm ơn", "Báo cáo KT-XH tháng 8/2026", "Re: Xin gia hạn báo cáo nhanh"])
def test_a_mail_in_the_thread_that_tells_nothing_of_the_matter_is_not_part_of_it(subject):
    assert not isinstance(found(subject, incident(), references=("<first@tinh.example>",)), IncidentVerdict | Doubt)


def test_a_thread_that_leads_to_two_incidents_waits_for_a_person():
    both = ("<first@tinh.example>", "<second@tinh.example>")
    other = incident("Vụ cháy chợ Mới", id=8, message_ids=("<second@tinh.example>",))
    assert isinstance(found("Báo cáo nhanh vụ cháy", incident(), other, references=both), Doubt)


def test_another_agency_that_answers_in_the_thread_goes_on_with_the_same_matter():
    verdict = found(
        "Báo cáo nhanh vụ cháy", incident(), sender="truc@cat.tinh.example", in_reply_to="<first@tinh.example>"
    )
    assert isinstance(verdict, IncidentVerdict)
    assert (verdict.joins, verdict.agency) == (7, "CAT")


def test_another_agency_that_tells_of_another_matter_in_the_thread_opens_its_own():
    more = {"sender": "truc@cat.tinh.example", "in_reply_to": "<first@tinh.example>"}
    assert joins("Báo cáo nhanh vụ giết người", incident(), **more) is None


def test_another_agency_that_names_no_category_in_the_thread_waits_for_a_person():
    doubt = found("Báo cáo nhanh", incident(), sender="truc@cat.tinh.example", in_reply_to="<first@tinh.example>")
    assert isinstance(doubt, Doubt)
    assert "none that is configured" in doubt.reason


def test_an_answer_goes_on_with_the_matter_that_its_subject_names():
    subject = "Re: [BC-7KQ2] Đề nghị báo cáo tiếp vụ việc: Khẩn: cháy kho hàng đường Lý Nam Đế - trước 17 giờ ngày 12/8"
    assert joins(subject, incident(), text="Đến 16 giờ đã dập tắt hoàn toàn đám cháy.") == 7


def test_an_answer_with_the_hour_goes_on_with_the_matter_of_its_thread():
    more = {"text": "Đến 16 giờ nước rút hết.", "in_reply_to": "<first@tinh.example>"}
    assert joins("Re: [BC-7KQ2] Đề nghị báo cáo tiếp vụ việc", incident(), **more) == 7


def test_a_mail_without_thread_fields_is_in_no_thread():
    assert joins("Báo cáo nhanh vụ cháy chợ Mới", incident(message_ids=("",))) is None


@pytest.mark.parametrize(
    ("subject", "opened"),
    [
        ("Kết quả khắc phục hậu quả vụ cháy kho hàng đường Lý Nam Đế", incident()),
        ("Báo cáo tổng hợp đợt mưa lũ từ ngày 8 đến ngày 11", incident("Báo cáo nhanh mưa lũ", "natural_disaster")),
    ],
)
def test_the_last_report_of_an_open_matter_joins_it_without_calling_itself_urgent(subject, opened):
    assert joins(subject, opened) == 7


@pytest.mark.parametrize(
    ("subject", "sender"),
    [
        ("Kết quả khắc phục hậu quả vụ cháy chợ Hoa Lư", "antan@tinh.example"),
        ("Kết quả khắc phục hậu quả mưa lũ", "antan@tinh.example"),
        ("Kết quả khắc phục hậu quả vụ cháy kho hàng đường Lý Nam Đế", "la@khac.example"),
    ],
)
def test_the_last_report_of_another_matter_opens_none(subject, sender):
    assert not isinstance(found(subject, incident(), sender=sender), IncidentVerdict)


@pytest.mark.parametrize("subject", ["Báo cáo nhanh vụ việc VV-0007", "Báo cáo tiếp VV - 7: đã dập tắt đám cháy"])
def test_a_code_says_which_matter_it_goes_on_with(subject):
    assert joins(subject, incident(), incident("Vụ cháy chợ Mới", id=8)) == 7


def test_the_same_fire_told_by_the_police_is_for_a_person_to_join_or_part():
    market = incident("Báo cáo nhanh vụ cháy chợ trung tâm", opened_at=RECEIVED - timedelta(hours=3))
    doubt = found("Báo cáo nhanh vụ cháy chợ tại xã An Tân", market, sender="truc@cat.tinh.example")
    assert isinstance(doubt, Doubt)
    assert "another agency may have told of it" in doubt.reason


@pytest.mark.parametrize(
    ("subject", "other"),
    [
        ("Báo cáo nhanh vụ cháy xe tải tại xã Bình Long", incident("Báo cáo nhanh vụ cháy chợ trung tâm")),
        ("Báo cáo nhanh vụ cháy rừng tiểu khu 9 xã An Tân", incident("Vụ cháy rừng tiểu khu 5 xã An Tân")),
        ("Báo cáo nhanh vụ cháy chợ xã An Tân", incident("Vụ cháy chợ", opened_at=RECEIVED - timedelta(days=3))),
        ("Báo cáo nhanh tình hình mưa lũ xã An Tân", incident("Mưa lũ xã An Tân", "natural_disaster")),
    ],
)
def test_what_another_agency_told_of_elsewhere_before_or_as_a_flood_is_another_matter(subject, other):
    assert joins(subject, other, sender="truc@cat.tinh.example") is None


PASS = "Tai nạn xe khách đèo Tô Na"


@pytest.mark.parametrize("subject", ["V/v xe khách gặp nạn ở đèo Tô Na", "Sự cố nghiêm trọng: xe khách ở đèo Tô Na"])
def test_what_is_told_again_in_general_words_is_for_a_person_to_join_or_part(subject):
    text = "Đến 10h hôm nay tổng số 08 người chết, đã đưa hết nạn nhân ra."
    doubt = found(subject, incident(PASS, "public_order", opened_at=RECEIVED - timedelta(hours=6)), text=text)
    assert isinstance(doubt, Doubt)
    assert "Tô Na" in doubt.reason


@pytest.mark.parametrize(
    "other",
    [
        incident("Tai nạn xe khách dốc Hàm Rồng", "public_order"),
        incident(PASS, "public_order", agency="XBINHLONG"),
        incident(PASS, "public_order", opened_at=RECEIVED - timedelta(days=3)),
    ],
)
def test_what_is_told_in_general_words_is_new_where_nothing_of_the_kind_was_told_before(other):
    assert joins("Báo cáo nhanh sự cố nghiêm trọng ở đèo Tô Na, xe khách gặp nạn", other) is None


def test_two_categories_that_name_their_matters_are_two_matters():
    assert (
        joins("Báo cáo nhanh vụ phá rừng tại làng Bông, xã Hải Yang", incident("Cháy tại làng Bông, xã Hải Yang"))
        is None
    )


FIRES = [
    incident("Báo cáo nhanh vụ cháy chợ Mới", id=1),
    incident("Báo cáo nhanh vụ cháy xưởng gỗ Minh Phát", id=2),
    incident("Báo cáo nhanh số 1 tình hình mưa lũ", "natural_disaster", id=3),
    incident("Báo cáo nhanh số 1 tình hình mưa lũ", "natural_disaster", id=4, agency="XBINHLONG"),
]


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("Báo cáo nhanh số 2 vụ cháy chợ Mới", 1),
        ("BC nhanh (lần 3) vụ cháy xưởng gỗ Minh Phát, tính đến 17 giờ", 2),
        ("Báo cáo nhanh tình hình mưa lũ (tính đến 17 giờ 00 ngày 12/8/2026)", 3),
        ("Báo cáo nhanh số 4 tình hình mưa lũ", 3),
    ],
)
def test_two_fires_and_a_flood_of_one_day_go_on_each_by_itself(subject, number):
    assert joins(subject, *FIRES) == number


STRIKE = incident(
    "Công nhân Công ty gỗ Đức Long nghỉ việc", "security", text="Từ 7h hơn 700 công nhân đình công tại cổng."
)
BRIDGE = incident(
    "Lũ cuốn trôi cầu tràn Sơ Mei", "natural_disaster", text="5h30 lũ cuốn cầu, 2 làng bị chia cắt, 1 người mất tích."
)
POISON = incident(
    "Dân thôn Đăk Mil không có nước dùng", "epidemic", text="17 người uống nước ở bể chứa phải nhập viện."
)
WOOD = incident("Lửa rừng xã Sơn Lang", text="Chốt số 3 báo lửa bùng lên khoảnh 4 TK 112, ước 5 ha.")


@pytest.mark.parametrize(
    ("opened", "subject", "text"),
    [
        (BRIDGE, "Báo cáo nhanh số 2 (17h ngày 11/8)", "180 hộ vẫn bị chia cắt."),
        (BRIDGE, "bao cao 9h30", "tim thay 1 thi the, con 2 nguoi mat tich, 120 ho bi co lap."),
        (BRIDGE, "Kết thúc: cầu tràn Sơ Mei", "Đã xử lý xong."),
        (BRIDGE, "Đính chính số liệu tin nhanh 5h30", "Số người chết là 5, không phải 4."),
        (WOOD, "Kết quả dập lửa tại khoảnh 4 TK112", "Đến 18h50 đám cháy đã được dập tắt, không ai bị thương."),
        (STRIKE, "Fw: Công nhân Công ty gỗ Đức Long nghỉ việc", "15h công nhân giải tán, sáng mai đi làm lại."),
        (STRIKE, "Re: Công nhân Công ty gỗ Đức Long nghỉ việc", "Sáng nay công nhân lại đình công, tụ tập trước cổng."),
        (BRIDGE, "Đã tìm thấy người mất tích tại cầu tràn Sơ Mei", "6h tìm thấy thi thể nạn nhân."),
        (POISON, "Diễn biến vụ nguồn nước Đăk Mil", "Đến 9h30 hôm nay có thêm 6 người nhập viện, tổng số 23."),
    ],
)
def test_what_names_no_category_goes_on_with_the_matter_that_its_title_names(opened, subject, text):
    assert joins(subject, opened, text=text) == 7


@pytest.mark.parametrize(
    ("opened", "subject", "text"),
    [
        (BRIDGE, "Bổ sung biên chế", "Họp lúc 8h sáng mai."),
        (BRIDGE, "Cập nhật danh bạ", ""),
        (POISON, "Diễn biến giá cả tuần qua", "Sáng nay thép tăng 2%, 3 xe hàng về muộn."),
        (BRIDGE, "Đề nghị hỗ trợ máy tính", "Đề nghị cấp trước 17h."),
        (STRIKE, "Kết thúc đợt tuyển dụng", ""),
        (STRIKE, "Đề nghị Công ty gỗ Đức Long cấp kinh phí", "Hội thảo lúc 8h."),
    ],
)
def test_an_ordinary_mail_goes_on_with_no_open_matter(opened, subject, text):
    assert not isinstance(found(subject, opened, text=text), IncidentVerdict | Doubt)


def test_what_is_called_by_its_hour_goes_on_with_no_matter_of_another_category():
    strike = incident("Công nhân nghỉ việc", "security", text="Từ 7h hơn 700 công nhân đình công.")
    assert isinstance(found("bao cao 9h30", strike, text="con 2 nguoi mat tich, 120 ho bi co lap."), Doubt)


@pytest.mark.parametrize("text", ["Đã tìm thấy nạn nhân.", "5 người còn sống, 2 chết."])
def test_an_answer_in_its_thread_needs_no_hour_to_go_on_with_its_matter(text):
    assert joins("Re: [BC-7KQ2] Đã nhận báo cáo", incident(), text=text, in_reply_to="<first@tinh.example>") == 7


def test_an_answer_in_its_thread_that_tells_nothing_goes_on_with_no_matter():
    more = {"text": "Xã sẽ báo cáo sau.", "in_reply_to": "<first@tinh.example>"}
    assert not isinstance(found("Re: [BC-7KQ2] Đã nhận báo cáo", incident(), **more), IncidentVerdict | Doubt)


def test_what_names_a_place_of_an_open_matter_and_an_hour_is_for_a_person():
    crowd = incident("Dân bao vây trụ sở", "security", text="Từ 8h 150 người dân xã Kdăm bao vây trụ sở.")
    assert isinstance(found("vu viec xa Kdam", crowd, text="17h dan da giai tan, 2 can bo an toan."), Doubt)


def test_what_goes_on_with_either_of_two_open_matters_is_for_a_person():
    more = (BRIDGE, incident("Sạt lở đèo", "natural_disaster", id=8))
    assert isinstance(found("Báo cáo nhanh số 2 (17h)", *more, text="180 hộ vẫn bị chia cắt."), Doubt)


def test_news_of_a_matter_that_is_only_called_news_is_for_a_person():
    blast = incident("Nổ bình gas quán cơm")
    assert isinstance(found("Tin tiếp", blast, text="Một nạn nhân vụ nổ gas đã tử vong lúc 6h sáng nay."), Doubt)


def test_a_total_is_no_number_of_a_report():
    assert joins("Cháy chợ Hoa Lư, tổng số 12 người chết", incident(), text="Lúc 8 giờ sáng nay cháy chợ.") is None


def test_a_flood_goes_on_in_the_place_that_its_first_text_named():
    flood = incident("Hồ xả lũ", "natural_disaster", text="Nước dâng ngập 60 nhà tổ 7.")
    assert joins("BC tình hình ngập tổ 7", flood, text="Đến 6h30 sáng nay nước rút 40 cm, còn 22 nhà ngập.") == 7
