"""The asyncio client of AIOZ Stream."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from os import PathLike
from typing import Unpack

from attrs import evolve

from .._base.answers import Answers
from .._base.signatures import shows_keywords
from .._base.validate import amount, named
from .._engine import run_async
from .._files import SourceLike
from .._http import AsyncLentClient, Backend, Certificate, discreet, options
from ..progress import OnProgress
from ..retry import Retry
from . import _left, _media, _price, _resume, _upload, presets
from ._credentials import SILENCE, Account, access
from ._operations import objects, pages
from .async_accounts import AsyncAccounts
from .async_analytics import AsyncAnalytics
from .async_live import AsyncLiveAudio
from .async_playlists import AsyncPlaylists
from .async_themes import AsyncThemes
from .async_tracks import AsyncTracks
from .async_webhooks import AsyncWebhooks
from .media import Media, Page
from .options import CreateOptions, ListOptions, PageOptions, UpdateOptions, UploadOptions
from .presets import Preset
from .types import Cost, Unfinished


class AsyncAioz(AsyncAccounts, AsyncAnalytics, AsyncLiveAudio, AsyncPlaylists, AsyncThemes, AsyncTracks, AsyncWebhooks):
    """Hosted audio on AIOZ Stream.

    Args:
        public_key: the public half of a key pair; AIOZ_STREAM_PUBLIC_KEY when None.
        secret_key: the secret half; AIOZ_STREAM_SECRET_KEY when None.
        token: an access token instead of a pair; AIOZ_STREAM_TOKEN when None.
        base_url: the address of the service; when None AIOZ_STREAM_BASE_URL, or else the public service.
        timeout: seconds of silence after which a read or write fails (60).
        deadline: seconds that a whole call may take; None for no limit.
        retry: how failed requests are retried.
        headers: headers that a proxy in front of the server wants, such as those of Cloudflare Access. They go to this
            server alone, and are never shown.
        certificate: a PEM file with a certificate of the client and its private key, or a pair of files, for servers
            that ask for one (mutual TLS); shown to this server alone.
        http: an httpx.AsyncClient to send with, for proxies and TLS settings; it is neither changed nor closed.
        backend: the library that sends, "httpx" when None; "httpx2" (extra `httpx2`) is for many calls at once.

    Raises:
        ConfigurationError: there is no key, there are both a pair and a token, or the base URL is invalid.
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
        headers: Mapping[str, str] | None = None,
        certificate: Certificate | None = None,
        http: AsyncLentClient | None = None,
        backend: Backend | None = None,
    ) -> None:
        found = access(public_key, secret_key, token, base_url)
        tuned = options(timeout, deadline, retry, silence=SILENCE)
        self._connect(http, found.where, found.keys, found.secrets, tuned, headers, certificate, backend)

    @shows_keywords
    async def upload(self, source: SourceLike, **options: Unpack[UploadOptions]) -> Media:
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
        ask = _upload.Upload(**named(options, UploadOptions))
        return await run_async(_upload.upload(source, ask, Account.of(self._wire)), self._wire)

    async def resume(
        self, state: str | PathLike[str], *, source: SourceLike | None = None, on_progress: OnProgress | None = None
    ) -> Media:
        """Resume an interrupted upload; a part that the service has acknowledged is not sent again.

        Args:
            state: the journal: `UploadInterrupted.state`, or that of one of `unfinished`.
            source: the same bytes again, if the source was not a path, or the file was moved or touched.
            on_progress: called with the progress of the upload, in bytes.

        Returns:
            The object after the upload; `wait` returns once it is transcoded.

        Raises:
            InvalidInput: the file is no journal, the journal belongs to another account, server or version, another
                process is using it, or the object was not created or accepts no more parts.
            SourceChanged: the file is not the one that the upload began with.
            UploadInterrupted: the upload was interrupted again.
        """
        return await run_async(_resume.resume(state, source, Account.of(self._wire), on_progress), self._wire)

    async def unfinished(self, *, search: bool = True) -> Answers[Unfinished]:
        """List the interrupted uploads of this account, oldest first.

        An upload whose process ended while its object was being created is matched with the service's list. Only then
        is something sent; where the list cannot be read, that upload has no id, and a warning is logged.

        Args:
            search: whether to match such uploads; nothing is ever sent without it.

        Returns:
            The journals in the default state folder. Those of uploads with `state=` are not among them.

        Raises:
            InvalidInput: there is such a folder, and it cannot be looked into.
        """
        return await run_async(_left.unfinished(Account.of(self._wire), search), self._wire)

    async def forget(self, state: str | PathLike[str]) -> Unfinished:
        """Remove the journal of an upload that is not to be resumed; its object stays until it is deleted.

        Args:
            state: the journal.

        Returns:
            What it recorded.

        Raises:
            MissingFile: there is no such file.
            InvalidInput: the file is no journal of this account, or another process is using it.
        """
        return await run_async(_left.forgotten(state, Account.of(self._wire)), self._wire)

    @shows_keywords
    async def create(self, title: str, **options: Unpack[CreateOptions]) -> Media:
        """Create an object without a file.

        Args:
            title: 1 to 255 characters.
            **options: see CreateOptions.

        Returns:
            The new object, with the status `new`.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.
        """
        ask = objects.Creation(**named(options, CreateOptions))
        return await run_async(objects.create(title, ask), self._wire)

    async def upload_part(
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
        return await run_async(plan, self._wire)

    async def complete(self, id: str) -> None:
        """End an upload and start transcoding, which costs money.

        This request is never retried. If its outcome is unknown, the object is read: past `new`, the request was
        accepted.

        Args:
            id: the object.

        Raises:
            StatusError: the service refuses; its `message` says why.
        """
        return await run_async(_media.complete(id), self._wire)

    async def wait(
        self, id: str, *, timeout: float | None = None, on_change: Callable[[Media], None] | None = None
    ) -> Media:
        """Wait until an object is transcoded.

        Args:
            id: the object.
            timeout: the most seconds to wait; None for no limit.
            on_change: called with the object when its status, or that of a quality, has changed.

        Returns:
            The transcoded object.

        Raises:
            InvalidInput: the timeout is invalid; nothing was sent.
            TranscodeFailed: transcoding ended as `fail` or `deleted`.
            TimedOut: `timeout` has passed.
        """
        if timeout is not None:
            amount(timeout, "timeout")
        return await run_async(_media.wait(id, on_change), self._wire.within(timeout))

    async def get(self, id: str) -> Media:
        """Read one object.

        Args:
            id: the object.

        Raises:
            NotFound: this account has no such object.
        """
        return await run_async(objects.get(id), self._wire)

    async def player(self, id: str) -> Media:
        """Read what players read of an object: its title, tracks and addresses, as far as they are public.

        Args:
            id: the object.

        Raises:
            NotFound: there is no such object.

        (AIOZ Go client v1.0.19, OpenAPI document)
        """
        return await run_async(objects.player(id), self._wire)

    @shows_keywords
    async def page(self, **options: Unpack[PageOptions]) -> Page:
        """Read one page of the account's audio.

        Args:
            **options: see PageOptions.

        Raises:
            InvalidInput: a value or the name of a filter is invalid; nothing was sent.
        """
        ask = objects.Listing(**named(options, PageOptions, "filter"))
        return await run_async(objects.page(ask), self._wire)

    @shows_keywords
    async def list(self, **options: Unpack[ListOptions]) -> AsyncIterator[Media]:
        """List the account's audio; pages are read as the loop needs them.

        A page starts where the one before it ended. An object that is deleted meanwhile makes the list skip another
        one: to delete what is listed, read the whole list first.

        Args:
            **options: see ListOptions.

        Raises:
            InvalidInput: a value or the name of a filter is invalid; nothing was sent.
        """
        ask = objects.Listing(limit=100, **named(options, ListOptions, "filter"))
        rows = pages.Rows()
        offset: int | None = 0
        while offset is not None:
            page = await run_async(objects.page(evolve(ask, offset=offset)), self._wire)
            fresh = rows.new(page.items)
            for item in fresh:
                yield item
            offset = page.next_offset if fresh else None

    async def cost(self, preset: Preset, *, duration: float | None = None, source: SourceLike | None = None) -> Cost:
        """Ask for the price of transcoding.

        Args:
            preset: one quality or several by name.
            duration: length of the audio in seconds.
            source: the audio, which is measured; formats other than WAV need the extra `media`.

        Raises:
            InvalidInput: there is no such quality, the duration is invalid, the source is no audio, or not just one of
                the two is given; nothing was sent.

        (AIOZ Audio document, "Get audio cost")
        """
        return await run_async(_price.ask(presets.resolutions(preset), duration, source), self._wire)

    @shows_keywords
    async def update(self, id: str, **options: Unpack[UpdateOptions]) -> Media:
        """Change an object and read it again; None keeps a value, an empty one clears it.

        Args:
            id: the object.
            **options: see UpdateOptions.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.
            NotFound: this account has no such object.
        """
        ask = objects.Change(**named(options, UpdateOptions))
        return await run_async(_media.update(id, ask), self._wire)

    async def delete(self, id: str, *, missing_ok: bool = False) -> None:
        """Delete an object with its files.

        Args:
            id: the object.
            missing_ok: whether a missing object is no error.

        Raises:
            NotFound: this account has no such object.
        """
        return await run_async(_media.delete(id, missing_ok), self._wire)

    @property
    def fingerprint(self) -> str:
        """A hash of the server's address and of the key that names the account, to tell apart what is kept on disk."""
        return Account.of(self._wire).fingerprint

    @property
    def generated(self) -> objects.Generated:
        """The generated client, made once, on the same connections and with the same keys; see docs/generated.md."""
        return objects.generated(self._wire)
