"""Mails by day and kind as one picture (SVG): a bar a day, rest days shaded, holidays named. No script, no link."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from intake.rules.deadlines.calendar import DayNature

COLOURS = {
    "reminder": "#4c78a8", "overdue": "#f58518", "escalation": "#e45756", "directive": "#8b1a1a",
    "acknowledgment": "#54a24b", "incomplete": "#b79a20", "compliance_summary": "#9d7ab5", "deadline_moved": "#72b7b2",
}  # fmt: skip
OTHER, REST, HOLIDAY = "#9aa5b1", "#eef0f3", "#f6ddd3"
# Steps between the lines of the scale that are easy to read; there are never more than five lines.
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
LINES = 5
_HEIGHT, _LEFT, _TOP, _BOTTOM, _DAY_WIDTH, _LETTER_WIDTH, _NAME_LETTER_WIDTH = 260, 48, 84, 64, 4, 6.4, 5.4
_FOOT = _TOP + _HEIGHT


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn: the days, how many mails of which notice left on each, and the words."""

    days: Sequence[DayNature]
    counts: Mapping[date, Mapping[str, int]]
    words: Mapping[str, Any]

    def left_on(self, day: date) -> int:
        return sum(self.counts.get(day, {}).values())

    def x(self, day: date) -> int:
        return _LEFT + _DAY_WIDTH * (day - self.days[0].day).days

    @property
    def width(self) -> int:
        return _LEFT + _DAY_WIDTH * len(self.days) + 20

    def number(self, count: int) -> str:
        return f"{count:,}".replace(",", self.words["thousands"])


def mails_by_day(
    title: str,
    counts: Mapping[date, Mapping[str, int]],
    first: date,
    last: date,
    nature_of: Callable[[date], DayNature],
    language: str = "vi",
) -> str:
    """The picture. `counts` holds how many mails of which notice left on which day."""
    words = tomllib.loads(Path(__file__).with_name(f"picture.{language}.toml").read_text(encoding="utf-8"))
    days = [nature_of(first + timedelta(days=number)) for number in range((last - first).days + 1)]
    picture, name = Picture(days, counts, words), escape(title)
    step, most = _scale_of(max((picture.left_on(one.day) for one in days), default=0))
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {picture.width} {_FOOT + _BOTTOM}" '
        f'font-family="sans-serif" font-size="11" fill="#333"><title>{name}</title>',
        f'<rect width="100%" height="100%" fill="white"/><text x="{_LEFT}" y="20" font-size="15">{name}</text>',
        *_legend(picture), *_shades(picture), *_scale(picture, step, most), *_holidays(picture),
        *(part for one in days for part in _bar(picture, one.day, most)), *_months(picture), "</svg>",
    ]) + "\n"  # fmt: skip


def _scale_of(most: int) -> tuple[int, int]:
    """The distance of the lines, and where the last one stands."""
    step = next((one for one in STEPS if one * LINES >= most), most)
    return step, step * max(1, -(-most // step))


def _legend(picture: Picture) -> Iterator[str]:
    totals = Counter[str]()
    for kinds in picture.counts.values():
        totals.update(kinds)
    names, words = picture.words["kinds"], picture.words
    on_rest = sum(picture.left_on(one.day) for one in picture.days if not one.is_worked)
    entries = [
        *((COLOURS.get(kind, OTHER), names.get(kind, kind), totals[kind]) for kind in sorted(totals, key=_order)),
        (HOLIDAY, words["holiday"], None),
        (REST, words["rest"], None),
        (None, words["on_rest"], on_rest),
    ]
    x = float(_LEFT)
    for colour, name, count in entries:
        text = escape(name) + (f" {picture.number(count)}" if count is not None else "")
        if colour:
            yield f'<rect x="{x:.0f}" y="32" width="10" height="10" fill="{colour}"/>'
        yield f'<text x="{x + 14:.0f}" y="41">{text}</text>'
        x += 34 + _LETTER_WIDTH * len(text)


def _order(kind: str) -> tuple[bool, int]:
    names = list(COLOURS)
    return kind not in COLOURS, names.index(kind) if kind in COLOURS else 0


def _shades(picture: Picture) -> Iterator[str]:
    for one in picture.days:
        if not one.is_worked:
            colour = REST if one.kind == "weekend" else HOLIDAY
            yield f'<rect x="{picture.x(one.day)}" y="{_TOP}" width="{_DAY_WIDTH}" height="{_HEIGHT}" fill="{colour}"/>'


def _holidays(picture: Picture) -> Iterator[str]:
    """Their names above the plot, each on the lowest line where no name behind it, and no stroke, is in its way."""
    names: list[tuple[float, int]] = []
    for run in reversed(list(_runs(picture.days))):
        x, name = picture.x(run[0].day), _name_of(run)
        end = x + _NAME_LETTER_WIDTH * len(name)
        line = next(
            number for number in range(len(names) + 1) if all(end < start for start, other in names if other >= number)
        )
        names.append((x, line))
        y = _TOP - 6 - 13 * line
        yield f'<path d="M{x},{y + 2}V{_TOP}" stroke="#c9836a" stroke-width="0.8"/>'
        yield f'<text x="{x + 2}" y="{y}" font-size="10" fill="#a4502f">{escape(name)}</text>'


def _name_of(run: Sequence[DayNature]) -> str:
    names = [one.name for one in run if one.name]
    return max(names, key=lambda one: (sum(one in other for other in names), -len(one)))


def _runs(days: Sequence[DayNature]) -> Iterator[list[DayNature]]:
    """The stretches of rest days that hold a holiday."""
    for is_worked, group in groupby(days, key=lambda one: one.is_worked):
        run = list(group)
        if not is_worked and any(one.name for one in run):
            yield [one for one in run if one.kind != "weekend"]


def _scale(picture: Picture, step: int, most: int) -> Iterator[str]:
    for count in range(0, most + 1, step):
        y = _FOOT - _HEIGHT * count / most
        yield f'<path d="M{_LEFT},{y:.1f}H{picture.width - 20}" stroke="#c8ced6" stroke-width="0.6"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{picture.number(count)}</text>'
    yield f'<text x="4" y="{_TOP - 6}" font-size="10">{escape(picture.words["scale"])}</text>'


def _bar(picture: Picture, day: date, most: int) -> Iterator[str]:
    y, kinds = float(_FOOT), picture.counts.get(day, {})
    for kind in sorted(kinds, key=_order):
        height = kinds[kind] * _HEIGHT / most
        y -= height
        colour = COLOURS.get(kind, OTHER)
        yield (
            f'<rect x="{picture.x(day)}" y="{y:.1f}" width="{_DAY_WIDTH - 0.6}" height="{height:.1f}" fill="{colour}"/>'
        )


def _months(picture: Picture) -> Iterator[str]:
    """Where each month begins, its name, and how many mails left in it."""
    for (year, month), group in groupby(picture.days, key=lambda one: (one.day.year, one.day.month)):
        days = [one.day for one in group]
        x, count = picture.x(days[0]), sum(map(picture.left_on, days))
        yield f'<path d="M{x},{_FOOT}v8" stroke="#7b8794" stroke-width="0.8"/>'
        yield f'<text x="{x + 3}" y="{_FOOT + 16}">{month}/{year}</text>'
        yield f'<text x="{x + 3}" y="{_FOOT + 31}" fill="#667">{picture.number(count)} {picture.words["mails"]}</text>'
