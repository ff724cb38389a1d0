# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
"""The limits that specs/openai.yaml sets for what is sent, by object and by parameter."""

from attrs import frozen


@frozen(kw_only=True)
class Text:
    """How many characters a string may have, and the pattern that it must match as a whole."""

    min_length: int = 0
    max_length: int | None = None
    pattern: str | None = None


@frozen(kw_only=True)
class Integer:
    """Between which bounds a whole number must be."""

    minimum: int | None = None
    maximum: int | None = None


@frozen(kw_only=True)
class Number:
    """Between which bounds a number must be."""

    minimum: float | None = None
    maximum: float | None = None


@frozen(kw_only=True)
class Items:
    """How many members a list may have, and the limits of each."""

    min_items: int = 0
    max_items: int | None = None
    each: Text = Text()


class CreateSpeechRequest:
    input = Text(max_length=4096)
    instructions = Text(max_length=4096)
    speed = Number(minimum=0.25, maximum=4)


class CreateTranscriptionRequest:
    languages = Items(min_items=1)
    keywords = Items(each=Text(pattern="^[^<>\\r\\n]*$"))
    temperature = Number(minimum=0, maximum=1)
    known_speaker_names = Items(max_items=4)
    known_speaker_references = Items(max_items=4)
    chunking_strategy_prefix_padding_ms = Integer(minimum=0)
    chunking_strategy_silence_duration_ms = Integer(minimum=0)
    chunking_strategy_threshold = Number(minimum=0, maximum=1)


class CreateTranslationRequest:
    temperature = Number(minimum=0, maximum=1)


class ListVoiceConsentsParameters:
    limit = Integer(minimum=1, maximum=100)
