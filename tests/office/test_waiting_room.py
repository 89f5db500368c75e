"""What waits to be confirmed, on a disk where others confirm theirs meanwhile."""

import os
import tempfile

import pytest

from intake.errors import ConfigError
from intake.office.waiting_room import KEPT_SECONDS, WaitingRoom


@pytest.fixture
def room(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return WaitingRoom("test", "it waits no longer")


def test_what_is_confirmed_just_while_others_are_looked_through_stops_nobody(room, tmp_path):
    (tmp_path / "intake-test-confirmed").symlink_to(tmp_path / "gone by now")
    token, folder = room.new()
    assert folder.is_dir() and room.folder(token) == folder


def test_what_nobody_confirmed_within_an_hour_of_the_newest_is_forgotten(room):
    (_, old), (_, newer) = room.new(), room.new()
    os.utime(old, (newer.stat().st_mtime - KEPT_SECONDS - 1,) * 2)
    room.new()
    assert (old.exists(), newer.exists()) == (False, True)


def test_what_is_no_token_leads_nowhere(room):
    with pytest.raises(ConfigError, match="no longer"):
        room.folder("../etc")
