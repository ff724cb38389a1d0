import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

from tests.jellyfin.ways import BOTH, Way
from tonearm import sandbox
from tonearm.sandbox import Sandbox, library


@pytest.fixture(params=BOTH)
def way(request: pytest.FixtureRequest) -> Way:
    made: Way = request.param()
    return made


@frozen
class House:
    """A sandbox with a library of its own: `talk` is four seconds of speech, `long` is a file for cutting."""

    box: Sandbox
    folder: Path

    @property
    def url(self) -> str:
        return self.box.jellyfin_url

    @property
    def talk(self) -> str:
        return str(library.item_id("talk.flac"))

    @property
    def long(self) -> str:
        return str(library.item_id("long.flac"))

    @property
    def long_file(self) -> Path:
        return self.folder / "long.flac"

    def asked(self, since: int = 0) -> list[sandbox.Exchange]:
        return self.box.requests[since:]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sandbox, Path]]:
    folder = tmp_path_factory.mktemp("library")
    shutil.copy(library.PACKAGED / "history.flac", folder / "talk.flac")
    with sandbox.start(library=folder) as box:
        yield box, folder


@pytest.fixture
def house(running: tuple[Sandbox, Path]) -> Iterator[House]:
    box, folder = running
    (folder / "long.flac").write_bytes(random.Random(1).randbytes(3_000_000))
    box.clear_faults()
    yield House(box, folder)
    box.clear_faults()
