"""HTML to the text that a person sees: blocks on lines of their own, cells parted by tabs, quoted mails after "> "."""

import html
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_BLOCKS = {
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tbody", "thead", "tr", "ul",
}  # fmt: skip
_UNSEEN = {"script", "style", "head", "title", "template", "noscript", "iframe", "noframes", "noembed", "-comment"}
_HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_QUOTE_STYLE = re.compile(r"border-left", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\r\n\f\u00a0]+")
_NESTING = re.compile(
    r"<(/?)(?!p\b|li\b|t[drh]\b|br\b|img\b|hr\b|meta\b|link\b|input\b|col\b)[a-z][^<>/]*+(/?)>", re.IGNORECASE
)
_DEEPEST = 500
_TAG = re.compile(r"<[^<>]*>")


def html_to_text(source: str) -> str:
    """The text of an HTML part. Takes time linear in the source, whatever its nesting."""
    if _nesting(source) > _DEEPEST:
        return _tidy(html.unescape(_TAG.sub("\n", source)).split("\n"))
    root = LexborHTMLParser(source).body
    if root is None:
        return ""
    lines = _Lines()
    for node, entering in _walk(root):
        lines.enter(node) if entering else lines.leave(node)
    return _tidy(lines.finished())


def _nesting(source: str) -> int:
    """How deep elements are open at most: a parser takes quadratic time over those."""
    depth = deepest = 0
    for found in _NESTING.finditer(source):
        depth += -1 if found[1] else not found[2]
        deepest = max(deepest, depth)
    return deepest


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every seen node, once when it is entered and once when it is left; without recursion."""
    node: LexborNode | None = root
    while node is not None:
        seen = not _is_unseen(node)
        if seen:
            yield node, True
            if node.child is not None:
                node = node.child
                continue
            yield node, False
        while node is not None and node.mem_id != root.mem_id and node.next is None:
            node = node.parent
            if node is not None:
                yield node, False
        if node is None or node.mem_id == root.mem_id:
            return
        node = node.next


def _is_unseen(node: LexborNode) -> bool:
    if node.tag in _UNSEEN:
        return True
    if not node.is_element_node:
        return False
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _is_quotation(node: LexborNode) -> bool:
    """A blockquote that a mail reader made of an earlier mail, not one that indents."""
    if node.tag != "blockquote":
        return False
    attributes = node.attributes
    marks = (attributes.get("type") == "cite", "quote" in (attributes.get("class") or ""))
    return any(marks) or bool(_QUOTE_STYLE.search(attributes.get("style") or ""))


class _Lines:
    """Lines of text in the making."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quoted = 0
        self._preformatted = 0

    def enter(self, node: LexborNode) -> None:
        if node.is_text_node:
            self._add(node.text_content or "")
        elif node.tag == "br":
            self._end_line()
        elif node.tag in ("td", "th") and self._has_text():
            self._line.append("\t")
        elif node.tag in _BLOCKS:
            self._break()
            self._quoted += _is_quotation(node)
        self._preformatted += node.tag == "pre"

    def leave(self, node: LexborNode) -> None:
        if node.tag in _BLOCKS:
            self._break()
            self._quoted -= _is_quotation(node)
        self._preformatted -= node.tag == "pre"

    def finished(self) -> list[str]:
        self._break()
        return self._lines

    def _add(self, text: str) -> None:
        if not self._preformatted:
            self._line.append(_WHITE.sub(" ", text))
            return
        *whole, last = text.split("\n")
        for line in whole:
            self._line.append(line)
            self._end_line()
        self._line.append(last)

    def _has_text(self) -> bool:
        return any(piece.strip() for piece in self._line)

    def _break(self) -> None:
        # A paragraph that holds a space only is how mail readers write an empty line.
        if self._line:
            self._end_line()

    def _end_line(self) -> None:
        line = _spaced("".join(self._line))
        self._lines.append("> " * self._quoted + line)
        self._line = []


def _spaced(line: str) -> str:
    return re.sub(r" *\t *", "\t", re.sub(r" {2,}", " ", line)).strip(" ")


def _tidy(lines: list[str]) -> str:
    """No more than one empty line in a row, none at the ends."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")
