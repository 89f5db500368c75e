"""What several deliveries make of one report, and which of them decides."""

from datetime import UTC, datetime

import pytest

from intake.rules.papers.versions import Delivery, Version, answered_by, versions_of
from intake.rules.verdicts import Completeness


def on(day):
    return datetime(2026, 11, day, 9, tzinfo=UTC)


def delivered(day, *brought, replaces=False):
    asked = ("pdf", "table", "number")
    found = Completeness(tuple(brought), tuple(word for word in asked if word not in brought))
    return Delivery(on(day), found, replaces)


DUE = on(17)
WHOLE = ("pdf", "table", "number")


@pytest.mark.parametrize(
    ("deliveries", "status", "decided", "first", "missing"),
    [
        ([], "open", None, None, ()),
        ([delivered(15, *WHOLE)], "on_time", 15, 15, ()),
        ([delivered(17, *WHOLE)], "late", 17, 17, ()),
        ([delivered(15, "pdf")], "incomplete", 15, 15, ("table", "number")),
        ([delivered(15, "pdf"), delivered(16, "table")], "incomplete", 15, 15, ("number",)),
        ([delivered(15, "pdf"), delivered(16, "table"), delivered(18, "number")], "late", 18, 15, ()),
        ([delivered(15, "pdf"), delivered(16, "table", "number")], "on_time", 16, 15, ()),
        ([delivered(15, "pdf"), delivered(16, "table", "number", replaces=True)], "incomplete", 15, 15, ("pdf",)),
        ([delivered(18, *WHOLE), delivered(16, *WHOLE)], "on_time", 16, 16, ()),
        ([delivered(15, *WHOLE), delivered(18, "pdf", replaces=True)], "on_time", 15, 15, ()),
    ],
)
def test_the_complete_version_that_came_first_decides(deliveries, status, decided, first, missing):
    answered = answered_by(deliveries, DUE)
    assert (answered.status, answered.missing) == (status, missing)
    assert answered.received_at == (on(decided) if decided else None)
    assert answered.first_received_at == (on(first) if first else None)


def test_a_version_that_needs_an_earlier_one_is_there_when_the_later_of_them_came():
    second_first = [delivered(18, "pdf", "table"), delivered(16, "number")]
    assert versions_of(second_first)[1] == Version(on(18), Completeness(("number", "pdf", "table"), ()), completes=True)
    assert versions_of([delivered(15, *WHOLE), delivered(16, *WHOLE)])[1].completes is False
