"""The client of AIOZ Stream for asyncio; its methods are documented at their twins in `client`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from os import PathLike
from typing import Unpack

from .._base.validate import amount
from .._engine import run_async
from .._files import SourceLike
from .._http import AsyncHttpClient, discreet, options
from ..progress import OnProgress
from ..retry import Retry
from . import _journal, _media, _upload, presets
from ._credentials import Account, access
from ._operations import objects
from .atracks import AsyncTracks
from .client import DEFAULT_PART, SILENCE
from .presets import Preset
from .types import Cost, ListFilters, Media, Order, Page, QualityConfig, SortBy, Unfinished


class AsyncAioz(AsyncTracks):
    """Hosted audio on AIOZ Stream.

    Args:
        public_key: the public half of a key pair; else AIOZ_STREAM_PUBLIC_KEY.
        secret_key: the secret half; else AIOZ_STREAM_SECRET_KEY.
        token: an access token instead of a pair; else AIOZ_STREAM_TOKEN.
        base_url: where the service is; else AIOZ_STREAM_BASE_URL, else the public service.
        timeout: seconds of silence after which a read or write fails (60).
        deadline: seconds that a whole call may take; None for no bound.
        retry: how failures are repeated.
        http: an httpx.AsyncClient to send with, for proxies and TLS settings; it is neither changed nor closed.

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
        http: AsyncHttpClient | None = None,
    ) -> None:
        found = access(public_key, secret_key, token, base_url)
        tuned = options(timeout, deadline, retry, silence=SILENCE)
        self._connect(http, found.where, found.keys, found.secrets, tuned)

    async def upload(
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
        """Create an audio object, send its file in parts, and start transcoding."""
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
        return await run_async(_upload.upload(source, ask, Account.of(self._wire)), self._wire)

    async def resume(
        self, state: str | PathLike[str], *, source: SourceLike | None = None, on_progress: OnProgress | None = None
    ) -> Media:
        """Go on with an upload that stopped half-way; a part that the service has acknowledged is not sent again."""
        return await run_async(_upload.resume(state, source, Account.of(self._wire), on_progress), self._wire)

    async def unfinished(self) -> tuple[Unfinished, ...]:
        """List the uploads of this account that a crash or an error has left half-way, oldest first."""
        return await run_async(_journal.unfinished(Account.of(self._wire)), self._wire)

    async def create(
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
        """Create an audio object without a file; the arguments are those of `upload`."""
        plan = objects.create(
            title,
            qualities=_upload.chosen(preset, qualities),
            description=description,
            tags=tags,
            metadata=metadata,
            is_public=is_public,
        )
        return await run_async(plan, self._wire)

    async def upload_part(
        self, id: str, part: SourceLike, *, index: int, start: int, total: int, md5: str | None = None
    ) -> None:
        """Send one part of a file."""
        plan = _media.upload_part(id, part, index=index, start=start, total=total, md5=md5)
        return await run_async(plan, self._wire)

    async def complete(self, id: str) -> None:
        """End an upload and start transcoding, which is paid for."""
        return await run_async(_media.complete(id), self._wire)

    async def wait(
        self, id: str, *, timeout: float | None = None, on_change: Callable[[Media], None] | None = None
    ) -> Media:
        """Wait until an object is transcoded."""
        if timeout is not None:
            amount(timeout, "timeout")
        return await run_async(_media.wait(id, on_change), self._wire.within(timeout))

    async def get(self, id: str) -> Media:
        """Read one object."""
        return await run_async(objects.get(id), self._wire)

    async def page(
        self,
        *,
        offset: int = 0,
        limit: int = 25,
        sort_by: SortBy = "created_at",
        order_by: Order = "asc",
        **filters: Unpack[ListFilters],
    ) -> Page:
        """Read one page of the account's audio."""
        plan = objects.page(filters, offset=offset, limit=limit, sort_by=sort_by, order_by=order_by)
        return await run_async(plan, self._wire)

    async def list(
        self, *, sort_by: SortBy = "created_at", order_by: Order = "asc", **filters: Unpack[ListFilters]
    ) -> AsyncIterator[Media]:
        """Go through the account's audio, page by page as needed."""
        offset: int | None = 0
        while offset is not None:
            page = await self.page(offset=offset, limit=100, sort_by=sort_by, order_by=order_by, **filters)
            for item in page.items:
                yield item
            offset = page.next_offset

    async def cost(self, preset: Preset, *, duration: float) -> Cost:
        """Ask what transcoding would cost."""
        return await run_async(objects.cost(presets.resolutions(preset), duration), self._wire)

    async def update(
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
        """Change an object and read it back; None leaves a value alone, an empty one clears it."""
        plan = _media.update(
            id,
            title=title,
            description=description,
            tags=tags,
            metadata=metadata,
            is_public=is_public,
            player_theme_id=player_theme_id,
        )
        return await run_async(plan, self._wire)

    async def delete(self, id: str, *, missing_ok: bool = False) -> None:
        """Delete an object with its files."""
        return await run_async(_media.delete(id, missing_ok), self._wire)

    @property
    def generated(self) -> objects.Generated:
        """The generated client, on the same connections and with the same keys."""
        return objects.async_generated(self._wire)
