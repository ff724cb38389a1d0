"""A contest: runs that take turns, and ratios between them that are held to goals."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median

from attrs import frozen

from tests.bench.report import Bar, Report, Settings, spread
from tests.bench.turns import turns

Run = Callable[[], float]
TIE = 1.2
"""Noise: a ratio that is nearer to 1 tells nobody apart."""


@frozen
class Goal:
    """How often `ours` may cost what `peer` does, and what was tried should it cost more."""

    ours: str
    peer: str
    most: float
    tried: str = ""


def contest(
    settings: Settings, title: str, about: str, unit: str, runs: Mapping[str, Run | None], goals: Sequence[Goal]
) -> Report:
    """Do each run once in every turn, and let another one begin each time; None stands for a peer that is not there."""
    found: dict[str, list[float]] = {name: [] for name, run in runs.items() if run is not None}
    pairs = 0
    for pair in turns(settings, title):
        names = list(found)
        for name in names[pair % len(names) :] + names[: pair % len(names)]:
            run = runs[name]
            assert run is not None
            found[name].append(run())
        pairs = pair + 1
    rows = [[name, spread(values), "", "", ""] for name, values in found.items()]
    misses: list[str] = []
    bars: list[Bar] = []
    for goal in goals:
        what = f"{goal.ours} / {goal.peer}"
        if goal.peer not in found or goal.ours not in found:
            missing = goal.peer if goal.peer not in found else goal.ours
            rows.append([what, "", "", f"<= {goal.most:.2f}", f"not measured: {missing} is not here"])
            continue
        ratios = [one / other for one, other in zip(found[goal.ours], found[goal.peer], strict=True)]
        bars.append(Bar(f"{title}: {what}", ratios, goal.most))
        middle = median(ratios)
        met = middle <= goal.most
        tie = ", a tie" if 1 / TIE < middle < TIE else ""
        rows.append([what, "", spread(ratios), f"<= {goal.most:.2f}", ("yes" if met else "**no**") + tie])
        if not met:
            misses.append(f"Missed: {what}. {goal.tried}".strip())
    text = "\n\n".join([about.format(pairs=pairs), *misses])
    return Report(title, text, ["run", unit, "ratio of a pair", "goal", "met"], rows, not misses, bars)
