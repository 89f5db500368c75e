"""How an input is changed: as the fuzzer likes, within a part of a zip file, or one stretch repeated until it is long.

Bytes changed anywhere in a zip file only break its checksums; changed within a part, they reach the part's reader.
"""

import io
import random
import zipfile
from collections.abc import Callable

_ODDS_OF_PUMPING = 0.03
_ODDS_OF_BREAKING_A_PACKAGE = 0.2
_LONGEST_STRETCH = 64

Mutate = Callable[[bytes, int], bytes]


def mutated(data: bytes, most: int, seed: int, mutate: Mutate) -> bytes:
    """`data` changed in one of the ways, no longer than `most` bytes. `mutate` is the fuzzer's own way."""
    chance = random.Random(seed)
    if data.startswith(b"PK\x03\x04") and chance.random() > _ODDS_OF_BREAKING_A_PACKAGE:
        return _within_a_part(data, most, chance, mutate) or mutate(data, most)
    if data and chance.random() < _ODDS_OF_PUMPING:
        return _pumped(data, most, chance)
    return mutate(data, most)


def _pumped(data: bytes, most: int, chance: random.Random) -> bytes:
    """One stretch of the input many times over: what costs the square of its length shows itself."""
    start = chance.randrange(len(data))
    stretch = data[start : start + chance.randint(1, _LONGEST_STRETCH)]
    times = max(0, most - len(data)) // len(stretch)
    return (data[:start] + stretch * chance.randint(0, times) + data[start:])[:most]


def _within_a_part(data: bytes, most: int, chance: random.Random, mutate: Mutate) -> bytes | None:
    """The package with one part changed; None where it cannot be opened, or became too long."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [(one, package.read(one)) for one in package.infolist() if one.file_size < most]
    except Exception:
        return None
    if not parts:
        return None
    place = chance.randrange(len(parts))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number, (entry, content) in enumerate(parts):
            package.writestr(entry.filename or "_", mutate(content, 4 * most) if number == place else content)
    return out.getvalue() if len(out.getvalue()) <= most else None
