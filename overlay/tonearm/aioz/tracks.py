# Made by scripts/twins.py from async_tracks.py; do not edit.
"""Captions, transcripts, chapters and covers of objects, for the blocking client."""

from __future__ import annotations

from .. import _engine  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.answers import Answers
from .._files import SourceLike
from .._http import ClientBase
from ..progress import OnProgress
from . import _download_source, _public, _tracks
from . import _operations as calls
from .types import Download, PublicFile, Track


class Tracks(ClientBase):
    """The methods of `Aioz` for captions, transcripts, chapters and covers of objects.

    A language is a BCP 47 tag such as `en` or `fr-CA`. A source of text is a WebVTT file in UTF-8 of at most 4 MiB: its
    path, its bytes, or a binary file.
    """

    def captions(self, id: str) -> Answers[Track]:
        """List the captions of an object.

        Args:
            id: the object.

        (AIOZ Go client v1.0.19, OpenAPI document)
        """
        return _engine.run(calls.tracks.every(calls.tracks.CAPTIONS, id), self._wire)

    def put_captions(self, id: str, language: str, source: SourceLike) -> Track:
        """Add captions in one language; no document says whether they replace earlier ones.

        Args:
            id: the object.
            language: their language.
            source: a WebVTT file.

        Raises:
            InvalidInput: the language is no BCP 47 tag, or the source no WebVTT file; nothing was sent.
            BadRequest: the service refuses them; delete the earlier ones first.

        (AIOZ Go client v1.0.19, OpenAPI document)
        """
        return _engine.run(_tracks.put(calls.tracks.CAPTIONS, id, language, source), self._wire)

    def set_default_captions(self, id: str, language: str, is_default: bool = True) -> None:
        """Set the captions that players load by default.

        Args:
            id: the object.
            language: their language; the object has captions in it.
            is_default: whether players load them.

        Raises:
            NotFound: the object has no such captions.

        (AIOZ Go client, tests)
        """
        return _engine.run(_tracks.set_default(calls.tracks.CAPTIONS, id, language, is_default), self._wire)

    def delete_captions(self, id: str, language: str) -> None:
        """Delete the captions in one language.

        Args:
            id: the object.
            language: their language.

        Raises:
            NotFound: the object has no such captions.
        """
        return _engine.run(_tracks.delete(calls.tracks.CAPTIONS, id, language), self._wire)

    def transcripts(self, id: str) -> Answers[Track]:
        """List the transcripts of an object.

        Args:
            id: the object.

        (AIOZ Stream documentation, "Media transcript")
        """
        return _engine.run(calls.tracks.every(calls.tracks.TRANSCRIPTS, id), self._wire)

    def put_transcript(self, id: str, language: str, source: SourceLike) -> Track:
        """Add the transcript in one language.

        Args:
            id: the object.
            language: its language.
            source: a WebVTT file.

        Raises:
            InvalidInput: the language is no BCP 47 tag, or the source no WebVTT file; nothing was sent.
            BadRequest: the service refuses it, because the object has a transcript in the same primary language, even
                of another region: delete that first.

        (AIOZ Stream documentation, "Media transcript")
        """
        return _engine.run(_tracks.put(calls.tracks.TRANSCRIPTS, id, language, source), self._wire)

    def set_default_transcript(self, id: str, language: str, is_default: bool = True) -> None:
        """Set the transcripts that players load by default.

        Args:
            id: the object.
            language: their language; the object has transcripts in it.
            is_default: whether players load them.

        Raises:
            NotFound: the object has no such transcripts.

        (AIOZ Stream documentation, "Media transcript")
        """
        return _engine.run(_tracks.set_default(calls.tracks.TRANSCRIPTS, id, language, is_default), self._wire)

    def delete_transcript(self, id: str, language: str) -> None:
        """Delete the transcript in one language.

        Args:
            id: the object.
            language: its language.

        Raises:
            NotFound: the object has no such transcript.
        """
        return _engine.run(_tracks.delete(calls.tracks.TRANSCRIPTS, id, language), self._wire)

    def chapters(self, id: str) -> Answers[Track]:
        """List the chapters of an object: one file for each language.

        Args:
            id: the object.

        (AIOZ Stream documentation, "Media chapter")
        """
        return _engine.run(calls.tracks.every(calls.tracks.CHAPTERS, id), self._wire)

    def put_chapters(self, id: str, language: str, source: SourceLike) -> Track:
        """Add chapters in one language; no document says whether they replace earlier ones.

        Args:
            id: the object.
            language: the language of their titles.
            source: a WebVTT file with one cue for each chapter.

        Raises:
            InvalidInput: the language is no BCP 47 tag, or the source no WebVTT file; nothing was sent.
            BadRequest: the service refuses them; delete the earlier ones first.

        (AIOZ Stream documentation, "Media chapter")
        """
        return _engine.run(_tracks.put(calls.tracks.CHAPTERS, id, language, source), self._wire)

    def delete_chapters(self, id: str, language: str) -> None:
        """Delete the chapters in one language.

        Args:
            id: the object.
            language: their language.

        Raises:
            NotFound: the object has no such chapters.
        """
        return _engine.run(_tracks.delete(calls.tracks.CHAPTERS, id, language), self._wire)

    def put_thumbnail(self, id: str, source: SourceLike) -> None:
        """Set the cover picture of an object; `Media.assets.thumbnail_url` is its address afterwards.

        Args:
            id: the object.
            source: a PNG or JPEG file of at most 10 MiB: its path, its bytes, or a binary file.

        Raises:
            InvalidInput: the source is neither; nothing was sent.

        (AIOZ Go client v1.0.19, OpenAPI document and tests)
        """
        return _engine.run(_tracks.put_thumbnail(id, source), self._wire)

    def delete_thumbnail(self, id: str) -> None:
        """Delete the cover picture of an object.

        Args:
            id: the object.

        Raises:
            NotFound: this account has no such object.
        """
        return _engine.run(_tracks.delete_thumbnail(id), self._wire)

    def download_source(
        self, id: str, to: _download_source.Target, *, on_progress: OnProgress | None = None
    ) -> Download:
        """Download the source file of an object; only a complete file gets the name `to`.

        An interrupted download is resumed, also by a later call, if the file on the server is still the same. Keys are
        sent only to addresses below the client's base URL.

        Args:
            id: the object.
            to: the file to make or replace; an existing folder, in which the file is named after the id and its media
                type; or an open binary file.
            on_progress: called with the progress of the download, in bytes.

        Raises:
            InvalidInput: the file cannot be made.
            UnexpectedAnswer: the object names no source, or its address returns something else.
            DownloadInterrupted: the connection failed too often; `path` is the partial file.
            Truncated: the response was empty or ended early.
        """
        return _engine.run(_download_source.download(id, to, self._wire.base_url, on_progress), self._wire)

    def public_file(self, url: str) -> PublicFile:
        """Read the beginning of a file without a key, to check that anyone can.

        Args:
            url: its unchanged address, such as `Media.assets.source_url`.

        Raises:
            InvalidInput: `url` is no address of a file on the web; nothing was sent.
            StatusError: the file is not public: the server refuses it without a key.
            UnexpectedAnswer: the server sends a page instead of the file, or nothing.
        """
        return _engine.run(_public.public_file(url), self._wire)
