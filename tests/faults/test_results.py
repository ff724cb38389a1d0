"""RESULTS.md says what the matrix of faults is, and how its cells end."""

from tests.faults.matrix import CELLS
from tests.faults.results import COMMAND, PATH, rendered


def test_the_results_are_those_of_the_cells_that_there_are() -> None:
    due = rendered({cell: cell.expected for cell in CELLS if cell.skipped is None})
    assert PATH.read_text() == due, f"RESULTS.md is out of date: {COMMAND}"


def test_a_row_is_there_once() -> None:
    names = [str(cell) for cell in CELLS]
    assert len(set(names)) == len(names)


def test_the_short_run_has_at_most_600_cells() -> None:
    assert len([cell for cell in CELLS if cell.skipped is None and not cell.fault.soak]) <= 600
