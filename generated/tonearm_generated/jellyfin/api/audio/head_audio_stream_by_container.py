# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from .... import reading as _reading
from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...models.encoding_context import EncodingContext
    from ...models.stream_options import StreamOptions
    from ...models.subtitle_delivery_method import SubtitleDeliveryMethod


def request_kwargs(
    item_id: str,
    container: str,
    *,
    static: bool | Unset = UNSET,
    params: str | Unset = UNSET,
    tag: str | Unset = UNSET,
    device_profile_id: str | Unset = UNSET,
    play_session_id: str | Unset = UNSET,
    segment_container: str | Unset = UNSET,
    segment_length: int | Unset = UNSET,
    min_segments: int | Unset = UNSET,
    media_source_id: str | Unset = UNSET,
    device_id: str | Unset = UNSET,
    audio_codec: str | Unset = UNSET,
    enable_auto_stream_copy: bool | Unset = UNSET,
    allow_video_stream_copy: bool | Unset = UNSET,
    allow_audio_stream_copy: bool | Unset = UNSET,
    break_on_non_key_frames: bool | Unset = UNSET,
    audio_sample_rate: int | Unset = UNSET,
    max_audio_bit_depth: int | Unset = UNSET,
    audio_bit_rate: int | Unset = UNSET,
    audio_channels: int | Unset = UNSET,
    max_audio_channels: int | Unset = UNSET,
    profile: str | Unset = UNSET,
    level: str | Unset = UNSET,
    framerate: float | Unset = UNSET,
    max_framerate: float | Unset = UNSET,
    copy_timestamps: bool | Unset = UNSET,
    start_time_ticks: int | Unset = UNSET,
    width: int | Unset = UNSET,
    height: int | Unset = UNSET,
    video_bit_rate: int | Unset = UNSET,
    subtitle_stream_index: int | Unset = UNSET,
    subtitle_method: SubtitleDeliveryMethod | Unset = UNSET,
    max_ref_frames: int | Unset = UNSET,
    max_video_bit_depth: int | Unset = UNSET,
    require_avc: bool | Unset = UNSET,
    de_interlace: bool | Unset = UNSET,
    require_non_anamorphic: bool | Unset = UNSET,
    transcoding_max_audio_channels: int | Unset = UNSET,
    cpu_core_limit: int | Unset = UNSET,
    live_stream_id: str | Unset = UNSET,
    enable_mpegts_m2_ts_mode: bool | Unset = UNSET,
    video_codec: str | Unset = UNSET,
    subtitle_codec: str | Unset = UNSET,
    transcode_reasons: str | Unset = UNSET,
    audio_stream_index: int | Unset = UNSET,
    video_stream_index: int | Unset = UNSET,
    context: EncodingContext | Unset = UNSET,
    stream_options: StreamOptions | Unset = UNSET,
    enable_audio_vbr_encoding: bool | Unset = UNSET,
) -> dict[str, Any]:

    _query: dict[str, Any] = {}

    _query["static"] = static

    _query["params"] = params

    _query["tag"] = tag

    _query["deviceProfileId"] = device_profile_id

    _query["playSessionId"] = play_session_id

    _query["segmentContainer"] = segment_container

    _query["segmentLength"] = segment_length

    _query["minSegments"] = min_segments

    _query["mediaSourceId"] = media_source_id

    _query["deviceId"] = device_id

    _query["audioCodec"] = audio_codec

    _query["enableAutoStreamCopy"] = enable_auto_stream_copy

    _query["allowVideoStreamCopy"] = allow_video_stream_copy

    _query["allowAudioStreamCopy"] = allow_audio_stream_copy

    _query["breakOnNonKeyFrames"] = break_on_non_key_frames

    _query["audioSampleRate"] = audio_sample_rate

    _query["maxAudioBitDepth"] = max_audio_bit_depth

    _query["audioBitRate"] = audio_bit_rate

    _query["audioChannels"] = audio_channels

    _query["maxAudioChannels"] = max_audio_channels

    _query["profile"] = profile

    _query["level"] = level

    _query["framerate"] = framerate

    _query["maxFramerate"] = max_framerate

    _query["copyTimestamps"] = copy_timestamps

    _query["startTimeTicks"] = start_time_ticks

    _query["width"] = width

    _query["height"] = height

    _query["videoBitRate"] = video_bit_rate

    _query["subtitleStreamIndex"] = subtitle_stream_index

    json_subtitle_method: str | Unset = UNSET
    if not isinstance(subtitle_method, Unset):
        json_subtitle_method = str(subtitle_method)

    _query["subtitleMethod"] = json_subtitle_method

    _query["maxRefFrames"] = max_ref_frames

    _query["maxVideoBitDepth"] = max_video_bit_depth

    _query["requireAvc"] = require_avc

    _query["deInterlace"] = de_interlace

    _query["requireNonAnamorphic"] = require_non_anamorphic

    _query["transcodingMaxAudioChannels"] = transcoding_max_audio_channels

    _query["cpuCoreLimit"] = cpu_core_limit

    _query["liveStreamId"] = live_stream_id

    _query["enableMpegtsM2TsMode"] = enable_mpegts_m2_ts_mode

    _query["videoCodec"] = video_codec

    _query["subtitleCodec"] = subtitle_codec

    _query["transcodeReasons"] = transcode_reasons

    _query["audioStreamIndex"] = audio_stream_index

    _query["videoStreamIndex"] = video_stream_index

    json_context: str | Unset = UNSET
    if not isinstance(context, Unset):
        json_context = str(context)

    _query["context"] = json_context

    json_stream_options: dict[str, Any] | Unset = UNSET
    if not isinstance(stream_options, Unset):
        json_stream_options = stream_options.to_dict()
    if not isinstance(json_stream_options, Unset):
        _query.update(json_stream_options)

    _query["enableAudioVbrEncoding"] = enable_audio_vbr_encoding

    _query = {k: v for k, v in _query.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "head",
        "url": "/Audio/{item_id}/stream.{container}".format(
            item_id=quote(str(item_id), safe=""),
            container=quote(str(container), safe=""),
        ),
        "params": _query,
    }

    return _kwargs


def read_answer(status_code: int, data: Any) -> Any:
    """Read a decoded body: JSON as dicts and lists, text as str, anything else as bytes.

    Raises:
        UnreadableAnswer: It is not what the spec says.
        UndocumentedAnswer: The spec has no such status, or none with such a body.
    """
    if status_code == 206:
        return None
    if 200 <= status_code <= 299:
        return None
    if (
        status_code == 304
        or status_code == 400
        or status_code == 404
        or status_code == 416
        or status_code == 500
        or status_code == 503
    ):
        return None
    raise _reading.UndocumentedAnswer


def parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | None:
    content_type = response.headers.get("content-type", "")
    data = _reading.decoded(content_type, response.content, ())
    try:
        return read_answer(response.status_code, data)
    except _reading.UndocumentedAnswer:
        if client.raise_on_unexpected_status:
            raise errors.UnexpectedStatus(response.status_code, response.content, response.headers) from None
        return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parse_response(client=client, response=response),
    )


def sync_detailed(
    item_id: str,
    container: str,
    *,
    client: AuthenticatedClient | Client,
    static: bool | Unset = UNSET,
    params: str | Unset = UNSET,
    tag: str | Unset = UNSET,
    device_profile_id: str | Unset = UNSET,
    play_session_id: str | Unset = UNSET,
    segment_container: str | Unset = UNSET,
    segment_length: int | Unset = UNSET,
    min_segments: int | Unset = UNSET,
    media_source_id: str | Unset = UNSET,
    device_id: str | Unset = UNSET,
    audio_codec: str | Unset = UNSET,
    enable_auto_stream_copy: bool | Unset = UNSET,
    allow_video_stream_copy: bool | Unset = UNSET,
    allow_audio_stream_copy: bool | Unset = UNSET,
    break_on_non_key_frames: bool | Unset = UNSET,
    audio_sample_rate: int | Unset = UNSET,
    max_audio_bit_depth: int | Unset = UNSET,
    audio_bit_rate: int | Unset = UNSET,
    audio_channels: int | Unset = UNSET,
    max_audio_channels: int | Unset = UNSET,
    profile: str | Unset = UNSET,
    level: str | Unset = UNSET,
    framerate: float | Unset = UNSET,
    max_framerate: float | Unset = UNSET,
    copy_timestamps: bool | Unset = UNSET,
    start_time_ticks: int | Unset = UNSET,
    width: int | Unset = UNSET,
    height: int | Unset = UNSET,
    video_bit_rate: int | Unset = UNSET,
    subtitle_stream_index: int | Unset = UNSET,
    subtitle_method: SubtitleDeliveryMethod | Unset = UNSET,
    max_ref_frames: int | Unset = UNSET,
    max_video_bit_depth: int | Unset = UNSET,
    require_avc: bool | Unset = UNSET,
    de_interlace: bool | Unset = UNSET,
    require_non_anamorphic: bool | Unset = UNSET,
    transcoding_max_audio_channels: int | Unset = UNSET,
    cpu_core_limit: int | Unset = UNSET,
    live_stream_id: str | Unset = UNSET,
    enable_mpegts_m2_ts_mode: bool | Unset = UNSET,
    video_codec: str | Unset = UNSET,
    subtitle_codec: str | Unset = UNSET,
    transcode_reasons: str | Unset = UNSET,
    audio_stream_index: int | Unset = UNSET,
    video_stream_index: int | Unset = UNSET,
    context: EncodingContext | Unset = UNSET,
    stream_options: StreamOptions | Unset = UNSET,
    enable_audio_vbr_encoding: bool | Unset = UNSET,
) -> Response[Any]:
    """Ask what the stream of an item in a container would be.

     Answers the headers of the GET, without a body and without starting an encoder. Only for an original
    file do they tell the length, and success does not prove that encoding will work.

    Args:
        item_id (str):
        container (str):
        static (bool | Unset):
        params (str | Unset):
        tag (str | Unset):
        device_profile_id (str | Unset):
        play_session_id (str | Unset):
        segment_container (str | Unset):
        segment_length (int | Unset):
        min_segments (int | Unset):
        media_source_id (str | Unset):
        device_id (str | Unset):
        audio_codec (str | Unset):
        enable_auto_stream_copy (bool | Unset):
        allow_video_stream_copy (bool | Unset):
        allow_audio_stream_copy (bool | Unset):
        break_on_non_key_frames (bool | Unset):
        audio_sample_rate (int | Unset):
        max_audio_bit_depth (int | Unset):
        audio_bit_rate (int | Unset):
        audio_channels (int | Unset):
        max_audio_channels (int | Unset):
        profile (str | Unset):
        level (str | Unset):
        framerate (float | Unset):
        max_framerate (float | Unset):
        copy_timestamps (bool | Unset):
        start_time_ticks (int | Unset):
        width (int | Unset):
        height (int | Unset):
        video_bit_rate (int | Unset):
        subtitle_stream_index (int | Unset):
        subtitle_method (SubtitleDeliveryMethod | Unset): How subtitles are delivered.
        max_ref_frames (int | Unset):
        max_video_bit_depth (int | Unset):
        require_avc (bool | Unset):
        de_interlace (bool | Unset):
        require_non_anamorphic (bool | Unset):
        transcoding_max_audio_channels (int | Unset):
        cpu_core_limit (int | Unset):
        live_stream_id (str | Unset):
        enable_mpegts_m2_ts_mode (bool | Unset):
        video_codec (str | Unset):
        subtitle_codec (str | Unset):
        transcode_reasons (str | Unset):
        audio_stream_index (int | Unset):
        video_stream_index (int | Unset):
        context (EncodingContext | Unset): Why audio is asked for.
        stream_options (StreamOptions | Unset): Options of single encoders by name. Keys begin
            with a lower-case letter and differ from every other parameter, in any case; for audio
            only `<codec>-audiochannels` does anything.
        enable_audio_vbr_encoding (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    kwargs = request_kwargs(
        item_id=item_id,
        container=container,
        static=static,
        params=params,
        tag=tag,
        device_profile_id=device_profile_id,
        play_session_id=play_session_id,
        segment_container=segment_container,
        segment_length=segment_length,
        min_segments=min_segments,
        media_source_id=media_source_id,
        device_id=device_id,
        audio_codec=audio_codec,
        enable_auto_stream_copy=enable_auto_stream_copy,
        allow_video_stream_copy=allow_video_stream_copy,
        allow_audio_stream_copy=allow_audio_stream_copy,
        break_on_non_key_frames=break_on_non_key_frames,
        audio_sample_rate=audio_sample_rate,
        max_audio_bit_depth=max_audio_bit_depth,
        audio_bit_rate=audio_bit_rate,
        audio_channels=audio_channels,
        max_audio_channels=max_audio_channels,
        profile=profile,
        level=level,
        framerate=framerate,
        max_framerate=max_framerate,
        copy_timestamps=copy_timestamps,
        start_time_ticks=start_time_ticks,
        width=width,
        height=height,
        video_bit_rate=video_bit_rate,
        subtitle_stream_index=subtitle_stream_index,
        subtitle_method=subtitle_method,
        max_ref_frames=max_ref_frames,
        max_video_bit_depth=max_video_bit_depth,
        require_avc=require_avc,
        de_interlace=de_interlace,
        require_non_anamorphic=require_non_anamorphic,
        transcoding_max_audio_channels=transcoding_max_audio_channels,
        cpu_core_limit=cpu_core_limit,
        live_stream_id=live_stream_id,
        enable_mpegts_m2_ts_mode=enable_mpegts_m2_ts_mode,
        video_codec=video_codec,
        subtitle_codec=subtitle_codec,
        transcode_reasons=transcode_reasons,
        audio_stream_index=audio_stream_index,
        video_stream_index=video_stream_index,
        context=context,
        stream_options=stream_options,
        enable_audio_vbr_encoding=enable_audio_vbr_encoding,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    item_id: str,
    container: str,
    *,
    client: AuthenticatedClient | Client,
    static: bool | Unset = UNSET,
    params: str | Unset = UNSET,
    tag: str | Unset = UNSET,
    device_profile_id: str | Unset = UNSET,
    play_session_id: str | Unset = UNSET,
    segment_container: str | Unset = UNSET,
    segment_length: int | Unset = UNSET,
    min_segments: int | Unset = UNSET,
    media_source_id: str | Unset = UNSET,
    device_id: str | Unset = UNSET,
    audio_codec: str | Unset = UNSET,
    enable_auto_stream_copy: bool | Unset = UNSET,
    allow_video_stream_copy: bool | Unset = UNSET,
    allow_audio_stream_copy: bool | Unset = UNSET,
    break_on_non_key_frames: bool | Unset = UNSET,
    audio_sample_rate: int | Unset = UNSET,
    max_audio_bit_depth: int | Unset = UNSET,
    audio_bit_rate: int | Unset = UNSET,
    audio_channels: int | Unset = UNSET,
    max_audio_channels: int | Unset = UNSET,
    profile: str | Unset = UNSET,
    level: str | Unset = UNSET,
    framerate: float | Unset = UNSET,
    max_framerate: float | Unset = UNSET,
    copy_timestamps: bool | Unset = UNSET,
    start_time_ticks: int | Unset = UNSET,
    width: int | Unset = UNSET,
    height: int | Unset = UNSET,
    video_bit_rate: int | Unset = UNSET,
    subtitle_stream_index: int | Unset = UNSET,
    subtitle_method: SubtitleDeliveryMethod | Unset = UNSET,
    max_ref_frames: int | Unset = UNSET,
    max_video_bit_depth: int | Unset = UNSET,
    require_avc: bool | Unset = UNSET,
    de_interlace: bool | Unset = UNSET,
    require_non_anamorphic: bool | Unset = UNSET,
    transcoding_max_audio_channels: int | Unset = UNSET,
    cpu_core_limit: int | Unset = UNSET,
    live_stream_id: str | Unset = UNSET,
    enable_mpegts_m2_ts_mode: bool | Unset = UNSET,
    video_codec: str | Unset = UNSET,
    subtitle_codec: str | Unset = UNSET,
    transcode_reasons: str | Unset = UNSET,
    audio_stream_index: int | Unset = UNSET,
    video_stream_index: int | Unset = UNSET,
    context: EncodingContext | Unset = UNSET,
    stream_options: StreamOptions | Unset = UNSET,
    enable_audio_vbr_encoding: bool | Unset = UNSET,
) -> Response[Any]:
    """Ask what the stream of an item in a container would be.

     Answers the headers of the GET, without a body and without starting an encoder. Only for an original
    file do they tell the length, and success does not prove that encoding will work.

    Args:
        item_id (str):
        container (str):
        static (bool | Unset):
        params (str | Unset):
        tag (str | Unset):
        device_profile_id (str | Unset):
        play_session_id (str | Unset):
        segment_container (str | Unset):
        segment_length (int | Unset):
        min_segments (int | Unset):
        media_source_id (str | Unset):
        device_id (str | Unset):
        audio_codec (str | Unset):
        enable_auto_stream_copy (bool | Unset):
        allow_video_stream_copy (bool | Unset):
        allow_audio_stream_copy (bool | Unset):
        break_on_non_key_frames (bool | Unset):
        audio_sample_rate (int | Unset):
        max_audio_bit_depth (int | Unset):
        audio_bit_rate (int | Unset):
        audio_channels (int | Unset):
        max_audio_channels (int | Unset):
        profile (str | Unset):
        level (str | Unset):
        framerate (float | Unset):
        max_framerate (float | Unset):
        copy_timestamps (bool | Unset):
        start_time_ticks (int | Unset):
        width (int | Unset):
        height (int | Unset):
        video_bit_rate (int | Unset):
        subtitle_stream_index (int | Unset):
        subtitle_method (SubtitleDeliveryMethod | Unset): How subtitles are delivered.
        max_ref_frames (int | Unset):
        max_video_bit_depth (int | Unset):
        require_avc (bool | Unset):
        de_interlace (bool | Unset):
        require_non_anamorphic (bool | Unset):
        transcoding_max_audio_channels (int | Unset):
        cpu_core_limit (int | Unset):
        live_stream_id (str | Unset):
        enable_mpegts_m2_ts_mode (bool | Unset):
        video_codec (str | Unset):
        subtitle_codec (str | Unset):
        transcode_reasons (str | Unset):
        audio_stream_index (int | Unset):
        video_stream_index (int | Unset):
        context (EncodingContext | Unset): Why audio is asked for.
        stream_options (StreamOptions | Unset): Options of single encoders by name. Keys begin
            with a lower-case letter and differ from every other parameter, in any case; for audio
            only `<codec>-audiochannels` does anything.
        enable_audio_vbr_encoding (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    kwargs = request_kwargs(
        item_id=item_id,
        container=container,
        static=static,
        params=params,
        tag=tag,
        device_profile_id=device_profile_id,
        play_session_id=play_session_id,
        segment_container=segment_container,
        segment_length=segment_length,
        min_segments=min_segments,
        media_source_id=media_source_id,
        device_id=device_id,
        audio_codec=audio_codec,
        enable_auto_stream_copy=enable_auto_stream_copy,
        allow_video_stream_copy=allow_video_stream_copy,
        allow_audio_stream_copy=allow_audio_stream_copy,
        break_on_non_key_frames=break_on_non_key_frames,
        audio_sample_rate=audio_sample_rate,
        max_audio_bit_depth=max_audio_bit_depth,
        audio_bit_rate=audio_bit_rate,
        audio_channels=audio_channels,
        max_audio_channels=max_audio_channels,
        profile=profile,
        level=level,
        framerate=framerate,
        max_framerate=max_framerate,
        copy_timestamps=copy_timestamps,
        start_time_ticks=start_time_ticks,
        width=width,
        height=height,
        video_bit_rate=video_bit_rate,
        subtitle_stream_index=subtitle_stream_index,
        subtitle_method=subtitle_method,
        max_ref_frames=max_ref_frames,
        max_video_bit_depth=max_video_bit_depth,
        require_avc=require_avc,
        de_interlace=de_interlace,
        require_non_anamorphic=require_non_anamorphic,
        transcoding_max_audio_channels=transcoding_max_audio_channels,
        cpu_core_limit=cpu_core_limit,
        live_stream_id=live_stream_id,
        enable_mpegts_m2_ts_mode=enable_mpegts_m2_ts_mode,
        video_codec=video_codec,
        subtitle_codec=subtitle_codec,
        transcode_reasons=transcode_reasons,
        audio_stream_index=audio_stream_index,
        video_stream_index=video_stream_index,
        context=context,
        stream_options=stream_options,
        enable_audio_vbr_encoding=enable_audio_vbr_encoding,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
