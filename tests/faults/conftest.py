"""One office for the faults of a file: its daemon lives through all of them, one after the other.

The files are one group for pytest-xdist: a fault is mostly waited for, and while one worker waits the others compute.
"""

import uuid
from collections.abc import Iterator

import pytest
from servers import Dovecot

from faults.nursery import Nursery
from faults.office import Office, office


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


@pytest.fixture(scope="module")
def at_work(
    dovecot: Dovecot, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Office]:
    """The office with a daemon that runs."""
    folder = tmp_path_factory.mktemp("office")
    with office(folder, dovecot, f"user{uuid.uuid4().hex[:12]}", nursery, topics=1) as place:
        place.start()
        yield place


@pytest.fixture
def closed(
    dovecot: Dovecot, nursery: Nursery, mailbox_user: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """An office of one test, whose daemon the test starts."""
    with office(tmp_path_factory.mktemp("office"), dovecot, mailbox_user, nursery, topics=1) as place:
        yield place
