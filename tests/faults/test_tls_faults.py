"""A real daemon that cannot get an encrypted session or log in: nothing goes out in clear, and nothing is lost."""

import uuid
from collections.abc import Iterator

import pytest
from certificates import Authority
from servers import Dovecot

from faults.nursery import Nursery
from faults.office import Office, office
from faults.playing import Fault, play
from faults.tls_faults import tls_faults

pytestmark = pytest.mark.xdist_group("faults")

# One of each kind; `./run bench faults --kind tls` plays all of them.
IN_SHORT = (
    "IMAP certificate: expired", "SMTP certificate: for another host", "STARTTLS: not offered", "STARTTLS: garbage",
    "AUTH: 454",
)  # fmt: skip


@pytest.fixture(scope="module")
def encrypted(
    dovecot: Dovecot, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Office, dict[str, Fault]]]:
    """The office with servers that have certificates, and the faults by name."""
    folder = tmp_path_factory.mktemp("office")
    authority = Authority(folder)
    user = f"user{uuid.uuid4().hex[:12]}"
    with office(folder, dovecot, user, nursery, topics=1, tls=authority.issue()) as place:
        place.start()
        yield place, {fault.name: fault for fault in tls_faults(authority)}


@pytest.mark.parametrize("name", IN_SHORT)
def test_every_mail_is_booked_and_answered_once_when_a_session_can_be_had_again(
    encrypted: tuple[Office, dict[str, Fault]], name: str
) -> None:
    place, faults = encrypted
    played = play(place, faults[name])
    tally = played.tally
    assert (tally.booked, tally.answered, tally.doubled, tally.booked_twice) == (tally.mails, tally.mails, 0, 0)
    assert played.back < 60
