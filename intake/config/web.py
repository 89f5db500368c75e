"""The table of the console: where it listens, how it is reached, how long a browser stays signed in."""

import ipaddress
from datetime import timedelta
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from intake.config.servers import Secret
from intake.config.values import Duration, Section


class Oidc(Secret):
    """An identity provider (OpenID Connect). `claim` is what of its word is the user's name here."""

    issuer: str = Field(pattern=r"^https?://")
    client_id: str
    name: str = "OpenID Connect"
    claim: str = "preferred_username"
    scope: str = "openid profile"


class Web(Section):
    """`base_url` is what people type; `secure_cookies` keeps a session to HTTPS, as always beyond loopback."""

    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    base_url: str = Field("", pattern=r"^(https?://[^/\s]+)?$")
    secure_cookies: bool | None = None
    session: Duration = timedelta(hours=10)
    idle: Duration = timedelta(hours=2)
    proxies: tuple[str, ...] = ()
    oidc: Oidc | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.is_loopback and not self.base_url:
            raise ValueError('base_url: how people reach the console, such as "https://baocao.example.gov.vn"')
        if self.oidc and not self.base_url:
            raise ValueError("base_url: the identity provider sends people back to it")
        return self

    @property
    def is_loopback(self) -> bool:
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def cookies_are_secure(self) -> bool:
        """Whether a cookie may only travel by HTTPS: everywhere, but for plain HTTP on this machine."""
        if self.secure_cookies is not None:
            return self.secure_cookies
        return self.base_url.startswith("https:") or not self.is_loopback

    @property
    def hosts(self) -> frozenset[str]:
        """The host names by which the console may be asked."""
        if self.base_url:
            return frozenset({(urlsplit(self.base_url).hostname or "").casefold()})
        return frozenset({"localhost", "127.0.0.1", "::1", self.host.casefold()})


def with_absolute_secret(web: Web, base: Path) -> Web:
    """The same, with the file of the provider's secret taken from `base`."""
    if web.oidc is None or web.oidc.password_file is None:
        return web
    file = base / web.oidc.password_file.expanduser()
    return web.model_copy(update={"oidc": web.oidc.model_copy(update={"password_file": file})})
