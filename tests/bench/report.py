"""What an axis is given, and what it gives back."""

from collections.abc import Sequence
from statistics import median

from attrs import frozen

SMALLER = 16
"""A baseline is this many times smaller than `Settings.size`, so that growth with the size shows."""


@frozen
class Settings:
    """How much to measure: `pairs` of runs, and `size`, the bytes of a file that is transferred.

    What is short is done more often than `pairs`, for about so many `seconds` (see `turns`). `full` is for a result
    that counts: what does not depend on `size` is only tried otherwise. `draw` has plots drawn.
    """

    pairs: int
    size: int
    seconds: float = 0.0
    full: bool = True
    draw: bool = False


@frozen
class Bar:
    """A comparison to draw: the ratios of all pairs, and the goal for their median."""

    what: str
    ratios: Sequence[float]
    goal: float


@frozen
class Report:
    """The result of one axis: a table, whether every median met its goal, and the comparisons in it."""

    title: str
    about: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    met: bool
    bars: Sequence[Bar] = ()

    def markdown(self) -> str:
        lines = [self.columns, ["---"] * len(self.columns), *self.rows]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        return f"## {self.title}\n\n{self.about}\n\n{table}"


def spread(values: Sequence[float]) -> str:
    """Median, least and greatest."""
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def size_name(size: int) -> str:
    """A number of bytes in the largest unit that divides it."""
    for unit, name in ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")):
        if size % unit == 0:
            return f"{size // unit} {name}"
    return f"{size} bytes"
