"""Renditions that are made once: encoding them takes longer than all else that a test of an upload does."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from attrs import evolve

from tonearm.sandbox.aioz import transcodes
from tonearm.sandbox.aioz.objects import Quality

_MADE: dict[tuple[bytes, Quality], tuple[float, dict[str, bytes]]] = {}
"""The durations and files of renditions, by the digest of the upload and the quality."""

_LARGE = 1 << 20
"""Bytes of an upload whose renditions are not kept."""


@contextmanager
def made_once() -> Iterator[None]:
    """Have sandboxes of AIOZ Stream copy a rendition of the same bytes in the same quality that was made before."""
    make = transcodes.transcode

    def transcode(source: Path, folder: Path, quality: Quality, stopped: Callable[[], bool]) -> float:
        if source.stat().st_size > _LARGE:
            return make(source, folder, quality, stopped)
        key = hashlib.sha256(source.read_bytes()).digest(), evolve(quality, status="new")
        if key not in _MADE:
            duration = make(source, folder, quality, stopped)
            _MADE[key] = duration, {path.name: path.read_bytes() for path in folder.iterdir()}
            return duration
        if stopped():
            raise transcodes.Stopped
        duration, files = _MADE[key]
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return duration

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transcodes, "transcode", transcode)
        yield
