"""To which agencies an officer's order goes: "UBND huyện Chư Prông, Sở Y tế". Every word has to be understood.

What is no agency's name, or the name of two, is given back as it stands; nobody is guessed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from intake.model import OFFICE
from intake.rules.names.directory import Directory

_BETWEEN = re.compile(r"[,;&+/]|\s+(?:và|va|cùng|cung|với|voi)\s+|\n", re.IGNORECASE)
_AT_THE_EDGE = re.compile(r"^(?:và|va|cùng|cung|các|cac|kính gửi|kinh gui)\s+|\s+(?:và|va|cùng|cung)$", re.IGNORECASE)
_RANK = re.compile(
    r"\b(?:huyện|xã|phường|thị xã|thị trấn|thành phố|quận|huyen|xa|phuong|thi xa|thi tran|thanh pho|quan)\s+$", re.I
)
_FILLERS = frozenset({"và", "va", "cùng", "cung", "các", "cac", "kính gửi", "kinh gui"})
_EDGES = " \t.:-–()[]\"“”'"


@dataclass(frozen=True, slots=True)
class Addressees:
    """The agencies' codes in the order of the text; what is nobody's name; what may be several agencies'."""

    codes: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()


def addressees(text: str, directory: Directory, on: date) -> Addressees:
    """Whom a list of names means that day."""
    found: list[tuple[str, frozenset[str]]] = []
    for part, codes in _parts(unicodedata.normalize("NFC", text), directory, on):
        found.append((part, codes - {OFFICE}))
    return Addressees(
        tuple(dict.fromkeys(next(iter(codes)) for _, codes in found if len(codes) == 1)),
        tuple(part for part, codes in found if not codes),
        tuple(part for part, codes in found if len(codes) > 1),
    )


def _parts(text: str, directory: Directory, on: date) -> Iterator[tuple[str, frozenset[str]]]:
    names = directory.agency_names
    place = 0
    for start, end, codes in names.named(text, on):
        ranked = _RANK.search(text[place:start])
        if ranked and (of_rank := names.called(text[place + ranked.start() : end], on)):
            start, codes = place + ranked.start(), of_rank
        for part in _pieces(text[place:start]):
            yield part, names.called(part, on)
        active = frozenset(code for code in codes if directory.agencies[code].active_on(on))
        yield text[start:end], active | names.called(text[start:end], on)
        place = end
    for part in _pieces(text[place:]):
        yield part, names.called(part, on)


def _pieces(text: str) -> Iterator[str]:
    for piece in _BETWEEN.split(text):
        bare = piece.strip(_EDGES)
        while (shorter := _AT_THE_EDGE.sub("", bare).strip(_EDGES)) != bare:
            bare = shorter
        if bare and bare.casefold() not in _FILLERS:
            yield bare
