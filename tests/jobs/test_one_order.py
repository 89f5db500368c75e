"""Officers' orders by mail: carried out wholly or not at all, only from who may give them, and always answered."""

import pytest
from builders import at, mail
from workplace import workplace

from intake.office.directives import directive_lines
from intake.office.incidents import incident_lines

BEGAN = "2026-11-21 08:00"
ADDRESS = "duty@vp.tinh.example"
VOUCHED = {"Authentication-Results": "mx.tinh.example; dmarc=pass header.from=vp.tinh.example"}
CLIPPING = "Báo Gia Định đưa tin: https://bao.example/chay-rung"


@pytest.fixture
def office(tmp_path, database_url):
    tables = {
        "mailboxes": [{"kind": "maildir", "path": "inbox", "authserv_id": "mx.tinh.example"}],
        "incidents": {"fire_explosion": {"keywords": ["cháy", "cháy rừng"], "follow_up": "daily 17:00"}},
        "sending": {"office_hours": "07:00-17:30"},
    }
    with workplace(tmp_path, database_url, BEGAN, **tables) as office:
        office.work(BEGAN)
        yield office


def order(subject, body="", moment="2026-11-21 14:00", sender=ADDRESS, headers=None, files=None):
    headers = VOUCHED if headers is None else {**VOUCHED, **headers}
    return mail(sender, subject, body, at(moment), headers=headers, files=files)


def given(office, *mails, moment="2026-11-21 14:01"):
    office.receive(*mails)
    return office.work(moment).outcomes


def receipt(office):
    [letter] = office.sent("office_receipt", to=ADDRESS)[-1:]
    return str(letter["Subject"]), letter.get_body(("plain",)).get_content(), letter


REQUEST = "YÊU CẦU BÁO CÁO: UBND xã Hòa Bình: cháy rừng tại tiểu khu 215, trước 17h"


def test_the_press_knows_and_the_unit_is_asked_at_once(office):
    [outcome] = given(office, order(REQUEST, CLIPPING))
    [line] = incident_lines(office.desk)
    assert outcome.disposition == "incident"
    assert (line["category"], line["title"]) == ("fire_explosion", "Cháy rừng tại tiểu khu 215")
    assert [(one["agency"], one["due_at"][11:16]) for one in line["asked"]] == [("XHOABINH", "17:00")]
    [letter] = office.sent("incident_request", to="xhoabinh@")
    assert "https://bao.example/chay-rung" in letter.get_body(("plain",)).get_content()
    subject, text, answer = receipt(office)
    assert "Đã yêu cầu báo cáo VV-0001" in subject
    assert "trước 17 giờ 00 ngày 21/11/2026" in text
    assert answer["In-Reply-To"]


def test_a_clipping_goes_along_as_it_came(office):
    given(office, order(REQUEST, CLIPPING, files={"bai-bao.docx": b"bai bao"}))
    [letter] = office.sent("incident_request", to="xhoabinh@")
    assert [(one.get_filename(), one.get_content()) for one in letter.iter_attachments()] == [
        ("bai-bao.docx", b"bai bao")
    ]


@pytest.mark.parametrize(
    ("subject", "why"),
    [
        ("YÊU CẦU BÁO CÁO: UBND xã Hòa Thịnh: cháy rừng, trước 17h", "không phải tên cơ quan nào"),
        ("YÊU CẦU BÁO CÁO: UBND xã Hòa Bình: cháy rừng, sáng mai", "chưa rõ"),
        ("YÊU CẦU BÁO CÁO: UBND xã Hòa Bình: cháy rừng, trước 13h", "đã qua"),
        ("YÊU CẦU BÁO CÁO: UBND xã Hòa Bình cháy rừng", "không nhận ra lệnh"),
        ("YÊU CẦU BÁO CÁO: UBND xã Hòa Bình: vụ VV-0099, trước 17h", "không có vụ việc VV-0099"),
        ("ĐÓNG VV-0099", "không có vụ việc VV-0099"),
    ],
)
def test_what_is_not_understood_wholly_is_not_done_and_the_officer_is_told_why(office, subject, why):
    [outcome] = given(office, order(subject, CLIPPING))
    assert outcome.disposition == "review"
    assert incident_lines(office.desk) == []
    assert office.sent("incident_request") == []
    subject, text, _ = receipt(office)
    assert "CHƯA THỰC HIỆN" in subject
    assert why in " ".join(text.split())


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        (ADDRESS, {"Authentication-Results": "mx.tinh.example; dmarc=fail header.from=vp.tinh.example"}),
        (ADDRESS, {"Authentication-Results": "gia.mao.example; dmarc=pass header.from=vp.tinh.example"}),
        ("stc@tinh.example", {"Authentication-Results": "mx.tinh.example; dmarc=pass header.from=tinh.example"}),
        ("secrecy@vp.tinh.example", {}),
    ],
)
def test_nobody_else_orders_anything_and_a_forged_address_is_not_answered(office, sender, headers):
    [outcome] = given(office, order(REQUEST, CLIPPING, sender=sender, headers=headers))
    assert outcome.disposition == "review"
    assert incident_lines(office.desk) == []
    assert office.sent("office_receipt") == []


def test_an_order_that_comes_twice_is_carried_out_once(office):
    given(office, order(REQUEST, CLIPPING))
    [again] = given(office, order(REQUEST, CLIPPING), moment="2026-11-21 14:02")
    assert again.disposition == "duplicate"
    assert len(incident_lines(office.desk)) == 1
    assert len(office.sent("office_receipt")) == 1


def test_an_order_that_lay_about_for_days_is_left_to_a_person(office):
    [outcome] = given(office, order(REQUEST, CLIPPING), moment="2026-11-23 09:00")
    assert outcome.disposition == "review"
    assert incident_lines(office.desk) == []


def alerted(office):
    """A quick report came; the duty officer has the alert on the telephone."""
    body = "Hồi 13 giờ xảy ra cháy rừng tại tiểu khu 215, xã Hòa Bình."
    given(
        office,
        mail("xhoabinh@tinh.example", "Báo cáo nhanh vụ cháy rừng", body, at("2026-11-21 13:30")),
        moment="2026-11-21 13:31",
    )
    [alert] = office.sent("incident_alert", to=ADDRESS)
    quoted = f"\n\n--\nTrực ban\n\nVào 13:31, Văn phòng đã viết:\n> {alert['Subject']}\n> Nội dung VV-0001"
    return lambda text, **more: order(
        f"Re: {alert['Subject']}", text + quoted, headers={"In-Reply-To": str(alert["Message-ID"])}, **more
    )


@pytest.mark.parametrize("words", ["ĐÓNG", "dong", "Đóng vụ việc.", "Đóng VV-0001"])
def test_a_matter_is_closed_with_one_word_from_the_road(office, words):
    reply = alerted(office)
    [outcome] = given(office, reply(words))
    [line] = incident_lines(office.desk)
    assert (outcome.disposition, line["status"]) == ("incident", "closed")
    assert "Đã kết thúc theo dõi VV-0001" in receipt(office)[0]


@pytest.mark.parametrize(
    "words", ["GIAO Sở Y tế trước 17h", "giao so y te truoc 17h", "Giao cho Sở Y tế 17h00 ngày 21/11"]
)
def test_a_matter_is_assigned_to_another_department(office, words):
    reply = alerted(office)
    given(office, reply(words))
    [line] = incident_lines(office.desk)
    assert [(one["agency"], one["due_at"][11:16]) for one in line["asked"]] == [("SYT", "17:00")]
    assert len(office.sent("incident_request", to="syt@")) == 1


def test_the_end_of_an_event_asks_for_the_closing_report(office):
    reply = alerted(office)
    given(office, reply("KẾT THÚC"))
    [line] = incident_lines(office.desk)
    assert [(one["kind"], one["agency"]) for one in line["asked"]] == [("closing", "XHOABINH")]


@pytest.mark.parametrize(
    "words", ["GIAO Sở Y tế sáng mai", "GIAO Sở Y", "Xem lại giúp", "ĐÓNG VV-0099", "ĐÓNG\nGIAO Sở Y tế trước 17h"]
)
def test_a_reply_that_is_unclear_does_nothing_and_says_so(office, words):
    reply = alerted(office)
    given(office, reply(words))
    [line] = incident_lines(office.desk)
    assert (line["status"], line["asked"]) == ("open", [])
    assert "CHƯA THỰC HIỆN" in receipt(office)[0]


def test_an_officers_other_mails_are_no_orders(office):
    [outcome] = given(office, order("Giao ban tuần", "Giao ban lúc 15h tại phòng họp."))
    assert outcome.disposition == "review"
    assert office.sent("office_receipt") == []


def directed(office, due=""):
    subject = f"CHỈ ĐẠO: UBND xã Hòa Bình, Sở Y tế: tăng cường phòng cháy rừng{due}"
    files = {"2451-UBND.docx": b"cong van"}
    given(office, order(subject, "Thực hiện nghiêm công văn kèm theo.", files=files))
    [line] = directive_lines(office.desk)
    return line


def confirmations(office):
    [line] = directive_lines(office.desk)
    return {one["agency"]: one["status"] for one in line["agencies"]}


def test_a_directive_goes_to_each_unit_with_its_document(office):
    line = directed(office)
    [letter] = office.sent("directive_order", to="syt@")
    assert [one.get_filename() for one in letter.iter_attachments()] == ["2451-UBND.docx"]
    assert "CD-0001" in str(letter["Subject"])
    assert (line["title"], line["confirmed"]) == ("tăng cường phòng cháy rừng", 0)
    assert "Đã gửi văn bản chỉ đạo CD-0001" in receipt(office)[0]


def confirmed(office, text, subject="Re: ", **headers):
    """What became of the answer of one unit."""
    [ours] = office.sent("directive_order", to="xhoabinh@")
    headers = {"In-Reply-To": str(ours["Message-ID"]), **headers}
    reply = mail("xhoabinh@tinh.example", subject + str(ours["Subject"]), text, at("2026-11-21 14:30"), headers=headers)
    [outcome] = given(office, reply, moment="2026-11-21 14:31")
    return outcome


@pytest.mark.parametrize(
    "text", ["Đã nhận", "UBND xã Hòa Bình đã nhận được văn bản chỉ đạo về phòng cháy rừng. Trân trọng."]
)
def test_a_plain_word_confirms_it(office, text):
    directed(office)
    outcome = confirmed(office, text)
    assert (outcome.disposition, outcome.agency) == ("directive", "XHOABINH")
    assert confirmations(office) == {"SYT": "waiting", "XHOABINH": "confirmed"}


@pytest.mark.parametrize(
    ("text", "subject", "headers"),
    [
        ("Thư của bạn đã được đọc.", "Đã đọc: ", {}),
        ("Đã nhận.", "Re: ", {"Auto-Submitted": "auto-replied"}),
        ("Đã nhận thư nhưng không mở được tệp.", "Re: ", {}),
    ],
)
def test_what_a_mailbox_sends_by_itself_or_a_complaint_confirms_nothing(office, text, subject, headers):
    directed(office)
    confirmed(office, text, subject, **headers)
    assert confirmations(office)["XHOABINH"] == "waiting"


def test_who_has_not_confirmed_is_reminded_within_office_hours_and_then_its_head(office):
    directed(office)
    for moment in ("2026-11-22 14:01", "2026-11-23 07:00", "2026-11-23 12:00"):
        office.work(moment)
    subjects = [str(one["Subject"]) for one in office.sent("directive_order", to="syt@")]
    assert any("Chưa nhận được xác nhận" in one for one in subjects[1:])
    assert office.sent("directive_order", to="truong.syt@") != []
    assert confirmations(office) == {"SYT": "overdue", "XHOABINH": "overdue"}
