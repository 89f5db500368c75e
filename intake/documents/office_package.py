"""Opens the zip packages of Office documents (OPC, ODF) and parses their parts without trusting them.

No entities, no network, no part larger than what a long report needs.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from intake.documents.contents import UnreadableError
from intake.rules.reading import Outcome

PART_BYTES = 32_000_000
_HOSTILE_RATIO = 150
_HEAD = 4096
_ENTITY = b"<!ENTITY"
# What libxml2 tells the programmer to allow where a document asks for too much.
_LIMIT = "XML_PARSE_HUGE"
_TOO_DEEP: tuple[Outcome, str] = ("hostile", "its XML is nested too deep")
_TOO_LONG: tuple[Outcome, str] = ("too_large", "a single text in it is too long")
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@contextmanager
def opened(content: bytes) -> Iterator["Package"]:
    """The package in `content`. Raises `UnreadableError` for whatever is wrong with it while it is open."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield Package(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as cause:
        raise UnreadableError("broken", "the package cannot be opened") from cause


class Package:
    """The parts of one package, by name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def bytes_of(self, name: str) -> bytes:
        """One part, inflated. Raises `UnreadableError` if it is too large or encrypted."""
        entry = self._archive.getinfo(name)
        if entry.flag_bits & 0x1:
            raise UnreadableError("encrypted", "the document is encrypted")
        with self._archive.open(entry) as part:
            content = part.read(PART_BYTES + 1)
        if len(content) > PART_BYTES:
            bomb = entry.compress_size * _HOSTILE_RATIO < max(entry.file_size, len(content))
            raise UnreadableError("hostile" if bomb else "too_large", f"a part of it is larger than {PART_BYTES} bytes")
        return content

    def xml(self, name: str) -> etree._Element:
        """The root element of one part."""
        return parsed(self.bytes_of(name))

    def related(self, name: str, kind: str) -> list[str]:
        """The parts that `name` refers to ("" for the package itself) by relationships whose type ends in `kind`."""
        ids = (str(one.get("Id")) for one in self._relationships(name) if str(one.get("Type")).endswith(f"/{kind}"))
        targets = self.targets(name)
        return [targets[one] for one in ids if one in targets]

    def targets(self, name: str) -> dict[str, str]:
        """The parts that `name` refers to, by the identifiers of the relationships."""
        folder = posixpath.dirname(name)
        paths = {
            str(one.get("Id")): posixpath.normpath(posixpath.join("/", folder, str(one.get("Target")))).lstrip("/")
            for one in self._relationships(name)
            if one.get("TargetMode") != "External"
        }
        return {key: path for key, path in paths.items() if path in self.names}

    def _relationships(self, name: str) -> list[etree._Element]:
        folder, base = posixpath.split(name)
        listing = posixpath.join(folder, "_rels", f"{base}.rels")
        return list(self.xml(listing).iter(_RELATIONSHIPS)) if listing in self.names else []


def parsed(content: bytes) -> etree._Element:
    """The root element. Raises `UnreadableError`, also for declared entities, which no Office program writes."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as cause:
        if _ENTITY in content[:_HEAD]:
            raise UnreadableError("hostile", "its XML declares entities") from cause
        if _LIMIT in str(cause):
            raise UnreadableError(*(_TOO_DEEP if "depth" in str(cause) else _TOO_LONG)) from cause
        raise UnreadableError("broken", "its XML is not well-formed") from cause
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(declared.iterentities()):  # type: ignore[union-attr]
        raise UnreadableError("hostile", "its XML declares entities")
    return root


def local(element: etree._Element) -> str:
    """The tag without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
