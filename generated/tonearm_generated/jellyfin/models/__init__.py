# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
"""The objects and enums of the spec, each imported on first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = (
    "AuthenticateUserByName",
    "AuthenticationResult",
    "BaseItemDto",
    "BaseItemDtoQueryResult",
    "CreatePlaylistDto",
    "DeviceProfile",
    "DirectPlayProfile",
    "EncodingContext",
    "LyricDto",
    "LyricLine",
    "LyricLineCue",
    "LyricMetadata",
    "MediaSourceInfo",
    "MediaStream",
    "PlayMethod",
    "PlaybackInfoDto",
    "PlaybackInfoResponse",
    "PlaybackProgressInfo",
    "PlaybackStartInfo",
    "PlaybackStopInfo",
    "PlaylistCreationResult",
    "ProblemDetails",
    "ProblemErrors",
    "PublicSystemInfo",
    "QuickConnectDto",
    "QuickConnectResult",
    "StreamOptions",
    "SubtitleDeliveryMethod",
    "TranscodingProfile",
    "UserDto",
    "UserItemDataDto",
    "UserPolicy",
)

if TYPE_CHECKING:
    from .authenticate_user_by_name import AuthenticateUserByName
    from .authentication_result import AuthenticationResult
    from .base_item_dto import BaseItemDto
    from .base_item_dto_query_result import BaseItemDtoQueryResult
    from .create_playlist_dto import CreatePlaylistDto
    from .device_profile import DeviceProfile
    from .direct_play_profile import DirectPlayProfile
    from .encoding_context import EncodingContext
    from .lyric_dto import LyricDto
    from .lyric_line import LyricLine
    from .lyric_line_cue import LyricLineCue
    from .lyric_metadata import LyricMetadata
    from .media_source_info import MediaSourceInfo
    from .media_stream import MediaStream
    from .play_method import PlayMethod
    from .playback_info_dto import PlaybackInfoDto
    from .playback_info_response import PlaybackInfoResponse
    from .playback_progress_info import PlaybackProgressInfo
    from .playback_start_info import PlaybackStartInfo
    from .playback_stop_info import PlaybackStopInfo
    from .playlist_creation_result import PlaylistCreationResult
    from .problem_details import ProblemDetails
    from .problem_errors import ProblemErrors
    from .public_system_info import PublicSystemInfo
    from .quick_connect_dto import QuickConnectDto
    from .quick_connect_result import QuickConnectResult
    from .stream_options import StreamOptions
    from .subtitle_delivery_method import SubtitleDeliveryMethod
    from .transcoding_profile import TranscodingProfile
    from .user_dto import UserDto
    from .user_item_data_dto import UserItemDataDto
    from .user_policy import UserPolicy
else:
    _HOMES = {
        "AuthenticateUserByName": ".authenticate_user_by_name",
        "AuthenticationResult": ".authentication_result",
        "BaseItemDto": ".base_item_dto",
        "BaseItemDtoQueryResult": ".base_item_dto_query_result",
        "CreatePlaylistDto": ".create_playlist_dto",
        "DeviceProfile": ".device_profile",
        "DirectPlayProfile": ".direct_play_profile",
        "EncodingContext": ".encoding_context",
        "LyricDto": ".lyric_dto",
        "LyricLine": ".lyric_line",
        "LyricLineCue": ".lyric_line_cue",
        "LyricMetadata": ".lyric_metadata",
        "MediaSourceInfo": ".media_source_info",
        "MediaStream": ".media_stream",
        "PlayMethod": ".play_method",
        "PlaybackInfoDto": ".playback_info_dto",
        "PlaybackInfoResponse": ".playback_info_response",
        "PlaybackProgressInfo": ".playback_progress_info",
        "PlaybackStartInfo": ".playback_start_info",
        "PlaybackStopInfo": ".playback_stop_info",
        "PlaylistCreationResult": ".playlist_creation_result",
        "ProblemDetails": ".problem_details",
        "ProblemErrors": ".problem_errors",
        "PublicSystemInfo": ".public_system_info",
        "QuickConnectDto": ".quick_connect_dto",
        "QuickConnectResult": ".quick_connect_result",
        "StreamOptions": ".stream_options",
        "SubtitleDeliveryMethod": ".subtitle_delivery_method",
        "TranscodingProfile": ".transcoding_profile",
        "UserDto": ".user_dto",
        "UserItemDataDto": ".user_item_data_dto",
        "UserPolicy": ".user_policy",
    }

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name], __name__), name)
        globals()[name] = value
        return value
