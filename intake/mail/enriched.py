"""Text in the mark-up that came before HTML (RFC 1341 richtext, RFC 1896 enriched), without the mark-up."""

import re

_UNSEEN = re.compile(r"<(/?)(?:param|comment)>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:nl|np|paragraph|/paragraph)>", re.IGNORECASE)
_LESS_THAN = "\x00"
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,60}>")
_LINE_ENDS = re.compile(r"\n+")


def enriched_to_text(source: str) -> str:
    """The words; one line end alone is a space, more are one fewer."""
    seen = _seen(source)
    if not _BREAK.search(seen):
        seen = _LINE_ENDS.sub(lambda ends: "\n" * (len(ends[0]) - 1) or " ", seen)
    seen = _BREAK.sub("\n", seen.replace("<<", _LESS_THAN).replace("<lt>", _LESS_THAN))
    return _TAG.sub("", seen).replace(_LESS_THAN, "<").strip()


def _seen(source: str) -> str:
    """What stands outside of parameters and comments."""
    opening, *pieces = _UNSEEN.split(source)
    pairs = zip(pieces[::2], pieces[1::2], strict=True)
    return opening + "".join(text for closing, text in pairs if closing)
