"""The intake before the mail of invented provinces: hundreds of labelled mails, most of them set as traps.

What a mail should become is told in `corpus/labelled/*/mails`; the labels were written from what the office needs, not
from what the rules do.
"""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from corpus.labelled.label import Label
from corpus.labelled.make import write_all
from corpus.labelled.province import Province, provinces
from corpus.labelled.score import Score, score

AFTER_ALL_MAIL = "2026-12-31T08:00:00+07:00"
SHARE_OF_CLEAR_REPORTS = 0.98

pytestmark = pytest.mark.timeout(600)  # Hundreds of mails go through in one set-up, beside whatever else is running.

# One worker does a whole province, whose mail goes through but once.
each_province = pytest.mark.parametrize(
    "province",
    [pytest.param(one, id=one.folder.name, marks=pytest.mark.xdist_group(one.folder.name)) for one in provinces()],
    scope="module",
)


@dataclass(frozen=True)
class Post:
    """The folder of one office: its registry, its config, and its mail with the labels of it."""

    folder: Path
    labels: list[Label]


@pytest.fixture(scope="module")
def post(province: Province, tmp_path_factory: pytest.TempPathFactory) -> Post:
    folder = tmp_path_factory.mktemp("province")
    shutil.copytree(province.folder / "registry", folder / "registry")
    shutil.copy(province.folder / "config.toml", folder)
    (folder / "mail").mkdir()
    return Post(folder, write_all(province, folder / "mail"))


@pytest.fixture(scope="module")
def found(post: Post) -> Score:
    """The whole mail of a province put through the commands once, and compared."""
    _intake(post.folder, "registry", "load", "registry")
    printed = _intake(post.folder, "import", "mail", "--json", "--at", AFTER_ALL_MAIL)
    lines = map(json.loads, printed.splitlines())
    return score(post.labels, {Path(line["source"]).name: line for line in lines})


def _intake(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "intake", *arguments, "--config", "config.toml"],
        cwd=folder, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@each_province
def test_no_mail_is_lost(found: Score) -> None:
    assert found.lost == []


@each_province
def test_no_report_is_recorded_for_the_wrong_agency_type_or_period(found: Score) -> None:
    assert found.wrong == []


@each_province
def test_most_reports_that_need_no_question_are_booked_without_one(found: Score) -> None:
    assert found.booked / found.clear >= SHARE_OF_CLEAR_REPORTS, "\n".join(found.missed)


@each_province
def test_what_is_booked_is_judged_right_in_time_and_completeness(found: Score) -> None:
    assert found.timeliness + found.completeness == []


@each_province
def test_versions_numbers_and_urgent_matters_are_told_right(found: Score) -> None:
    assert found.version + found.number + found.incident == []


@each_province
def test_the_same_tables_make_the_same_mails(province: Province, post: Post, tmp_path: Path) -> None:
    write_all(province, tmp_path)
    assert _by_name(tmp_path) == _by_name(post.folder / "mail")


def _by_name(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
