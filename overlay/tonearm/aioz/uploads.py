# Made by scripts/twins.py from async_uploads.py; do not edit.
"""Uploads to AIOZ Stream, for the blocking client: whole, resumed, or part by part."""

from __future__ import annotations

from os import PathLike
from typing import Unpack

from .. import _engine  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.answers import Answers
from .._base.signatures import shows_keywords
from .._base.validate import named
from .._files import SourceLike
from .._http import ClientBase
from ..progress import OnProgress
from . import _media
from ._credentials import Account
from .media import Media
from .options import UploadOptions
from .types import Unfinished


class Uploads(ClientBase):
    """The methods of `Aioz` for uploads."""

    @shows_keywords
    def upload(self, source: SourceLike, **options: Unpack[UploadOptions]) -> Media:
        """Create an object, upload its file in parts, and start transcoding.

        Args:
            source: the path of a file, its web address, its bytes, a binary file, or a stream that cannot seek (its
                upload cannot be resumed).
            **options: see UploadOptions.

        Returns:
            The object after the upload; with `wait`, after transcoding.

        Raises:
            InvalidInput: an argument is invalid, or the price is too high; nothing was created.
            SourceChanged: the file changed during the upload; the object was not completed.
            ChecksumMismatch: the service refused the hash of a part twice; the object was not completed.
            UploadInterrupted: the upload is incomplete; `resume` continues it from its `.state`.
            TranscodeFailed: with `wait`, the service could not transcode the object.
        """
        from . import _upload

        upload = _upload.Upload(**named(options, UploadOptions))
        return _engine.run(_upload.upload(source, upload, Account.of(self._wire)), self._wire)

    def resume(
        self, state: str | PathLike[str], *, source: SourceLike | None = None, on_progress: OnProgress | None = None
    ) -> Media:
        """Resume an interrupted upload; a part that the service has acknowledged is not sent again.

        Args:
            state: the journal: `UploadInterrupted.state`, or `Unfinished.state`.
            source: the same bytes again, if the source was not a path, or if the file was moved or touched.
            on_progress: called with the progress of the upload, in bytes.

        Returns:
            The object after the upload; `wait` returns once it is transcoded.

        Raises:
            InvalidInput: the file is no journal, the journal belongs to another account, server or version, another
                process is using it, or the object was not created or accepts no more parts.
            SourceChanged: the file has changed since the upload started.
            UploadInterrupted: the upload was interrupted again.
        """
        from . import _resume

        return _engine.run(_resume.resume(state, source, Account.of(self._wire), on_progress), self._wire)

    def unfinished(self, *, search: bool = True) -> Answers[Unfinished]:
        """List the interrupted uploads of this account, oldest first.

        An upload whose process ended while its object was being created is matched with the service's list; in other
        cases nothing is sent. If the list cannot be read, that upload has no id, and a warning is logged.

        Args:
            search: whether to match such uploads; nothing is ever sent without it.

        Returns:
            The uploads with a journal in the default state folder, so without those with `state=`.

        Raises:
            InvalidInput: the folder exists, and cannot be read.
        """
        from . import _left

        return _engine.run(_left.unfinished(Account.of(self._wire), search), self._wire)

    def forget(self, state: str | PathLike[str]) -> Unfinished:
        """Remove the journal of an upload that is not to be resumed; its object stays until it is deleted.

        Args:
            state: the journal.

        Returns:
            The upload of the journal.

        Raises:
            MissingFile: there is no such file.
            InvalidInput: the file is no journal of this account, or another process is using it.
        """
        from . import _left

        return _engine.run(_left.forgotten(state, Account.of(self._wire)), self._wire)

    def upload_part(
        self, id: str, part: SourceLike, *, index: int, start: int, total: int, md5: str | None = None
    ) -> None:
        """Send one part of a file.

        Args:
            id: the object.
            part: the bytes of this part.
            index: its number among the parts.
            start: its first byte in the file.
            total: bytes of the whole file.
            md5: its MD5 in hexadecimal digits; computed when None.

        Raises:
            InvalidInput: a number is invalid; nothing was sent.
            SourceChanged: the bytes changed while they were sent.
            BadRequest: the service refuses the part or its hash.

        (AIOZ Audio document, "Upload audio part")
        """
        plan = _media.upload_part(id, part, index=index, start=start, total=total, md5=md5)
        return _engine.run(plan, self._wire)

    def complete(self, id: str) -> None:
        """Complete an upload and start transcoding, which costs money.

        This request is never retried. If its outcome is unknown, the object is read: any status after `new` means that
        the request was accepted.

        Args:
            id: the object.

        Raises:
            StatusError: the service refuses; its `message` says why.
        """
        return _engine.run(_media.complete(id), self._wire)
