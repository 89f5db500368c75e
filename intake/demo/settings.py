"""The demo's config: an embedded mailbox, a mail sink, SQLite, and policies like those of a real office."""

from pathlib import Path
from typing import Any

from intake.config import Config, config_from
from intake.demo.agencies import OFFICE_ADDRESS, OFFICE_NAME, PROVINCE


def _steps(*steps: tuple[str, str, list[str]]) -> dict[str, Any]:
    return {"steps": [{"at": at, "notice": notice, "to": to} for at, notice, to in steps]}


TABLES: dict[str, Any] = {
    "office": {"name": OFFICE_NAME, "address": OFFICE_ADDRESS, "phone": "0200.000.100 (giờ hành chính)"},
    "database": {"url": "sqlite:///intake.db"},
    "storage": {"path": "messages"},
    "mailboxes": [{"kind": "maildir", "name": "inbox", "path": "inbox"}],
    "outgoing": {"kind": "maildir", "path": "outgoing"},
    "daemon": {"workers": 1},
    "sending": {"office_hours": "07:00-17:30"},
    "web": {"host": "127.0.0.1", "port": 8080},
    "digest": {"at": "17:00", "to": ["leader"]},
    "paper": {"above": f"UBND TỈNH {PROVINCE.upper()}", "place": PROVINCE, "signer": "Lê Minh Đức"},
    "policies": {
        "standard": _steps(
            ("-3d", "reminder", ["submitter"]),
            ("-1wd", "reminder", ["submitter"]),
            ("+0h", "overdue", ["submitter"]),
            ("+2wd", "escalation", ["submitter", "head"]),
        ),
        "urgent": _steps(
            ("-1h", "reminder", ["submitter", "duty"]),
            ("+0h", "overdue", ["submitter", "duty"]),
            ("+2h", "escalation", ["head"]),
        ),
    },
    "incidents": {
        "natural_disaster": {
            "keywords": ["thiên tai", "mưa lũ", "lũ quét", "ngập lụt", "sạt lở", "bão", "lốc xoáy"],
            "first_report_within": "24h",
            "follow_up": "daily 17:00",
        },
        "fire_explosion": {"keywords": ["cháy", "nổ", "hỏa hoạn", "cháy rừng"]},
        "epidemic": {"keywords": ["ổ dịch", "dịch bệnh bùng phát", "ca bệnh", "ngộ độc tập thể"]},
        "public_order": {"keywords": ["gây rối trật tự", "chống người thi hành công vụ"]},
        "deforestation": {"keywords": ["phá rừng", "chặt phá rừng"]},
    },
}


def settings(folder: Path) -> Config:
    """The config with everything in one folder."""
    return config_from(TABLES, folder)
