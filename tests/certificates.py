"""A certificate authority for one test server, made on the spot."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LIFETIME = timedelta(days=2)


@dataclass(frozen=True)
class Certificate:
    """The files of a server certificate, and of the authority that issued it."""

    ca_file: Path
    chain_file: Path
    key_file: Path

    @classmethod
    def issued_in(cls, folder: Path) -> "Certificate":
        """One for `localhost` and 127.0.0.1, by a new authority."""
        return Authority(folder).issue()

    def context(self) -> ssl.SSLContext:
        """What a server shows its clients."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain_file, self.key_file)
        return context


class Authority:
    """A new authority whose certificate lies in this folder."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self._name = _name("Test authority")
        ca = _certificate(self._name, self._name, self._key, self._key, _ca_extensions(self._key))
        self.ca_file = folder / "ca.pem"
        self.ca_file.write_bytes(ca.public_bytes(serialization.Encoding.PEM))

    def issue(
        self, name: str = "server", host: str = "127.0.0.1", until: datetime | None = None, own: bool = False
    ) -> Certificate:
        """For `localhost` and this address; `own` is one that only its own key speaks for."""
        key = ec.generate_private_key(ec.SECP256R1())
        signer = key if own else self._key
        issuer = _name("localhost") if own else self._name
        server = _certificate(_name("localhost"), issuer, key, signer, _server_extensions(signer, host), until)
        files = Certificate(self.ca_file, self._folder / f"{name}.pem", self._folder / f"{name}.key")
        files.chain_file.write_bytes(server.public_bytes(serialization.Encoding.PEM))
        files.key_file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return files


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _ca_extensions(key: ec.EllipticCurvePrivateKey) -> list[x509.ExtensionType]:
    return [
        x509.BasicConstraints(ca=True, path_length=None),
        x509.SubjectKeyIdentifier.from_public_key(key.public_key()),
        x509.KeyUsage(
            digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False,
            key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
            decipher_only=False,
        ),
    ]  # fmt: skip


def _server_extensions(ca_key: ec.EllipticCurvePrivateKey, host: str) -> list[x509.ExtensionType]:
    return [
        x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address(host))]),
        x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()),
    ]


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    extensions: list[x509.ExtensionType],
    until: datetime | None = None,
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - LIFETIME)
        .not_valid_after(until or now + LIFETIME)
    )
    for extension in extensions:
        critical = isinstance(extension, x509.BasicConstraints | x509.KeyUsage)
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(signer, hashes.SHA256())
