import os
from collections.abc import Iterator

import pytest

from tests.faults.raw import RawServer

pytest.register_assert_rewrite("tests.faults.matrix", "tests.faults.kinds")


@pytest.fixture(scope="session")
def _raw() -> Iterator[RawServer]:
    server = RawServer()
    server.start()
    yield server
    if server.up:
        server.stop()


@pytest.fixture
def server(_raw: RawServer) -> Iterator[RawServer]:
    """The process's one raw server, with nobody connected and nothing heard."""
    yield _raw
    _raw.begin_anew()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write RESULTS.md, of a run of every cell, when that is asked for."""
    if os.environ.get("TONEARM_WRITE_RESULTS"):
        from tests.faults import matrix, results

        results.PATH.write_text(results.rendered(matrix.outcomes))
