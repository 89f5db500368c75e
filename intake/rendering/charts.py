"""How deadlines were kept, as the geometry of two charts: a bar for each row, and the share in time month by month.

Only numbers and texts leave here; a page draws them as SVG, with its own colours and words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.rules.deadlines.statistics import OUTCOMES, Outcome, Punctuality

WIDTH = 760.0
LABEL_WIDTH = 250.0
BAR_HEIGHT, BAR_STEP = 18.0, 28.0
MOST_BARS = 25
LONGEST_LABEL = 32
# Below this a count does not fit into its segment; the table has it all the same.
NARROWEST_COUNT = 18.0
PLOT_HEIGHT, PLOT_MARGIN = 160.0, 40.0


@dataclass(frozen=True, slots=True)
class Segment:
    outcome: Outcome
    count: int
    x: float
    width: float

    @property
    def shows_count(self) -> bool:
        return self.width >= NARROWEST_COUNT


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: `label` is its name cut to fit, `name` the whole of it."""

    label: str
    name: str
    y: float
    owed: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows of stacked bars. `left_out` is how many rows there are beyond those shown."""

    bars: tuple[Bar, ...]
    height: float
    left_out: int


@dataclass(frozen=True, slots=True)
class Point:
    """One month: `percent` in time, None where nothing can be judged yet."""

    label: str
    x: float
    y: float
    percent: float | None


@dataclass(frozen=True, slots=True)
class Shares:
    points: tuple[Point, ...]
    line: str
    height: float
    marks: tuple[tuple[int, float], ...]


def stacked_bars(rows: Sequence[tuple[str, Punctuality]]) -> Bars:
    """A bar for each row, all to one scale: the widest is the one that owes most."""
    shown = rows[:MOST_BARS]
    most = max((one.owed for _, one in shown), default=0) or 1
    scale = (WIDTH - LABEL_WIDTH - 60) / most
    bars = tuple(_bar(place, name, one, scale) for place, (name, one) in enumerate(shown))
    return Bars(bars, len(shown) * BAR_STEP + 8, len(rows) - len(shown))


def share_line(rows: Sequence[tuple[str, Punctuality]]) -> Shares:
    """The share in time from 0 to 100 percent, from left to right; months that cannot be judged are left out."""
    step = (WIDTH - 2 * PLOT_MARGIN) / max(len(rows) - 1, 1)
    points = tuple(_point(PLOT_MARGIN + place * step, name, one) for place, (name, one) in enumerate(rows))
    line = " ".join(f"{one.x:.1f},{one.y:.1f}" for one in points if one.percent is not None)
    return Shares(points, line, PLOT_HEIGHT + 2 * PLOT_MARGIN, tuple((mark, _height(mark)) for mark in (0, 50, 100)))


def _bar(place: int, name: str, one: Punctuality, scale: float) -> Bar:
    segments, x = [], LABEL_WIDTH
    for outcome in OUTCOMES:
        count: int = getattr(one, outcome)
        if count:
            segments.append(Segment(outcome, count, round(x, 1), round(count * scale, 1)))
            x += count * scale
    label = name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1].rstrip() + "…"
    return Bar(label, name, place * BAR_STEP + 4, one.owed, tuple(segments))


def _point(x: float, name: str, one: Punctuality) -> Point:
    percent = None if one.on_time_share is None else round(100 * one.on_time_share, 1)
    return Point(name, round(x, 1), _height(percent or 0), percent)


def _height(percent: float) -> float:
    return round(PLOT_MARGIN + PLOT_HEIGHT * (1 - percent / 100), 1)
