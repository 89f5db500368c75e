"""What the sender wrote into this mail: its text without quoted or forwarded mails and without client footers."""

import re

_DASHED = re.compile(
    r"""^[\s*]*(?:[-_=]{2,}|begin\b|bắt\ đầu\b)\s*
        (?:(?:original|forwarded|reply|replied)\s(?:message|mail|appointment)
          |forwarded\s(?:by|message)|message\s(?:d['’]origine|transféré|original)
          |(?:thư|tin\ nhắn|email|thông\ điệp|tin)\ (?:gốc|ban\ đầu|nguyên\ (?:gốc|bản)|(?:đã\ |được\ )*chuyển\ tiếp)
          |chuyển\ tiếp(?:\ (?:thư|tin\ nhắn))?|(?:đã\ )?chuyển\ tiếp\ bởi)\b.{0,80}$""",
    re.IGNORECASE | re.VERBOSE,
)
_WROTE = re.compile(
    r"""^[\s*]*(?:on|vào|le|am|el|lúc|ngày|trong|at)\b.{5,400}?
        (?:\bwrote|\bđã\ viết|\bviết|\ba\ écrit|\bschrieb\b.*|\bescribió)\s*:?\s*$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_OPENS = re.compile(r"^[\s*]*(?:on|vào|le|am|el|lúc|ngày|trong|at)\b", re.IGNORECASE)
# A sentence such as "Ngày 5/10, báo X đã viết:" is no mail reader's.
_WHO_OR_WHEN = re.compile(r"@|\b\d{1,2}[:h]\d\d\b")
_ATTRIBUTION_LINES = 4
_LABELS = {
    "from": "from|từ|người gửi|de|von",
    "sent": "sent|date|đã gửi|gửi|ngày|ngày gửi|gửi lúc|thời gian|envoyé|gesendet|gửi vào|đã gửi vào|sent at",
    "to": "to|đến|tới|người nhận|kính gửi|gửi đến|gửi tới|à|an|tới người nhận",
    "subject": "subject|chủ đề|tiêu đề|về việc|objet|betreff",
}
_LABEL = re.compile(
    r"^[\s*_]*(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS.items())
    + r")[\s*_]*:[\s*_]*(?P<value>.*)$",
    re.IGNORECASE,
)
_BLOCK_LINES = 12
_RULE = re.compile(r"^\s*[_-]{5,}\s*$")
_FOOTER = re.compile(
    r"""^\s*(?:
          (?:sent|(?:đã\ )?(?:được\ )?gửi|envoyé)\ (?:from|từ|bằng|de|depuis)\ (?:my\ |mon\ |ứng\ dụng\ )?
          (?:i(?:phone|pad)|android|mobile|outlook|yahoo|(?:mail|thư)\ (?:for|cho|dành\ cho)\ windows|samsung|galaxy
            |blackberry|smartphone|điện\ thoại|xiaomi|oppo|huawei|thiết\ bị).{0,60}
        | (?:get|tải|download)\ outlook\ (?:for|cho|dành\ cho).{0,60}
        | (?:virus-free|không\ có\ vi-?\s?rút?)\b.{0,60}
        )$""",
    re.IGNORECASE | re.VERBOSE,
)


def own_text(text: str) -> str:
    """`text` without what earlier mails say. Empty where a mail only forwards."""
    kept: list[str] = []
    lines = text.split("\n")
    position = 0
    while position < len(lines):
        if _starts_earlier_mail(lines, position):
            break
        attribution = _attribution_length(lines, position)
        if attribution:
            if not _is_quoted_next(lines, position + attribution):
                break
            position += attribution
            continue
        if not _is_quoted(lines[position]) and not _FOOTER.match(lines[position]):
            kept.append(lines[position])
        position += 1
    return _trimmed(kept)


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


def _is_quoted_next(lines: list[str], position: int) -> bool:
    following = next((line for line in lines[position : position + 3] if line.strip()), "")
    return _is_quoted(following)


def _starts_earlier_mail(lines: list[str], position: int) -> bool:
    line = lines[position]
    return bool(_DASHED.match(line)) or _is_header_block(lines, position)


def _attribution_length(lines: list[str], position: int) -> int:
    """Of "On …, X wrote:", which mail readers fold; 0 where there is none."""
    if not _OPENS.match(lines[position]):
        return 0
    for length in range(1, _ATTRIBUTION_LINES + 1):
        joined = " ".join(lines[position : position + length])
        if not lines[min(position + length, len(lines)) - 1].strip():
            return 0
        if _WROTE.match(joined) and _WHO_OR_WHEN.search(joined):
            return length
    return 0


def _is_header_block(lines: list[str], position: int) -> bool:
    """The four fields that Outlook and Zimbra write above an earlier mail, in English, Vietnamese, French or German."""
    first = _LABEL.match(lines[position])
    if not first or first.lastgroup is None or first["from"] is None or not first["value"].strip():
        return False
    kinds = {kind for line in lines[position : position + _BLOCK_LINES] for kind in _kinds(line)}
    return "subject" in kinds and bool(kinds & {"sent", "to"})


def _kinds(line: str) -> list[str]:
    found = _LABEL.match(line)
    return [kind for kind in _LABELS if found[kind]] if found else []


def _trimmed(kept: list[str]) -> str:
    while kept and (not kept[-1].strip() or _RULE.match(kept[-1])):
        kept.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")
