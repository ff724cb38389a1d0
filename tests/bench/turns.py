"""How often runs take turns."""

import sys
import time
from collections.abc import Iterator

from tests.bench.report import Settings

MOST = 5
"""How many times as many pairs as asked for are done of what is short."""


def turns(settings: Settings, title: str) -> Iterator[int]:
    """Count the pairs of an axis: at least `settings.pairs`, and more while `settings.seconds` have not passed.

    The speed of a machine changes within minutes, and two pairs of something short see only one moment of it.
    """
    began = time.monotonic()
    for pair in range(MOST * settings.pairs):
        if pair >= settings.pairs and time.monotonic() - began >= settings.seconds:
            return
        yield pair
        print(f"{title} {pair + 1}", file=sys.stderr)
