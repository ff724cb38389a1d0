"""The plan of a download, and the URL of a stream for other players."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import IO, BinaryIO, TypeAlias, cast
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from attrs import evolve, frozen

from .. import _audio, _transfer  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base import validate
from .._base.file_names import name_of
from .._base.validate import amount
from .._engine import Plan, Work
from .._files import is_folder, scratch
from .._http import Answer, Head, Request, logger
from ..errors import ConfigurationError, InvalidInput
from . import _operations as calls
from . import presets
from ._credentials import Access
from ._download_options import ItemDownload
from ._operations.startup_wait import Away, Patient
from ._play_session import PlaySession
from ._stream_request import Selection
from ._verify import Facts, Library, Verification
from .presets import Format
from .types import AudioParams, Download

Target: TypeAlias = "str | os.PathLike[str] | IO[bytes]"
"""The target of a download: a file to make, a folder to make it in, or an open binary file."""


def or_original(options: AudioParams) -> AudioParams:
    """The options, with the original as the default format."""
    return options if "static" in options or "container" in options else {**options, "static": True}


def download(
    session: PlaySession,
    access: Access,
    to: Target,
    options: ItemDownload,
    *,
    away: Away,
    size: int | None = None,
    listed: bool = False,
    whole: Callable[[_transfer.PartFile], None] | None = None,
) -> Plan[Download]:
    """Download into a file, completely or not at all.

    Args:
        session: the stream, and its play session.
        access: the server and the token.
        to: the target.
        options: the options of the download.
        away: how long to wait for a server that becomes unavailable.
        size: bytes of the original, if they are known.
        listed: whether the server's list gave the extension of `to`, so that another format is the server's mistake.
        whole: called with the complete file before it gets its name.
    """
    selection = session.selection
    library_facts = Library(partial(_facts, selection, access.user_id))
    measures = validate.word(options.run_time, "run_time", ("measure", "trust")) == "measure" and not selection.original
    verification = Verification(
        selection,
        _seconds(options.duration),
        None if access.token is None else library_facts,
        partial(_measured, selection, away) if measures else None,
    )
    place = yield from Work(partial(_Place.of, to, selection, listed=listed))
    named = yield from session.named(selection, anew=False)

    def known(part: _transfer.PartFile) -> Plan[int | None]:
        """The size of an original whose response states none; the size of encoded audio is not known in advance."""
        if part.size is not None or not selection.original:
            return None
        return size if size is not None else (yield from library_facts.facts())[0]

    def check(head: Head) -> None:
        away.answered = True
        place.check(head)

    def finish(part: _transfer.PartFile) -> Plan[tuple[str, ...]]:
        checked = yield from verification.finish(part)
        if whole is not None:
            yield from Work(partial(whole, part))
        return checked

    done = yield from _transfer.download(
        calls.streams.stream(named),
        place.to,
        check=check,
        rename=place.rename,
        report=options.on_progress,
        key=_key(selection, access.where.url),
        patiently=partial(Patient, away=away),
        known=known,
        finish=finish,
    )
    return Download(
        path=done.path,
        size=done.size,
        content_type=done.content_type,
        resumed=done.resumed,
        sha256=done.sha256,
        verified=(*(("size",) if done.sized else ()), *done.checked),
    )


def _key(selection: Selection, base_url: str) -> str:
    """The identity of a download, without device and play session: the server, the item and all parameters."""
    request = calls.streams.stream(selection)
    query = {name: value for name, value in request.query.items() if name not in ("deviceId", "playSessionId")}
    return f"{base_url}{request.path}?{urlencode(sorted(query.items()))}"


def _measured(selection: Selection, away: Away) -> Plan[float | None]:
    """Fetch the original of an item and measure it by its packets; None if it cannot be read."""
    file = yield from Work(scratch, undo=methodcaller("close"))
    try:
        yield from _transfer.download(
            calls.streams.stream(selection.as_original),
            file,
            check=_expect_audio,
            patiently=partial(Patient, away=away),
        )
        return (yield from Work(partial(_length, file)))
    finally:
        file.close()


def _length(file: IO[bytes]) -> float | None:
    file.seek(0)
    try:
        return _audio.duration(cast("BinaryIO", file))
    except (ConfigurationError, InvalidInput) as error:
        logger.info("the original cannot be measured: %s", error)
        return None


def _expect_audio(head: Head) -> None:
    calls.streams.expect_audio(Answer(head, b""))


def _facts(selection: Selection, user_id: str | None) -> Plan[Facts]:
    """Read the size and the duration of the selected version of an item."""
    item = yield from calls.library.item(selection.item_id, user_id)
    wanted = selection.params.get("media_source_id")
    chosen = next((source for source in item.sources if source.id == wanted), None)
    return (item.size, item.duration) if chosen is None else (chosen.size, chosen.duration)


def _seconds(duration: float | timedelta | None) -> float | None:
    if duration is None:
        return None
    return amount(duration.total_seconds() if isinstance(duration, timedelta) else duration, "duration")


def address(selection: Selection, extra: Mapping[str, str]) -> Request:
    """A request that a player may repeat: equal selections have equal play sessions."""
    if "play_session_id" not in selection.params:
        plain = calls.streams.stream(selection)
        identity = json.dumps([plain.path, sorted(plain.query.items())])
        selection = selection.replacing(play_session_id=uuid5(NAMESPACE_URL, f"tonearm:session:{identity}").hex)
    request = calls.streams.stream(selection)
    return evolve(request, query={**request.query, **extra})


@frozen
class _Place:
    """The place of a download; with `rename` its extension follows from the response.

    `expected` is the requested format, or the one in the server's list; None for another original.
    """

    to: Path | IO[bytes]
    rename: Callable[[Path, str], Path] | None = None
    expected: Format | None = None

    @classmethod
    def of(cls, to: Target, selection: Selection, *, listed: bool = False) -> _Place:
        """Find the place.

        Raises:
            InvalidInput: `to` is no place for a file, or its extension does not fit the requested format.
        """
        container = selection.container
        expected = None if container is None else presets.by_extension(container)
        if not isinstance(to, (str, os.PathLike)):
            return cls(to, expected=expected)
        if not os.fspath(to):
            raise InvalidInput.of("to", to, "a path that is not empty")
        path = Path(to)
        if is_folder(path):
            name = name_of(selection.item_id)
            if container is None:
                return cls(path / name, _with_extension)
            return cls(path / f"{name}.{container}", expected=expected)
        if os.fspath(to).endswith(("/", os.sep)):
            raise InvalidInput(
                f"there is no folder {os.fspath(to)!r}",
                argument="to",
                value=to,
                expected="a folder that exists, or a file",
                hint="make it first, or name a file",
            )
        _must_fit(path, expected)
        return cls(path, expected=presets.by_extension(path.suffix) if listed and expected is None else expected)

    def check(self, head: Head) -> None:
        """Refuse a response that is no audio, or not in the requested format or the format of the file's name."""
        _expect_audio(head)
        sent = presets.by_media_type(head.content_type)
        if self.expected is not None and sent is not None and sent is not self.expected:
            due = self.expected.extensions[0]
            raise Answer(head, b"").unexpected(f"the server sent {head.shown_type} where {due} was asked for")
        if isinstance(self.to, Path):
            _must_fit(self.to, sent)


def _must_fit(path: Path, made: Format | None) -> None:
    wanted = presets.by_extension(path.suffix)
    if wanted is not None and made is not None and wanted is not made:
        raise InvalidInput(
            f"the audio is {made.media_types[0]}, which does not fit the name {path.name!r}",
            argument="to",
            value=path,
            expected=f"a file that ends in .{made.extensions[0]}",
            hint=f"end it in .{made.extensions[0]}, or choose a preset ({presets.names(path.suffix)})",
        )


def _with_extension(path: Path, content_type: str) -> Path:
    known = presets.by_media_type(content_type)
    return path if known is None else path.with_name(f"{path.name}.{known.extensions[0]}")
