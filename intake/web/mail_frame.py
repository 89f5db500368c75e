"""Mails of ours in a frame: with their own styles, and able to do nothing else; and as files to be kept."""

from urllib.parse import quote

from starlette.responses import Response

# Mails bear their styles in their elements. Nothing runs, nothing is loaded, nothing can be sent from here.
FRAMED_MAIL = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'; "
    "base-uri 'none'; form-action 'none'; sandbox",
    "X-Frame-Options": "SAMEORIGIN",
}


def kept_mail(raw: bytes, name: str) -> Response:
    """A mail that the browser saves and never shows (RFC 6266)."""
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": disposition, "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(raw, media_type="application/octet-stream", headers=headers)
