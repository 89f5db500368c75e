"""How far long work has come: a bar where somebody looks, a line now and then where nobody does."""

import io
from collections.abc import Iterator

import pytest
from rich.console import Console
from structlog.testing import capture_logs

from intake.progress import FEW, LINE_EVERY_SECONDS, Progress


class Moment:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def worked(console: Console, size: int, seconds_each: float, moment: Moment) -> None:
    with Progress("mail taken in", console, moment) as progress:
        progress.expect(size)
        for _ in range(size):
            moment.seconds += seconds_each
            progress.advance()


@pytest.fixture
def nobody_looks() -> Iterator[Console]:
    shown = io.StringIO()
    yield Console(file=shown, force_terminal=False)
    assert shown.getvalue() == ""


def test_where_there_is_no_terminal_a_line_tells_the_rate_and_the_time_left(nobody_looks: Console) -> None:
    with capture_logs() as lines:
        worked(nobody_looks, 100, LINE_EVERY_SECONDS / 20, Moment())
    first = lines[0]
    assert (first["event"], first["done"], first["of"], first["a_second"]) == ("mail taken in", 20, 100, 2.0)
    assert first["left"] == "0:00:40"
    assert [one["done"] for one in lines] == [20, 40, 60, 80, 100]


def test_work_that_is_soon_done_leaves_no_line(nobody_looks: Console) -> None:
    with capture_logs() as lines:
        worked(nobody_looks, 100, LINE_EVERY_SECONDS / 200, Moment())
    assert lines == []


def test_on_a_terminal_a_bar_shows_the_count_the_rate_and_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    shown, moment = io.StringIO(), Moment()
    with capture_logs() as lines, Progress("import", Console(file=shown, force_terminal=True), moment) as progress:
        progress.expect(FEW + 80)
        for _ in range(50):
            moment.seconds += 0.5
            progress.advance()
        progress._bar.refresh()
    assert lines == []
    assert all(word in shown.getvalue() for word in ("import", "50/100", "2.0/s", "0:00:25"))


def test_few_mails_need_no_bar() -> None:
    shown = io.StringIO()
    worked(Console(file=shown, force_terminal=True), FEW, 0.1, Moment())
    assert shown.getvalue() == ""


def test_what_turns_out_to_be_done_already_is_expected_no_more(nobody_looks: Console) -> None:
    moment = Moment()
    with capture_logs() as lines, Progress("mail taken in", nobody_looks, moment) as progress:
        progress.expect(100)
        progress.expect(-40)
        moment.seconds = LINE_EVERY_SECONDS
        progress.advance()
    assert lines[0]["of"] == 60
