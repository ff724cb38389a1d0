from pathlib import Path
from shutil import rmtree

from attrs import frozen

from tonearm.sandbox.aioz.objects import Quality
from tonearm.sandbox.aioz.store import Part

_ARRIVING = ".arriving"


@frozen
class Files:
    """The files of the objects: one folder for each, with parts, then the source, then the renditions."""

    root: Path

    def folder(self, media_id: str) -> Path:
        return self.root / media_id

    def source(self, media_id: str) -> Path:
        return self.folder(media_id) / "source"

    def parts(self, media_id: str) -> Path:
        return self.folder(media_id) / "parts"

    def part(self, media_id: str, part: Part) -> Path:
        return self.parts(media_id) / f"{part.number}-{part.md5}"

    def arriving(self, media_id: str, name: str) -> Path:
        """Return the path of a part that is not accepted yet; its folder exists."""
        folder = self.parts(media_id)
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{name}{_ARRIVING}"

    def rendition(self, media_id: str, number: int, quality: Quality) -> Path:
        return self.folder(media_id) / quality.type / str(number)

    def remove(self, media_id: str) -> None:
        rmtree(self.folder(media_id), ignore_errors=True)

    def sweep(self) -> None:
        """Remove parts that were arriving when an earlier process ended."""
        for path in self.root.glob(f"*/parts/*{_ARRIVING}"):
            path.unlink(missing_ok=True)
