"""How much of the odd mails of our own corpus other mail readers for Python get right, by group, as a Markdown table.

A mail counts as read right where every value that its .json names, and that all readers give, is right. Nothing else
needs the other readers: those that are not installed are named, with how to install them.
"""

import base64
import email
import email.policy
import hashlib
import html
import json
import logging
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from intake.config import Limits
from intake.mail.as_json import as_json
from intake.mail.message import parse_message

CORPUS = Path(__file__).parent.parent / "corpus" / "mail"
GROUPS = {
    "Subjects and encoded words": "encoded-word|subject",
    "Addresses": "address|from|whole-from",
    "Dates and other fields": "date|received|return-path|null-reverse|message-ids|in-reply|field|mailing",
    "Headers out of shape": "no-header|no-empty|byte-order|mbox|lines-end|nul-|header-|first-field|whole-message",
    "Charsets of bodies": "body-(?!base64|quoted|format|labelled-base64)|html-charset",
    "Transfer encodings": "body-base64|body-quoted|body-labelled-base64|transfer|uuencoded|begin-and|yenc",
    "Boundaries and parts": "boundary|closing|only-the-closing|parts|multipart|several|alternative|apple|content|single"
    "|signed|digest|calendar|inline|text-|message|nested",
    "File names": "filename",
    "winmail.dat": "winmail",
    "HTML, flowed and quoted text": "html|body-html|body-format|reply|forward|report",
    "Bounces and automatic mail": "dsn|automatic|auto-|read-receipt|person",
}
COMPARED = ("subject", "from", "to", "cc", "date", "message_id", "text", "attachments")
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.IGNORECASE | re.DOTALL)

Reading = dict[str, Any]
Reader = Callable[[bytes], Reading]


def ours(raw: bytes) -> Reading:
    read = as_json(parse_message(raw, Limits()), {})
    found = [(one["filename"], one["content_type"], one["sha256"]) for one in read["attachments"]]
    people = {name: [(one["name"], one["address"]) for one in read[name]] for name in ("to", "cc")}
    return {**read, **people, "from": (read["from"]["name"], read["from"]["address"]), "attachments": found}


def stdlib(raw: bytes) -> Reading:
    message: Any = email.message_from_bytes(raw, policy=email.policy.default)
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    people = {
        name: [(one.display_name, one.addr_spec) for field in message.get_all(name, []) for one in field.addresses]
        for name in ("from", "to", "cc")
    }
    return {
        **people,
        "from": next(iter(people["from"]), ("", "")),
        "subject": message["subject"] or "",
        "date": message["date"].datetime if message["date"] else None,
        "message_id": message["message-id"] or "",
        "text": plain.get_content() if plain else _stripped(rich.get_content()) if rich else "",
        "attachments": [
            (one.get_filename() or "", one.get_content_type(), _digest(one.get_payload(decode=True)))
            for one in message.iter_attachments()
        ],
    }


def mail_parser(raw: bytes) -> Reading:
    read = import_module("mailparser").parse_from_bytes(raw)
    return {
        **{name: list(getattr(read, name)) for name in ("to", "cc")},
        "from": next(iter(read.from_), ("", "")),
        "subject": read.subject,
        "date": read.date,
        "message_id": read.message_id,
        "text": "\n".join(read.text_plain) or _stripped("\n".join(read.text_html)),
        "attachments": [(one["filename"], one["mail_content_type"], _content(one)) for one in read.attachments],
    }


def imap_tools(raw: bytes) -> Reading:
    read = import_module("imap_tools").MailMessage.from_bytes(raw)
    sender = read.from_values
    return {
        **{name: [(one.name, one.email) for one in getattr(read, f"{name}_values")] for name in ("to", "cc")},
        "from": (sender.name, sender.email) if sender else ("", ""),
        "subject": read.subject,
        "date": read.date,
        "message_id": next(iter(read.headers.get("message-id", ())), ""),
        "text": read.text or _stripped(read.html),
        "attachments": [(one.filename, one.content_type, _digest(one.payload)) for one in read.attachments],
    }


READERS: dict[str, tuple[Reader, str]] = {
    "intake": (ours, "intake"),
    "stdlib email": (stdlib, "email"),
    "mail-parser": (mail_parser, "mailparser"),
    "imap_tools": (imap_tools, "imap_tools"),
}


def _stripped(source: str) -> str:
    return html.unescape(_TAG.sub(" ", source))


def _digest(content: bytes | None) -> str:
    return hashlib.sha256(content or b"").hexdigest()


def _content(attachment: dict[str, Any]) -> str:
    payload = attachment["payload"]
    if attachment["binary"]:
        return _digest(base64.b64decode(payload))
    return _digest(payload.encode("utf-8", "surrogateescape"))


def normal(key: str, value: Any) -> Any:
    """Spacing and the case of a domain decide nothing; nor do the bytes of a nested message, which not all give."""
    if key == "date":
        moment = datetime.fromisoformat(value) if isinstance(value, str) and value else value or None
        return moment.timestamp() if moment else None
    if key == "attachments":
        return [_file(*one) for one in value]
    if key == "from":
        return _person(*value)
    if key in ("to", "cc"):
        return [_person(*one) for one in value]
    return " ".join(unicodedata.normalize("NFC", str(value)).split())


def _file(name: str, kind: str, digest: str) -> tuple[str, str]:
    return unicodedata.normalize("NFC", name or ""), "" if kind.startswith("message/") else digest


def _person(name: str, address: str) -> tuple[str, str]:
    local, at, domain = address.rpartition("@")
    return " ".join(unicodedata.normalize("NFC", name).split()), f"{local}{at}{domain.lower()}"


def wanted_of(path: Path) -> Reading:
    """What the file beside a mail says, in the form that the readers give."""
    named = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    told = {key: value for key, value in named.items() if key in COMPARED}
    for key in {"to", "cc"} & told.keys():
        told[key] = [(one["name"], one["address"]) for one in told[key]]
    if "from" in told:
        told["from"] = (told["from"]["name"], told["from"]["address"])
    if "attachments" in told:
        told["attachments"] = [_whole(one) for one in told["attachments"]]
        if None in told["attachments"]:
            del told["attachments"]
    return {key: normal(key, value) for key, value in told.items()}


def _whole(one: dict[str, Any]) -> tuple[str, str, str] | None:
    """None where the corpus does not say all that is compared."""
    is_said = {"filename", "content_type", "sha256"} <= one.keys()
    return (one["filename"], one["content_type"], one["sha256"]) if is_said else None


def is_right(read: Reader, path: Path, wanted: Reading) -> bool:
    try:
        found = read(path.read_bytes())
        return all(normal(key, found[key]) == value for key, value in wanted.items())
    except Exception:
        # A reader that raises has not read the mail.
        return False


def group_of(path: Path) -> str:
    name = path.stem.partition("-")[2]
    return next((group for group, names in GROUPS.items() if re.match(names, name)), "Everything else")


def installed() -> Iterator[str]:
    for name, (_, module) in READERS.items():
        try:
            import_module(module)
        except ImportError:
            package = module.replace("mailparser", "mail-parser").replace("_", "-")
            print(f"{name} is not installed: pip install {package} (into an environment of its own)", file=sys.stderr)
        else:
            yield name


def table(paths: Iterable[Path], readers: list[str]) -> Iterator[str]:
    """Lines of Markdown: how many mails of each group each reader reads right."""
    counts: dict[str, dict[str, int]] = {}
    for path in paths:
        if not (wanted := wanted_of(path)):
            continue
        for group in (group_of(path), "**All**"):
            count = counts.setdefault(group, dict.fromkeys(["mails", *readers], 0))
            count["mails"] += 1
        for name in readers:
            right = is_right(READERS[name][0], path, wanted)
            counts[group_of(path)][name] += right
            counts["**All**"][name] += right
    yield "| what is odd | mails | " + " | ".join(readers) + " |"
    yield "|---|" + "--:|" * (len(readers) + 1)
    for group in [*(one for one in (*GROUPS, "Everything else") if one in counts), "**All**"]:
        yield f"| {group} | " + " | ".join(str(number) for number in counts[group].values()) + " |"


def main() -> int:
    # What the other readers log of each mail would stand among the lines of the table.
    logging.disable(logging.CRITICAL)
    for line in table(sorted(CORPUS.glob("*.eml")), list(installed())):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
