"""The plan of a transcription that is read live."""

from __future__ import annotations

from functools import partial

from ..._engine import Open, Plan, Work, attempt
from ..._files import Source, SourceLike
from ..._http import Answer, Live, Multipart, Request
from ..._transfer import Opening, open_input
from ...errors import InvalidInput, StatusError
from ...progress import Meter
from .. import _limits, _operations
from .._answers import is_page
from .._operations import Recognition
from .._server import Server
from ..options import TranscribeStreamOptions, given
from ..presets import RECOGNISERS, UNKNOWN_RECOGNISER
from .forms import breaks_down, plainer_may_help
from .recognition import LiveRecognition


def open_transcript(source: SourceLike, options: TranscribeStreamOptions, server: Server) -> Opening:
    """Prepare a live transcript.

    Raises:
        ConfigurationError: no model is named.
        InvalidInput: an option is unknown, or OpenAI would refuse it.
    """
    asked = given(options, TranscribeStreamOptions)
    recognition = _limits.recognition(LiveRecognition, asked, None, server, translates=False)
    return lambda _: server.explained(_open(source, recognition, server))


def _open(source: SourceLike, options: LiveRecognition, server: Server) -> Plan[Live]:
    """Send the recording; the request is retried until the first words arrive, and in plainer forms after a refusal."""
    opened = yield from Work(partial(open_input, source), undo=Source.close)
    with opened:
        meter = Meter("upload", opened.size, options.on_progress)
        live = yield from _answered(opened, options, server, meter)
        meter.at(opened.size)
        return live


def _answered(source: Source, options: Recognition, server: Server, meter: Meter) -> Plan[Live]:
    first = RECOGNISERS.get(options.model, UNKNOWN_RECOGNISER).formats[0]
    forms = [("diarized_json" if first == "diarized_json" else "json", True), (None, True), (None, False)]
    while True:
        format, stream = forms.pop(0)
        request = yield from Work(partial(_request, source, options, server, meter, format, stream=stream))
        try:
            live: Live = yield from attempt(Open(request, _check), request.repeat)
            return live
        except StatusError as error:
            if not forms or breaks_down(error) or not plainer_may_help(error):
                raise


def _request(
    source: Source, options: Recognition, server: Server, meter: Meter, format: str | None, *, stream: bool
) -> Request:
    request = _operations.transcription(
        source, options, format, words=False, sent=lambda done: meter.at(min(done, source.size - 1)), stream=stream
    )
    size = Multipart(request.form or ()).length
    if server.body_limit is not None and size > server.body_limit:
        raise InvalidInput(
            f"the recording must fit one request: with its form it has {size} bytes, "
            f"and the server takes {server.body_limit}",
            argument="source",
            value=size,
            expected=f"at most {server.body_limit} bytes with the other fields of the request",
            hint="transcribe() cuts it",
        )
    return request


def _check(answer: Answer) -> None:
    """Refuse a response that is no transcript: a web page, or compressed bytes that were not requested."""
    if answer.head.headers.get("content-encoding", "identity") not in ("", "identity"):
        raise answer.unexpected("the body is compressed although that was not asked for")
    if answer.head.content_type == "text/html" or is_page(answer.text()):
        raise answer.unexpected(f"the body is {answer.head.content_type or 'text'}, neither events nor JSON")
    if answer.head.content_type.startswith(("audio/", "image/", "video/")):
        raise answer.unexpected(f"the body is {answer.head.content_type}, neither events nor JSON")
