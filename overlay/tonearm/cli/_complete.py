"""The values of options that a shell offers: those known on this machine. Nothing is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

from typer import Context

from .. import ConfigurationError
from . import _config

AIOZ_PRESETS = tuple(
    f"{prefix}{name}" for prefix in ("", "dash:") for name in ("standard", "good", "highest", "lossless")
)
JELLYFIN_PRESETS = (
    "original", "mp3_256", "mp3_128", "aac_256", "aac_128", "opus_128", "opus_96", "vorbis_192", "flac"
)  # fmt: skip

_SPEAKING, _HEARING = ("speak", "login"), ("transcribe", "translate", "login")


def of(*words: str) -> Callable[[str], list[str]]:
    """Offer these words."""

    def offer(incomplete: str) -> list[str]:
        return _begun(words, incomplete)

    return offer


def listed(*words: str) -> Callable[[str], list[str]]:
    """Offer these words for an option of several, with commas between."""

    def offer(incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",")
        rest = (word for word in words if word not in before.split(","))
        return [f"{before}{comma}{word}" for word in _begun(rest, last)]

    return offer


def profiles(incomplete: str) -> list[str]:
    """Offer the profiles that are stored."""
    with suppress(ConfigurationError):
        return _begun(_config.profiles(), incomplete)
    return []


def models(ctx: Context, incomplete: str) -> list[str]:
    """Offer the models of the profiles, and OpenAI's own, for the use of the typed command."""
    return [
        *(speech_models(incomplete) if ctx.info_name not in _HEARING else []),
        *(transcription_models(incomplete) if ctx.info_name not in _SPEAKING else []),
    ]


def speech_models(incomplete: str) -> list[str]:
    """Offer models that speak."""
    from ..openai.presets import VOICES

    return _begun([*_stored("speech_model"), *VOICES], incomplete)


def transcription_models(incomplete: str) -> list[str]:
    """Offer models that transcribe."""
    from ..openai.presets import RECOGNISERS

    return _begun([*_stored("transcription_model"), *RECOGNISERS], incomplete)


def voices(incomplete: str) -> list[str]:
    """Offer the voices of the profiles, and OpenAI's own."""
    from ..openai.presets import VOICES

    return _begun([*_stored("voice"), *sorted({name for names in VOICES.values() for name in names})], incomplete)


def _stored(setting: str) -> list[str]:
    """The values of a setting in all profiles, for OpenAI and compatible servers."""
    with suppress(ConfigurationError):
        sections = [services.get("openai", {}) for services in _config.profiles().values()]
        return [str(section[setting]) for section in sections if section.get(setting)]
    return []


def _begun(words: Iterable[str], incomplete: str) -> list[str]:
    return [word for word in dict.fromkeys(words) if word.startswith(incomplete)]
