"""Signing in through an identity provider: OpenID Connect's code flow with PKCE, state and nonce.

The provider says only who somebody is. Whether they may come in, and as what, stands in our own table of users.
"""

import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import TypeAdapter, ValidationError

from intake.config import Oidc
from intake.errors import TemporaryError

ATTEMPT_COOKIE = "intake_attempt"
SECONDS = 10
ALGORITHMS = ["RS256", "ES256", "PS256"]


class ProviderError(TemporaryError):
    """The provider is away, or its answer is not what this browser asked for."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the answer has to fit, kept by the browser that asked. `following` is where it wanted to go."""

    state: str = ""
    nonce: str = ""
    verifier: str = ""
    following: str = "/"

    @classmethod
    def fresh(cls, following: str) -> "Attempt":
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, following)

    @classmethod
    def from_text(cls, text: str) -> "Attempt":
        try:
            return _ATTEMPT.validate_json(bytes.fromhex(text))
        except (ValueError, ValidationError):
            return cls()

    def as_text(self) -> str:
        return _ATTEMPT.dump_json(self).hex()


_ATTEMPT = TypeAdapter(Attempt)


class Provider:
    """One provider, asked for its addresses and keys when they are first needed."""

    def __init__(self, settings: Oidc, base_url: str) -> None:
        self._settings = settings
        self._back = f"{base_url}/sign-in/back"

    def address_for(self, attempt: Attempt) -> str:
        """Where the browser is sent to sign in. Raises `ProviderError`."""
        with self._client() as client:
            url, _ = client.create_authorization_url(
                self._found["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        return str(url)

    def name_from(self, code: str, state: str, attempt: Attempt) -> str:
        """Who has signed in, by the claim that the config names. Raises `ProviderError`."""
        if not code or not attempt.state or not secrets.compare_digest(state.encode(), attempt.state.encode()):
            raise ProviderError("the answer of the identity provider was not asked for here")
        try:
            with self._client() as client:
                token = client.fetch_token(self._found["token_endpoint"], code=code, code_verifier=attempt.verifier)
            claims = self._checked(token.get("id_token", ""), attempt.nonce)
        except (OAuthError, JoseError, httpx2.HTTPError, ValueError) as cause:
            raise ProviderError(f"the identity provider's answer cannot be used: {cause}") from cause
        name = claims.get(self._settings.claim)
        if not isinstance(name, str) or not name:
            raise ProviderError(f"the identity provider gives no {self._settings.claim}")
        return name

    def _checked(self, id_token: str, nonce: str) -> dict[str, Any]:
        """The claims of a token that the provider signed for us, for this attempt, and that still holds."""
        keys = KeySet.import_key_set(_fetched(self._found["jwks_uri"]))
        claims = jwt.decode(id_token, keys, algorithms=ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            leeway=60,
            iss={"essential": True, "value": self._found["issuer"]},
            aud={"essential": True, "value": self._settings.client_id},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
        return claims

    @cached_property
    def _found(self) -> dict[str, Any]:
        found: dict[str, Any] = _fetched(f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != self._settings.issuer:
            raise ProviderError("the identity provider calls itself otherwise than the config does")
        return found

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self._settings.client_id,
            self._settings.read_password(),
            scope=self._settings.scope,
            redirect_uri=self._back,
            code_challenge_method="S256",
            timeout=SECONDS,
        )


def _fetched(url: str) -> Any:
    try:
        return httpx2.get(url, timeout=SECONDS).raise_for_status().json()
    except (httpx2.HTTPError, ValueError) as cause:
        raise ProviderError(f"the identity provider cannot be reached: {cause}") from cause
