import gc
from collections.abc import Iterator

import pytest


@pytest.fixture
def _new_garbage_alone() -> Iterator[None]:
    """gc.collect() searches what was made in this test; all that the process has takes it 0.1 s and more."""
    gc.freeze()
    yield
    gc.unfreeze()
