"""What begins threads is prepared for Ctrl-C meanwhile, which CPython may raise as another error."""

import ast
from pathlib import Path

OVERLAY = Path(__file__).resolve().parents[2] / "overlay" / "tonearm"


def test_whoever_makes_a_thread_starts_it_in_a_block_for_that() -> None:
    makers = set[str]()
    for path in OVERLAY.rglob("*.py"):
        if "sandbox" in path.parts:
            continue
        names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
        if names & {"Thread", "ThreadPoolExecutor"}:
            makers.add(path.name)
            assert "starting" in names or path.name == "driver.py", f"{path}: see _base/threads.py"
    assert {"runners.py", "write_behind.py", "driver.py"} <= makers  # the driver's threads are started by `loop.py`
