"""The blocking client of AIOZ Stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from os import PathLike
from typing import Unpack

from .._base.validate import amount
from .._engine import run
from .._files import SourceLike
from .._http import HttpClient, discreet, options
from ..progress import OnProgress
from ..retry import Retry
from . import _journal, _media, _upload, presets
from ._credentials import Account, access
from ._operations import objects
from .presets import Preset
from .tracks import Tracks
from .types import Cost, ListFilters, Media, Order, Page, QualityConfig, SortBy, Unfinished

SILENCE = 60.0
"""Seconds that the service may stay silent."""

DEFAULT_PART = 52_428_800
"""Bytes of a part."""


class Aioz(Tracks):
    """Hosted audio on AIOZ Stream.

    Args:
        public_key: the public half of a key pair; else AIOZ_STREAM_PUBLIC_KEY.
        secret_key: the secret half; else AIOZ_STREAM_SECRET_KEY.
        token: an access token instead of a pair; else AIOZ_STREAM_TOKEN.
        base_url: where the service is; else AIOZ_STREAM_BASE_URL, else the public service.
        timeout: seconds of silence after which a read or write fails (60).
        deadline: seconds that a whole call may take; None for no bound.
        retry: how failures are repeated.
        http: an httpx.Client to send with, for proxies and TLS settings; it is neither changed nor closed.

    Raises:
        ConfigurationError: no key, a pair and a token at once, or a base URL that cannot be used.
    """

    @discreet
    def __init__(
        self,
        *,
        public_key: str | None = None,
        secret_key: str | None = None,
        token: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        deadline: float | None = None,
        retry: Retry | None = None,
        http: HttpClient | None = None,
    ) -> None:
        found = access(public_key, secret_key, token, base_url)
        tuned = options(timeout, deadline, retry, silence=SILENCE)
        self._connect(http, found.where, found.keys, found.secrets, tuned)

    def upload(
        self,
        source: SourceLike,
        *,
        title: str | None = None,
        preset: Preset | None = None,
        qualities: Sequence[QualityConfig] | None = None,
        description: str | None = None,
        tags: Sequence[str] | None = None,
        metadata: Mapping[str, str] | None = None,
        is_public: bool | None = None,
        size: int | None = None,
        part_size: int = DEFAULT_PART,
        workers: int = 1,
        first_index: int = 1,
        state: str | PathLike[str] | None = None,
        max_price: float | None = None,
        duration: float | None = None,
        wait: bool = False,
        on_progress: OnProgress | None = None,
    ) -> Media:
        """Create an audio object, send its file in parts, and start transcoding.

        Args:
            source: the path of a file, its bytes, a binary file, or a stream that cannot be sought (which cannot be
                resumed).
            title: 1 to 255 characters; the file's name when None.
            preset: one quality or several by name; None leaves the choice to the service.
            qualities: quality objects instead of presets.
            description: at most 1000 characters.
            tags: at most 50, of at most 255 characters.
            metadata: at most 50 pairs, of at most 255 characters each side.
            is_public: whether anyone may play it.
            size: bytes of a stream that cannot be sought, to its end; with it one part at a time is kept in a
                temporary file, without it the whole stream is first.
            part_size: bytes of a part, 1 to 200,000,000.
            workers: how many parts are sent at a time, 1 to 5.
            first_index: the index of the first part, 0 or 1; documents disagree, and the official clients send 1.
            state: the file to keep the journal in; None keeps it in `$XDG_STATE_HOME/tonearm`, or in
                `~/.local/state/tonearm`. It is gone once the upload is complete.
            max_price: US dollars above which nothing is made; the price is asked for first.
            duration: length of the audio in seconds, for `max_price`; read from the source when None (extra `media`).
            wait: whether to return only when it is transcoded.
            on_progress: told how far the upload is.

        Returns:
            The object as it is after the upload, or with `wait` once it is done.

        Raises:
            InvalidInput: something is wrong with the arguments, or the price is too high; nothing was made.
            SourceChanged: the file changed meanwhile; the object was not completed.
            ChecksumMismatch: the service refused a part's hash twice; the object was not completed.
            UploadInterrupted: it stopped half-way; `resume` goes on from its `.state`.
            TranscodeFailed: with `wait`, the service could not transcode it.
        """
        ask = _upload.Upload(
            title=title,
            qualities=_upload.chosen(preset, qualities),
            description=description,
            tags=tags,
            metadata=metadata,
            is_public=is_public,
            size=size,
            part_size=part_size,
            workers=workers,
            first_index=first_index,
            state=state,
            max_price=max_price,
            duration=duration,
            wait=wait,
            report=on_progress,
        )
        return run(_upload.upload(source, ask, Account.of(self._wire)), self._wire)

    def resume(
        self, state: str | PathLike[str], *, source: SourceLike | None = None, on_progress: OnProgress | None = None
    ) -> Media:
        """Go on with an upload that stopped half-way; a part that the service has acknowledged is not sent again.

        Args:
            state: its journal: `UploadInterrupted.state`, or that of one of `unfinished`.
            source: the source again, when it was not a path, or the file has been moved or touched; its bytes must be
                the same.
            on_progress: told how far the upload is.

        Returns:
            The object as it is after the upload; it is transcoded once `wait` returns.

        Raises:
            InvalidInput: this is no journal, it belongs to another account, server or version, another process is at
                work with it, or the object takes no more parts.
            SourceChanged: the file is not what it was.
            UploadInterrupted: it stopped once more.
        """
        return run(_upload.resume(state, source, Account.of(self._wire), on_progress), self._wire)

    def unfinished(self) -> tuple[Unfinished, ...]:
        """List the uploads of this account that a crash or an error has left half-way, oldest first.

        Returns:
            What is recorded in the folder for state; nothing is sent for it. Where `state=` named another place, that
            place is not looked at.
        """
        return run(_journal.unfinished(Account.of(self._wire)), self._wire)

    def create(
        self,
        title: str,
        *,
        preset: Preset | None = None,
        qualities: Sequence[QualityConfig] | None = None,
        description: str | None = None,
        tags: Sequence[str] | None = None,
        metadata: Mapping[str, str] | None = None,
        is_public: bool | None = None,
    ) -> Media:
        """Create an audio object without a file; the arguments are those of `upload`.

        Raises:
            InvalidInput: a value that the service would refuse.
        """
        plan = objects.create(
            title,
            qualities=_upload.chosen(preset, qualities),
            description=description,
            tags=tags,
            metadata=metadata,
            is_public=is_public,
        )
        return run(plan, self._wire)

    def upload_part(
        self, id: str, part: SourceLike, *, index: int, start: int, total: int, md5: str | None = None
    ) -> None:
        """Send one part of a file.

        Args:
            id: the object.
            part: the bytes of this part.
            index: its place among the parts.
            start: where it begins in the file, in bytes.
            total: bytes of the whole file.
            md5: its MD5 in hexadecimal digits, when it is known already.

        Raises:
            InvalidInput: a number that cannot be; nothing was sent.
            SourceChanged: the bytes changed while they were sent.
            BadRequest: the service refuses the part or its hash.

        (AIOZ Audio document, "Upload audio part")
        """
        plan = _media.upload_part(id, part, index=index, start=start, total=total, md5=md5)
        return run(plan, self._wire)

    def complete(self, id: str) -> None:
        """End an upload and start transcoding, which is paid for.

        After an unclear failure the object is read: once it is past `new`, the call was accepted. It is never repeated.

        Args:
            id: the object.

        Raises:
            StatusError: the service refuses; its `message` says why.
        """
        return run(_media.complete(id), self._wire)

    def wait(self, id: str, *, timeout: float | None = None, on_change: Callable[[Media], None] | None = None) -> Media:
        """Wait until an object is transcoded.

        Args:
            id: the object.
            timeout: seconds to wait at most; None for as long as it takes.
            on_change: told of the object whenever its status or that of a quality changed.

        Raises:
            InvalidInput: the timeout cannot be; nothing was sent.
            TranscodeFailed: it ended as `fail` or `deleted`.
            TimedOut: `timeout` has passed.
        """
        if timeout is not None:
            amount(timeout, "timeout")
        return run(_media.wait(id, on_change), self._wire.within(timeout))

    def get(self, id: str) -> Media:
        """Read one object.

        Args:
            id: the object.

        Raises:
            NotFound: there is no such object in this account.
        """
        return run(objects.get(id), self._wire)

    def page(
        self,
        *,
        offset: int = 0,
        limit: int = 25,
        sort_by: SortBy = "created_at",
        order_by: Order = "asc",
        **filters: Unpack[ListFilters],
    ) -> Page:
        """Read one page of the account's audio.

        Args:
            offset: objects to skip.
            limit: objects on the page, 1 to 100.
            sort_by: what to sort by.
            order_by: ascending or descending.
            **filters: see ListFilters.
        """
        plan = objects.page(filters, offset=offset, limit=limit, sort_by=sort_by, order_by=order_by)
        return run(plan, self._wire)

    def list(
        self, *, sort_by: SortBy = "created_at", order_by: Order = "asc", **filters: Unpack[ListFilters]
    ) -> Iterator[Media]:
        """Go through the account's audio, page by page as needed.

        Each page begins behind those before it: what is deleted meanwhile makes it skip as many. To delete what is
        listed, take the whole list first.

        Args:
            sort_by: what to sort by.
            order_by: ascending or descending.
            **filters: see ListFilters.
        """
        offset: int | None = 0
        while offset is not None:
            page = self.page(offset=offset, limit=100, sort_by=sort_by, order_by=order_by, **filters)
            yield from page.items
            offset = page.next_offset

    def cost(self, preset: Preset, *, duration: float) -> Cost:
        """Ask what transcoding would cost.

        Args:
            preset: one quality or several by name.
            duration: length of the audio in seconds.

        Raises:
            InvalidInput: there is no such quality, or the duration cannot be; nothing was sent.

        (AIOZ Audio document, "Get audio cost")
        """
        return run(objects.cost(presets.resolutions(preset), duration), self._wire)

    def update(
        self,
        id: str,
        *,
        title: str | None = None,
        description: str | None = None,
        tags: Sequence[str] | None = None,
        metadata: Mapping[str, str] | None = None,
        is_public: bool | None = None,
        player_theme_id: str | None = None,
    ) -> Media:
        """Change an object and read it back; None leaves a value alone, an empty one clears it.

        Args:
            id: the object.
            title: 1 to 255 characters.
            description: at most 1000 characters.
            tags: replace all tags.
            metadata: replace all pairs.
            is_public: whether anyone may play it.
            player_theme_id: the player's theme; compare it in what is returned.

        Raises:
            InvalidInput: a value that the service would refuse; nothing was sent.
            NotFound: there is no such object in this account.
        """
        plan = _media.update(
            id,
            title=title,
            description=description,
            tags=tags,
            metadata=metadata,
            is_public=is_public,
            player_theme_id=player_theme_id,
        )
        return run(plan, self._wire)

    def delete(self, id: str, *, missing_ok: bool = False) -> None:
        """Delete an object with its files.

        Args:
            id: the object.
            missing_ok: whether an object that is not there is no error.

        Raises:
            NotFound: it is not there.
        """
        return run(_media.delete(id, missing_ok), self._wire)

    @property
    def generated(self) -> objects.Generated:
        """The generated client, on the same connections and with the same keys."""
        return objects.generated(self._wire)
