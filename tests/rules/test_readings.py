"""What was read of a document, put together."""

import pytest

from intake.rules.reading import Signature, SignatureReading, weakest


@pytest.mark.parametrize(
    ("states", "of_the_document"),
    [
        ((), "none"),
        (("trusted", "trusted"), "trusted"),
        (("trusted", "intact"), "intact"),
        (("trusted", "broken", "intact"), "broken"),
    ],
)
def test_a_document_is_signed_no_better_than_by_the_worst_of_its_signatures(
    states: tuple[Signature, ...], of_the_document: Signature
) -> None:
    assert weakest([SignatureReading(state) for state in states]) == of_the_document
