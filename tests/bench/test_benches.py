"""Each bench runs to its end on next to nothing, so that none can rot. Nothing is measured here."""

import importlib

import pytest

from bench.__main__ import benches

TINY = {"reading": 4, "matching": 60, "reminding": 2_000, "console": 2_000}
WITH_A_MAILBOX = {"whole": 4, "fetching": 60, "answering": 4, "alerting": 20, "noticing": 100, "growing": 8}


@pytest.mark.dovecot
@pytest.mark.parametrize("name", WITH_A_MAILBOX)
def test_a_bench_of_a_real_mailbox_prints_its_table(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    importlib.import_module(f"bench.{name}").main(size=WITH_A_MAILBOX[name], pairs=1)
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
