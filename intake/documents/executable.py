"""Programs and scripts, whatever they call themselves: never opened, always refused."""

import re

from intake.documents.contents import Asked, Contents, File, Format, UnreadableError

# What Windows or a common program runs on a double click.
_EXTENSIONS = frozenset(
    {
        "exe",
        "scr",
        "com",
        "pif",
        "bat",
        "cmd",
        "ps1",
        "psm1",
        "vbs",
        "vbe",
        "js",
        "jse",
        "mjs",
        "ws",
        "wsf",
        "wsc",
        "wsh",
        "hta",
        "lnk",
        "url",
        "msi",
        "msp",
        "mst",
        "msix",
        "appx",
        "cpl",
        "dll",
        "sys",
        "ocx",
        "jar",
        "jnlp",
        "reg",
        "scf",
        "sct",
        "chm",
        "hlp",
        "gadget",
        "application",
        "apk",
        "dmg",
        "pkg",
        "sh",
        "bash",
        "run",
        "elf",
        "command",
        "workflow",
        "settingcontent-ms",
        "library-ms",
        "search-ms",
        "xll",
        "wll",
        "ade",
        "adp",
        "mde",
        "accde",
    }
)
_WINDOWS_LINK = b"\x4c\x00\x00\x00\x01\x14\x02\x00"
_MACH_O = (b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_HIDDEN_TURN = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def _is_executable(file: File) -> bool:
    return file.extension in _EXTENSIONS or _starts_like_a_program(file.content) or _turns_its_name_round(file.name)


def _starts_like_a_program(content: bytes) -> bool:
    if content.startswith(b"MZ"):
        return b"\0" in content[:1024]
    return content.startswith((b"\x7fELF", _WINDOWS_LINK, *_MACH_O))


def _turns_its_name_round(name: str) -> bool:
    """A right-to-left override shows "fdp.exe" as "exe.pdf"; no honest Vietnamese file name carries one."""
    return _HIDDEN_TURN.search(name) is not None


def _refuse(file: File, asked: Asked) -> Contents:
    raise UnreadableError("hostile", "a program, not a document")


FORMATS = (Format("executable", _is_executable, _refuse),)
