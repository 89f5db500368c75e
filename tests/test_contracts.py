from collections import Counter
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[1]


def test_every_room_depends_downwards_only():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


@pytest.mark.xdist_group("contracts")
def test_tests_of_one_group_go_to_one_worker(request):
    """By the name that the workers are asked for; once a new pytest and its xdist did not agree, and nobody saw it."""
    groups = request.config.getoption("loadgroup", False)
    assert request.node.nodeid.endswith("@contracts") == bool(groups)


def test_no_two_modules_of_the_tests_share_a_name():
    """A folder that is no package is itself the place that its modules are imported from, under their bare names."""
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    bare = [path.name for folder in folders if not (folder / "__init__.py").exists() for path in folder.glob("*.py")]
    assert [name for name, count in Counter(bare).items() if count > 1 and name != "conftest.py"] == []
