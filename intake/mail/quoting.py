"""The lines by which mail programs introduce an earlier mail, in Vietnamese, English, French and other languages."""

import re
from functools import lru_cache
from itertools import takewhile

_DASHED = re.compile(
    r"""^[\s*>]*(?:[-_=—–]{2,}|begin\b|bắt\ đầu\b|début\ (?:du|de)\b)\s*(?:(?:of|the|le)\ )?
        (?:(?:original|forwarded|reply|replied)\s(?:message|mail|e-?mail|appointment)
          |forwarded\s(?:by|message)|message\s(?:d['’]origine|transféré|transmis|réexpédié|original)
          |e-?mail\s(?:d['’]origine|transféré)|mensaje\s(?:original|reenviado)|ursprüngliche\s(?:nachricht|mail)
          |weitergeleitete\s(?:nachricht|mail)|(?:oorspronkelijk|doorgestuurd)\sbericht|messaggio\s(?:originale|inoltrato)
          |mensagem\s(?:original|encaminhada)
          |(?:nội\ dung\ )?(?:thư|tin\ nhắn|e-?mail|thông\ điệp|tin|bản\ tin)\ (?:gốc|ban\ đầu|trước|nguyên\ (?:gốc|bản)
             |(?:đã\ |được\ )*chuyển\ tiếp)
          |chuyển\ tiếp(?:\ (?:thư|tin\ nhắn|e-?mail))?|(?:đã\ )?chuyển\ tiếp\ bởi)\b.{0,80}$""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENS = re.compile(r"^[\s*]*(?:on|vào|le|am|el|il|em|op|lúc|ngày|trong|at|hôm|khi)\b", re.IGNORECASE)
_SAID = re.compile(
    r"""(?:\bwrote|\bwrites|\bđã\ (?:viết|gửi|trả\ lời)|\bviết|\ba\ écrit|\bescribió|\bha\ scritto|\bescreveu
          |\bschrieb\b.*|\bschreef\b.*)(?:\s+(?:on|vào|le)\b.{5,60})?\s*(?::|$)\s*$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_MAY_SAY = re.compile(r"wr[oi]te|viết|gửi|trả lời|écrit|escrib|scritto|escrev|schr[ie]", re.IGNORECASE)
# A sentence such as "Ngày 5/10, báo X đã viết:" is no mail reader's.
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
_WHO_OR_WHEN = re.compile(r"@|\b\d{1,2}[:h]\d\d\b")
_NAME_FIRST = re.compile(r"^[\s*]*(?:\"[^\"]{1,80}\"|[^<>@\"]{1,80})\s*[<(\[]\s*(?:mailto:)?[^\s<>@]+@[^\s<>@]+[>)\]]")
# Gmail and Yandex wrote only when and who, without a verb.
_DATE_FIRST = re.compile(
    r"^[\s*]*(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4},?)\s+\d{1,2}:\d\d\b[^<>]{0,120}<[^\s<>@]+@[^\s<>@]+>\s*:\s*$"
)
_ATTRIBUTION_LINES = 4
_LONGEST_LINE = 500
_LABELS = {
    "from": "from|từ|người gửi|de|von|expéditeur",
    "sent": "sent|date|đã gửi|gửi|ngày|ngày gửi|gửi lúc|thời gian|envoyé|envoyé le|gesendet|gửi vào|đã gửi vào|sent at"
    "|enviado|enviado el|fecha|datum|thời gian gửi",
    "to": "to|đến|tới|người nhận|kính gửi|gửi đến|gửi tới|à|an|tới người nhận|para|destinataire|pour",
    "subject": "subject|chủ đề|tiêu đề|về việc|objet|betreff|asunto|sujet",
    "copy": "cc|bcc|cci|đồng gửi|đồng kính gửi|importance|mức độ quan trọng|attachments|tệp đính kèm|reply-to"
    "|trả lời tới",
}
_LABEL = re.compile(
    r"^[\s*_]*(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS.items())
    + r")[\s*_]*:[\s*_]*(?P<value>.*)$",
    re.IGNORECASE,
)
_BLOCK_LINES = 12


def introduction_length(lines: list[str], position: int) -> int:
    """Of "On …, X wrote:", which mail readers fold, from `position` on; 0 where there is none."""
    first = lines[position]
    if len(first) > _LONGEST_LINE or not first.strip():
        return 0
    if _DATE_FIRST.match(first):
        return 1
    if foreign := _foreign_length(lines, position):
        return foreign
    opens = _OPENS.match(first)
    if not opens and not _NAME_FIRST.match(first):
        return 0
    for length in range(1, _ATTRIBUTION_LINES + 1 if opens else 2):
        folded = lines[position : position + length]
        if not folded[-1].strip() or len(folded) < length or len(folded[-1]) > _LONGEST_LINE:
            return 0
        if _MAY_SAY.search(folded[-1]) and _is_introduction(" ".join(folded)):
            return length
    return 0


def _foreign_length(lines: list[str], position: int) -> int:
    """Of a line in whatever language that names somebody's address and a time, right above what is quoted."""
    length = 2 if lines[position].rstrip().endswith("<") else 1
    line = " ".join(lines[position : position + length]).rstrip()
    if not (line.endswith(":") and "@" in line and _CLOCK.search(line)):
        return 0
    following = next((one for one in lines[position + length : position + length + 3] if one.strip()), "")
    return length if following.lstrip().startswith(">") else 0


def _is_introduction(line: str) -> bool:
    return bool(_SAID.search(line) and _WHO_OR_WHEN.search(line))


def starts_earlier_mail(lines: list[str], position: int) -> bool:
    """Whether all from here on is an earlier mail: a dashed line that says so, or the fields of its header."""
    line = lines[position]
    return bool(_DASHED.match(line)) or _is_header_block(lines, position)


def without_headers(text: str) -> str:
    """A text without what introduces the mails forwarded in it: dashed lines, and the fields of their headers."""
    lines, kept, position = text.split("\n"), list[str](), 0
    while position < len(lines):
        is_dashed = bool(_DASHED.match(lines[position]))
        start = position + is_dashed
        is_header = start < len(lines) and (is_dashed or _is_header_block(lines, start))
        if is_header:
            position = start + len(_fields(lines[start : start + _BLOCK_LINES]))
        else:
            kept.append(lines[position])
            position += 1
    return "\n".join(kept)


def _fields(lines: list[str]) -> list[str]:
    """The fields with which an earlier mail begins: up to its first empty line, as far as they are labelled."""
    last = 0
    for count, line in enumerate(takewhile(str.strip, lines), 1):
        last = count if _kind(line) else last
    return lines[:last]


def _is_header_block(lines: list[str], position: int) -> bool:
    """The four fields that Outlook, Zimbra and others write above an earlier mail, whichever comes first."""
    first = _LABEL.match(lines[position][:_LONGEST_LINE])
    if not first or first.lastgroup is None or first["copy"] is not None or not first["value"].strip():
        return False
    block = _block(lines[position : position + _BLOCK_LINES], is_loose=first["from"] is not None)
    kinds = {_kind(line) for line in block}
    if first["from"] is None and not ("to" in kinds and any(map(_WHO_OR_WHEN.search, block))):
        return False
    return {"from", "subject"} <= kinds and bool(kinds & {"sent", "to"})


def _block(lines: list[str], is_loose: bool) -> list[str]:
    """The lines of a header: a value may be folded, but a text between two labels ends it unless From came first."""
    block: list[str] = []
    unlabelled = 0
    for line in lines:
        unlabelled = 0 if _kind(line) else unlabelled + 1
        if unlabelled > 1 and not is_loose:
            break
        block.append(line)
    return block


@lru_cache(maxsize=256)
def _kind(line: str) -> str:
    found = _LABEL.match(line[:_LONGEST_LINE])
    return next(kind for kind in _LABELS if found[kind]) if found else ""
