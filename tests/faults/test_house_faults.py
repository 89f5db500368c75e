"""A real daemon in a house where things go wrong: disk, database, clock, config, people and programs at the mailbox."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import Dovecot

from faults.clocks import VARIABLE
from faults.house_faults import CLOCK_FILE, FAULTS, FULL_DISK, small_disk
from faults.nursery import Nursery
from faults.office import Office, office
from faults.playing import Fault, play

pytestmark = pytest.mark.xdist_group("faults")

IN_SHORT = ("database locked", "clock set back", "config broken", "moved by people", "started without database")


@pytest.mark.parametrize("fault", [one for one in FAULTS if one.name in IN_SHORT], ids=lambda fault: fault.name)
def test_every_mail_is_booked_and_answered_once_whatever_happens_in_the_house(at_work: Office, fault: Fault) -> None:
    keeps_the_promise(at_work, fault)


def keeps_the_promise(place: Office, fault: Fault) -> None:
    played = play(place, fault)
    tally = played.tally
    assert (tally.booked, tally.answered, tally.doubled, tally.booked_twice) == (tally.mails, tally.mails, 0, 0)
    assert played.back < 60


@pytest.fixture
def on_small_disk(closed_folder: Path, dovecot: Dovecot, nursery: Nursery, mailbox_user: str) -> Iterator[Office]:
    """An office whose database and mails lie on a disk of their own."""
    try:
        with (
            small_disk(closed_folder / "data"),
            office(closed_folder, dovecot, mailbox_user, nursery, topics=1) as place,
        ):
            place.start()
            yield place
    except PermissionError as cause:
        pytest.skip(str(cause))


@pytest.fixture
def closed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


def test_a_full_disk_loses_nothing_and_all_goes_on_when_there_is_room(on_small_disk: Office) -> None:
    keeps_the_promise(on_small_disk, FULL_DISK)


def test_a_config_changed_while_the_daemon_runs_is_taken_over_if_it_is_right(closed: Office) -> None:
    closed.start()
    closed.await_answers(closed.put(1))
    closed.configure(office={"name": "Văn phòng mới"})
    [later] = closed.put(1)
    closed.await_answers([later])
    [answer] = [one.message for one in closed.sink.mails if one.answers == later]
    assert "Văn phòng mới" in str(answer["From"])


def test_the_admin_is_told_of_a_config_that_cannot_be_used(closed: Office) -> None:
    closed.start()
    closed.await_answers(closed.put(1))
    good = (closed.folder / "config.toml").read_bytes()
    (closed.folder / "config.toml").write_text("[office\n", encoding="utf-8")
    told = lambda: [one for one in list(closed.sink.mails) if "cấu hình" in str(one.message["Subject"])]  # noqa: E731
    closed.await_that(lambda: bool(told()), "an alert")
    (closed.folder / "config.toml").write_bytes(good)
    closed.await_answers(closed.put(1))
    assert len(told()) == 1


@pytest.fixture(scope="module")
def at_work(dovecot: Dovecot, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """As for the other faults, with a clock that can be set back."""
    folder = tmp_path_factory.mktemp("house")
    with office(folder, dovecot, "house", nursery, topics=1, inbox="Báo cáo") as place:
        shutil.copytree(Path(__file__).parents[2] / "templates", folder / "templates")
        place.configure(templates={"path": "templates"})
        place.start(**{VARIABLE: str(folder / CLOCK_FILE)})
        yield place
