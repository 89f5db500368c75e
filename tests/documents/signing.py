"""An authority of our own, people whom it certifies, and PDF files that they sign by pyHanko."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen.canvas import Canvas

SIGNED_AT = datetime(2026, 10, 14, 3, 0, tzinfo=UTC)
YEAR = timedelta(days=365)
_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def usage(*allowed: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{one: one in allowed for one in _USAGES})


Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def rsa_key() -> Key:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def ec_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Holder:
    """A key and its certificate."""

    key: Key
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def certify(
        self,
        name: str,
        valid: tuple[datetime, datetime] = (SIGNED_AT - YEAR, SIGNED_AT + YEAR),
        allowed: x509.KeyUsage = usage("digital_signature", "content_commitment"),  # noqa: B008 - never changed
        key: Key | None = None,
    ) -> "Holder":
        key = key or ec_key()
        return Holder(key, _certificate(name, self.certificate.subject, key, self.key, valid, allowed))

    def signer(self) -> SimpleSigner:
        private = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return SimpleSigner(
            asn1_x509.Certificate.load(self.der), keys.PrivateKeyInfo.load(private), SimpleCertificateStore()
        )


def authority(name: str = "Test authority") -> Holder:
    key = ec_key()
    whole = (SIGNED_AT - 10 * YEAR, SIGNED_AT + 10 * YEAR)
    return Holder(key, _certificate(name, None, key, key, whole, usage("key_cert_sign", "crl_sign"), is_ca=True))


def _certificate(
    name: str,
    issuer: x509.Name | None,
    key: Key,
    by: Key,
    valid: tuple[datetime, datetime],
    allowed: x509.KeyUsage,
    is_ca: bool = False,
) -> x509.Certificate:
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Sở Y tế"),
            x509.NameAttribute(NameOID.USER_ID, "MST:0100000000"),
        ]
    )
    builder = x509.CertificateBuilder(issuer or subject, subject, key.public_key(), x509.random_serial_number(), *valid)
    builder = builder.add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
    builder = builder.add_extension(allowed, critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    builder = builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    return builder.sign(by, hashes.SHA256())


def report() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.drawString(100, 700, "BAO CAO")
    canvas.save()
    return buffer.getvalue()


def signed(content: bytes, holder: Holder, field: str = "S1", stamped_by: Holder | None = None, **how: Any) -> bytes:
    """The PDF with one more signature, made on the day of the report."""
    stamper = DummyTimeStamper(*_tsa(stamped_by), fixed_dt=SIGNED_AT + timedelta(minutes=1)) if stamped_by else None
    with time_machine.travel(SIGNED_AT, tick=False):
        writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
        metadata = PdfSignatureMetadata(field_name=field, **how)
        return bytes(signers.sign_pdf(writer, metadata, holder.signer(), timestamper=stamper).getvalue())


def _tsa(holder: Holder) -> tuple[asn1_x509.Certificate, keys.PrivateKeyInfo]:
    signer = holder.signer()
    return signer.signing_cert, signer.signing_key


def with_a_word_added(content: bytes) -> bytes:
    """An incremental update that writes upon the page."""
    from pyhanko.pdf_utils import generic

    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    word = generic.StreamObject(stream_data=b"BT /F1 12 Tf 100 600 Td (99) Tj ET")
    writer.add_stream_to_page(0, writer.add_object(word))
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def with_evidence_added(content: bytes, holder: Holder) -> bytes:
    """An incremental update that adds certificates for long-term validation (a document security store)."""
    from pyhanko.sign.validation import DocumentSecurityStore

    buffer = io.BytesIO(content)
    DocumentSecurityStore.add_dss(buffer, None, certs=[asn1_x509.Certificate.load(holder.der)])
    return buffer.getvalue()


CADES = fields.SigSeedSubFilter.PADES
