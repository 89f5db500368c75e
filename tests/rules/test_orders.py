"""What an officer orders by mail, and to which agencies it goes."""

import pytest
from builders import ZONE, at
from triage_mails import mail

from intake.model import Agency
from intake.rules.dealings.addressees import addressees
from intake.rules.dealings.orders import Problem, order_in
from intake.rules.names.directory import Directory

NOW = at("2026-11-05 14:00")
NAMES = {
    "office": "Văn phòng UBND tỉnh",
    "HCPR": "UBND huyện Chư Prông",
    "XCPR": "UBND xã Chư Prông",
    "HDD": "UBND huyện Đak Đoa",
    "SYT": "Sở Y tế",
    "SLD": "Sở Lao động, Thương binh và Xã hội",
    "SNN": "Sở Nông nghiệp và Phát triển nông thôn",
}
ALIASES = {"HCPR": ["Chư Prông"], "SNN": ["Sở NN&PTNT"]}
DIRECTORY = Directory(
    [Agency(code=code, name=name, aliases=ALIASES.get(code, [])) for code, name in NAMES.items()]
    + [Agency(code="HCU", name="UBND huyện Cũ", active_to=at("2025-06-30 00:00").date())],
    [],
    [],
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("UBND huyện Chư Prông", ("HCPR",)),
        ("UBND huyen Chu Prong, So Y te", ("HCPR", "SYT")),
        ("huyện Chư Prông; xã Chư Prông", ("HCPR", "XCPR")),
        ("Sở Lao động, Thương binh và Xã hội và Sở NN&PTNT", ("SLD", "SNN")),
        ("SYT, HDD", ("SYT", "HDD")),
        ("Kính gửi các Sở Y tế cùng UBND huyện Đắk Đoa.", ("SYT", "HDD")),
        ("Sở Y tế, Sở Y tế", ("SYT",)),
        ("", ()),
    ],
)
def test_agencies_are_known_by_name_alias_or_code(text, codes):
    found = addressees(text, DIRECTORY, NOW.date())
    assert (found.codes, found.unknown, found.ambiguous) == (codes, (), ())


@pytest.mark.parametrize(
    ("text", "unknown", "ambiguous"),
    [
        ("UBND huyện Chư Păh, Sở Y tế", ("UBND huyện Chư Păh",), ()),
        ("Sở Y tế mở rộng", ("mở rộng",), ()),
        ("Chư Prông", (), ("Chư Prông",)),
        ("UBND huyện Cũ", ("UBND huyện Cũ",), ()),
        ("Văn phòng UBND tỉnh", ("Văn phòng UBND tỉnh",), ()),
    ],
)
def test_what_is_nobodys_name_or_two_agencies_is_given_back(text, unknown, ambiguous):
    found = addressees(text, DIRECTORY, NOW.date())
    assert (found.unknown, found.ambiguous) == (unknown, ambiguous)


def found(subject, text=""):
    return order_in(mail(subject, text).message, DIRECTORY, NOW, ZONE)


@pytest.mark.parametrize(
    ("subject", "text", "wanted"),
    [
        (
            "YÊU CẦU BÁO CÁO: UBND huyện Chư Prông: cháy rừng tại xã Ia Púch, trước 17h",
            "",
            ("request", ("HCPR",), "cháy rừng tại xã Ia Púch", None, "17:00"),
        ),
        (
            "yeu cau bao cao: UBND huyen Chu Prong, So Y te: ngo doc, bao cao truoc 17:30",
            "",
            ("request", ("HCPR", "SYT"), "ngo doc", None, "17:30"),
        ),
        ("YÊU CẦU BÁO CÁO: SYT: thêm về vụ VV-0012", "", ("request", ("SYT",), "thêm về vụ VV-0012", 12, None)),
        (
            "CHỈ ĐẠO: UBND huyện Đak Đoa: phòng chống dịch bạch hầu, báo cáo trước 17h",
            "",
            ("directive", ("HDD",), "phòng chống dịch bạch hầu", None, "17:00"),
        ),
        ("Re: x", "ĐÓNG\n\n--\nNguyễn Văn A", ("close", (), "", None, None)),
        ("Re: x", "dong vu viec nay.", ("close", (), "", None, None)),
        ("Re: x", "Đóng VV-0012!", ("close", (), "", 12, None)),
        ("ĐÓNG VV-0012", "", ("close", (), "", 12, None)),
        ("Re: x", "Kết thúc", ("end", (), "", None, None)),
        ("Re: x", "GIAO Sở Y tế trước 17h\nTrân trọng", ("assign", ("SYT",), "", None, "17:00")),
        ("Re: x", "giao cho so y te truoc 17h: neu ro so ca", ("assign", ("SYT",), "neu ro so ca", None, "17:00")),
        ("Re: x", "Giao Sở Y tế", ("assign", ("SYT",), "", None, None)),
        ("GIAO VV-12 Sở Y tế trước 17h", "x", ("assign", ("SYT",), "", 12, "17:00")),
        ("Re: x", "Giao Sở Y tế kiểm tra, báo cáo trước 17h", ("assign", ("SYT",), "kiểm tra, báo cáo", None, "17:00")),
        ("Re: x", "Giao Sở Y tế báo cáo", ("assign", ("SYT",), "báo cáo", None, None)),
        ("Re: x", "Giao Sở Y tế trước 17h báo cáo", ("assign", ("SYT",), "báo cáo", None, "17:00")),
    ],
)
def test_an_order_is_understood_wholly(subject, text, wanted):
    order = found(subject, text)
    clock = order.due_at.strftime("%H:%M") if order.due_at else None
    assert (order.kind, order.units, order.title, order.incident, clock) == wanted
    assert order.problems == ()


@pytest.mark.parametrize(
    ("subject", "text", "problems"),
    [
        ("YÊU CẦU BÁO CÁO cháy rừng", "", [("unclear", "cháy rừng")]),
        ("YÊU CẦU BÁO CÁO: Sở Y tế cháy rừng", "", [("unclear", "Sở Y tế cháy rừng")]),
        ("YÊU CẦU BÁO CÁO: : cháy", "", [("no_unit", "")]),
        ("YÊU CẦU BÁO CÁO: Sở Y tế: trước 17h", "", [("no_subject", "trước 17h")]),
        (
            "YÊU CẦU BÁO CÁO: Chư Prông, Sở X: cháy, sáng mai",
            "",
            [("unknown_unit", "Sở X"), ("ambiguous_unit", "Chư Prông"), ("unclear_time", "sáng mai")],
        ),
        ("Re: x", "GIAO Sở Y tế trước 8h", [("past_time", "trước 8h")]),
        ("Re: x", "Giao ban", [("unknown_unit", "ban")]),
        ("Re: x", "Đông quá", [("unclear", "Đông quá")]),
        ("Re: x", "ĐÓNG\nGIAO Sở Y tế", [("unclear", "ĐÓNG; GIAO Sở Y tế")]),
    ],
)
def test_what_is_not_understood_is_said(subject, text, problems):
    assert found(subject, text).problems == tuple(Problem(kind, words) for kind, words in problems)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: YÊU CẦU BÁO CÁO: Sở Y tế: cháy", "Xã báo cáo."),
        ("Chỉ đạo điều hành tháng 10", "Gửi báo cáo."),
        ("Giao ban tuần", ""),
        ("Re: x", "OK cảm ơn"),
        ("Báo cáo", ""),
    ],
)
def test_other_mails_order_nothing(subject, text):
    assert found(subject, text) is None
