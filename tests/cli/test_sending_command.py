"""The switch that holds back all mail, as it is turned from the command line."""

import pytest
from builders import OFFICE_ADDRESS

CONFIG = f'[office]\naddress = "{OFFICE_ADDRESS}"\n'
NOW = ("--at", "2026-11-18T08:00:00+07:00")


@pytest.fixture
def sending(intake, tmp_path):
    (tmp_path / "config.toml").write_text(CONFIG)
    return lambda *arguments: intake("sending", *arguments, *NOW)


def test_the_switch_is_turned_and_looked_at(sending):
    assert sending("--json").lines == [{"paused": False, "since": None, "by": None, "why": None, "waiting": None}]
    assert sending("pause", "--why", "đổi máy chủ", "--by", "Lan").status == 0
    assert sending("--json").lines == [
        {"paused": True, "since": "2026-11-18T08:00+07:00", "by": "Lan", "why": "đổi máy chủ", "waiting": 0}
    ]
    assert "đổi máy chủ" in sending().out
    assert sending("resume").status == 0
    assert "Mail leaves." in sending().out


@pytest.mark.parametrize("call", [("pause",), ("pause", "--why", " "), ("resume",)])
def test_a_wrong_turn_ends_with_2(sending, call):
    assert sending(*call).status == 2
