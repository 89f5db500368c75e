"""The HTML of a document template as a Word document: text, weight, tables and the head of two columns."""

import io
from datetime import UTC, datetime

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from intake.rendering.office_document import office_document


def document(markup):
    return docx.Document(io.BytesIO(office_document(markup, "BC-TH", datetime(2026, 11, 16, tzinfo=UTC))))


def lines(markup):
    return [one.text for one in document(markup).paragraphs]


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("<p>\n  Một   hai\n</p>", ["Một hai"]),
        ("<p>Một <b>hai</b> ba</p>", ["Một hai ba"]),
        ("<h1>BÁO CÁO <br> Tổng hợp</h1>", ["BÁO CÁO\nTổng hợp"]),
        ("<p>a &lt;b&gt; &amp; c</p>", ["a <b> & c"]),
        ("<p>a</p><!-- nothing --><p></p>", ["a", ""]),
        ("", []),
        ("<p>a<script>b</script></p>", ["ab"]),
    ],
)
def test_words_come_out_as_html_means_them(markup, wanted):
    assert lines(markup) == wanted


def test_weight_slant_and_place_are_kept():
    heading, body, right = document('<h1>A</h1><p>b <i>c</i></p><p class="right">d</p>').paragraphs
    assert (heading.alignment, heading.runs[0].bold) == (ALIGN.CENTER, True)
    assert (body.alignment, [run.italic for run in body.runs]) == (ALIGN.JUSTIFY, [False, True])
    assert right.alignment == ALIGN.RIGHT


def test_a_table_has_lines_and_two_columns_have_none():
    made = document('<table><tr><th>A</th></tr><tr><td class="center">1</td></tr></table><table class="columns"><tr>'
                    "<td><p>x</p><hr><p>y</p></td><td>z</td></tr></table><table></table>")  # fmt: skip
    ruled, columns = made.tables
    assert ruled.style.name == "Table Grid"
    assert [[cell.text for cell in row.cells] for row in ruled.rows] == [["A"], ["1"]]
    assert columns.style.name == "Normal Table"
    assert [cell.text.split("\n") for cell in columns.rows[0].cells] == [["x", "", "y"], ["z"]]
    assert columns.columns[0].width < columns.columns[1].width


def test_a_short_row_leaves_its_last_cells_empty():
    [table] = document("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>").tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["a", "b"], ["c", ""]]


def test_the_page_is_that_of_the_decree():
    section = document("<p>a</p>").sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert round(section.left_margin.mm) == 30
    assert section.different_first_page_header_footer
