"""The dry runs of `tonearm aioz upload` and `publish`: their requests are shown and not sent."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import ConfigurationError, InvalidInput
from ._ends import say

if TYPE_CHECKING:
    from .. import Aioz, OpenAI

ID = "ID"
"""Stands for the id of the object, which is not known yet."""

_DESCRIBED = ("title", "description", "tags", "metadata", "is_public", "preset", "workers")
_HEARD = ("model", "language", "prompt")


def rehearsed_upload(method: str, url: str) -> Mapping[str, Any] | None:
    """The responses in a dry run of an upload: an object with the id ID, so that it shows the requests of parts."""
    if method == "POST" and url.endswith(("/media/create", "/part")):
        return {"data": {"id": ID, "status": "new"}, "status": "success"}
    return None


def rehearse(aioz: Aioz, transcriber: OpenAI | None, source: str, options: Mapping[str, Any]) -> None:
    """Show each step of a publication with its requests, and the price of the transcription if known.

    Args:
        aioz: a client that shows its requests and sends none.
        transcriber: such a client of the server that transcribes.
        source: the recording.
        options: see PublishOptions.

    Raises:
        InvalidInput: an argument would be refused.
    """
    from .._http import Rehearsed
    from ..recipes import publish_steps

    given = {name: value for name, value in options.items() if value is not None}
    creation: dict[str, Any] = {name: given[name] for name in _DESCRIBED if name in given}
    creation.setdefault("title", Path(source).name)
    transcription: dict[str, Any] = {name: given[name] for name in _HEARD if name in given}
    if "language" in transcription:
        transcription["language"] = transcription["language"].partition("-")[0].lower()  # as in `publish`
    steps = publish_steps(source, transcribed=transcriber is not None, **options)
    with tempfile.TemporaryDirectory(prefix="tonearm-") as scratch:

        def upload() -> None:
            if "preset" in given:
                with suppress(
                    Rehearsed, ConfigurationError, InvalidInput
                ):  # without a length no price can be estimated
                    aioz.cost(given["preset"], source=source)
            aioz.upload(source, **creation, part_size="auto", state=Path(scratch, "upload"))

        def transcribe() -> None:
            assert transcriber is not None  # only then there is such a step
            with suppress(ConfigurationError, InvalidInput):
                price = transcriber.estimate_recording(source, model=given.get("model")).price
                say("the price of this model is not known here" if price is None else f"about {price:.4f} USD")
            transcriber.transcribe(source, **transcription, state=Path(scratch, "transcription"))

        calls: Mapping[str, Callable[[], object]] = {
            "upload": upload,
            "transcode": lambda: aioz.wait(ID),
            "transcribe": transcribe,
            "captions": lambda: aioz.put_captions(ID, given["language"], b"WEBVTT\n"),
            "chapters": lambda: aioz.put_chapters(ID, given["language"], given["chapters"]),
            "cover": lambda: aioz.put_thumbnail(ID, given["cover"]),
            "playlist": lambda: aioz.add_to_playlist(given["playlist"], ID),
        }
        for number, step in enumerate(steps, 1):
            say(f"step {number} of {len(steps)}: {step}")
            with suppress(Rehearsed):
                calls[step]()
