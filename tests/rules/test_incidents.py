"""What is an urgent report and what only speaks of such matters."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from triage_mails import CATEGORIES, RECEIVED, directory, document, mail

from intake.model import Agency, Contact, ReportType
from intake.rules.names.directory import Directory
from intake.rules.urgent.incidents import Doubt, Mentioned, find_incident
from intake.rules.verdicts import IncidentVerdict


def found(reading, registry=None, categories=CATEGORIES, open_incidents=()):
    return find_incident(reading, registry or directory(), categories, RECEIVED, open_incidents)


URGENT = [
    ("Báo cáo nhanh vụ cháy nhà dân tại thôn 3", "fire_explosion"),
    ("HOẢ TỐC: Báo cáo nhanh số 1 tình hình mưa lũ", "natural_disaster"),
    ("HỎA TỐC - lũ quét tại làng Kon", "natural_disaster"),
    ("Khẩn: cháy kho hàng đường Lê Lợi", "fire_explosion"),
    ("[KHẨN] nổ bình gas tại chợ", "fire_explosion"),
    ("Khẩn cấp: sạt lở đèo, chia cắt hai thôn", "natural_disaster"),
    ("Vụ giết người tại thôn 2 (HỎA TỐC)", "public_order"),
    ("V/v báo cáo nhanh vụ chặt phá rừng tại tiểu khu 21", "deforestation"),
    ("BC nhanh: phát hiện nhóm người vượt biên trái phép", "border_crossing"),
    ("Báo cáo nhanh ổ dịch tả lợn châu Phi", "epidemic"),
    ("Báo cáo nhanh ca bệnh bạch hầu đầu tiên", "epidemic"),
    ("Báo cáo ổ dịch tại thôn Hạ", "epidemic"),
    ("Bao cao nhanh vu gay roi trat tu", "public_order"),
    ("BCN vụ giết người tại thôn 2", "public_order"),
    ("Báo cáo đột xuất vụ đuối nước tại hồ thủy lợi", "other"),
    ("Báo cáo vụ cháy rừng tại tiểu khu 5", "fire_explosion"),
    ("Re: Báo cáo tiếp theo về vụ cháy chợ", "fire_explosion"),
    ("Fwd: TL: [BC-7KQ2] Báo cáo nhanh vụ cháy chợ", "fire_explosion"),
    ("Bao cao nhanh vu chay rung", "fire_explosion"),
    ("Bao cao nhanh vu no binh gas", "fire_explosion"),
    ("Khan: chay kho hang duong Le Loi", "fire_explosion"),
    ("BAO CAO DOT XUAT VU PHA RUNG", "deforestation"),
    ("Báo cáo nhanh công tác ứng phó mưa lũ do bão số 6", "natural_disaster"),
    ("Báo cáo ban đầu vụ ngộ độc tập thể tại trường học", "epidemic"),
    ("Báo cáo nhanh vụ cháy đêm 11 tháng 8 năm 2026", "fire_explosion"),
    ("Báo cáo nhanh vụ cháy ngày 11/8/2026", "fire_explosion"),
    ("Báo cáo khẩn: sạt lở đất làm sập 3 nhà", "natural_disaster"),
    ("Tin nhanh: bắt quả tang nhóm đối tượng đánh bạc", "social_evil"),
    ("Báo cáo nhanh triệt phá đường dây ma túy", "social_evil"),
    ("Báo cáo nhanh: nhập cảnh trái phép qua cột mốc 30", "border_crossing"),
    ("Báo cáo nhanh vụ cháy rừng do phá rừng làm rẫy", "fire_explosion"),
    ("Báo cáo nhanh sự cố nghiêm trọng: cháy kho xăng dầu", "fire_explosion"),
    ("Báo cáo nhanh vụ đuối nước trong mưa lũ", "other"),
    ("Báo cáo đột xuất: tập trung đông người trước trụ sở xã", "security"),
    ("Báo cáo nhanh thực hiện Công điện số 07: ngập lụt tại thôn 3", "natural_disaster"),
    ("Báo cáo nhanh: sạt lở, đường chưa thông xe trở lại", "natural_disaster"),
    ("Khẩn: ngộ độc sau khi tiêm vắc xin bạch hầu", "epidemic"),
    ("Báo cáo nhanh tình hình ngập lụt tính đến 16 giờ 00 ngày 12/8/2026", "natural_disaster"),
]


@pytest.mark.parametrize(("subject", "category"), URGENT)
def test_an_urgent_subject_opens_an_incident_of_its_category(subject, category):
    verdict = found(mail(subject))
    assert isinstance(verdict, IncidentVerdict)
    assert (verdict.category, verdict.agency, verdict.joins) == (category, "XANTAN", None)


URGENT_TEXTS = [
    ("", "Báo cáo VP UBND tỉnh: khoảng 21h40 tối nay xảy ra cháy lớn tại kho hàng. Xe chữa cháy đang dập lửa.",
     "fire_explosion"),
    ("Báo cáo", "Lúc 03h20 ngày 07/8, biên phòng phát hiện 06 người vượt biên trái phép.", "border_crossing"),
    ("BC", "Bao cao: luc 14h00 xay ra chay rung tai tieu khu 12", "fire_explosion"),
    ("Cháy rừng tiểu khu 12", "Lúc 14:05 xảy ra cháy rừng, chưa khống chế được.", "fire_explosion"),
    ("Cháy kho hàng tại khu công nghiệp", "Hiện đang cháy lớn, xe chữa cháy đang tới.", "fire_explosion"),
    ("Phát hiện 02 người nhập cảnh trái phép", "Tổ tuần tra phát hiện họ nhập cảnh trái phép.", "border_crossing"),
    ("Báo cáo 01 người tử vong do mưa lũ", "Ông A bị nước cuốn khi mưa lũ về.", "natural_disaster"),
    ("Báo cáo nhanh tình hình mưa lũ", "Không có thiệt hại về người do mưa lũ.", "natural_disaster"),
    ("Báo cáo đột xuất tình hình an ninh tại thôn 1", "Sáng nay 60 người tập trung đông người, gây mất an ninh.",
     "security"),
    ("Báo cáo nhanh số 1", "BÁO CÁO NHANH SỐ 1\nTình hình mưa lũ (tính đến 08 giờ 00, ngày 12/8/2026)",
     "natural_disaster"),
    ("Báo cáo nhanh", "Đêm qua lũ quét cuốn trôi cầu treo, cháy một trạm điện. Mưa lũ còn kéo dài, sạt lở nhiều nơi.",
     "natural_disaster"),
    ("Báo cáo nhanh vụ cháy", "Đã dập tắt. Không có người bị nạn trong vụ cháy. Đề nghị tỉnh hướng dẫn khắc phục.",
     "fire_explosion"),
    ("Báo cáo nhanh vụ cháy chợ", "Cháy nổ khác: không.", "fire_explosion"),
    ("Báo cáo nhanh", "Trực phòng chống thiên tai xã báo cáo: mưa lũ làm ngập 3 thôn.", "natural_disaster"),
    ("gấp gấp", "Kính báo anh: đang cháy lớn ở chợ từ 14h.", "fire_explosion"),
    ("Báo cáo sự cố cháy trạm biến áp", "Mất điện toàn xã.", "fire_explosion"),
    ("Re: Đề nghị báo cáo vụ việc", "Lúc 2h ngày 11/8 xảy ra cháy chợ.", "fire_explosion"),
    ("Báo cáo nhanh vụ cháy chợ", "Em cảm ơn. Cháy đã dập tắt.", "fire_explosion"),
    ("Báo cáo nhanh", "Cháy, không rõ nguyên nhân.", "fire_explosion"),
    ("Báo cáo nhanh", "Không rõ nguyên nhân cháy.", "fire_explosion"),
    ("Báo cáo nhanh", "Chưa khống chế được cháy, nổ, thiệt hại về người: không có số liệu.", "fire_explosion"),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "text", "category"), URGENT_TEXTS)
def test_an_urgent_text_opens_an_incident_of_its_category(subject, text, category):
    verdict = found(mail(subject, text))
    assert isinstance(verdict, IncidentVerdict)
    assert verdict.category == category


LETTER = "UBND XÃ AN TÂN\nSố: 40/UBND\nV/v báo cáo nhanh vụ phá rừng\ntại tiểu khu 9\nKính gửi: UBND tỉnh\n"
REPORT = "UBND XÃ AN TÂN\nSố: 41/BC-UBND\n\nBÁO CÁO NHANH\nVụ cháy chợ xã An Tân\n\nKính gửi: UBND tỉnh\nLúc 2 giờ"


@pytest.mark.parametrize(("text", "category"), [(LETTER, "deforestation"), (REPORT, "fire_explosion")])
def test_the_title_of_a_document_is_enough(text, category):
    verdict = found(mail("Gửi văn bản", "Kính gửi VP.", document(text)))
    assert isinstance(verdict, IncidentVerdict)
    assert verdict.category == category


def test_a_file_name_is_enough_where_the_document_cannot_be_read():
    verdict = found(mail("", "Gửi VP.", document(name="BC nhanh vu chay cho.pdf", outcome="empty")))
    assert isinstance(verdict, IncidentVerdict)
    assert verdict.title == "BC nhanh vu chay cho"


def test_a_quick_report_on_another_topic_that_touches_such_matters_is_no_incident():
    mentioned = found(mail("Báo cáo nhanh tình hình sản xuất nông nghiệp", "Có 2 ha lúa bị ngập lụt."))
    assert mentioned == Mentioned(('its text tells of "ngập lụt" (natural_disaster)',))


NEAR_MISSES = [
    "Báo cáo công tác phòng cháy, chữa cháy quý III",
    "Báo cáo công tác phòng cháy và chữa cháy",
    "Báo cáo quản lý, bảo vệ rừng tháng 10/2026",
    "Báo cáo tình hình phá rừng, khai thác lâm sản trái phép tháng 8",
    "BC dịch tuần 45",
    "Báo cáo ca bệnh truyền nhiễm tuần 32",
    "Báo cáo tổng kết PCTT năm 2026",
    "Báo cáo tổng kết công tác phòng, chống thiên tai",
    "Báo cáo công tác phòng, chống thiên tai năm 2026",
    "Báo cáo trực ban ngày 12/8",
    "BC trực ban ngày 12/8/2026: xảy ra 01 vụ cháy",
    "Báo cáo phòng, chống tội phạm, ma túy và tệ nạn xã hội 6 tháng đầu năm",
    "Báo cáo kết quả đấu tranh phòng chống ma túy",
    "Bao cao phong chong ma tuy quy 3",
    "Kế hoạch diễn tập chữa cháy",
    "Kế hoạch phòng, chống mưa lũ năm 2026",
    "Báo cáo nhanh kết quả diễn tập xử lý vụ cháy rừng",
    "Giấy mời họp về vụ cháy chợ",
    "Mời dự hội nghị phòng cháy rừng",
    "Hướng dẫn báo cáo nhanh thiên tai",
    "Mẫu báo cáo nhanh vụ cháy",
    "Đề nghị hỗ trợ dự án khẩn cấp khắc phục sạt lở",
    "Khẩn trương nộp báo cáo tháng 8",
    "Khẩn: nộp báo cáo tháng 8",
    "Hỏa tốc: gửi báo cáo KT-XH tháng 8",
    "Xin gia hạn báo cáo nhanh vụ cháy",
    "Báo cáo nhanh các vụ cháy quý III",
    "Báo cáo nhanh tình hình thiên tai tháng 8",
    "Báo cáo nhanh tình hình ma túy 6 tháng đầu năm 2026",
    "Chạy thử hệ thống báo cáo nhanh",
    "Bao cao nhanh chay thu he thong",
    "Bao cao nhanh no dong ngan sach",
    "Báo cáo nhanh tiến độ giải ngân",
    "Báo cáo nhanh tình hình sản xuất vụ Đông Xuân",
    "Báo cáo nhanh công tác bảo vệ rừng",
    "Báo cáo nhanh nguy cơ cháy rừng cấp V",
    "Báo cáo nhanh công tác phòng cháy, chữa cháy",
    "Báo cáo đột xuất việc tuyên truyền phòng, chống ma túy",
    "Công điện về phòng, chống mưa lũ",
    "Khẩn: cảnh báo mưa lũ",
    "Thu hồi báo cáo nhanh vụ cháy",
    "Dự thảo báo cáo nhanh vụ cháy",
    "Yêu cầu báo cáo nhanh vụ cháy chợ",
    "Đôn đốc báo cáo nhanh vụ cháy chợ",
    "Nợ xấu 6 tháng",
    "Bảo số liệu tháng 8",
    "Bùng nổ du lịch địa phương",
    "Báo cáo kết quả xử lý vụ phá rừng tại tiểu khu 108",
    "Báo cáo kết quả khắc phục hậu quả mưa lũ",
    "V/v hoàn thành khắc phục sạt lở trên tuyến QL19 sau mưa lũ tháng 11",
    "Báo cáo giao ban tuần 33: có vụ cháy",
    "Báo cáo thống kê vụ cháy năm 2026",
    "Báo cáo chuyên đề vụ án ma túy",
    "Đề nghị trang bị xe chữa cháy",
    "Đăng ký tập huấn cứu nạn vụ cháy",
    "Báo cáo hằng tháng về mại dâm",
    "Báo cáo công tác dân số",
    "Quyết định khen thưởng thành tích chữa cháy",
    "Báo cáo sơ kết phong trào",
    "Báo cáo tình hình kinh tế - xã hội",
    "",
    "Khẩn: đề nghị cấp vắc xin bạch hầu, dại",
    "Cảm ơn UBND tỉnh đã hỗ trợ khắc phục bão số 6",
    "Công bố hết dịch lở mồm long móng tại xã An Tân",
    "Công điện khẩn: yêu cầu các xã ứng phó áp thấp nhiệt đới",
    "Đính chính tin đồn vỡ đập Biển Hồ",
]


@pytest.mark.parametrize("subject", NEAR_MISSES)
def test_what_only_speaks_of_such_matters_opens_no_incident(subject):
    assert not isinstance(found(mail(subject)), IncidentVerdict | Doubt)


NEAR_MISS_TEXTS = [
    ("Báo cáo trực ban ngày 12/8/2026", "Khẩn: hiện đang cháy chợ từ 16h."),
    ("Re: [BC-7KQ2] Đã nhận báo cáo nhanh vụ cháy chợ", "Em cảm ơn anh."),
    ("Re: Đề nghị báo cáo vụ cháy chợ", "Vâng, xã sẽ gửi sau."),
    ("Báo cáo trực ban ngày 12/8/2026", "Lúc 2h xảy ra 01 vụ cháy tại thôn 2."),
    ("BC", "BÁO CÁO TRỰC BAN NGÀY 12/8\n1. Thiên tai: không.\n2. Không xảy ra vượt biên, ma túy.\n3. Cháy, nổ: 0"),
    ("Báo cáo nhanh tình hình cháy nổ", "Trong ngày không xảy ra cháy, nổ."),
    ("Báo cáo nhanh tình hình cháy nổ", "Cháy, nổ: không, vượt biên: không."),
    ("Báo cáo nhanh tình hình cháy nổ", "Cháy và nổ không phát sinh"),
    ("Báo cáo nhanh", "Chưa phát hiện phá rừng; không ghi nhận ca bệnh. Cháy: 00 vụ."),
    ("Báo cáo nhanh", "Trong ngày không có: cháy, nổ; cháy không, nổ cũng không."),
    ("Báo cáo nhanh", "Cháy không; ma túy không phát sinh vụ việc mới."),
    ("Giấy mời", "Mời họp lúc 08h00 về vụ cháy chợ."),
    ("Góp ý dự thảo", "Quy định phòng cháy có hiệu lực từ 8 giờ."),
    ("Xin số điện thoại", "Lúc 8h tôi có gọi, nhờ gửi mẫu báo cáo nhanh vụ cháy."),
    ("Đề nghị hỗ trợ kinh phí", "Do mưa lũ lúc 8h ngày 1/8 gây sạt lở, xã đề nghị hỗ trợ kinh phí."),
    ("Báo cáo dịch bệnh tháng 8", "Xã gửi báo cáo. Lúc 8 giờ ghi nhận 2 ca bệnh."),
    ("Báo cáo tình hình an ninh ngày 12/8", "Lúc 2h xảy ra 01 vụ cháy."),
    ("Cháy chợ", "Tôi đọc tin cháy chợ."),
    ("Gửi anh", "Vụ cháy hôm trước thế nào rồi?"),
    ("Báo cáo", "Trạm chữa cháy sẽ chạy thử lúc 8h. Nguy cơ xảy ra cháy rừng cao."),
    ("Cảm ơn tỉnh đã hỗ trợ sau lốc xoáy", "35 hộ bị tốc mái do lốc xoáy ngày 11/8/2026 rất phấn khởi."),
    ("Số liệu tệ nạn xã hội 11 tháng", "Trong 11 tháng triệt phá 142 vụ đánh bạc, 87 vụ ma túy, bắt 402 người."),
    ("Kết quả phòng, chống ma túy 6 tháng đầu năm", "Phát hiện 61 vụ, bắt 80 đối tượng."),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "text"), NEAR_MISS_TEXTS)
def test_a_text_that_denies_fears_or_recalls_such_matters_opens_no_incident(subject, text):
    assert not isinstance(found(mail(subject, text)), IncidentVerdict | Doubt)


def test_a_duty_report_that_tells_of_a_fire_says_so_to_whoever_decides():
    assert found(mail("Báo cáo trực ban ngày 12/8", "Lúc 2h xảy ra 01 vụ cháy.")) == Mentioned(
        ('its text tells of "cháy" (fire_explosion)',)
    )


def test_an_urgent_report_of_no_configured_category_says_so_to_whoever_decides():
    mentioned = found(mail("Báo cáo nhanh vụ tranh chấp ranh giới"))
    assert isinstance(mentioned, Mentioned)
    assert "no configured category" in mentioned.evidence[0]


JUST_HAPPENED = [
    ("chay tau ca", "2h sang nay chay 3 tau ca, dang dap lua.", "fire_explosion"),
    ("xin bao", "Nuoc lu vao lang, con 11 nguoi ket tren noc nha.", "natural_disaster"),
    ("Báo cáo kết quả bắt quả tang vụ vận chuyển ma túy", "Hồi 03 giờ ngày 11/8/2026 bắt 2 đối tượng.", "social_evil"),
    ("người mất tích trong rừng", "2 người đi từ hôm 10/8 đến nay chưa về.", "other"),
    ("HỎA TỐC - nguy cơ vỡ đập", "Xã đang di dời khẩn cấp 85 hộ.", "other"),
    ("Báo cáo nhanh vụ tai nạn", "Sáng nay 2 người chết, 3 người bị thương.", "other"),
    ("BC nhanh sự cố cháy máy biến áp T1", "Mất điện.", "fire_explosion"),
    ("Báo cáo nhanh: 40 học sinh nghỉ học do sốt", "Hôm nay trạm y tế nghi bệnh sởi.", "epidemic"),
    ("Sập giàn giáo ở trường", "Sập giàn giáo khi tháo dỡ, 4 người bị vùi lấp.", "other"),
    ("Dân kéo về tỉnh", "Các hộ của dự án hồ chứa đang trên đường kéo về trụ sở.", "security"),
    ("Bệnh sởi", "Trong hai ngày qua thêm nhiều cháu mắc sởi.", "epidemic"),
    ("Trâu bò chết", "Trong 2 ngày 10 và 11/8 có 41 con trâu chết.", "epidemic"),
    ("ma tuy o quan bar", "Cong an vua kiem tra thay 12 nguoi dung ma tuy, dang lap bien ban.", "social_evil"),
]


@pytest.mark.parametrize(("subject", "text", "category"), JUST_HAPPENED)
def test_what_has_just_happened_is_urgent_whatever_it_is_called(subject, text, category):
    verdict = found(mail(subject, text))
    assert isinstance(verdict, IncidentVerdict)
    assert verdict.category == category


def forwarded(subject, text):
    reading = mail(f"Fwd: {subject}", f"Gửi trực ban.\n-----\n{text}")
    return replace(reading, message=replace(reading.message, own_text="Gửi trực ban."))


def test_whoever_forwards_a_mail_tells_what_it_says():
    verdict = found(forwarded("cháy quán", "4h10 sáng nay cháy quán karaoke, 2 người mắc kẹt."))
    assert isinstance(verdict, IncidentVerdict)


@pytest.mark.parametrize(
    "text",
    [
        "Sáng nay tường bao đổ vào nhà của 3 hộ ở thôn 2.",
        "Từ sáng nay bà con trong làng rất hoang mang.",
        "toi qua den gio ba con rat hoang mang",
    ],
)
def test_what_befell_many_or_is_calamitous_and_names_no_category_is_for_a_person(text):
    doubt = found(mail("gửi anh", text))
    assert isinstance(doubt, Doubt)
    assert "names no category" in doubt.reason
    assert doubt.agency == "XANTAN"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("gửi anh", "Sáng nay 3 hộ ở thôn 2 bị cấm. " + "Em gửi thêm danh sách. " * 80),
        ("gửi anh", "Sáng nay em bị mất mạng, gửi sau."),
        ("gửi anh", "Sáng nay 3 hộ ở thôn 2 bị cắt điện, đã nối lại."),
        ("Xét xử vụ án giết người", "Tòa xét xử vụ án giết người vào ngày 28/8."),
        ("Dự án hồ chứa", "Sáng nay họp về dự án, 12 hộ bị đổ tường trong vụ sạt lở năm 2024."),
        ("Báo cáo kết quả rà soát", "Sáng nay 3 hộ ở thôn 2 bị trễ hẹn."),
        ("báo cáo", "Hôm nay xã không phát sinh thiệt hại do mưa lũ."),
        ("Cháy hàng ấn chỉ", "Hôm nay biên lai đang cháy hàng."),
        ("Xin số liệu vụ sạt lở năm 2024", "Xã đề nghị cung cấp số liệu vụ sạt lở năm 2024."),
        ("bao cao thang", "Hom nay em dang chay bao cao."),
    ],
)
def test_an_ordinary_word_of_the_day_is_nothing_urgent(subject, text):
    assert not isinstance(found(mail(subject, text)), IncidentVerdict | Doubt)


def test_an_ordinary_mail_tells_of_nothing():
    assert found(mail("Báo cáo tháng 8", "Kính gửi VP.")) is None


def test_quoted_words_do_not_count():
    reading = mail("Đã nhận", "", sender="antan@tinh.example")
    assert found(reading) is None


def test_without_configured_categories_nothing_is_urgent():
    assert found(mail("Bàn giao"), categories={}) is None


def test_what_is_named_in_the_evidence_is_the_form_the_keywords_and_the_sender():
    verdict = found(mail("Báo cáo nhanh vụ cháy rừng, có nổ"))
    assert isinstance(verdict, IncidentVerdict)
    assert verdict.evidence[:3] == (
        'urgent report by "báo cáo nhanh"',
        "fire_explosion: cháy rừng, nổ",
        "sender antan@tinh.example belongs to XANTAN",
    )


@pytest.mark.parametrize(
    ("subject", "text", "title"),
    [
        ("Re: [BC-7KQ2] Báo cáo nhanh vụ cháy", "", "Báo cáo nhanh vụ cháy"),
        ("Báo cáo nhanh", "BÁO CÁO NHANH\nVụ cháy chợ", "BÁO CÁO NHANH Vụ cháy chợ"),
        ("BC", "BÁO CÁO\nNhanh vụ cháy (tính đến 17 giờ 00)", "Báo cáo nhanh vụ cháy"),
        ("(2 giờ cháy chợ)", "Hồi 2 giờ xảy ra cháy.", "(2 giờ cháy chợ)"),
        ("HỎA TỐC", "Xã báo cáo: " + "đêm qua mưa rất to, " * 10 + "gây ngập lụt.", "HỎA TỐC"),
        ("", "Xã báo cáo: 2 giờ " + "đêm qua mưa rất to, " * 10 + "xảy ra cháy.", "Xã báo cáo: 2 giờ đêm qua"),
    ],
)
def test_the_title_says_what_the_matter_is(subject, text, title):
    verdict = found(mail(subject, text))
    assert isinstance(verdict, IncidentVerdict)
    assert verdict.title.startswith(title)
    assert len(verdict.title) <= 200


@pytest.mark.parametrize(
    ("sender", "words"),
    [
        ("la@khac.example", "no agency's: la@khac.example"),
        ("", "no agency's: no address"),
        ("theodoi@vp.tinh.example", "no agency's"),
        ("truc@vp.tinh.example", "no agency's"),
        ("chung@tinh.example", "belongs to XANTAN and XBINHLONG"),
        ("huyencu@tinh.example", "belongs to HCU, not active"),
    ],
)
def test_an_urgent_mail_whose_agency_is_not_certain_waits_for_a_person(sender, words):
    doubt = found(mail("Báo cáo nhanh vụ cháy", sender=sender))
    assert isinstance(doubt, Doubt)
    assert "urgent matter" in doubt.reason
    assert words in doubt.reason


def test_a_sender_known_by_its_domain_is_known():
    verdict = found(mail("Báo cáo nhanh vụ cháy", sender="ai.do@binhlong.tinh.example"))
    assert isinstance(verdict, IncidentVerdict)
    assert verdict.agency == "XBINHLONG"


def test_a_place_that_is_named_is_not_the_reporter():
    verdict = found(mail("Báo cáo nhanh vụ cháy tại xã Bình Long", sender="truc@cat.tinh.example"))
    assert isinstance(verdict, IncidentVerdict)
    assert verdict.agency == "CAT"


def test_an_urgent_report_and_a_periodic_one_in_one_mail_wait_for_a_person():
    doubt = found(mail("Báo cáo nhanh vụ cháy", "", document("BÁO CÁO\nCông tác tháng 8 năm 2026")))
    assert isinstance(doubt, Doubt)
    assert "periodic" in doubt.reason


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Báo cáo nhanh tình hình mưa lũ, cháy", ""),
        ("Báo cáo nhanh", "Đêm qua có cháy. Sáng nay phát sinh tệ nạn xã hội."),
    ],
)
def test_two_categories_of_equal_weight_wait_for_a_person(subject, text):
    doubt = found(mail(subject, text))
    assert isinstance(doubt, Doubt)
    assert "category" in doubt.reason
    assert doubt.agency == "XANTAN"


def registry_with(*report_types: ReportType) -> Directory:
    agency = Agency(code="XANTAN", name="UBND xã An Tân")
    return Directory([agency], [Contact(agency_code="XANTAN", email="antan@tinh.example", role="duty")], report_types)


DAILY = ReportType(code="NGAY", name="Báo cáo nhanh tình hình cháy rừng", aliases=["BC cháy"], frequency="daily")
AD_HOC = ReportType(code="TT", name="Báo cáo nhanh tình hình cháy rừng", aliases=["- -"], frequency="ad_hoc")


def test_a_quick_report_that_the_registry_knows_as_a_daily_one_is_no_incident():
    assert found(mail("Báo cáo nhanh tình hình cháy rừng ngày 12/8"), registry_with(DAILY)) is None


def test_a_registered_ad_hoc_report_of_an_urgent_matter_is_an_incident():
    assert isinstance(found(mail("Báo cáo nhanh tình hình cháy rừng"), registry_with(AD_HOC)), IncidentVerdict)


def test_one_event_is_an_incident_even_under_a_name_that_a_daily_report_has():
    verdict = found(mail("BC cháy: báo cáo nhanh vụ cháy chợ"), registry_with(DAILY))
    assert isinstance(verdict, IncidentVerdict)


TELLING_WORDS = "báo cáo nhanh khẩn vụ cháy nổ không có xảy ra phòng chống mưa lũ tháng 8 năm 2026 : , . a"
WORDS = st.sampled_from([*TELLING_WORDS.split(), "\n"])


@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=30), st.text(max_size=40))
def test_no_text_however_odd_breaks_the_reading_or_books_a_stranger(subject, text, odd):
    reading = mail(" ".join(subject), " ".join(text) + odd, document(odd), sender="la@khac.example")
    assert not isinstance(found(reading), IncidentVerdict)


LOUD = "Sáng nay 3 người bị thương, 2 người mất liên lạc, chưa vào được, lực lượng đang tìm, đề nghị chi viện gấp."


def test_a_matter_that_is_not_over_alarms_whatever_else_the_mail_looks_like():
    doubt = found(mail("Báo cáo trực ban ngày 12/8/2026", LOUD))
    assert isinstance(doubt, Doubt)
    assert isinstance(found(mail("Danh sách gửi sau", LOUD)), Doubt)


def test_harm_that_a_document_names_clearly_is_booked_though_nothing_calls_it_urgent():
    text = "Sáng nay đám cháy lan sang kho, 3 người bị thương. Lửa cháy lan, cháy 2 dãy nhà, chưa khống chế được."
    verdict = found(mail("Gửi VP", "Gửi văn bản kèm theo.", document(text)))
    assert isinstance(verdict, IncidentVerdict)
    assert verdict.category == "fire_explosion"


def test_harm_whose_category_one_word_hints_at_is_for_a_person():
    text = "Sáng nay bồn chứa bục van, 6 công nhân bị thương, 2 người mắc kẹt, có tiếng nổ."
    doubt = found(mail("Gửi VP", "Gửi văn bản kèm theo.", document(text)))
    assert isinstance(doubt, Doubt)
    assert "fire_explosion" in doubt.reason


def test_what_is_not_yet_over_is_urgent():
    verdict = found(mail("Đường tỉnh 668 chưa thông xe trở lại do sạt lở", "15h hôm nay tiếp tục sạt lở taluy."))
    assert isinstance(verdict, IncidentVerdict)


@pytest.mark.parametrize(
    "subject", ["Báo cáo nhanh vụ cháy làm chết cháu bé 3 tháng", "Tình hình cháy nhà làm chết bé 3 tháng"]
)
def test_the_age_of_a_child_is_no_period(subject):
    verdict = found(mail(subject, "22h tối 11/8/2026 cháy nhà hẻm 5, 1 bé tử vong, mẹ bỏng nặng."))
    assert isinstance(verdict, IncidentVerdict)


def test_a_list_of_matters_of_different_categories_is_for_a_person():
    text = "Báo cáo nhanh:\n1. 21h20 hai nhóm chém nhau, 1 người chết.\n2. 23h45 cháy xưởng gỗ, đang chữa."
    verdict = found(mail("Tổng hợp 2 vụ đêm 11/8", text))
    assert isinstance(verdict, Doubt)
    assert "several" in verdict.reason


def test_a_list_of_what_one_matter_did_is_one_matter():
    text = "Báo cáo nhanh:\n- 5h lũ quét cuốn 3 nhà.\n- 6h sạt lở đường vào thôn, mất liên lạc 2 hộ."
    verdict = found(mail("Mưa lũ tại xã", text))
    assert isinstance(verdict, IncidentVerdict)
    assert verdict.category == "natural_disaster"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Fwd: Báo cáo vụ cháy", "Chuyển để lưu.\n\n---------- Forwarded message ---------\nFrom: A <a@b.example>\n"
         "Date: 12 thg 3, 2018\nSubject: Báo cáo vụ cháy\n\nLúc 2h ngày 12/3/2018 cháy chợ, 3 ki ốt bị thiêu rụi."),
        ("Kết quả xét xử vụ giết người tại Ia Pa", "Sáng nay tòa tuyên phạt bị cáo 20 năm tù về tội giết người."),
        ("Số liệu TNGT quý III", "TNGT: 214 vụ, 120 người chết, giảm 5% so cùng kỳ."),
        ("Xin hoãn họp trực tuyến do cúp điện", "Sáng nay sét đánh hỏng trạm biến áp, xã xin hoãn họp."),
    ],
)  # fmt: skip
def test_what_is_over_tried_counted_or_an_excuse_opens_no_incident(subject, text):
    assert not isinstance(found(mail(subject, text)), IncidentVerdict | Doubt)


def test_a_line_that_tells_the_hour_is_no_title():
    text = "11h35 rung lac manh, nut tuong truong mam non, hoc sinh chay ra san, chua ai bi thuong"
    assert found(mail("Dong dat", text)).category == "natural_disaster"


def test_harm_told_in_english_is_for_a_person():
    text = "At 13:50 today a boiler exploded at the plant. Two workers were killed and five injured."
    assert isinstance(found(mail("URGENT: explosion", text)), Doubt)


def test_news_that_a_stranger_sends_to_many_alarms_nobody():
    text = "Sáng nay cháy lớn tại Hà Nội làm 14 người chết."
    assert not isinstance(found(mail("Cháy lớn", text, sender="tin@bao.example", from_list=True)), Doubt)


def test_animals_that_die_together_are_an_epidemic():
    text = "Từ 10 đến 12/8 chết 4.200 con, mẫu dương tính H5N1."
    assert found(mail("BC gà chết hàng loạt", text)).category == "epidemic"


def test_the_report_of_a_day_on_one_event_is_of_that_event():
    verdict = found(mail("Báo cáo ngày 11/8 ổ dịch trại gà", "Ổ dịch trại gà: đã tiêu hủy 100 con."))
    assert isinstance(verdict, IncidentVerdict)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("KHẨN: tình huống giả định số 3", "9h00 cháy rừng TK 930, 3 người mắc kẹt."),
        ("Khẩn: cháy rừng tại TK 930", "Diễn tập: 9h00 sáng nay cháy rừng, 3 người mắc kẹt."),
    ],
)
def test_what_begins_as_a_drill_is_one_however_loudly_it_is_marked(subject, text):
    assert not isinstance(found(mail(subject, text)), IncidentVerdict | Doubt)


def test_a_plea_for_time_that_tells_of_people_in_danger_is_for_whoever_is_on_duty():
    text = "Do lũ cuốn trôi cầu lúc 3h sáng nay, 2 thôn bị cô lập, 1 người mất tích, đang đi cứu nạn, xã xin gia hạn."
    assert isinstance(found(mail("Xin gia hạn báo cáo tháng 8", text)), Doubt)


def test_an_answer_to_a_reminder_that_tells_of_harm_is_for_whoever_is_on_duty():
    subject = "Re: [BC-DNFD53] Nhắc: Báo cáo tình hình kinh tế - xã hội tháng 8/2026 - hết ngày 18/8/2026"
    text = "8h30 sáng nay cháy trụ sở UBND xã, 2 cán bộ bị bỏng, đang dập lửa."
    assert isinstance(found(mail(subject, text)), Doubt)
    assert not isinstance(found(mail(subject, "Xã đã nhận, chiều nay gửi.")), Doubt)


LEAK = "3. Vấn đề phát sinh: 11 giờ 40 trưa nay, rò rỉ khí amoniac tại kho lạnh;\n36 công nhân ngạt phải đi cấp cứu."
WEEK = "1. Công nghiệp: tăng 3,1%.\n2. Thương mại: ổn định.\n{}\n4. Nhiệm vụ tuần tới: kiểm tra chợ."


@pytest.mark.parametrize(
    ("subject", "passage", "is_heard"),
    [
        ("BC giao ban tuần 33", LEAK, True),
        ("BC giao ban tuần 33", LEAK.replace("trưa nay", "ngày 12/8"), True),
        ("BC giao ban tuần 33", LEAK.replace("trưa nay", "ngày 10/8"), False),
        ("BC giao ban tuần 33", LEAK.replace("36 công nhân", "Công nhân"), False),
        ("BC giao ban tuần 33", "3. Hôm nay Sở kiểm tra nơi 4 công nhân tử vong, 2 người ngạt ngày 10/8.", False),
        ("BC trực ban ngày 12/8", LEAK, False),
        ("BC giao ban tuần 33 (từ ngày 3/8 đến ngày 9/8)", LEAK, True),
    ],
)
def test_harm_done_today_is_heard_in_a_report_on_a_longer_time(subject, passage, is_heard):
    assert isinstance(found(mail(subject, WEEK.format(passage))), Doubt) == is_heard


def test_harm_done_today_is_heard_beside_the_report_that_a_reminder_asked_for():
    told = "Xã xin nộp báo cáo. Báo cáo thêm: 8 giờ sáng nay sập giàn giáo, 3 công nhân tử vong, 5 bị thương."
    paper = document("UBND XÃ AN TÂN\nBÁO CÁO\nPhục vụ giao ban tuần 33\nỔn định.")
    assert isinstance(found(mail("Re: [BC-7KQ2] Nhắc: Báo cáo giao ban tuần 33", told, paper)), Doubt)


def test_harm_done_today_is_heard_in_a_document_of_a_week():
    paper = document("UBND XÃ AN TÂN\nBÁO CÁO\nPhục vụ giao ban tuần 33\n" + WEEK.format(LEAK))
    assert isinstance(found(mail("BC giao ban tuần 33", "Kính gửi VP.", paper)), Doubt)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Bảo hiểm cháy nổ bắt buộc", "Mỗi năm có 3.000 vụ cháy! Hãy bảo vệ gia đình bạn ngay hôm nay."),
        ("TIN CẢNH BÁO MƯA LỚN", "Từ chiều nay mưa to; nguy cơ cao xảy ra lũ quét, sạt lở đất tại vùng núi, ngập úng."),
        ("Bản tin", "Hôm nay cấp độ rủi ro thiên tai cấp 1."),
        ("Mượn máy", "Sáng nay xe nổ máy không được, 2 người bị trễ."),
        ("Thử còi báo động", "14h chiều nay thử còi báo động xả lũ, đề nghị người dân không hoang mang."),
        ("Bài dự thi tìm hiểu PCCC", "Câu 1: Khi cháy, gọi 114. Câu 2: 3 người mắc kẹt thì làm gì?"),
        ("Tai nạn lao động 10 tháng", "10 tháng năm 2026 xảy ra 12 vụ tai nạn lao động, 4 người chết, giảm 2 vụ."),
    ],
)
def test_what_is_sold_or_forecast_is_nothing_urgent(subject, text):
    assert not isinstance(found(mail(subject, text, sender="la@khac.example")), IncidentVerdict | Doubt)


@pytest.mark.parametrize(
    ("subject", "text", "category"),
    [
        ("Sự cố lưới điện", "8h sáng nay trạm 110kV phát nổ máy biến áp, 2 công nhân bị bỏng.", "fire_explosion"),
        ("Thông tin thêm vụ cháy chợ", "Xã báo cáo: số người chết tăng lên 4; đang điều tra.", "fire_explosion"),
    ],
)
def test_what_blew_up_or_killed_more_people_is_urgent(subject, text, category):
    verdict = found(mail(subject, text))
    assert isinstance(verdict, IncidentVerdict)
    assert verdict.category == category


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("", "Có 2 bà bán rau kẹt dưới, đang đào, còn 1 bà đã chở đi viện"),
        ("Xin ý kiến", "Một trực thăng không rõ phiên hiệu hạ cánh khẩn cấp lúc 7h35, trên máy bay có 4 người."),
        ("Lịch thi", "1. Tập huấn ngày 20/8.\nLưu ý: trưa nay 28 học sinh nôn ói sau bữa ăn, đã đưa đi cấp cứu."),
    ],
)
def test_harm_told_in_few_words_or_amid_others_is_heard(subject, text):
    assert isinstance(found(mail(subject, text)), IncidentVerdict | Doubt)
