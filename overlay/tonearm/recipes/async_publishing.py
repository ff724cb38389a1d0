"""Publish a recording in one call, from the upload to the playlist: the asyncio function."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Unpack

import tonearm

from .. import AsyncAioz, AsyncOpenAI, ConnectionFailed, Forbidden, NotFound, StatusError, UnexpectedAnswer
from ._threads import in_thread_async
from .captions import captions_of, has_language
from .options import PublishOptions
from .publication import Publication, Published
from .record import Record


async def async_publish(
    aioz: AsyncAioz,
    source: str | PathLike[str],
    *,
    transcriber: AsyncOpenAI | None = None,
    **options: Unpack[PublishOptions],
) -> Published:
    """Publish a recording: upload and transcode it, transcribe it, and add captions, chapters, cover and playlist.

    Each step is recorded before the next begins. After an error, Ctrl-C or a crash the same call resumes: nothing is
    uploaded, transcribed or added twice. A call for what was published before sends nothing anew and returns it; with
    more options it does what they add.

    Args:
        aioz: the client of AIOZ Stream.
        source: the path of the recording.
        transcriber: the client of the server that writes down what is said; no captions when None.
        **options: see PublishOptions.

    Returns:
        The object, its captions, and the playlist.

    Raises:
        InvalidInput: an argument is invalid, the price is too high, or the record of an interrupted call was begun with
            other arguments.
        ConfigurationError: the transcriber has no model.
        TranscodeFailed: the service could not transcode the recording; the same call uploads it again.
        WorkInterrupted: some steps are done, others not; the same call again does only the others.
    """
    ask = await in_thread_async(partial(Publication.of, source, transcriber is not None, options))
    if transcriber is not None:
        transcriber.estimate(model=ask.model, seconds=0.0)  # it has a model, or refuses before anything is sent
    record = await in_thread_async(partial(Record.open, ask, aioz.fingerprint), undo=lambda record: record.log.leave())
    with record.guarded():
        record.tell("upload")
        await _upload(aioz, ask, record, transcriber)
        record.tell("transcode")
        media = await aioz.wait(str(record.object), timeout=ask.timeout)
        if transcriber is not None:
            await _transcribe(aioz, transcriber, ask, record, media)
        await _attach(aioz, ask, record)
        playlist = await _list(aioz, ask, record)
        media = await aioz.get(media.id)
        await in_thread_async(record.end)
    captions = None if transcriber is None else record.captions
    return Published(media, captions, playlist, record.was_there)


async def _upload(aioz: AsyncAioz, ask: Publication, record: Record, transcriber: AsyncOpenAI | None) -> None:
    """Upload the recording, or resume the upload that was interrupted; `record.object` is complete afterwards."""
    if record.journal is not None and await in_thread_async(record.journal.exists):
        await _find(aioz, ask, record, record.journal)
    elif record.object is not None and not record.uploaded and await _is_abandoned(aioz, record.object):
        record.object = None
    elif record.finished and await _is_gone(aioz, str(record.object)):
        await in_thread_async(record.restart)
    if record.object is None:
        await _check(aioz, ask, transcriber)
        media = await _begin(aioz, ask, record)
    elif record.journal is not None and record.journal.exists():
        media = await aioz.resume(record.journal, source=ask.path, on_progress=ask.on_progress)
    else:
        try:
            media = await aioz.get(record.object)
        except NotFound as error:
            raise record.refused(f"names the object {record.object}, which does not exist any more") from error
    if media.status == "new":
        raise record.refused(f"names the object {media.id}, which is incomplete, and the journal of its upload is gone")
    if not record.uploaded:
        await in_thread_async(record.completed)


async def _begin(aioz: AsyncAioz, ask: Publication, record: Record) -> tonearm.aioz.Media:
    """Upload the recording as a new object."""
    journal = await in_thread_async(record.begin)
    try:
        return await aioz.upload(
            ask.path,
            title=ask.title,
            **ask.described,
            workers=ask.workers,
            part_size="auto",
            state=journal,
            on_create=record.made,
            on_progress=ask.on_progress,
        )
    except (ConnectionFailed, StatusError, UnexpectedAnswer):
        if not journal.exists():  # its object was deleted as its parts were too large, and no other was made
            record.object = None
        raise


async def _find(aioz: AsyncAioz, ask: Publication, record: Record, journal: Path) -> None:
    """Find the object that was being made when its process ended, or made anew for smaller parts, by its journal."""
    left = {one.state: one for one in await aioz.unfinished(search=False)}.get(journal)
    if left is None and await in_thread_async(journal.exists):
        # It is at work elsewhere, which the error says; or it lies where `unfinished` does not look any more.
        media = await aioz.resume(journal, source=ask.path, on_progress=ask.on_progress)
        await in_thread_async(partial(record.made, media))
        return
    if left is not None and left.id is None:
        left = {one.state: one for one in await aioz.unfinished()}.get(journal)
        if left is None:
            record.object = None  # none was made
        elif left.id is None:
            raise record.interrupted("whether an object was made is not known, as the list of objects cannot be read")
    if left is not None and left.id != record.object:
        await in_thread_async(partial(record.made, left))


async def _is_abandoned(aioz: AsyncAioz, id: str) -> bool:
    """Whether an object without a journal is gone, or lacks parts; such a one is deleted.

    A call that ends while it makes the object anew for smaller parts leaves one, for which nothing was paid.
    """
    try:
        media = await aioz.get(id)
    except NotFound:
        return True
    if media.status == "new":
        with suppress(Forbidden):  # a key that can only upload
            await aioz.delete(id, missing_ok=True)
    return media.status in ("new", "deleted")


async def _is_gone(aioz: AsyncAioz, id: str) -> bool:
    """Whether the object of a finished publication was deleted since."""
    try:
        return (await aioz.get(id)).status in ("deleted", "fail")
    except NotFound:
        return True


async def _check(aioz: AsyncAioz, ask: Publication, transcriber: AsyncOpenAI | None) -> None:
    """Look at the prices and at the playlist before anything is made."""
    if ask.max_price is not None:
        seconds = await in_thread_async(ask.seconds)
        hearing = 0.0 if transcriber is None else transcriber.estimate(model=ask.model, seconds=seconds).price
        ask.check_price(await aioz.cost(ask.preset, duration=seconds), hearing)
    if ask.playlist is not None:
        await aioz.playlist(ask.playlist)


async def _transcribe(
    aioz: AsyncAioz, transcriber: AsyncOpenAI, ask: Publication, record: Record, media: tonearm.aioz.Media
) -> None:
    """Write down what is said; the captions are recorded the moment that they are paid for."""
    if not record.is_next("transcribe"):
        return

    def keep(note: tonearm.openai.Transcript | str) -> None:
        record.finish("transcribe", captions=captions_of(note, media.duration))

    most = await _allowance(aioz, transcriber, ask)
    await transcriber.transcribe(
        ask.path,
        model=ask.model,
        language=ask.spoken,
        prompt=ask.prompt,
        max_price=most,
        on_result=keep,
        on_progress=ask.hears(),
    )


async def _allowance(aioz: AsyncAioz, transcriber: AsyncOpenAI, ask: Publication) -> float | None:
    """What `max_price` leaves for the transcription, which asks once more for what an answer leaves out."""
    if ask.max_price is None or transcriber.estimate(model=ask.model, seconds=0.0).price is None:
        return None
    seconds = await in_thread_async(ask.seconds)
    hearing = transcriber.estimate(model=ask.model, seconds=seconds).price or 0.0
    return ask.allowance(await aioz.cost(ask.preset, duration=seconds), hearing)


async def _attach(aioz: AsyncAioz, ask: Publication, record: Record) -> None:
    """Add captions, chapters and cover. What a lost answer left open is looked up first: a language is taken once."""
    id = str(record.object)
    if record.captions is not None and record.is_next("captions"):
        if not has_language(await aioz.captions(id), ask.language):
            await aioz.put_captions(id, str(ask.language), record.captions.encode("utf-8", "replace"))
        await in_thread_async(partial(record.finish, "captions"))
    if ask.chapters is not None and record.is_next("chapters"):
        if not has_language(await aioz.chapters(id), ask.language):
            await aioz.put_chapters(id, str(ask.language), ask.chapters)
        await in_thread_async(partial(record.finish, "chapters"))
    if ask.cover is not None and record.is_next("cover"):
        await aioz.put_thumbnail(id, ask.cover)
        await in_thread_async(partial(record.finish, "cover"))


async def _list(aioz: AsyncAioz, ask: Publication, record: Record) -> tonearm.aioz.Playlist | None:
    """Put the object at the end of the playlist, unless it is in it."""
    if ask.playlist is None:
        return None
    playlist = await aioz.playlist(ask.playlist)
    if record.is_next("playlist"):
        if all(item.media_id != record.object for item in playlist.items):
            playlist = await aioz.add_to_playlist(ask.playlist, str(record.object))
        await in_thread_async(partial(record.finish, "playlist"))
    return playlist
