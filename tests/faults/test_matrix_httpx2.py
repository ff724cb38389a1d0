"""The matrix of faults with our own clients of httpx2: every fault once, on one kind of exchange that it can befall."""

from pathlib import Path

import pytest
from attrs import evolve

from tests.faults.matrix import CELLS, Cell, judge
from tests.faults.raw import RawServer


def smoke() -> list[Cell]:
    """One cell of each fault; what comes before it in the table of kinds is simpler."""
    found: dict[str, Cell] = {}
    for cell in CELLS:
        if cell.skipped is None and not cell.soak:
            found.setdefault(f"{cell.fault.group}: {cell.fault.name}", evolve(cell, backend="httpx2"))
    return list(found.values())


@pytest.mark.parametrize("cell", smoke(), ids=str)
def test_every_fault_ends_with_httpx2_as_with_httpx(cell: Cell, server: RawServer, tmp_path: Path) -> None:
    assert judge(cell, tmp_path, server) == cell.expected
