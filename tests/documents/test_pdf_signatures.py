"""Signed PDF files, made by pyHanko with an authority of our own, and judged against a trust store."""

from datetime import timedelta
from pathlib import Path

import pytest
from documents_mails import mail_with
from signing import (
    CADES,
    SIGNED_AT,
    YEAR,
    authority,
    report,
    rsa_key,
    signed,
    usage,
    with_a_word_added,
    with_evidence_added,
)

from intake.config import Limits
from intake.documents.reading import read_mail
from intake.rules.reading import DocumentReading, SignatureReading

AUTHORITY = authority()
CLERK = AUTHORITY.certify("Nguyễn Văn A")
SEAL = AUTHORITY.certify("Sở Y tế tỉnh Hòa Sơn")
ONCE = signed(report(), CLERK)
TWICE = signed(ONCE, SEAL, "S2")


@pytest.fixture
def trust_store(tmp_path: Path) -> Path:
    folder = tmp_path / "certificates"
    folder.mkdir()
    (folder / "authority.pem").write_bytes(AUTHORITY.pem)
    (folder / "other.der").write_bytes(authority("Another authority").der)
    return folder


def read(content: bytes, trust_store: Path | None) -> DocumentReading:
    return read_mail(mail_with(("bc.pdf", content)), Limits(), (), trust_store).documents[0]


def only_signature(content: bytes, trust_store: Path | None) -> SignatureReading:
    (signature,) = read(content, trust_store).signatures
    return signature


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (report(), "none"),
        (ONCE, "trusted"),
        (TWICE, "trusted"),
        (ONCE + b"\r\n", "trusted"),
        (signed(report(), CLERK, subfilter=CADES), "trusted"),
        (with_evidence_added(TWICE, AUTHORITY), "trusted"),
        (signed(report(), authority("Somebody").certify("Stranger")), "intact"),
        (signed(report(), authority("Somebody")), "intact"),
        (signed(report(), AUTHORITY.certify("Late", (SIGNED_AT - 2 * YEAR, SIGNED_AT - YEAR))), "intact"),
        (signed(report(), AUTHORITY.certify("Early", (SIGNED_AT + YEAR, SIGNED_AT + 2 * YEAR))), "intact"),
        (signed(report(), AUTHORITY.certify("Cipher", allowed=usage("key_encipherment"))), "intact"),
        (signed(report(), CLERK, md_algorithm="sha1"), "intact"),
        (with_a_word_added(ONCE), "changed"),
        (with_a_word_added(TWICE), "changed"),
        (signed(with_a_word_added(ONCE), SEAL, "S2"), "changed"),
        (ONCE.replace(b"/MediaBox [ 0 0 595", b"/MediaBox [ 0 0 596"), "broken"),
    ],
    ids=[
        "nobody signed", "once", "twice", "a mail program added a line end", "CAdES", "evidence was added",
        "an unknown authority", "signed by oneself", "run out before", "not yet valid", "a key not for signing",
        "SHA-1", "words were added", "words behind two", "words between two", "a byte was changed",
    ],
)  # fmt: skip
def test_a_pdf_is_as_good_as_its_weakest_signature(content: bytes, state: str, trust_store: Path) -> None:
    assert read(content, trust_store).signature == state


def test_without_a_trust_store_nobody_is_trusted() -> None:
    assert only_signature(ONCE, None).state == "intact"


def test_a_certificate_that_has_run_out_since_was_good_on_the_day(trust_store: Path) -> None:
    brief = AUTHORITY.certify("Brief", (SIGNED_AT - YEAR, SIGNED_AT + timedelta(days=1)))
    assert only_signature(signed(report(), brief), trust_store).state == "trusted"


def test_the_trust_store_may_be_one_file(trust_store: Path) -> None:
    assert only_signature(ONCE, trust_store / "authority.pem").state == "trusted"


def test_who_signed_and_when_is_told_of_each_signature(trust_store: Path) -> None:
    first, second = read(TWICE, trust_store).signatures
    assert (first.signer, second.signer) == ("Nguyễn Văn A", "Sở Y tế tỉnh Hòa Sơn")
    assert (first.field, second.field) == ("S1", "S2")
    assert (first.organization, first.uid, first.issuer) == ("Sở Y tế", "MST:0100000000", "Test authority")
    assert first.serial == f"{CLERK.certificate.serial_number:x}"
    assert (first.signed_at, first.stamped_at) == (SIGNED_AT, None)


def test_the_time_of_an_authority_is_told_beside_the_signer_s_own(trust_store: Path) -> None:
    stamped = signed(report(), CLERK, stamped_by=AUTHORITY.certify("Time stamps", key=rsa_key()))
    signature = only_signature(stamped, trust_store)
    assert (signature.signed_at, signature.stamped_at) == (SIGNED_AT, SIGNED_AT + timedelta(minutes=1))


def test_why_a_signature_is_not_trusted_is_said_in_words(trust_store: Path) -> None:
    forgeable = only_signature(signed(report(), CLERK, md_algorithm="sha1"), trust_store)
    assert forgeable.detail == "it rests on sha1, which can be forged"
    assert only_signature(ONCE, trust_store).detail == ""
