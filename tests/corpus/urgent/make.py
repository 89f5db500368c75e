"""The mail of the duty desk: JSON lines come in, .eml files go out, whose names say which line they are.

    python tests/corpus/urgent/make.py FOLDER       (with tests/ on the PYTHONPATH)

`urgent*.jsonl` are mails that an officer on duty must be told of at once, with the categories that are right;
`near-misses*.jsonl` only sound like them. The lines have the keys of `corpus/labelled`, and its invented province.
The labels were written from what the office needs, not from what the rules do.
"""

import json
import sys
from email.header import Header
from pathlib import Path
from typing import Any

from corpus.labelled.keyboard import typed
from corpus.labelled.make import SUBJECT_LATER, message
from corpus.labelled.province import HERE as PROVINCES
from corpus.labelled.province import Province

HERE = Path(__file__).parent
PROVINCE = Province(PROVINCES / "an-binh")
GREETING = "Kính gửi Văn phòng UBND tỉnh."


def mails(table: str) -> dict[str, dict[str, Any]]:
    """The lines of a table, by the name of the file that each becomes."""
    lines = (HERE / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    named = {f"{table}-{number:03}": json.loads(line) for number, line in enumerate(lines, 1)}
    return {f"{name}.eml": {"body": GREETING, **mail, "name": name} for name, mail in named.items()}


def written(mail: dict[str, Any]) -> bytes:
    """The mail as our server kept it. Its subject is folded as mail programs do: Python's own way loses blanks."""
    made = message({**mail, "subject": SUBJECT_LATER.decode()}, PROVINCE, {})
    subject = Header(typed(mail["subject"], mail), "utf-8").encode(linesep="\r\n")
    return made.replace(SUBJECT_LATER, subject.encode(), 1)


def write_all(folder: Path, *tables: str) -> None:
    for table in tables:
        for name, mail in mails(table).items():
            (folder / name).write_bytes(written(mail))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    write_all(target, *(path.stem for path in sorted(HERE.glob("*.jsonl"))))
