"""The models of this sandbox: the engine of each, what it accepts, and when it ends. Everything here is data.

The rules are from the API reference in openai-python 3.52.0, or from the reports that are named below.
"""

from typing import Literal

from attrs import evolve, frozen

from tonearm.sandbox.openai.refusal import Refusal

EngineName = Literal["human", "marker"]

FORMATS = ("json", "text", "srt", "verbose_json", "vtt")
"""The formats of whisper-1, and of every translation."""

_SPEECH_ENDS, _TRANSCRIPTION_ENDS = "2027-01-06", "2027-02-26"


@frozen(kw_only=True)
class Speech:
    """What a model of speech does; without `events` it answers plain audio to `stream_format=sse`.

    That it does not refuse this is reported for tts-1 (sfortis/openai_tts, pull request 73).
    """

    events: bool = True


@frozen(kw_only=True)
class Transcription:
    """What a model of transcription accepts.

    Attributes:
        formats: the values of response_format.
        streams: whether it supports `stream`; else it is ignored.
        logprobs: whether `include[]` may request them.
        hints: whether `languages[]` and `keywords[]` may be given.
        prompt: whether a prompt may be given.
        speakers: whether known speakers may be given.
        longest: seconds of a recording at most; None is no limit.
        whole: seconds above which `chunking_strategy` is required; None is never.
        tokens: whether usage is counted in tokens; else in seconds.
        detects: whether the response lists the detected languages; `language` is then ignored.
    """

    formats: tuple[str, ...] = (*FORMATS, "diarized_json")
    streams: bool = True
    logprobs: bool = True
    hints: bool = True
    prompt: bool = True
    speakers: bool = True
    longest: float | None = None
    whole: float | None = None
    tokens: bool = False
    detects: bool = False


@frozen(kw_only=True)
class Model:
    """One model; None, or False for `translation`, if it does not support an operation."""

    name: str
    engine: EngineName = "human"
    speech: Speech | None = None
    transcription: Transcription | None = None
    translation: bool = False
    shutdown_date: str | None = None


_OTHER = Model(name="", speech=Speech(), transcription=Transcription(), translation=True)
"""Any other name, if all names are accepted: compatible servers have their own models and few rules."""

# 1400 s: murtaza-nasir/speakr, issue 168. json and text: openai-dotnet, issue 401.
_GPT_4O = Transcription(
    formats=("json", "text"), hints=False, speakers=False, longest=1400.0, tokens=True
)  # fmt: skip
_DIARIZE = evolve(
    _GPT_4O, formats=("json", "text", "diarized_json"), logprobs=False, prompt=False, speakers=True, whole=30.0
)
_WHISPER = Transcription(formats=FORMATS, streams=False, logprobs=False, hints=False, speakers=False)
# Its single `language` changes nothing (michaelwilhelmsen/humla, issue 127); no limit of its duration is known.
_GPT = Transcription(formats=("json", "text"), logprobs=False, speakers=False, detects=True)

MODELS = {
    model.name: model
    for model in (
        *(
            Model(name=name, speech=Speech(events=name.startswith("gpt")), shutdown_date=_SPEECH_ENDS)
            for name in (
                "tts-1", "tts-1-hd", "gpt-4o-mini-tts", "gpt-4o-mini-tts-2025-03-20", "gpt-4o-mini-tts-2025-12-15"
            )
        ),
        Model(name="whisper-1", transcription=_WHISPER, translation=True, shutdown_date=_TRANSCRIPTION_ENDS),
        *(
            Model(name=name, transcription=_GPT_4O, shutdown_date=_TRANSCRIPTION_ENDS)
            for name in ("gpt-4o-transcribe", "gpt-4o-mini-transcribe", "gpt-4o-mini-transcribe-2025-12-15")
        ),
        Model(name="gpt-4o-transcribe-diarize", transcription=_DIARIZE, shutdown_date=_TRANSCRIPTION_ENDS),
        Model(name="gpt-transcribe", transcription=_GPT),
        # The marker engine: `marker` accepts everything, the others follow a model of OpenAI.
        evolve(_OTHER, name="marker", engine="marker"),
        Model(name="marker-whisper", engine="marker", transcription=_WHISPER, translation=True),
        Model(name="marker-gpt-4o", engine="marker", transcription=_GPT_4O),
        Model(name="marker-diarize", engine="marker", transcription=_DIARIZE),
        Model(name="marker-gpt", engine="marker", transcription=_GPT),
    )
}  # fmt: skip


def find(name: str, *, anything: bool = False) -> Model:
    """Return the model of a name; with `anything` every name but `missing-model` is one.

    Raises:
        Refusal: there is no such model.
    """
    if name == "missing-model" or not (anything or name in MODELS):
        message = f"The model `{name}` does not exist or you do not have access to it."
        raise Refusal(message, status=404, code="model_not_found")
    return MODELS.get(name) or evolve(_OTHER, name=name)


def unfit(name: str, operation: str) -> Refusal:
    """Refuse a model that does not support an operation."""
    return Refusal(f"The model '{name}' does not support {operation}.", param="model", code="unsupported_value")
