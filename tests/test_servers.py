"""The servers of the tests themselves: that each is the real thing, and gone afterwards."""

import pytest
from servers import dovecot_server
from sqlalchemy import create_engine, text


def test_every_test_has_a_database_of_its_own(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE only_here (id INTEGER)"))
        assert connection.scalar(text("SELECT count(*) FROM only_here")) == 0
    engine.dispose()


@pytest.mark.dovecot
def test_the_imap_server_leaves_nothing_behind() -> None:
    with dovecot_server() as server:
        assert server.folder.exists()
    assert not server.folder.exists()
    assert server.process.poll() is not None
