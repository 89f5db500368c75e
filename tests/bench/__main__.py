"""`./run bench [name] [options]`: one bench by its name; without one, what there is."""

import importlib
import pkgutil
import sys
from pathlib import Path

from intake.interpreter import collect_rarely, take_short_turns

HERE = Path(__file__).parent
NOT_BENCHES = ("__main__", "helpdesk_site", "measuring", "province", "test_benches")


def benches() -> list[str]:
    return sorted(one.name for one in pkgutil.iter_modules([str(HERE)]) if one.name not in NOT_BENCHES)


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in benches():
        for name in benches():
            described = importlib.import_module(f"bench.{name}").__doc__ or ""
            print(f"{name:12} {described.strip().splitlines()[0]}")
        return 2 if sys.argv[1:] else 0
    name = sys.argv.pop(1)
    sys.argv[0] = f"./run bench {name}"
    collect_rarely()
    take_short_turns()
    return importlib.import_module(f"bench.{name}").main() or 0


if __name__ == "__main__":
    sys.exit(main())
