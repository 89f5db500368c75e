"""Where the service tells monitoring systems how it is: `/healthz` and `/metrics`."""

from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Annotated

from pydantic import BeforeValidator, Field

from intake.config.values import Section


def _network(value: object) -> object:
    """A single address is a network of one."""
    return value if not isinstance(value, str) or "/" in value else f"{value}/{ip_address(value).max_prefixlen}"


Network = Annotated[IPv4Network | IPv6Network, BeforeValidator(_network)]


class Metrics(Section):
    """Port 0 opens none. Beside this machine itself, only the addresses in `allow` are told more than "ok" or not."""

    host: str = "127.0.0.1"
    port: int = Field(0, ge=0, le=65535)
    allow: tuple[Network, ...] = ()

    def allows(self, client: str) -> bool:
        """Whether a monitoring system at this address may see figures and reasons."""
        try:
            address = ip_address(client)
        except ValueError:
            return False
        return address.is_loopback or any(address in network for network in self.allow)
