"""A tiny identity provider on loopback: OpenID Connect's code flow, one key, and whoever it is told to be signed in."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

SECRET = "secret of the client"


class Provider:
    """What it says about whoever comes: `claims` is added to, or takes the place of, what is right."""

    def __init__(self) -> None:
        self.address, self.claims = "", {}
        self.key = RSAKey.generate_key(2048, {"kid": "1"})
        self.signing_key = self.key
        self.codes: dict[str, dict[str, str]] = {}

    def found(self) -> dict[str, object]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
        }

    def authorized(self, asked: dict[str, str]) -> str:
        code = f"code{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, object]:
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
        if asked is None or asked["code_challenge"] != challenge.decode():
            return {"error": "invalid_grant"}
        claims = {"iss": self.address, "aud": asked["client_id"], "sub": "7", "exp": int(time.time()) + 60,
                  "nonce": asked["nonce"], "preferred_username": "officer", **self.claims}  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.signing_key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": token}


@contextmanager
def identity_provider() -> Iterator[Provider]:
    provider = Provider()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            path = urlsplit(self.path).path
            if path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorized(asked))
                self.end_headers()
            else:
                self._say(provider.found() if path.startswith("/.well-known") else {"keys": [provider.key.as_dict()]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(provider.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, what: dict[str, object]) -> None:
            content = json.dumps(what).encode()
            self.send_response(400 if "error" in what else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Keeps quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
