"""Notices as values: every name of the config exists, and each waits in the outbox as JSON without loss."""

import dataclasses
import json
from datetime import UTC, datetime

import pytest

from intake import config
from intake.errors import PermanentError
from intake.notices import NOTICES, Acknowledgment, Notice, OfficeLine, Reminder, from_fields, to_fields

EVERY_SAMPLE = [sample for notice in NOTICES.values() for sample in (notice.sample(), *notice.variants())]


def test_every_notice_that_the_config_knows_exists() -> None:
    assert set(NOTICES) == set(config.NOTICES)


@pytest.mark.parametrize("sample", EVERY_SAMPLE, ids=lambda sample: sample.name)
def test_a_notice_comes_back_from_json_as_it_was(sample: Notice) -> None:
    assert from_fields(sample.name, json.loads(json.dumps(to_fields(sample)))) == sample


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES.keys())
def test_a_notice_is_frozen(notice: type[Notice]) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        notice.sample().reference = "BC-OTHER"  # type: ignore[misc]


def test_a_naive_instant_is_refused() -> None:
    fields = to_fields(Acknowledgment.sample()) | {"now": "2019-10-16T16:46:00"}
    with pytest.raises(PermanentError, match="now"):
        from_fields("acknowledgment", fields)


def test_fields_of_another_notice_are_refused() -> None:
    with pytest.raises(PermanentError, match="acknowledgment cannot be read"):
        from_fields("acknowledgment", to_fields(Reminder.sample()))


def test_a_notice_of_no_known_name_is_refused() -> None:
    with pytest.raises(PermanentError, match="no notice named 'greeting'"):
        from_fields("greeting", {})


def test_a_field_that_an_older_version_still_stored_is_let_go() -> None:
    sample = Reminder.sample()
    assert from_fields("reminder", to_fields(sample) | {"dropped": 1}) == sample


def test_instants_are_kept_whatever_zone_they_were_in() -> None:
    sample = dataclasses.replace(Reminder.sample(), now=datetime(2019, 11, 16, 0, 30, tzinfo=UTC))
    assert from_fields("reminder", to_fields(sample)) == Reminder.sample()


def test_the_office_line_is_taken_from_the_config() -> None:
    office = config.Office(name="Văn phòng UBND tỉnh", address="bc@tinh.example", phone="0200")
    assert OfficeLine.of(office) == OfficeLine(name="Văn phòng UBND tỉnh", address="bc@tinh.example", phone="0200")


def test_only_notices_about_what_may_be_told_have_fields_for_content() -> None:
    content = {"mail_subject", "files", "reports", "summary"}
    for name in ("refusal", "secrecy_refusal"):
        assert not content & {field.name for field in dataclasses.fields(NOTICES[name])}


def test_a_notice_without_a_sample_says_so() -> None:
    with pytest.raises(NotImplementedError):
        Notice.sample()
    assert Notice.variants() == ()
