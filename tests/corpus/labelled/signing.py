"""A PDF comes in, the same PDF with a real signature after it goes out: an incremental update by a throw-away key.

The key is grown from a fixed seed, and RSA with PKCS#1 v1.5 has no chance in it: the bytes are the same each time.
"""

import asyncio
import hashlib
import random
from datetime import UTC, datetime
from functools import cache

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

SIGNED_ON = PdfCMSSignedAttributes(signing_time=datetime(2026, 1, 5, 8, 0, tzinfo=UTC))
ROOM = 8192
EXPONENT = 65537
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>"
SEAL = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/M(D:20260105150000+07'00')"
OBJECTS = {
    1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[9 0 R]/SigFlags 3>>>>",
    3: PAGE + b"/Annots[9 0 R]>>",
    9: b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Chuky1)/F 132/Rect[0 0 0 0]/P 3 0 R/V 10 0 R>>",
    10: SEAL + b"/ByteRange[" + b" " * 45 + b"]/Contents<" + b"0" * (2 * ROOM) + b">>>",
}


def signed(made: bytes, signer: str) -> bytes:
    """`made` has to be of `pdf_files.pdf`: its objects 1 to 8 are known."""
    out, offsets = made + b"\n", {}
    for number, body in OBJECTS.items():
        offsets[number] = len(out)
        out += b"%d 0 obj%sendobj\n" % (number, body)
    runs = ((1,), (3,), (9, 10))
    table = b"".join(
        b"%d %d\n" % (run[0], len(run)) + b"".join(b"%010d 00000 n \n" % offsets[number] for number in run)
        for run in runs
    )
    before = made.rpartition(b"startxref\n")[2].split()[0]
    end = b"trailer<</Size 11/Root 1 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (before, len(out))
    return _filled_in(out + b"xref\n" + table + end, signer)


def _filled_in(blank: bytes, signer: str) -> bytes:
    opening = blank.rindex(b"/Contents<0") + len(b"/Contents")
    closing = opening + 2 * ROOM + 2
    covered = b"%d %d %d %d" % (0, opening, closing, len(blank) - closing)
    blank = blank.replace(b"/ByteRange[" + b" " * 45, b"/ByteRange[" + covered.ljust(45))
    digest = hashlib.sha256(blank[:opening] + blank[closing:]).digest()
    seal = (
        asyncio.run(_signer(signer).async_sign(digest, "sha256", signed_attr_settings=SIGNED_ON)).dump().hex().encode()
    )
    return blank[: opening + 1] + seal.ljust(2 * ROOM, b"0") + blank[closing - 1 :]


@cache
def _signer(name: str) -> SimpleSigner:
    key = _key()
    common = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    builder = x509.CertificateBuilder(common, common, key.public_key(), 2026)
    builder = builder.not_valid_before(datetime(2025, 1, 1, tzinfo=UTC)).not_valid_after(
        datetime(2035, 1, 1, tzinfo=UTC)
    )
    usage = x509.KeyUsage(True, True, *[False] * 7)
    made = builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SimpleSigner(
        asn1_x509.Certificate.load(made.public_bytes(serialization.Encoding.DER)),
        keys.PrivateKeyInfo.load(plain),
        SimpleCertificateStore(),
    )


@cache
def _key() -> rsa.RSAPrivateKey:
    chance = random.Random("a key for tests alone")
    first, second = _prime(chance), _prime(chance)
    private = pow(EXPONENT, -1, (first - 1) * (second - 1))
    parts = private % (first - 1), private % (second - 1), pow(second, -1, first)
    public = rsa.RSAPublicNumbers(EXPONENT, first * second)
    return rsa.RSAPrivateNumbers(first, second, private, *parts, public).private_key()


def _prime(chance: random.Random) -> int:
    while True:
        number = chance.getrandbits(1024) | (3 << 1022) | 1
        if all(number % small for small in (3, 5, 7, 11, 13, 17, 19, 23)) and _is_prime(number, chance):
            return number


def _is_prime(number: int, chance: random.Random) -> bool:
    """Fermat's test, eight times: good enough for what guards nothing."""
    if pow(2, number - 1, number) != 1 or (number - 1) % EXPONENT == 0:
        return False
    return all(pow(chance.randrange(3, number), number - 1, number) == 1 for _ in range(8))
