"""What the sender wrote into this mail: its text without quoted or forwarded mails and without client footers."""

import re

from intake.mail.quoting import introduction_length, starts_earlier_mail

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
        if starts_earlier_mail(lines, position):
            break
        introduction = introduction_length(lines, position)
        if introduction:
            if not _is_quoted_next(lines, position + introduction):
                break
            position += introduction
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


def _trimmed(kept: list[str]) -> str:
    while kept and (not kept[-1].strip() or _RULE.match(kept[-1])):
        kept.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")
