"""The console's own files: its style, its script, its pictures."""

from functools import cache

from starlette.responses import Response

from intake.web.rendering import STATIC
from intake.web.visit import Visit

KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".txt": "text/plain"}


def static_file(visit: Visit) -> Response:
    """One file by its name; its address names its contents, so it may be kept. A sandboxed frame is of no origin."""
    name = visit.request.path_params["name"]
    if name not in _names():
        return Response("not found", 404, media_type="text/plain")
    file = STATIC / name
    kept = {"Cache-Control": "public, max-age=31536000, immutable", "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(file.read_bytes(), media_type=KINDS[file.suffix], headers=kept)


@cache
def _names() -> frozenset[str]:
    return frozenset(file.name for file in STATIC.iterdir() if file.suffix in KINDS)
