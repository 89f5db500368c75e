"""Which format a file has, by what it holds and only in doubt by its name. A new format is one more entry here."""

from intake.documents import (
    encrypted_office,
    executable,
    flat_office,
    image,
    old_word,
    opendocument,
    pdf,
    plain,
    rtf,
    sheet,
    slides,
    web,
    word,
)
from intake.documents.archive import is_archive
from intake.documents.contents import Asked, Contents, File, Format, UnreadableError


def _is_lock_file(file: File) -> bool:
    return file.name.startswith(("~$", ".~lock."))


def _refuse_lock_file(file: File, asked: Asked) -> Contents:
    raise UnreadableError("unsupported", "a lock file that Office left behind, not a document")


def _is_message(file: File) -> bool:
    return file.extension == "eml" and plain.is_text(file.content)


def _refuse(file: File, asked: Asked) -> Contents:
    raise UnreadableError("unsupported", "a kind of file that cannot be read here")


def _is_other_package(file: File) -> bool:
    """A drawing, a project, a presentation of another office: its parts are no files that somebody packed."""
    return bool(file.zip_names & {"[Content_Types].xml", "mimetype"})


_UNKNOWN = Format("unknown", lambda file: True, _refuse)

# The first that calls a file its own reads it, so the certain ones come before those that take much for theirs.
FORMATS: tuple[Format, ...] = (
    *executable.FORMATS,
    Format("unknown", _is_lock_file, _refuse_lock_file),
    *encrypted_office.FORMATS,
    *word.FORMATS,
    *sheet.FORMATS,
    *slides.FORMATS,
    *opendocument.FORMATS,
    *old_word.FORMATS,
    *rtf.FORMATS,
    Format("unknown", _is_other_package, _refuse),
    Format("archive", is_archive, _refuse),
    *pdf.FORMATS,
    *image.FORMATS,
    Format("message", _is_message, _refuse),
    *flat_office.FORMATS,
    *plain.FORMATS,
    *web.FORMATS,
    plain.TEXT,
    _UNKNOWN,
)


def format_of(file: File) -> Format:
    """The first format that calls the file its own."""
    return next(one for one in FORMATS if one.mine(file))
