from collections.abc import Iterator

import av
import httpx
import numpy as np
import pytest

from tonearm import sandbox as package

SECONDS = 7.5
AIOZ_KEYS = {"stream-public-key": "sandbox-public", "stream-secret-key": "sandbox-secret"}


@pytest.fixture(scope="module")
def running() -> Iterator[package.Sandbox]:
    """One sandbox for all tests of a module."""
    with package.start() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: package.Sandbox) -> Iterator[package.Sandbox]:
    """The module's sandbox, without faults before and after."""
    running.clear_faults()
    yield running
    running.clear_faults()


@pytest.fixture(scope="module")
def _client(running: package.Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.aioz_url, headers=AIOZ_KEYS) as client:
        yield client


@pytest.fixture
def aioz(sandbox: package.Sandbox, _client: httpx.Client) -> httpx.Client:
    """A client of the module's sandbox with the keys for everything."""
    return _client


@pytest.fixture(scope="session")
def flac(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A sweep of 7.5 seconds at 24 kHz, made with PyAV."""
    path = tmp_path_factory.mktemp("audio") / "sweep.flac"
    places = np.arange(int(SECONDS * 24_000))
    samples = (12_000 * (places * (20 + places // 3_000) % 2_000 / 1_000 - 1)).astype("<i2")
    with av.open(str(path), "w", format="flac") as writer:
        stream = writer.add_stream("flac", rate=24_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = 24_000
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            writer.mux(packet)
    return path.read_bytes()
