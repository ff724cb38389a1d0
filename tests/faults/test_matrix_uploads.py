"""The matrix of faults, for uploads."""

from pathlib import Path

from tests.faults.matrix import Cell, cells, judge
from tests.faults.raw import RawServer


@cells("part upload")
def test_every_fault_ends_as_it_is_documented(cell: Cell, server: RawServer, tmp_path: Path) -> None:
    assert judge(cell, tmp_path, server) == cell.expected
