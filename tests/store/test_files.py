import hashlib

import pytest

from intake.errors import TemporaryError
from intake.store.files import RawMessages


def test_a_message_is_kept_byte_for_byte_under_its_hash(tmp_path):
    raw = b"Subject: x\r\n\r\n\x00\xff"
    kept = RawMessages(tmp_path / "messages")
    assert kept.put([raw]) == [hashlib.sha256(raw).hexdigest()]
    assert kept.read(hashlib.sha256(raw).hexdigest()) == raw


def test_the_same_bytes_are_kept_once(tmp_path):
    kept = RawMessages(tmp_path)
    assert len(set(kept.put([b"same", b"same"]))) == 1
    kept.put([b"same"])
    assert len(list(tmp_path.rglob("*.eml"))) == 1


def test_no_draft_is_left_beside_the_messages(tmp_path):
    RawMessages(tmp_path).put([b"one", b"two"])
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".eml"] == []


def test_a_folder_that_cannot_be_written_is_a_temporary_error(tmp_path):
    (tmp_path / "file").write_bytes(b"in the way")
    with pytest.raises(TemporaryError, match="cannot be stored"):
        RawMessages(tmp_path / "file").put([b"one"])
