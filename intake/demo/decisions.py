"""What the people of the office decide in the course of the month, each with a reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from intake.demo.story import at
from intake.desk import Desk
from intake.office import deciding, decisions, incidents
from intake.office.choosing import one_report
from intake.records.incidents import By, Matter

OFFICER = "Nguyễn Thanh Tùng"

Booked = Mapping[str, int]


@dataclass(frozen=True)
class Decided:
    """One decision. `carry_out` gets the numbers that the mails were stored under, by their slugs.

    `command` is what would be typed for it, with such slugs in braces.
    """

    at: datetime
    command: str
    because: str
    carry_out: Callable[[Desk, Booked], object]


def decided() -> list[Decided]:
    return [
        _read_over_the_telephone(),
        _more_time(),
        _the_stranger_known(),
        _the_wrong_file(),
        *_about_urgent_matters(),
    ]


def _read_over_the_telephone() -> Decided:
    why = "Mất điện, xã đọc báo cáo qua điện thoại trực ban"
    decision = decisions.Decision("XSUOITRANG", "TRUCBAN", "2026-10-14", OFFICER, why)
    return Decided(
        at(14, "16:52"),
        "intake receive --agency XSUOITRANG --report-type TRUCBAN --period 2026-10-14 --on 2026-10-14T16:50",
        why,
        lambda desk, booked: decisions.receive(desk, decision, at(14, "16:50")),
    )


def _more_time() -> Decided:
    why = "Lũ quét, mất điện toàn xã; lãnh đạo Văn phòng đồng ý"
    decision = decisions.Decision("XSUOITRANG", "KTXH-T", "2026-10", OFFICER, why)

    def carry_out(desk: Desk, booked: Booked) -> None:
        decisions.extend(desk, decision, at(21, "00:00"))
        deciding.dismiss(desk, booked["suoitrang-xin-gia-han"], "đã gia hạn đến hết ngày 20/10/2026", OFFICER)

    return Decided(
        at(15, "13:30"),
        "intake extend --agency XSUOITRANG --report-type KTXH-T --period 2026-10 --until 2026-10-20\n"
        "intake review dismiss {suoitrang-xin-gia-han}",
        why,
        carry_out,
    )


def _the_stranger_known() -> Decided:
    return Decided(
        at(16, "16:50"),
        "intake review accept {khelim-ktxh-hop-thu-la} --agency XKHELIM --report-type KTXH-T --period 2026-10",
        "Đã gọi điện cho UBND xã Khe Lim: đúng là báo cáo của xã",
        lambda desk, booked: deciding.accept(
            desk, booked["khelim-ktxh-hop-thu-la"], one_report("XKHELIM", "KTXH-T", "2026-10"), OFFICER
        ),
    )


def _the_wrong_file() -> Decided:
    why = "Tệp của tháng 9, gửi nhầm; phường đã gửi lại đúng tệp"
    return Decided(
        at(19, "09:30"),
        "intake review dismiss {tanloc-ktxh-nham-tep}",
        why,
        lambda desk, booked: deciding.dismiss(desk, booked["tanloc-ktxh-nham-tep"], why, OFFICER),
    )


def _about_urgent_matters() -> list[Decided]:
    return [
        _closed(at(15, "16:30"), 1, 1, "Nước đã rút, thôn 5 hết bị cô lập; xã không còn báo cáo hằng ngày"),
        _the_silent_asked(),
        _closed(at(24, "10:00"), 2, 7, "Bão đã tan, các xã, phường đã khắc phục xong thiệt hại ban đầu"),
    ]


def _the_silent_asked() -> Decided:
    matter = Matter("Ảnh hưởng của bão số 9 trên địa bàn xã Thạch Sơn", "natural_disaster", "xã Thạch Sơn")
    by = By(OFFICER, "Các xã, phường khác đã báo cáo; xã Thạch Sơn chưa có tin")
    return Decided(
        at(22, "21:05"),
        f"intake incidents request --agency XTHACHSON --category natural_disaster --place {matter.place!r}\n"
        f"--title {matter.title!r} --due 2026-10-22T23:00",
        by.why,
        lambda desk, booked: incidents.request(desk, ["XTHACHSON"], matter, by, due_at=at(22, "23:00")),
    )


def _closed(moment: datetime, first: int, last: int, why: str) -> Decided:
    """The matters of these numbers are over."""
    numbers, by = range(first, last + 1), By(OFFICER, why)
    return Decided(
        moment,
        "\n".join(f"intake incidents close VV-{number:04d}" for number in numbers),
        why,
        lambda desk, booked: [incidents.close(desk, number, by) for number in numbers],
    )
