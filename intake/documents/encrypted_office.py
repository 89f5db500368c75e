"""Office documents under a password: an OLE file that holds an encrypted package (MS-OFFCRYPTO, 2.3.4)."""

from intake.documents.contents import Asked, Contents, File, Format, UnreadableError
from intake.rules.reading import DocumentKind

_EXTENSIONS: dict[DocumentKind, tuple[str, ...]] = {
    "docx": ("docx", "docm", "doc", "dotx"),
    "xlsx": ("xlsx", "xlsm", "xlsb", "xls"),
    "pptx": ("pptx", "ppt"),
}


def _format(kind: DocumentKind, extensions: tuple[str, ...]) -> Format:
    return Format(kind, lambda file: _is_encrypted(file) and file.extension in extensions, _refuse)


def _is_encrypted(file: File) -> bool:
    return "EncryptedPackage" in file.ole_streams


def _refuse(file: File, asked: Asked) -> Contents:
    raise UnreadableError("encrypted", "the document asks for a password")


FORMATS = (*(_format(*one) for one in _EXTENSIONS.items()), Format("unknown", _is_encrypted, _refuse))
