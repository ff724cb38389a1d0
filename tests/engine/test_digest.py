"""The hash of what is received, reckoned in a thread of its own."""

import hashlib
import random
import threading

import pytest

from tonearm._digest import Digest

DATA = random.Random(5).randbytes(9_000_001)


@pytest.mark.parametrize("step", [1_000_000, 65_536, 300_001, 9_000_001])
@pytest.mark.parametrize("size", [0, 1, 1024 * 1024, 9_000_001])
def test_it_is_the_hash_of_all_blocks_in_their_order(size: int, step: int) -> None:
    digest, before = Digest(), set(threading.enumerate())
    for start in range(0, size, step):
        digest.update(DATA[start : min(start + step, size)])
    assert digest.hexdigest() == hashlib.sha256(DATA[:size]).hexdigest()
    assert digest.hexdigest() == hashlib.sha256(DATA[:size]).hexdigest()
    assert {thread for thread in threading.enumerate() if thread.name == "tonearm-sha256"} <= before


def test_it_goes_on_after_it_was_asked() -> None:
    digest = Digest()
    for start in range(0, len(DATA), 3_000_000):
        block = DATA[start : start + 3_000_000]
        digest.update(block)
        assert digest.hexdigest() == hashlib.sha256(DATA[: start + len(block)]).hexdigest()


def test_closing_ends_the_thread() -> None:
    digest, before = Digest(), set(threading.enumerate())
    digest.update(DATA)
    digest.close()
    digest.close()
    assert {thread for thread in threading.enumerate() if thread.name == "tonearm-sha256"} <= before


def test_what_is_to_be_done_after_a_block_is_done_in_its_turn() -> None:
    done, digest = list[int](), Digest()
    for number in range(3):
        digest.update(b"x", lambda number=number: done.append(number))  # type: ignore[misc]  # a lambda of its own
    assert digest.hexdigest() == hashlib.sha256(b"xxx").hexdigest()
    assert done == [0, 1, 2]


@pytest.mark.parametrize("later", [True, False])
def test_a_failure_of_what_is_done_after_a_block_is_told(later: bool) -> None:
    failed, digest = threading.Event(), Digest()

    def fail() -> None:
        failed.set()
        raise OSError("the disk is gone")

    digest.update(b"x", fail)
    assert failed.wait(30)
    digest.close()
    with pytest.raises(OSError, match="the disk is gone"):
        digest.update(b"y", fail) if later else digest.hexdigest()
    digest.close()
