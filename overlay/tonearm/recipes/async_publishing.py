"""Publish a recording in one call, from the upload to the playlist: the asyncio function."""

from __future__ import annotations

import logging
from contextlib import suppress
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Unpack

import tonearm

from .. import AsyncAioz, AsyncOpenAI, ConnectionFailed, Forbidden, NotFound, StatusError, UnexpectedAnswer
from ._threads import in_thread_async
from .captions import captions_of, has_cues, has_language
from .options import PublishOptions
from .publication import Publication, Published
from .record import Record

logger = logging.getLogger("tonearm")


async def async_publish(
    aioz: AsyncAioz,
    source: str | PathLike[str],
    *,
    transcriber: AsyncOpenAI | None = None,
    **options: Unpack[PublishOptions],
) -> Published:
    """Publish a recording: upload and transcode it, transcribe it, and add captions, chapters, cover and playlist.

    Each step is recorded before the next begins. After an error, Ctrl-C or a crash the same call resumes: nothing is
    uploaded, transcribed or added twice. For a recording that is published already, the call sends nothing again and
    returns its object; further options are added to it.

    Args:
        aioz: the client of AIOZ Stream.
        source: the path of the recording.
        transcriber: the client of the server that transcribes; no captions when None.
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
    publication = await in_thread_async(partial(Publication.of, source, transcriber is not None, options))
    if transcriber is not None:
        transcriber.estimate(model=publication.model, seconds=0.0)  # raises before anything is sent if it has no model
    record = await in_thread_async(
        partial(Record.open, publication, aioz.fingerprint), undo=lambda record: record.log.leave()
    )
    with record.guarded():
        record.report("upload")
        await _upload(aioz, publication, record, transcriber)
        record.report("transcode")
        media = await aioz.wait(str(record.object), timeout=publication.timeout)
        if transcriber is not None:
            await _transcribe(aioz, transcriber, publication, record, media)
        await _attach(aioz, publication, record)
        playlist = await _list(aioz, publication, record)
        media = await aioz.get(media.id)
        await in_thread_async(record.end)
    captions = None if transcriber is None else record.captions
    return Published(media, captions, playlist, record.was_complete)


async def _upload(aioz: AsyncAioz, publication: Publication, record: Record, transcriber: AsyncOpenAI | None) -> None:
    """Upload the recording, or resume an interrupted upload; then `record.object` is complete."""
    if record.journal is not None and await in_thread_async(record.journal.exists):
        await _find(aioz, publication, record, record.journal)
    elif record.object is not None and not record.uploaded and await _is_abandoned(aioz, record.object):
        record.object = None
    elif record.finished and await _is_gone(aioz, str(record.object)):
        await in_thread_async(record.restart)
    if record.object is None:
        await _check(aioz, publication, transcriber)
        media = await _begin(aioz, publication, record)
    elif record.journal is not None and record.journal.exists():
        media = await aioz.resume(record.journal, source=publication.path, on_progress=publication.on_progress)
    else:
        try:
            media = await aioz.get(record.object)
        except NotFound as error:
            raise record.refused(f"names the object {record.object}, which does not exist any more") from error
    if media.status == "new":
        raise record.refused(f"names the object {media.id}, which is incomplete, and the journal of its upload is gone")
    if not record.uploaded:
        await in_thread_async(record.completed)


async def _begin(aioz: AsyncAioz, publication: Publication, record: Record) -> tonearm.aioz.Media:
    """Upload the recording as a new object."""
    journal = await in_thread_async(record.begin)
    try:
        return await aioz.upload(
            publication.path,
            title=publication.title,
            **publication.object_options,
            workers=publication.workers,
            part_size="auto",
            state=journal,
            on_create=record.made,
            on_progress=publication.on_progress,
        )
    except (ConnectionFailed, StatusError, UnexpectedAnswer):
        if not journal.exists():  # its object was deleted because its parts were too large, and no other was created
            record.object = None
        raise


async def _find(aioz: AsyncAioz, publication: Publication, record: Record, journal: Path) -> None:
    """Find, by its journal, the object that was created when a process ended, or created again for smaller parts."""
    upload = {upload.state: upload for upload in await aioz.unfinished(search=False)}.get(journal)
    if upload is None and await in_thread_async(journal.exists):
        # Another process works on it, which `resume` raises; or it is in a folder where `unfinished` does not look.
        media = await aioz.resume(journal, source=publication.path, on_progress=publication.on_progress)
        await in_thread_async(partial(record.made, media))
        return
    if upload is not None and upload.id is None:
        upload = {upload.state: upload for upload in await aioz.unfinished()}.get(journal)
        if upload is None:
            record.object = None  # none was made
        elif upload.id is None:
            raise record.interrupted("whether an object was made is not known, as the list of objects cannot be read")
    if upload is not None and upload.id != record.object:
        await in_thread_async(partial(record.made, upload))


async def _is_abandoned(aioz: AsyncAioz, id: str) -> bool:
    """Whether an object without a journal is gone, or incomplete; an incomplete one is deleted.

    A call that ends while it creates the object again for smaller parts leaves one, for which nothing was paid.
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


async def _check(aioz: AsyncAioz, publication: Publication, transcriber: AsyncOpenAI | None) -> None:
    """Check the prices and the playlist before anything is created."""
    if publication.max_price is not None:
        seconds = await in_thread_async(publication.seconds)
        transcription = (
            0.0 if transcriber is None else transcriber.estimate(model=publication.model, seconds=seconds).price
        )
        publication.check_price(await aioz.cost(publication.preset, duration=seconds), transcription)
    if publication.playlist is not None:
        await aioz.playlist(publication.playlist)


async def _transcribe(
    aioz: AsyncAioz, transcriber: AsyncOpenAI, publication: Publication, record: Record, media: tonearm.aioz.Media
) -> None:
    """Transcribe the recording; the captions are recorded as soon as they are paid for."""
    if not record.is_next("transcribe"):
        return

    def keep(note: tonearm.openai.Transcript | str) -> None:
        record.finish("transcribe", captions=captions_of(note, media.duration))

    most = await _allowance(aioz, transcriber, publication)
    await transcriber.transcribe(
        publication.path,
        model=publication.model,
        language=publication.iso_language,
        prompt=publication.prompt,
        max_price=most,
        on_result=keep,
        on_progress=publication.transcription_progress(),
    )


async def _allowance(aioz: AsyncAioz, transcriber: AsyncOpenAI, publication: Publication) -> float | None:
    """What `max_price` leaves for the transcription, which may send a part again that the transcript lacks."""
    if publication.max_price is None or transcriber.estimate(model=publication.model, seconds=0.0).price is None:
        return None
    seconds = await in_thread_async(publication.seconds)
    transcription = transcriber.estimate(model=publication.model, seconds=seconds).price or 0.0
    return publication.allowance(await aioz.cost(publication.preset, duration=seconds), transcription)


async def _attach(aioz: AsyncAioz, publication: Publication, record: Record) -> None:
    """Add captions, chapters and cover. Read the tracks first: a language may exist once, a response may be lost."""
    id = str(record.object)
    if record.captions is not None and record.is_next("captions"):
        if not has_cues(record.captions):
            logger.warning("nothing was heard in %s: no captions are added", publication.title)
        elif not has_language(await aioz.captions(id), publication.language):
            await aioz.put_captions(id, str(publication.language), record.captions.encode("utf-8", "replace"))
        await in_thread_async(partial(record.finish, "captions"))
    if publication.chapters is not None and record.is_next("chapters"):
        if not has_language(await aioz.chapters(id), publication.language):
            await aioz.put_chapters(id, str(publication.language), publication.chapters)
        await in_thread_async(partial(record.finish, "chapters"))
    if publication.cover is not None and record.is_next("cover"):
        await aioz.put_thumbnail(id, publication.cover)
        await in_thread_async(partial(record.finish, "cover"))


async def _list(aioz: AsyncAioz, publication: Publication, record: Record) -> tonearm.aioz.Playlist | None:
    """Append the object to the playlist, unless it is in it."""
    if publication.playlist is None:
        return None
    playlist = await aioz.playlist(publication.playlist)
    if record.is_next("playlist"):
        if all(item.media_id != record.object for item in playlist.items):
            playlist = await aioz.add_to_playlist(publication.playlist, str(record.object))
        await in_thread_async(partial(record.finish, "playlist"))
    return playlist
