"""What an urgent matter is called, by the mail that tells of it; never by its running text."""

import re

from intake.rules.reading import MailReading
from intake.rules.urgent.openings import is_answer, plain_subject, words_told
from intake.rules.urgent.urgency import Telling

_TITLE_CHARS = 200
# The name of the kind of document, and what stands below it: "BÁO CÁO" and "Nhanh tình hình …".
_SHOUTED = re.compile(r"^BÁO CÁO (\w)(?=[^\W\d_]*[a-zà])")
# How it stood at an hour is no part of what the matter is called.
_AS_OF = re.compile(r"\s*\((?:tính đến )?[^()]*\b(?:giờ|\d{1,2}h\d{0,2})\b[^()]*\)", re.IGNORECASE)


def matter_title(reading: MailReading, telling: Telling) -> str:
    """The subject, or where it does not say what the matter is, the first head that does."""
    subject = plain_subject(reading.message.subject)
    telling_heads = [head.text for head in telling.heads if head.mentions]
    if not (is_answer(reading.message.subject) or subject in telling_heads) and telling_heads:
        subject = telling_heads[0]
    title = subject or words_told(reading.message)
    title = _SHOUTED.sub(lambda found: f"Báo cáo {found[1].lower()}", " ".join(title.split()))
    return _AS_OF.sub("", title)[:_TITLE_CHARS].strip() or title[:_TITLE_CHARS]


def matter_heads(telling: Telling, title: str) -> list[str]:
    """What is asked for "số 2" and "tiếp theo": never the running text, which promises a next report."""
    return [title, *(head.text.partition("\n")[0] for head in telling.heads)]
