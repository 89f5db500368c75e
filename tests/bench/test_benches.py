"""Each bench runs to its end on next to nothing, so that none can rot. Nothing is measured here."""

import importlib
import os

import pytest

from bench import daemons, helpdesk
from bench.__main__ import benches

TINY = {"reading": 4, "matching": 60, "reminding": 2_000, "console": 2_000}
WITH_A_MAILBOX = {"whole": 4, "fetching": 60, "answering": 4, "alerting": 20, "noticing": 100, "growing": 8, "where": 4}


@pytest.mark.dovecot
@pytest.mark.parametrize("name", WITH_A_MAILBOX)
def test_a_bench_of_a_real_mailbox_prints_its_table(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    importlib.import_module(f"bench.{name}").main(size=WITH_A_MAILBOX[name], pairs=1)
    assert capsys.readouterr().out.count("|") > 10


@pytest.mark.dovecot
@pytest.mark.postgresql
def test_three_daemons_are_measured_beside_one(capsys: pytest.CaptureFixture[str]) -> None:
    daemons.main(size=6, pairs=1)
    assert "3 daemons" in capsys.readouterr().out


@pytest.mark.dovecot
@pytest.mark.skipif(
    not helpdesk.PACKAGES.exists() and os.environ.get("INTAKE_REQUIRE_PARTS") != "1",
    reason="its packages are large: ./run bench helpdesk gets them, and so does CI",
)
def test_django_helpdesk_is_measured_beside_ours(capsys: pytest.CaptureFixture[str]) -> None:
    helpdesk.main(size=4, pairs=1)
    assert capsys.readouterr().out.count("|") > 10


@pytest.mark.parametrize("name", TINY)
def test_a_bench_prints_its_table(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    importlib.import_module(f"bench.{name}").main(size=TINY[name], pairs=1)
    assert capsys.readouterr().out.count("|") > 20


@pytest.mark.parametrize("name", benches())
def test_each_bench_says_what_it_measures(name: str) -> None:
    module = importlib.import_module(f"bench.{name}")
    assert module.__doc__
    assert callable(module.main)
