"""Parts of a stored mail over HTTP: its body in a frame that can do nothing, pages as pictures, files to be kept.

Each answer says so sternly what it is that no browser takes it for anything else.
"""

from urllib.parse import quote

from starlette.responses import Response

from intake.office.showing import Download, attachment, body, original, picture
from intake.web.visit import Visit

FRAMED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'none'; sandbox",
    "X-Frame-Options": "SAMEORIGIN",
}


def framed_body(visit: Visit) -> Response:
    """The mail's own words, cleaned in a worker process, for a sandboxed frame."""
    shown = body(visit.desk, visit.number("id"))
    answer = visit.page("mail_body", html=shown.html, lines=shown.text.splitlines())
    answer.headers.update(FRAMED)
    return answer


def page_picture(visit: Visit) -> Response:
    found = picture(visit.desk, visit.number("id"), visit.number("number"), visit.number("page", 1))
    return Response(found, media_type="image/png", headers={"Cache-Control": "private, max-age=600"})


def whole_mail(visit: Visit) -> Response:
    return kept_file(original(visit.desk, visit.number("id")))


def one_attachment(visit: Visit) -> Response:
    return kept_file(attachment(visit.desk, visit.number("id"), visit.number("number")))


def kept_file(file: Download) -> Response:
    """A file that the browser saves under its name, without folders, and never shows (RFC 6266)."""
    name = file.filename.replace("\\", "/").rpartition("/")[2].strip(". ") or "tep"
    name = "".join(letter for letter in name if letter.isprintable())[-150:]
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": disposition, "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(file.content, media_type="application/octet-stream", headers=headers)
