"""The output of a transcode: container, codec, bit rate, channels and sample rate, chosen as the server does."""

from tonearm.sandbox.audio import AudioInfo, Encoding
from tonearm.sandbox.context import JellyfinVersion
from tonearm.sandbox.jellyfin.query import Query
from tonearm.sandbox.recording import AudioError

TICKS = 10_000_000
"""Ticks per second: Jellyfin counts time in units of 100 ns."""

_ENCODERS = {"dts": "dca", "mp3": "libmp3lame", "opus": "libopus", "wma": "wmav2"}
_INFERRED = {
    **dict.fromkeys(("oga", "ogg", "ogv", "webm", "webma"), "opus"),
    **dict.fromkeys(("m4a", "m4b", "mka", "mkv", "mov", "mp4"), "aac"),
    **dict.fromkeys(("avi", "flv", "ts"), "mp3"),
}
_MUXERS = {
    "aac": "adts", "ac3": "ac3", "avi": "avi", "eac3": "eac3", "flac": "flac", "flv": "flv", "m4a": "ipod",
    "m4b": "ipod", "mka": "matroska", "mkv": "matroska", "mov": "mov", "mp3": "mp3", "mp4": "mp4", "oga": "oga",
    "ogg": "ogg", "ogv": "ogg", "opus": "opus", "ts": "mpegts", "wav": "wav", "webm": "webm", "webma": "webm",
    "wma": "asf",
}  # fmt: skip
_EXTENSIONS = {"aac": "aac", "mp3": "mp3", "vorbis": "ogg", "wma": "wma"}
_RATED = frozenset({"aac", "ac3", "dts", "eac3", "mp3", "opus", "vorbis"})
_LOSSLESS = frozenset({"alac", "flac"})
_CHANNELS = {"ac3": 6, "aac": 6, "dts": 6, "eac3": 6, "mp3": 2}
_SAMPLE_RATES = (8_000, 12_000, 16_000, 24_000, 48_000)
_CODEC_WITHOUT_NAME = "aac"


def extension(query: Query, source: AudioInfo) -> str:
    """Return the output's extension: the requested container, else that of the codec, else the source's own."""
    codec = _named_codec(query)
    return (query.text("container") or _EXTENSIONS.get(codec or "") or source.container.partition(",")[0]).lower()


def choose(query: Query, source: AudioInfo, *, url_extension: str | None, version: JellyfinVersion) -> Encoding:
    """Choose the encoding of a transcode; the codec `copy` keeps the sound as it is.

    The codec is inferred from the URL's extension only, never from the query's container; without either the server
    falls back to AAC, whatever the container.

    Raises AudioError when FFmpeg does not know the container or codec.
    """
    ending, codec = extension(query, source), _codec(query, url_extension)
    channels = _channels(query, codec, source.channels)
    if codec.startswith("pcm_"):
        return _samples(query, codec, ending, channels, version)
    if ending not in _MUXERS:
        raise AudioError(f"no container for .{ending}")
    if codec == "copy":
        return Encoding(_MUXERS[ending], codec)
    return Encoding(
        muxer=_MUXERS[ending],
        codec=_ENCODERS.get(codec, codec),
        bit_rate=_bit_rate(query, codec, channels),
        # FFmpeg's own Vorbis encoder, the only one in PyAV's wheels, encodes two channels and nothing else.
        channels=2 if codec == "vorbis" else channels,
        sample_rate=_sample_rate(query, codec, version),
    )


def start(query: Query, duration: float) -> float:
    """Return the second at which the output starts: never in the last five of the source's `duration`."""
    return max(0.0, min((query.integer("startTimeTicks") or 0) / TICKS, duration - 5.0))


def _codec(query: Query, url_extension: str | None) -> str:
    named = _named_codec(query)
    if named is not None:
        return named
    if url_extension is None:
        return _CODEC_WITHOUT_NAME
    return _INFERRED.get(url_extension.lower(), url_extension.lower())


def _named_codec(query: Query) -> str | None:
    """Return the first codec of the query's list that can be encoded, or the first of all when none can."""
    names = [codec for codec in (query.text("audioCodec") or "").lower().split(",") if codec]
    return next((name for name in names if _encodes(name)), names[0] if names else None)


def _encodes(codec: str) -> bool:
    import av
    from av.codec.codec import UnknownCodecError

    try:
        av.Codec(_ENCODERS.get(codec, codec), "w")
    except UnknownCodecError:
        return codec == "copy"
    return True


def _samples(query: Query, codec: str, ending: str, channels: int, version: JellyfinVersion) -> Encoding:
    """Choose for raw samples: 10.11 omits every container, and uses the bit rate as sample rate.

    12.0 does so for .pcm only, at the sample rate of the request or the source (jellyfin pull request 17537).
    """
    requested, bits = query.integer("audioSampleRate"), query.integer("audioBitRate")
    if version == "12.0":
        muxer = codec.removeprefix("pcm_") if ending == "pcm" else _MUXERS.get(ending)
        if muxer is None:
            raise AudioError(f"no container for .{ending}")
        return Encoding(muxer, codec, channels=channels, sample_rate=requested)
    if bits is None or bits <= 0:
        raise AudioError("no sample rate for raw samples")
    # FFmpeg uses the last -ar of two: the requested rate, if there is one.
    rate = bits if requested is None else _rounded(requested)
    return Encoding(codec.removeprefix("pcm_"), codec, channels=channels, sample_rate=rate)


def _channels(query: Query, codec: str, source: int) -> int:
    texts = (
        query.options.get(f"{codec}-audiochannels"),
        query.options.get("audiochannels"),
        query.text("maxAudioChannels"),
        query.text("audioChannels"),
        query.text("transcodingMaxAudioChannels"),
    )
    requested = next((int(text) for text in texts if text and text.strip().isdecimal() and int(text) > 0), source)
    return min(requested, source, _CHANNELS.get(codec, 8))


def _bit_rate(query: Query, codec: str, channels: int) -> int | None:
    if codec in _LOSSLESS:
        return None
    usual = 128_000 * channels
    requested = query.integer("audioBitRate")
    if requested is None or codec not in _RATED:
        return usual
    most = 136_000 * channels if codec == "dts" else 640_000 if channels >= 6 else usual
    return min(requested, most)


def _sample_rate(query: Query, codec: str, version: JellyfinVersion) -> int | None:
    """Return the sample rate: 10.11 rounds it for all but Opus and keeps Opus from it; 12.0 rounds it for Opus only."""
    requested = query.integer("audioSampleRate")
    if requested is None:
        return None
    if version == "10.11":
        return None if codec == "opus" else _rounded(requested)
    return _rounded(requested) if codec == "opus" else requested


def _rounded(requested: int) -> int:
    return next((rate for rate in _SAMPLE_RATES if rate >= requested), _SAMPLE_RATES[-1])
