"""RESULTS.md says what the matrix of faults is, and how its cells end."""

from pathlib import Path

import yaml

from tests.faults.matrix import CELLS
from tests.faults.results import COMMAND, PATH, rendered
from tests.faults.table import FAULTS

ROOT = Path(__file__).resolve().parents[2]


def test_the_results_are_those_of_the_cells_that_there_are() -> None:
    due = rendered({cell: cell.expected for cell in CELLS if cell.skipped is None})
    assert PATH.read_text() == due, f"RESULTS.md is out of date: {COMMAND}"


def test_a_row_is_there_once() -> None:
    names = [str(cell) for cell in CELLS]
    assert len(set(names)) == len(names)


def test_the_short_run_has_at_most_300_cells() -> None:
    assert len([cell for cell in CELLS if cell.skipped is None and not cell.soak]) <= 300


def test_every_status_that_a_service_documents_is_tried() -> None:
    tried = {int(fault.name) for fault in FAULTS if fault.name.isdecimal()}
    documented = {
        int(status)
        for path in (ROOT / "specs").glob("*.yaml")
        for operations in yaml.load(path.read_text(), yaml.CSafeLoader)["paths"].values()
        for operation in operations.values()
        if isinstance(operation, dict)
        for status in operation.get("responses", {})
        if str(status).isdecimal() and int(status) >= 400
    }
    assert documented - tried == set()
    assert {418, *range(520, 530)} <= tried
