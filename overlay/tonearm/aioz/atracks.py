"""What makes a podcast of an object, for asyncio; its methods are documented at their twins in `tracks`."""

from __future__ import annotations

from .._engine import run_async
from .._files import SourceLike
from .._http import AsyncClientBase
from ..progress import OnProgress
from . import _download_source, _tracks
from ._operations.tracks import CAPTIONS, CHAPTERS, TRANSCRIPTS
from .types import Download, Track


class AsyncTracks(AsyncClientBase):
    """The methods of `AsyncAioz` for what belongs to an object beside its audio.

    A language is a BCP 47 tag such as `en` or `fr-CA`. A source of text is a WebVTT file in UTF-8 of at most 4 MiB: its
    path, its bytes, or a binary file.
    """

    async def captions(self, id: str) -> tuple[Track, ...]:
        """List the captions of an object."""
        return await run_async(_tracks.tracks(CAPTIONS, id), self._wire)

    async def put_captions(self, id: str, language: str, source: SourceLike) -> Track:
        """Add captions in one language; whether they replace earlier ones is the service's to say."""
        return await run_async(_tracks.put(CAPTIONS, id, language, source), self._wire)

    async def delete_captions(self, id: str, language: str) -> None:
        """Delete the captions in one language."""
        return await run_async(_tracks.delete(CAPTIONS, id, language), self._wire)

    async def transcripts(self, id: str) -> tuple[Track, ...]:
        """List the transcripts of an object."""
        return await run_async(_tracks.tracks(TRANSCRIPTS, id), self._wire)

    async def put_transcript(self, id: str, language: str, source: SourceLike) -> Track:
        """Add the transcript in one language."""
        return await run_async(_tracks.put(TRANSCRIPTS, id, language, source), self._wire)

    async def delete_transcript(self, id: str, language: str) -> None:
        """Delete the transcript in one language."""
        return await run_async(_tracks.delete(TRANSCRIPTS, id, language), self._wire)

    async def chapters(self, id: str) -> tuple[Track, ...]:
        """List the chapters of an object: one file for each language."""
        return await run_async(_tracks.tracks(CHAPTERS, id), self._wire)

    async def put_chapters(self, id: str, language: str, source: SourceLike) -> Track:
        """Add the chapters in one language; whether they replace earlier ones is the service's to say."""
        return await run_async(_tracks.put(CHAPTERS, id, language, source), self._wire)

    async def delete_chapters(self, id: str, language: str) -> None:
        """Delete the chapters in one language."""
        return await run_async(_tracks.delete(CHAPTERS, id, language), self._wire)

    async def put_thumbnail(self, id: str, source: SourceLike) -> None:
        """Set the cover picture of an object; `Media.assets.thumbnail_url` is where it is then."""
        return await run_async(_tracks.put_thumbnail(id, source), self._wire)

    async def delete_thumbnail(self, id: str) -> None:
        """Take the cover picture of an object away."""
        return await run_async(_tracks.delete_thumbnail(id), self._wire)

    async def download_source(
        self, id: str, to: _download_source.Target, *, on_progress: OnProgress | None = None
    ) -> Download:
        """Download the file of an object as it was uploaded, whole or not at all."""
        return await run_async(_download_source.download(id, to, self._wire.base_url, on_progress), self._wire)
