"""Every odd mail of the corpus is read as the file beside it says."""

import dataclasses
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from intake.config import Limits
from intake.mail.as_json import as_json
from intake.mail.message import parse_message
from intake.mail.parsed import ParsedMessage

CORPUS = Path(__file__).parent.parent / "corpus" / "mail"
MAILS = sorted(CORPUS.glob("*.eml"))
_INSIDE = ("own_text", "return_path", "from_list", "wants_no_answer", "original_ids")


def shown(parsed: ParsedMessage) -> dict[str, Any]:
    """What the corpus may speak of: what is printed, and what only the program sees."""
    seen = as_json(parsed, {})
    seen |= {name: getattr(parsed, name) for name in _INSIDE}
    seen["delivery"] = [dataclasses.asdict(one) for one in parsed.delivery]
    seen["nested"] = [shown(one.message) for one in parsed.attachments if one.message]
    return seen


def agree(found: Any, wanted: Any, key: str = "") -> bool:
    if key == "defects":
        return all(any(part in defect for defect in found) for part in wanted) and bool(wanted) >= bool(found)
    if key in ("date", "received_at") and wanted:
        return bool(found) and datetime.fromisoformat(found) == datetime.fromisoformat(wanted)
    if isinstance(wanted, dict):
        return all(agree(found[name], value, name) for name, value in wanted.items())
    if isinstance(wanted, list):
        return len(found) == len(wanted) and all(agree(*pair) for pair in zip(found, wanted, strict=True))
    return bool(found == wanted)


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_a_mail_of_the_corpus_is_read_as_the_file_beside_it_says(path: Path) -> None:
    wanted = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    found = shown(parse_message(path.read_bytes(), Limits()))
    differing = {key: (found[key], value) for key, value in wanted.items() if not agree(found[key], value, key)}
    assert differing == {}
