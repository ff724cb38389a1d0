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
# What happens when things go wrong

Each fault, on each kind of exchange, over real sockets, with the blocking client and with the one for asyncio. A cell
says how the call ends: `ok`, or the class of the error (of its cause in brackets). Where both clients do not end alike,
the blocking one stands first.

In every cell it is also held that

- the server was sent what it may be sent again, and nothing else: nothing is created, completed or acknowledged twice;
- no socket, file handle, thread, task or temporary file is left. One thread may outlive a blocking call that is stopped
  while it sends a part to a silent server: it can change nothing any more, and ends at its timeout;
- an upload or a download that broke off goes on, where that is promised, and has the right bytes in the end; an upload
  whose source has changed does not.

The faults strike the whole of a *JSON call* and a *creation* (a request that may not be repeated once it may have
arrived), the second of three parts of a *part upload*, the original file of a *download*, speech of a *live stream*,
a transcript that comes as events (*SSE*), the second look of a *poll*. A fault lasts for all three attempts of a call;
*once* means that the second attempt finds a proper server. *Cancelled* is the cancelling of the task, and Ctrl-C in the
blocking client.

This file is written from a run of all cells by

    {command}

and a test compares it with the cells that there are and with what they must end as.
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
    often = [cell for cell in run if not cell.fault.soak]
    ways = ", ".join(f"{sum(cell.way == way for cell in run)} {way}" for way in WAYS)
    return (
        f"**{len(CELLS)} cells: {len(run)} run ({ways}), {len(passed)} passed, {len(skipped)} left out for a reason.** "
        f"`scripts/test` runs {len(often)} of them; the rows with an asterisk are run by `scripts/soak` alone."
    )
