"""A Jellyfin of the sandbox for faults: its library is one clip to encode and one file to cut."""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen

from tonearm import sandbox as package
from tonearm.sandbox import Exchange, Sandbox, library

LONG = 3_000_000


@frozen
class House:
    """A running sandbox: `talk` is four seconds of speech, `long` is a file that is no audio; `to` is for downloads."""

    box: Sandbox
    folder: Path
    to: Path

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

    def renew(self) -> None:
        """Give the file to cut the contents that it always begins a test with."""
        self.long_file.write_bytes(random.Random(1).randbytes(LONG))

    def since(self, start: int) -> list[Exchange]:
        return self.box.requests[start:]


@contextmanager
def running() -> Iterator[House]:
    with TemporaryDirectory() as name, TemporaryDirectory() as to, package.start(library=Path(name)) as box:
        house = House(box, Path(name), Path(to))
        shutil.copy(library.PACKAGED / "history.flac", house.folder / "talk.flac")
        house.renew()
        yield house
