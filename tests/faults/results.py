"""tests/faults/RESULTS.md: the matrix as a table, of cells that were run."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from tests.faults.kinds import KINDS
from tests.faults.matrix import CELLS, WAYS, Cell

PATH = Path(__file__).with_name("RESULTS.md")
COMMAND = 'TONEARM_WRITE_RESULTS=1 scripts/test tests/faults -k matrix -m "soak or not soak"'

_ABOVE = """\
# What each fault ends in

Each fault on each kind of exchange, over real sockets, with the blocking client and with the async one. A cell says how
the call ends: `ok`, or the class of the error, with the class of its cause in brackets. Where the two clients differ,
the blocking one is first.

Each cell also checks that

- the server receives again only what it may receive again: nothing is created, completed or acknowledged twice;
- no socket, file handle, thread, task or temporary file is left. One thread may outlive a blocking call that is stopped
  while it sends a part to a silent server: it can change nothing any more, and ends at its timeout;
- an interrupted upload or download resumes, where that is promised, and ends with the right bytes; an upload whose
  source has changed does not.

The faults hit the whole of a *JSON call* and of a *creation* (a request that must not be sent again once it may have
arrived), the second of three parts of a *part upload*, the original file of a *download*, the speech of a *live
stream*, a transcript sent as events (*SSE*), and the second request of a *poll*. A fault lasts for all three attempts
of a call; with *once* the second attempt succeeds. *Cancelled* means a cancelled task, or Ctrl-C in the blocking
client.

A run of all cells writes this file:

    {command}

A test compares it with the cells that exist and with the results they must have.
"""


def rendered(outcomes: Mapping[Cell, str]) -> str:
    """The file, for these cells and how each ended."""
    lines = [_ABOVE.format(command=COMMAND), _count(outcomes)]
    for group, cells in groupby(CELLS, lambda cell: cell.fault.group):
        lines += ["", f"## {group}", "", f"| fault | {' | '.join(KINDS)} |", "|---" * (len(KINDS) + 1) + "|"]
        for row, of_row in groupby(cells, lambda cell: (cell.row, cell.fault.soak)):
            by_kind = groupby(of_row, lambda cell: cell.kind.name)
            lines.append(
                f"| {row[0]}{' *' if row[1] else ''} | {' | '.join(_said(list(c), outcomes) for _, c in by_kind)} |"
            )
    lines += ["", "## Left out", ""]
    for reason in dict.fromkeys(cell.skipped for cell in CELLS if cell.skipped):
        these = [cell for cell in CELLS if cell.skipped == reason]
        lines.append(f"- {len(these)} cells: {reason}")
    return "\n".join(lines) + "\n"


def _said(cells: list[Cell], outcomes: Mapping[Cell, str]) -> str:
    if cells[0].skipped is not None:
        return "-"
    words = dict.fromkeys(outcomes.get(cell, "not run") for cell in cells)
    return " / ".join(word if word == "ok" else f"`{word}`" for word in words)


def _count(outcomes: Mapping[Cell, str]) -> str:
    run = [cell for cell in CELLS if cell in outcomes]
    passed = [cell for cell in run if outcomes[cell] == cell.expected]
    skipped = [cell for cell in CELLS if cell.skipped is not None]
    often = [cell for cell in run if not cell.soak]
    ways = ", ".join(f"{sum(cell.way == way for cell in run)} {way}" for way in WAYS)
    return (
        f"**{len(CELLS)} cells: {len(run)} run ({ways}), {len(passed)} passed, {len(skipped)} left out for a reason.** "
        f"`scripts/test` runs {len(often)} of them, where the clients take turns; the "
        "rows with an asterisk are run by `scripts/soak` alone."
    )
