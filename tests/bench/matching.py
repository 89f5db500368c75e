"""The cost of matching one mail against 50, 500 and 3,500 agencies that owe 200 report types.

The registry is of a country's size: communes with real-sounding names, many alike but for one word or one tone, and
departments. The indexes are built once, and then asked for every mail. What is matched was read before.
"""

import itertools
import random
from datetime import date

from builders import ZONE, at

from bench.measuring import PAIRS, Cost, cost_of, in_turns, median, ratio, show, size_from_arguments
from intake.mail.parsed import Address, Attachment, ParsedMessage
from intake.model import OFFICE, Agency, Contact, ReportType
from intake.rules.matching.match import match
from intake.rules.names.directory import Directory
from intake.rules.reading import DocumentReading, MailReading

AGENCIES = 3_500
TYPES = 200
MAILS = 60
RECEIVED = at("2026-11-16 09:00")
FIRST = "An Bình Hòa Phú Tân Long Thạnh Vĩnh Mỹ Đông Tây Nam Bắc Xuân Thanh Quảng Ia Đak Chư Kông Ea Krông Sơn Hà"
SECOND = """\
Cường Hải Khê Lộc Nghĩa Phước Thọ Thịnh Trung Thủy Hưng Hùng Lâm Lam Sơn Son Dương Đình Định Hội Hợi Khánh Lợi Lời
Minh Ninh Phong Phòng Quang Quảng Thành Thanh Tiến Tiên Trường Yên"""
SUBJECTS = """\
kinh tế - xã hội; cải cách hành chính; phòng, chống tham nhũng; bảo vệ rừng; tiếp công dân; khiếu nại, tố cáo;
an toàn giao thông; dịch bệnh; giáo dục; y tế; đất đai; môi trường; xây dựng nông thôn mới; giảm nghèo; văn hóa;
thể thao; du lịch; chuyển đổi số; thi đua, khen thưởng; dân tộc; tôn giáo; lao động; việc làm; bảo trợ xã hội; trẻ em;
bình đẳng giới; thủy lợi; chăn nuôi; trồng trọt; khoáng sản; thu ngân sách; đầu tư công; đấu thầu; hợp tác xã; xuất
nhập khẩu; giá cả thị trường; quản lý thị trường; phòng cháy, chữa cháy; an ninh trật tự; biên giới"""
SPANS = {"tháng": "monthly", "quý": "quarterly", "6 tháng": "half_yearly", "9 tháng": "nine_monthly", "năm": "yearly"}


def communes(count: int) -> list[str]:
    """Each name once: "UBND xã An Hải", "UBND phường An Hải", "UBND xã An Hải Đông"."""
    ranks, ends = ("xã", "phường"), ("", " Đông", " Tây", " Thượng")
    places = (f"{rank} {a} {b}{end}" for end in ends for a in FIRST.split() for b in SECOND.split() for rank in ranks)
    return list(itertools.islice(places, count))


def agencies_of(count: int) -> list[Agency]:
    """Communes, and behind them as many departments as there are subjects, up to a tenth."""
    departments = SUBJECTS.replace("\n", " ").split("; ")[: count // 10]
    chosen = [Agency(code=OFFICE, name="Văn phòng UBND tỉnh")]
    for number, place in enumerate(communes(count - len(departments))):
        chosen.append(Agency(code=f"A{number:04d}", name=f"UBND {place}", aliases=[place], groups=["xa"]))
    for number, subject in enumerate(departments):
        chosen.append(Agency(code=f"S{number:02d}", name=f"Sở {subject}", groups=["so"]))
    return chosen


def report_types(count: int) -> list[ReportType]:
    """Every other type is owed by the departments alone."""
    subjects = SUBJECTS.replace("\n", " ").split("; ")
    pairs = itertools.islice(itertools.product(subjects, SPANS.items()), count)
    return [
        ReportType(
            code=f"R{number:03d}", name=f"Báo cáo công tác {subject} {span}", aliases=[f"BC {subject} {span}"],
            frequency=frequency, closing="decree", due="closing +2wd", groups=["so", "xa"][: 1 + number % 2],
            active_from=date(2020, 1, 1),
        )
        for number, (subject, (span, frequency)) in enumerate(pairs)
    ]  # fmt: skip


def directory_of(agencies: int, types: int) -> Directory:
    known = agencies_of(agencies)
    contacts = [
        Contact(agency_code=one.code, email=f"{one.code}@tinh.example".lower(), role="submitter") for one in known
    ]
    return Directory(known, contacts, report_types(types))


def built(agencies: int, types: int) -> Directory:
    """With both indexes, which are made when first asked for."""
    directory = directory_of(agencies, types)
    assert directory.agency_names and directory.titles
    return directory


def readings(directory: Directory, count: int) -> list[MailReading]:
    """Reports with a Word document: clear ones, vague ones, and ones by strangers that name nobody, the dearest."""
    chance = random.Random(5)
    codes = [code for code in directory.agencies if code != OFFICE]
    types = [one for one in directory.report_types.values() if one.frequency == "monthly"]
    return [_reading(directory.agencies[chance.choice(codes)], chance.choice(types), n) for n in range(count)]


def _reading(agency: Agency, kind: ReportType, number: int) -> MailReading:
    title = f"{kind.name} 11 năm 2026" if number % 3 else "Báo cáo tình hình địa phương"
    is_stranger = number % 5 == 0
    head = (
        f"{'' if is_stranger else agency.name.upper()}\nSố: {number}/BC\nNgày 15 tháng 11 năm 2026\nBÁO CÁO\n{title}\n"
    )
    text = (
        head + "Kính gửi: Ủy ban nhân dân tỉnh\n" + "Trong tháng, đơn vị đã triển khai các nhiệm vụ được giao.\n" * 60
    )
    sender = Address("", "ai.do@thu.example" if is_stranger else f"{agency.code}@tinh.example".lower())
    own_text = "Gửi Văn phòng báo cáo."
    attachment = Attachment("BC T11.docx", "application/octet-stream", len(text), "0" * 64)
    message = ParsedMessage(
        sender=sender, subject=title, text=own_text, own_text=own_text, attachments=(attachment,)
    )  # fmt: skip
    return MailReading(message, (DocumentReading("BC T11.docx", "docx", len(text), "0" * 64, 0, text=text),))


def matched(directory: Directory, mails: list[MailReading]) -> Cost:
    return cost_of(lambda: [match(one, directory, RECEIVED, ZONE, ()) for one in mails])


def main(size: int | None = None, pairs: int = PAIRS) -> None:
    most = size or size_from_arguments(__doc__, AGENCIES, "how many agencies the largest registry has")
    sizes = [one for one in (50, 500) if one < most] + [most]
    types = min(TYPES, most)
    building = in_turns({str(one): lambda one=one: cost_of(lambda: built(one, types)) for one in sizes}, pairs)
    known = {one: built(one, types) for one in sizes}
    mails = {one: readings(known[one], min(MAILS, most)) for one in sizes}
    booked = {one: sum(bool(match(m, known[one], RECEIVED, ZONE, ()).bookings) for m in mails[one]) for one in sizes}
    costs = in_turns({str(one): lambda one=one: matched(known[one], mails[one]) for one in sizes}, pairs)
    show(
        f"One mail against {types} report types",
        ("agencies", "indexes built, CPU ms", "one mail, CPU ms", "beside the smallest", "mails a CPU s", "booked"),
        [
            (f"{one:,}", f"{1000 * median(building[str(one)]).cpu:.0f}",
             f"{1000 * median(costs[str(one)]).cpu / len(mails[one]):.2f}",
             f"{ratio(costs[str(one)], costs[str(sizes[0])]):.2f}",
             f"{len(mails[one]) / median(costs[str(one)]).cpu:,.0f}", f"{booked[one]} of {len(mails[one])}")
            for one in sizes
        ],
    )  # fmt: skip


if __name__ == "__main__":
    main()
