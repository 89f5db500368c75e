"""What every text must be that was read from foreign bytes: composed Unicode that can be written down again."""

import unicodedata

from intake.mail.parsed import ParsedMessage


def assert_clean(text: str) -> None:
    """In NFC and without half a surrogate pair."""
    assert unicodedata.is_normalized("NFC", text)
    text.encode("utf-8")


def texts_of(parsed: ParsedMessage) -> list[str]:
    """Every text of a message, those of nested messages too."""
    found = [parsed.subject, parsed.text, parsed.own_text, parsed.html, parsed.message_id, parsed.in_reply_to]
    found += [*parsed.references, *parsed.defects, *parsed.original_ids, *parsed.authentication_results]
    people = (parsed.sender, *parsed.to, *parsed.cc, *parsed.reply_to)
    found += [text for one in people if one for text in (one.name, one.address)]
    found += [text for one in parsed.delivery for text in (one.recipient, one.final, one.diagnostic)]
    for one in parsed.attachments:
        found += [one.filename, one.content_type, *(texts_of(one.message) if one.message else ())]
    return found
