"""Mails by day and kind as one picture (SVG): a bar a day, rest days shaded. No script, no font, no link."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from html import escape

COLOURS = {
    "reminder": "#4c78a8", "overdue": "#f58518", "escalation": "#e45756", "directive": "#8b1a1a",
    "acknowledgment": "#54a24b", "incomplete": "#b79a20", "compliance_summary": "#9d7ab5", "deadline_moved": "#72b7b2",
}  # fmt: skip
OTHER = "#9aa5b1"
_HEIGHT, _LEFT, _TOP, _BOTTOM, _DAY_WIDTH = 260, 48, 56, 40, 4


def mails_by_day(
    title: str, counts: Mapping[date, Mapping[str, int]], first: date, last: date, is_working: Callable[[date], bool]
) -> str:
    """The picture. `counts` holds how many mails of which notice left on which day."""
    words = escape(title)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    most = max((sum(kinds.values()) for kinds in counts.values()), default=0) or 1
    width = _LEFT + _DAY_WIDTH * len(days) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_TOP + _HEIGHT + _BOTTOM + 24}" '
        f'font-family="sans-serif" font-size="11" fill="#333"><title>{words}</title>',
        f'<rect width="100%" height="100%" fill="white"/><text x="{_LEFT}" y="20" font-size="15">{words}</text>',
    ]
    for position, day in enumerate(days):
        x = _LEFT + _DAY_WIDTH * position
        if not is_working(day):
            parts.append(f'<rect x="{x}" y="{_TOP}" width="{_DAY_WIDTH}" height="{_HEIGHT}" fill="#eef0f3"/>')
        parts += _bar(x, counts.get(day, {}), most)
        if day.day == 1:
            parts.append(f'<text x="{x}" y="{_TOP + _HEIGHT + 16}">{day.month}/{day.year}</text>')
    kinds = list(dict.fromkeys(kind for kinds in counts.values() for kind in kinds))
    return "\n".join([*parts, *_scale(most, width), *_legend(kinds), "</svg>"]) + "\n"


def _bar(x: int, kinds: Mapping[str, int], most: int) -> list[str]:
    parts, y = [], float(_TOP + _HEIGHT)
    for kind in sorted(kinds, key=_order):
        height = kinds[kind] * _HEIGHT / most
        y -= height
        colour = COLOURS.get(kind, OTHER)
        parts.append(f'<rect x="{x}" y="{y:.1f}" width="{_DAY_WIDTH - 0.6}" height="{height:.1f}" fill="{colour}"/>')
    return parts


def _order(kind: str) -> tuple[bool, int]:
    names = list(COLOURS)
    return kind not in COLOURS, names.index(kind) if kind in COLOURS else 0


def _scale(most: int, width: int) -> list[str]:
    parts = []
    for share in (0, 0.5, 1):
        y = _TOP + _HEIGHT * (1 - share)
        parts.append(f'<line x1="{_LEFT}" x2="{width - 20}" y1="{y}" y2="{y}" stroke="#c8ced6" stroke-width="0.6"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{round(most * share)}</text>')
    return parts


def _legend(kinds: list[str]) -> list[str]:
    parts, x = [], _LEFT
    for kind in sorted(kinds, key=_order):
        parts.append(f'<rect x="{x}" y="32" width="10" height="10" fill="{COLOURS.get(kind, OTHER)}"/>')
        parts.append(f'<text x="{x + 14}" y="41">{escape(kind)}</text>')
        x += 32 + 7 * len(kind)
    return parts
