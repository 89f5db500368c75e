"""Statistics on their page: figures, pictures with the same figures, the workbook; and the geometry of the pictures."""

import io

import pytest
from openpyxl import load_workbook

from intake.rendering.charts import LABEL_WIDTH, WIDTH, share_line, stacked_bars
from intake.rules.deadlines.statistics import Punctuality

SPAN = {"from": "2026-09-01", "to": "2026-11-30"}


def kept(on_time=0, late=0, missing=0, upcoming=0):
    owed = on_time + late + missing + upcoming
    return Punctuality(owed, on_time, late, 0, missing, 0, upcoming, None, None)


@pytest.mark.parametrize("by", ["agency", "group", "report_type", "month", "nonsense"])
def test_the_page_has_figures_and_pictures(office, signed_in, by):
    office.work("2026-11-24 09:00")
    page = signed_in("viewer").get("/statistics", params={**SPAN, "by": by})
    assert page.status_code == 200
    assert page.text.count("<svg") == 2 and page.text.count("<desc") == 2
    assert "chưa nộp" in page.text


def test_without_a_span_it_is_this_month_and_the_two_before(office, signed_in):
    assert "từ 01/9/2026 đến 18/11/2026" in signed_in("viewer").get("/statistics").text


@pytest.mark.parametrize("span", [("2026-11-30", "2026-11-01"), ("2020-01-01", "2026-01-01"), ("gestern", "")])
def test_a_span_that_is_none_is_refused(office, signed_in, span):
    assert signed_in("viewer").get("/statistics", params={"from": span[0], "to": span[1]}).status_code == 404


def test_the_workbook_is_the_one_of_the_command(office, signed_in):
    answer = signed_in("viewer").get("/statistics/workbook", params=SPAN)
    assert len(load_workbook(io.BytesIO(answer.content)).sheetnames) == 4
    assert "tong-hop-20260901-20261130.xlsx" in answer.headers["content-disposition"]


def test_bars_are_to_one_scale_and_end_within_the_picture():
    bars = stacked_bars([("Sở Tài chính", kept(on_time=8, late=2)), ("Sở Y tế", kept(missing=5)), ("Sở X", kept())])
    first, second, third = bars.bars
    assert first.segments[0].x == LABEL_WIDTH
    assert first.segments[-1].x + first.segments[-1].width <= WIDTH
    assert second.segments[0].width * 2 == pytest.approx(sum(one.width for one in first.segments), abs=0.2)
    assert third.segments == ()


def test_more_rows_than_fit_are_left_to_the_table_and_long_names_are_cut():
    bars = stacked_bars([(f"Ủy ban nhân dân xã có tên rất dài số {number}", kept(on_time=1)) for number in range(40)])
    assert (len(bars.bars), bars.left_out) == (25, 15)
    assert bars.bars[0].label.endswith("…") and bars.bars[0].name.endswith("0")


def test_a_month_that_cannot_be_judged_is_no_point_of_the_line():
    shares = share_line([("09", kept(on_time=1)), ("10", kept(on_time=1, late=1)), ("11", kept(upcoming=3))])
    assert [one.percent for one in shares.points] == [100.0, 50.0, None]
    assert len(shares.line.split()) == 2
