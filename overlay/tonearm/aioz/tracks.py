"""What makes a podcast of an object, for the blocking client: captions, transcripts, chapters, a cover, the source."""

from __future__ import annotations

from .._engine import run
from .._files import SourceLike
from .._http import ClientBase
from ..progress import OnProgress
from . import _download_source, _tracks
from ._operations import tracks
from .types import Download, Track


class Tracks(ClientBase):
    """The methods of `Aioz` for what belongs to an object beside its audio.

    A language is a BCP 47 tag such as `en` or `fr-CA`. A source of text is a WebVTT file in UTF-8 of at most 4 MiB: its
    path, its bytes, or a binary file.
    """

    def captions(self, id: str) -> tuple[Track, ...]:
        """List the captions of an object.

        Args:
            id: the object.

        (AIOZ Go client v1.0.19, OpenAPI document)
        """
        return run(_tracks.tracks(tracks.CAPTIONS, id), self._wire)

    def put_captions(self, id: str, language: str, source: SourceLike) -> Track:
        """Add captions in one language; whether they replace earlier ones is the service's to say.

        Args:
            id: the object.
            language: their language.
            source: a WebVTT file.

        Raises:
            InvalidInput: the language is no tag, or the source no WebVTT file; nothing was sent.
            BadRequest: the service refuses them; delete those that are there first.

        (AIOZ Go client v1.0.19, OpenAPI document)
        """
        return run(_tracks.put(tracks.CAPTIONS, id, language, source), self._wire)

    def delete_captions(self, id: str, language: str) -> None:
        """Delete the captions in one language.

        Args:
            id: the object.
            language: their language.

        Raises:
            NotFound: there are none.
        """
        return run(_tracks.delete(tracks.CAPTIONS, id, language), self._wire)

    def transcripts(self, id: str) -> tuple[Track, ...]:
        """List the transcripts of an object.

        Args:
            id: the object.

        (AIOZ Stream documentation, "Media transcript")
        """
        return run(_tracks.tracks(tracks.TRANSCRIPTS, id), self._wire)

    def put_transcript(self, id: str, language: str, source: SourceLike) -> Track:
        """Add the transcript in one language.

        Args:
            id: the object.
            language: its language.
            source: a WebVTT file.

        Raises:
            InvalidInput: the language is no tag, or the source no WebVTT file; nothing was sent.
            BadRequest: the service refuses it; it does so when there is one in that primary language, be it of another
                region: delete that first.

        (AIOZ Stream documentation, "Media transcript")
        """
        return run(_tracks.put(tracks.TRANSCRIPTS, id, language, source), self._wire)

    def delete_transcript(self, id: str, language: str) -> None:
        """Delete the transcript in one language.

        Args:
            id: the object.
            language: its language.

        Raises:
            NotFound: there is none.
        """
        return run(_tracks.delete(tracks.TRANSCRIPTS, id, language), self._wire)

    def chapters(self, id: str) -> tuple[Track, ...]:
        """List the chapters of an object: one file for each language.

        Args:
            id: the object.

        (AIOZ Stream documentation, "Media chapter")
        """
        return run(_tracks.tracks(tracks.CHAPTERS, id), self._wire)

    def put_chapters(self, id: str, language: str, source: SourceLike) -> Track:
        """Add the chapters in one language; whether they replace earlier ones is the service's to say.

        Args:
            id: the object.
            language: the language of their titles.
            source: a WebVTT file with a cue for each chapter.

        Raises:
            InvalidInput: the language is no tag, or the source no WebVTT file; nothing was sent.
            BadRequest: the service refuses them; delete those that are there first.

        (AIOZ Stream documentation, "Media chapter")
        """
        return run(_tracks.put(tracks.CHAPTERS, id, language, source), self._wire)

    def delete_chapters(self, id: str, language: str) -> None:
        """Delete the chapters in one language.

        Args:
            id: the object.
            language: their language.

        Raises:
            NotFound: there are none.
        """
        return run(_tracks.delete(tracks.CHAPTERS, id, language), self._wire)

    def put_thumbnail(self, id: str, source: SourceLike) -> None:
        """Set the cover picture of an object; `Media.assets.thumbnail_url` is where it is then.

        Args:
            id: the object.
            source: a PNG or JPEG file of at most 10 MiB: its path, its bytes, or a binary file.

        Raises:
            InvalidInput: it is neither; nothing was sent.

        (AIOZ Go client v1.0.19, OpenAPI document and tests)
        """
        return run(_tracks.put_thumbnail(id, source), self._wire)

    def delete_thumbnail(self, id: str) -> None:
        """Take the cover picture of an object away.

        Args:
            id: the object.

        Raises:
            NotFound: there is no such object.
        """
        return run(_tracks.delete_thumbnail(id), self._wire)

    def download_source(
        self, id: str, to: _download_source.Target, *, on_progress: OnProgress | None = None
    ) -> Download:
        """Download the file of an object as it was uploaded, whole or not at all.

        What breaks off goes on where it was, also in a later call, if the file on the server is still the same. The
        keys are sent below the client's base URL only, never to another place where the file may be.

        Args:
            id: the object.
            to: the file to make or replace, or an open binary file.
            on_progress: told how far the download is, in bytes.

        Raises:
            InvalidInput: the file cannot be made.
            UnexpectedAnswer: the object names no source, or there is something else in its place.
            DownloadInterrupted: the connection was lost too often; `path` is where the bytes so far are kept.
            Truncated: the answer was empty or ended early.
        """
        return run(_download_source.download(id, to, self._wire.base_url, on_progress), self._wire)
