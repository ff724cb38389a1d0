from collections.abc import Iterator

import pytest

from tests.sandbox.renditions import made_once


@pytest.fixture(scope="module", autouse=True)
def _renditions_made_once() -> Iterator[None]:
    with made_once():
        yield
