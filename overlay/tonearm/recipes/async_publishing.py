"""Publish a recording in one call, from the upload to the playlist: the asyncio function."""

from __future__ import annotations

from functools import partial
from os import PathLike
from typing import Unpack

import tonearm

from .. import AsyncAioz, AsyncOpenAI, NotFound
from ._threads import in_thread_async
from .options import PublishOptions
from .publication import Publication, Published, captions_of, has_language
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
    uploaded, transcribed or added twice.

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
            await _transcribe(transcriber, ask, record, media)
        await _attach(aioz, ask, record)
        playlist = await _list(aioz, ask, record)
        media = await aioz.get(media.id)
        await in_thread_async(record.end)
    return Published(media, record.captions, playlist)


async def _upload(aioz: AsyncAioz, ask: Publication, record: Record, transcriber: AsyncOpenAI | None) -> None:
    """Upload the recording, or resume the upload that was interrupted; `record.object` is complete afterwards."""
    if record.object is None:
        await _find(aioz, record)
    if record.object is None:
        await _check(aioz, ask, transcriber)
        journal = await in_thread_async(record.begin)
        media = await aioz.upload(
            ask.path,
            title=ask.title,
            **ask.described,
            workers=ask.workers,
            part_size="auto",
            state=journal,
            on_create=record.made,
            on_progress=ask.on_progress,
        )
    elif record.journal is not None and record.journal.exists():
        media = await aioz.resume(record.journal, source=ask.path, on_progress=ask.on_progress)
    else:
        try:
            media = await aioz.get(record.object)
        except NotFound as error:
            raise record.refused(f"names the object {record.object}, which does not exist any more") from error
    if media.status == "new":
        raise record.refused(f"names the object {media.id}, which is incomplete, and the journal of its upload is gone")


async def _find(aioz: AsyncAioz, record: Record) -> None:
    """Find the object that was being made when its process ended, by the journal of its upload."""
    journal = record.journal
    if journal is None:
        return
    left = {one.state: one for one in await aioz.unfinished()}.get(journal)
    if left is not None and left.id is not None:
        await in_thread_async(partial(record.made, left))
    elif left is not None:
        raise record.interrupted("whether an object was made is not known, as the list of objects cannot be read")
    elif journal.exists() and all(one.state != journal for one in await aioz.unfinished(search=False)):
        await aioz.resume(journal)  # it is at work elsewhere, which the error says


async def _check(aioz: AsyncAioz, ask: Publication, transcriber: AsyncOpenAI | None) -> None:
    """Look at the prices and at the playlist before anything is made."""
    if ask.max_price is not None:
        seconds = await in_thread_async(ask.seconds)
        hearing = 0.0 if transcriber is None else transcriber.estimate(model=ask.model, seconds=seconds).price
        ask.check_price(await aioz.cost(ask.preset, duration=seconds), hearing)
    if ask.playlist is not None:
        await aioz.playlist(ask.playlist)


async def _transcribe(transcriber: AsyncOpenAI, ask: Publication, record: Record, media: tonearm.aioz.Media) -> None:
    """Write down what is said; the captions are recorded the moment that they are paid for."""
    if not record.is_next("transcribe"):
        return

    def keep(note: tonearm.openai.Transcript | str) -> None:
        record.finish("transcribe", captions=captions_of(note, media.duration))

    await transcriber.transcribe(
        ask.path, model=ask.model, language=ask.spoken, prompt=ask.prompt, on_result=keep, on_progress=ask.hears()
    )


async def _attach(aioz: AsyncAioz, ask: Publication, record: Record) -> None:
    """Add captions, chapters and cover. What a lost answer left open is looked up first: a language is taken once."""
    id = str(record.object)
    if record.captions is not None and record.is_next("captions"):
        if not has_language(await aioz.captions(id), ask.language):
            await aioz.put_captions(id, str(ask.language), record.captions.encode())
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
