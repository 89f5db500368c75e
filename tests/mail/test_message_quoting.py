"""What an earlier mail says is marked as quoted, whichever program quoted it; what the sender wrote is not."""

import pytest

from intake.config import Limits
from intake.mail.message import parse_message
from intake.mail.own_text import own_text

OWN = "Kính gửi Văn phòng,\nSở xin gửi báo cáo tháng 10."


@pytest.mark.parametrize(
    "introduction",
    [
        "Vào 09:59, T2, 18 thg 11, 2019 Văn phòng <vp@tinh.example> đã viết:",
        "Vào Th 2, 18 thg 11, 2019 vào lúc 09:59 Văn phòng <vp@tinh.example> đã viết:",
        "Vào Thứ Hai, 18 tháng 11, 2019 lúc 09:59:20 GMT+7,\nVăn phòng UBND tỉnh\n<vp@tinh.example> đã viết:",
        "Vào ngày 18/11/2019 lúc 9:59 SA, Văn phòng viết:",
        "Lúc 09:59 18/11/2019, Văn phòng đã viết:",
        "Ngày 18-11-2019 09:59, vp@tinh.example đã viết :",
        "Văn phòng <vp@tinh.example> đã viết vào 09:59, T2, 18 thg 11, 2019:",
        "On Mon, Nov 18, 2019 at 9:59 AM Office <vp@tinh.example> wrote:",
        "On 18 Nov 2019, at 09:59, Office\n<vp@tinh.example>\nwrote:",
        "On 2019-11-18 09:59, Office wrote:",
        "Office <vp@tinh.example> wrote on 18/11/2019 09:59:",
        "2019-11-18 9:59 GMT+07:00 Văn phòng <vp@tinh.example>:",
        '18.11.2019, 09:59, "Văn phòng" <vp@tinh.example>:',
        "Le lun. 18 nov. 2019 à 09:59, Bureau <vp@tinh.example> a écrit :",
        "Le 18/11/2019 à 09:59, Bureau a écrit\u00a0:",
        "Am 18.11.2019 um 09:59 schrieb Büro <vp@tinh.example>:",
        "El lun., 18 nov. 2019 a las 9:59, Oficina (<vp@tinh.example>) escribió:",
        "Il giorno lun 18 nov 2019 alle ore 09:59 Ufficio <vp@tinh.example> ha scritto:",
        "Op ma 18 nov. 2019 om 09:59 schreef Bureau <vp@tinh.example>:",
    ],
)
@pytest.mark.parametrize(
    "quote", ["> Nhắc nộp báo cáo tháng 9.", "\n> Nhắc nộp báo cáo tháng 9.", "Nhắc nộp báo cáo tháng 9."]
)
def test_an_earlier_mail_is_known_by_the_line_that_introduces_it(introduction: str, quote: str) -> None:
    assert own_text(f"{OWN}\n\n{introduction}\n{quote}") == OWN


@pytest.mark.parametrize(
    "separator",
    [
        "-----Original Message-----",
        "----- Thư gốc -----",
        "-------- Thư chuyển tiếp --------",
        "---------- Forwarded message ---------",
        "-------- Message transféré --------",
        "-----Message d'origine-----",
        "---------- Tin nhắn đã chuyển tiếp ----------",
        "Bắt đầu thư được chuyển tiếp:",
        "Begin forwarded message:",
        "Début du message réexpédié :",
        "-----Ursprüngliche Nachricht-----",
        "Từ: Văn phòng\nĐã gửi: Thứ Hai, 18 Tháng Mười Một 2019 9:59 SA\nĐến: Sở Y tế\nChủ đề: Nhắc nộp",
        "From: Office\nSent: Monday, November 18, 2019 9:59 AM\nTo: Sở Y tế\nCc: Sở Nội vụ\nSubject: Nhắc nộp",
        "*From:* Office <vp@tinh.example>\n*Date:* Monday, 18 November 2019\n*To:* Sở Y tế\n*Subject:* Nhắc nộp",
        "________________________________\nTừ: Văn phòng <vp@tinh.example>\nNgày gửi: 18/11/2019\nTiêu đề: Nhắc nộp",
        "De : Bureau <vp@tinh.example>\nEnvoyé : lundi 18 novembre 2019 09:59\nÀ : Sở Y tế\nObjet : Nhắc nộp",
        "Date: Mon, 18 Nov 2019 09:59:20 +0700\nFrom: vp@tinh.example\nTo: soyte@tinh.example\nSubject: Nhắc nộp",
        "Subject: Nhắc nộp\nFrom: Văn phòng <vp@tinh.example>\nTo: Sở Y tế\nSent: 18/11/2019",
    ],
)
def test_all_below_a_forwarded_or_original_message_is_quoted(separator: str) -> None:
    assert own_text(f"{OWN}\n\n{separator}\n\nNhắc nộp báo cáo tháng 9.") == OWN


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 5/10, báo Tuổi trẻ đã viết:\nNhiều xã còn thiếu nước sạch.",
        "Kính gửi: Văn phòng UBND tỉnh\nNgười gửi: Sở Y tế\nVề việc: báo cáo tháng 9\nSố liệu như sau.",
        "Từ: 15/9/2019\nĐến: 14/10/2019\nSố vụ cháy: 02",
        "Vào lúc 10:30 ngày 05/10/2019 xảy ra vụ cháy tại xã Ia O.\nThiệt hại đang thống kê.",
        "Ngày gửi: 18/11/2019\nChủ đề: Phòng cháy\nNội dung: như file đính kèm.",
        "Trong kỳ, lúc 09:30, Công an huyện viết biên bản.\nKhông có thiệt hại về người.",
        "- Thư gốc của bà A đã được lưu hồ sơ.\n- Chuyển tiếp 12 đơn.",
    ],
)
def test_what_the_sender_wrote_is_not_taken_for_a_quotation(text: str) -> None:
    assert own_text(text) == text


def test_answers_between_the_lines_of_a_quotation_are_the_senders_own() -> None:
    text = (
        "On Mon, Nov 18, 2019 at 9:59 AM Office <vp@tinh.example> wrote:\n"
        "> Bao giờ nộp báo cáo tháng 9?\nHôm nay ạ.\n> Ai ký?\nGiám đốc Sở ký."
    )
    assert own_text(text) == "Hôm nay ạ.\nGiám đốc Sở ký."


def test_a_quotation_is_known_in_any_language_by_the_address_and_the_time_above_it() -> None:
    text = f'{OWN}\n18.11.2019 09:59 пользователь "Канцелярия" <\nvp@tinh.example> написал:\n\n> Nhắc nộp.'
    assert own_text(text) == OWN


HEADER = "<b>Từ:</b> VP &lt;vp@x.example&gt;<br><b>Đã gửi:</b> 18/11/2019 9:59<br><b>Đến:</b> a<br><b>Chủ đề:</b> Nhắc"
SAID = "Vào 09:59, T2, 18 thg 11, 2019 VP &lt;vp@x.example&gt; đã viết:"


@pytest.mark.parametrize(
    "quotation",
    [
        f'<div class="gmail_quote"><div>{SAID}<br></div><blockquote class="gmail_quote">Tháng 9</blockquote></div>',
        f'<div class="moz-cite-prefix">{SAID}<br></div><blockquote type="cite"><p>Tháng 9</p></blockquote>',
        f'<blockquote type="cite"><div>{SAID}</div><br><div>Tháng 9</div></blockquote>',
        f'<div class="yahoo_quoted"><div>{SAID}</div><div>Tháng 9</div></div>',
        f'<hr><div id="divRplyFwdMsg">{HEADER}</div><div>Tháng 9</div>',
        f'<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p>{HEADER}</p></div><p>Tháng 9</p>',
        '<blockquote style="border-left:1px #ccc solid">Tháng 9</blockquote>',
    ],
)
def test_a_quotation_is_known_in_html_alone(quotation: str) -> None:
    raw = f"Content-Type: text/html; charset=utf-8\r\n\r\n<div>Gửi tháng 10</div>{quotation}"
    parsed = parse_message(raw.encode(), Limits())
    assert (parsed.own_text, "Tháng 9" in parsed.text) == ("Gửi tháng 10", True)
