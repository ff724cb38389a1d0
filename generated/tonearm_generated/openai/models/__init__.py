# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
"""The objects and enums of the spec, each imported on first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = (
    "ChunkingStrategy",
    "CreateSpeechRequest",
    "CreateTranscriptionRequest",
    "CreateTranscriptionResponseDiarizedJson",
    "CreateTranscriptionResponseJson",
    "CreateTranscriptionResponseVerboseJson",
    "CreateTranslationRequest",
    "CreateTranslationResponseJson",
    "CreateTranslationResponseVerboseJson",
    "CreateVoiceConsentRequest",
    "CreateVoiceRequest",
    "DeletedVoice",
    "DeletedVoiceConsent",
    "DurationUsage",
    "ErrorDetail",
    "ErrorResponse",
    "InputTokenDetails",
    "ListModelsResponse",
    "Model",
    "SpeechAudioDeltaEvent",
    "SpeechAudioDoneEvent",
    "SpeechFormat",
    "SpeechStreamFormat",
    "TimestampGranularity",
    "TokenUsage",
    "TranscriptTextDeltaEvent",
    "TranscriptTextDoneEvent",
    "TranscriptTextSegmentEvent",
    "TranscriptionDiarizedSegment",
    "TranscriptionFormat",
    "TranscriptionInclude",
    "TranscriptionLanguage",
    "TranscriptionLogprob",
    "TranscriptionSegment",
    "TranscriptionWord",
    "TranslationFormat",
    "UpdateVoiceConsentRequest",
    "Voice",
    "VoiceActivityDetection",
    "VoiceConsent",
    "VoiceConsentList",
    "VoiceId",
    "VoiceOrigin",
)

if TYPE_CHECKING:
    from .chunking_strategy import ChunkingStrategy
    from .create_speech_request import CreateSpeechRequest
    from .create_transcription_request import CreateTranscriptionRequest
    from .create_transcription_response_diarized_json import CreateTranscriptionResponseDiarizedJson
    from .create_transcription_response_json import CreateTranscriptionResponseJson
    from .create_transcription_response_verbose_json import CreateTranscriptionResponseVerboseJson
    from .create_translation_request import CreateTranslationRequest
    from .create_translation_response_json import CreateTranslationResponseJson
    from .create_translation_response_verbose_json import CreateTranslationResponseVerboseJson
    from .create_voice_consent_request import CreateVoiceConsentRequest
    from .create_voice_request import CreateVoiceRequest
    from .deleted_voice import DeletedVoice
    from .deleted_voice_consent import DeletedVoiceConsent
    from .duration_usage import DurationUsage
    from .error_detail import ErrorDetail
    from .error_response import ErrorResponse
    from .input_token_details import InputTokenDetails
    from .list_models_response import ListModelsResponse
    from .model import Model
    from .speech_audio_delta_event import SpeechAudioDeltaEvent
    from .speech_audio_done_event import SpeechAudioDoneEvent
    from .speech_format import SpeechFormat
    from .speech_stream_format import SpeechStreamFormat
    from .timestamp_granularity import TimestampGranularity
    from .token_usage import TokenUsage
    from .transcript_text_delta_event import TranscriptTextDeltaEvent
    from .transcript_text_done_event import TranscriptTextDoneEvent
    from .transcript_text_segment_event import TranscriptTextSegmentEvent
    from .transcription_diarized_segment import TranscriptionDiarizedSegment
    from .transcription_format import TranscriptionFormat
    from .transcription_include import TranscriptionInclude
    from .transcription_language import TranscriptionLanguage
    from .transcription_logprob import TranscriptionLogprob
    from .transcription_segment import TranscriptionSegment
    from .transcription_word import TranscriptionWord
    from .translation_format import TranslationFormat
    from .update_voice_consent_request import UpdateVoiceConsentRequest
    from .voice import Voice
    from .voice_activity_detection import VoiceActivityDetection
    from .voice_consent import VoiceConsent
    from .voice_consent_list import VoiceConsentList
    from .voice_id import VoiceId
    from .voice_origin import VoiceOrigin
else:
    _HOMES = {
        "ChunkingStrategy": ".chunking_strategy",
        "CreateSpeechRequest": ".create_speech_request",
        "CreateTranscriptionRequest": ".create_transcription_request",
        "CreateTranscriptionResponseDiarizedJson": ".create_transcription_response_diarized_json",
        "CreateTranscriptionResponseJson": ".create_transcription_response_json",
        "CreateTranscriptionResponseVerboseJson": ".create_transcription_response_verbose_json",
        "CreateTranslationRequest": ".create_translation_request",
        "CreateTranslationResponseJson": ".create_translation_response_json",
        "CreateTranslationResponseVerboseJson": ".create_translation_response_verbose_json",
        "CreateVoiceConsentRequest": ".create_voice_consent_request",
        "CreateVoiceRequest": ".create_voice_request",
        "DeletedVoice": ".deleted_voice",
        "DeletedVoiceConsent": ".deleted_voice_consent",
        "DurationUsage": ".duration_usage",
        "ErrorDetail": ".error_detail",
        "ErrorResponse": ".error_response",
        "InputTokenDetails": ".input_token_details",
        "ListModelsResponse": ".list_models_response",
        "Model": ".model",
        "SpeechAudioDeltaEvent": ".speech_audio_delta_event",
        "SpeechAudioDoneEvent": ".speech_audio_done_event",
        "SpeechFormat": ".speech_format",
        "SpeechStreamFormat": ".speech_stream_format",
        "TimestampGranularity": ".timestamp_granularity",
        "TokenUsage": ".token_usage",
        "TranscriptTextDeltaEvent": ".transcript_text_delta_event",
        "TranscriptTextDoneEvent": ".transcript_text_done_event",
        "TranscriptTextSegmentEvent": ".transcript_text_segment_event",
        "TranscriptionDiarizedSegment": ".transcription_diarized_segment",
        "TranscriptionFormat": ".transcription_format",
        "TranscriptionInclude": ".transcription_include",
        "TranscriptionLanguage": ".transcription_language",
        "TranscriptionLogprob": ".transcription_logprob",
        "TranscriptionSegment": ".transcription_segment",
        "TranscriptionWord": ".transcription_word",
        "TranslationFormat": ".translation_format",
        "UpdateVoiceConsentRequest": ".update_voice_consent_request",
        "Voice": ".voice",
        "VoiceActivityDetection": ".voice_activity_detection",
        "VoiceConsent": ".voice_consent",
        "VoiceConsentList": ".voice_consent_list",
        "VoiceId": ".voice_id",
        "VoiceOrigin": ".voice_origin",
    }

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name], __name__), name)
        globals()[name] = value
        return value
