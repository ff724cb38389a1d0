# Made by scripts/twins.py from async_client.py; do not edit.
"""The blocking client of AIOZ Stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Unpack

from attrs import evolve

from .. import _engine  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.signatures import shows_keywords
from .._base.validate import amount, named
from .._files import SourceLike
from .._http import Backend, Certificate, LentClient, discreet, options
from ..retry import Retry
from . import _media, _price, presets
from . import _operations as calls
from ._credentials import SILENCE, Account, access
from .accounts import Accounts
from .analytics import Analytics
from .live import LiveAudio
from .media import Media, Page
from .options import CreateOptions, ListOptions, PageOptions, UpdateOptions
from .playlists import Playlists
from .presets import Preset
from .themes import Themes
from .tracks import Tracks
from .types import Cost
from .uploads import Uploads
from .webhooks import Webhooks

if TYPE_CHECKING:
    from ._operations import objects


class Aioz(Accounts, Analytics, LiveAudio, Playlists, Themes, Tracks, Uploads, Webhooks):
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
        http: an httpx.Client to send with, for proxies and TLS settings; it is neither changed nor closed.
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
        http: LentClient | None = None,
        backend: Backend | None = None,
    ) -> None:
        credentials = access(public_key, secret_key, token, base_url)
        tuned = options(timeout, deadline, retry, silence=SILENCE)
        self._connect(
            http, credentials.where, credentials.keys, credentials.secrets, tuned, headers, certificate, backend
        )

    @shows_keywords
    def create(self, title: str, **options: Unpack[CreateOptions]) -> Media:
        """Create an object without a file.

        Args:
            title: 1 to 255 characters.
            **options: see CreateOptions.

        Returns:
            The new object, with the status `new`.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.
        """
        creation = calls.objects.Creation(**named(options, CreateOptions))
        return _engine.run(calls.objects.create(title, creation), self._wire)

    def wait(self, id: str, *, timeout: float | None = None, on_change: Callable[[Media], None] | None = None) -> Media:
        """Wait until an object is transcoded.

        Args:
            id: the object.
            timeout: the most seconds to wait; None for no limit.
            on_change: called with the object when its status or the status of a quality has changed.

        Returns:
            The transcoded object.

        Raises:
            InvalidInput: the timeout is invalid; nothing was sent.
            TranscodeFailed: transcoding ended as `fail` or `deleted`.
            TimedOut: `timeout` has passed.
        """
        if timeout is not None:
            amount(timeout, "timeout")
        return _engine.run(_media.wait(id, on_change), self._wire.within(timeout))

    def get(self, id: str) -> Media:
        """Read one object.

        Args:
            id: the object.

        Raises:
            NotFound: this account has no such object.
        """
        return _engine.run(calls.objects.get(id), self._wire)

    def player(self, id: str) -> Media:
        """Read the public data of an object, as players do: its title, tracks and addresses.

        Args:
            id: the object.

        Raises:
            NotFound: there is no such object.

        (AIOZ Go client v1.0.19, OpenAPI document)
        """
        return _engine.run(calls.objects.player(id), self._wire)

    @shows_keywords
    def page(self, **options: Unpack[PageOptions]) -> Page:
        """Read one page of the account's audio.

        Args:
            **options: see PageOptions.

        Raises:
            InvalidInput: a value or the name of a filter is invalid; nothing was sent.
        """
        listing = calls.objects.Listing(**named(options, PageOptions, "filter"))
        return _engine.run(calls.objects.page(listing), self._wire)

    @shows_keywords
    def list(self, **options: Unpack[ListOptions]) -> Iterator[Media]:
        """List the account's audio; pages are read as the loop needs them.

        A page starts where the page before it ended, so the list skips an object when another is deleted meanwhile. To
        delete listed objects, read the whole list first.

        Args:
            **options: see ListOptions.

        Raises:
            InvalidInput: a value or the name of a filter is invalid; nothing was sent.
        """
        listing = calls.objects.Listing(limit=100, **named(options, ListOptions, "filter"))
        rows = calls.pages.Rows()
        offset: int | None = 0
        while offset is not None:
            page = _engine.run(calls.objects.page(evolve(listing, offset=offset)), self._wire)
            fresh = rows.new(page.items)
            yield from fresh
            offset = page.next_offset if fresh else None

    def cost(self, preset: Preset, *, duration: float | None = None, source: SourceLike | None = None) -> Cost:
        """Read the price of transcoding.

        Args:
            preset: the name of a quality, or several.
            duration: length of the audio in seconds.
            source: the audio, which is measured; formats other than WAV need the extra `media`.

        Raises:
            InvalidInput: a quality is unknown, the duration is invalid, the source is no audio, or both or neither of
                duration and source are given; nothing was sent.

        (AIOZ Audio document, "Get audio cost")
        """
        return _engine.run(_price.cost_of(presets.resolutions(preset), duration, source), self._wire)

    @shows_keywords
    def update(self, id: str, **options: Unpack[UpdateOptions]) -> Media:
        """Change an object and read it again; None keeps a value, an empty value clears it.

        Args:
            id: the object.
            **options: see UpdateOptions.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.
            NotFound: this account has no such object.
        """
        change = calls.objects.Change(**named(options, UpdateOptions))
        return _engine.run(_media.update(id, change), self._wire)

    def delete(self, id: str, *, missing_ok: bool = False) -> None:
        """Delete an object with its files.

        Args:
            id: the object.
            missing_ok: whether a missing object is no error.

        Raises:
            NotFound: this account has no such object.
        """
        return _engine.run(_media.delete(id, missing_ok), self._wire)

    @property
    def fingerprint(self) -> str:
        """A hash of the server's address and the account's key, which distinguishes accounts in files on the disk."""
        return Account.of(self._wire).fingerprint

    @property
    def generated(self) -> objects.Generated:
        """The generated client, made once, on the same connections and with the same keys; see docs/generated.md."""
        return calls.objects.generated(self._wire)
