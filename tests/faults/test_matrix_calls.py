"""The matrix of faults, for requests whose answer is read whole."""

from pathlib import Path

from tests.faults.matrix import Cell, cells, judge
from tests.faults.raw import RawServer


@cells("JSON call", "creation", "poll")
def test_every_fault_ends_as_it_is_documented(cell: Cell, server: RawServer, tmp_path: Path) -> None:
    assert judge(cell, tmp_path, server) == cell.expected
