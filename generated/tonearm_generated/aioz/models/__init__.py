# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
"""The objects and enums of the spec, each imported on first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = (
    "AddPlaylistItemRequest",
    "ApiKey",
    "ApiKeyData",
    "ApiKeyList",
    "ApiKeyListResponse",
    "ApiKeyResponse",
    "ApiKeyType",
    "Assets",
    "AudioConfig",
    "AudioPreset",
    "Caption",
    "CaptionData",
    "CaptionList",
    "CaptionListResponse",
    "CaptionResponse",
    "Chapter",
    "ChapterData",
    "ChapterList",
    "ChapterListResponse",
    "ChapterResponse",
    "Cost",
    "CostResponse",
    "CreateApiKeyRequest",
    "CreateAudioRequest",
    "CreateLiveKeyRequest",
    "CreateLiveStreamRequest",
    "CreatePlayerThemeRequest",
    "CreatePlaylistRequest",
    "CreateWebhookRequest",
    "DataUsage",
    "DataUsageResponse",
    "DataUsageRows",
    "DefaultTrackRequest",
    "ErrorResponse",
    "ListAudioRequest",
    "ListPlaylistsRequest",
    "LiveAssets",
    "LiveKey",
    "LiveKeyList",
    "LiveKeyListResponse",
    "LiveKeyResponse",
    "LiveStream",
    "LiveStreamList",
    "LiveStreamListResponse",
    "LiveStreamResponse",
    "Media",
    "MediaList",
    "MediaListResponse",
    "MediaMetadata",
    "MediaResponse",
    "MediaStatus",
    "MessageResponse",
    "MetadataPair",
    "MetricAggregation",
    "MetricBreakdown",
    "MetricContext",
    "MetricFilter",
    "MetricInterval",
    "MetricItem",
    "MetricName",
    "MetricRows",
    "MetricRowsRequest",
    "MetricRowsResponse",
    "MetricTimeFrame",
    "MetricTotal",
    "MetricTotalRequest",
    "MetricTotalResponse",
    "MovePlaylistItemRequest",
    "PlayerControls",
    "PlayerLook",
    "PlayerTheme",
    "PlayerThemeData",
    "PlayerThemeList",
    "PlayerThemeListResponse",
    "PlayerThemePairRequest",
    "PlayerThemeResponse",
    "Playlist",
    "PlaylistData",
    "PlaylistItem",
    "PlaylistItemMedia",
    "PlaylistList",
    "PlaylistListResponse",
    "PlaylistResponse",
    "PlaylistSortField",
    "QualityConfig",
    "QualityObject",
    "RegisteredWebhook",
    "RenameApiKeyRequest",
    "SampleRate",
    "SegmentContainer",
    "ShownControls",
    "ShownLook",
    "ShownPlayerTheme",
    "SortField",
    "SortOrder",
    "StreamFormat",
    "Transcript",
    "TranscriptData",
    "TranscriptList",
    "TranscriptListResponse",
    "TranscriptResponse",
    "UpdateAudioRequest",
    "UpdateLiveKeyRequest",
    "UpdatePlayerThemeRequest",
    "UpdatePlaylistRequest",
    "UpdateWebhookRequest",
    "UploadAudioPartRequest",
    "UploadThumbnailRequest",
    "UploadTrackRequest",
    "User",
    "UserData",
    "UserResponse",
    "WebhookData",
    "WebhookList",
    "WebhookListResponse",
    "WebhookResponse",
)

if TYPE_CHECKING:
    from .add_playlist_item_request import AddPlaylistItemRequest
    from .api_key import ApiKey
    from .api_key_data import ApiKeyData
    from .api_key_list import ApiKeyList
    from .api_key_list_response import ApiKeyListResponse
    from .api_key_response import ApiKeyResponse
    from .api_key_type import ApiKeyType
    from .assets import Assets
    from .audio_config import AudioConfig
    from .audio_preset import AudioPreset
    from .caption import Caption
    from .caption_data import CaptionData
    from .caption_list import CaptionList
    from .caption_list_response import CaptionListResponse
    from .caption_response import CaptionResponse
    from .chapter import Chapter
    from .chapter_data import ChapterData
    from .chapter_list import ChapterList
    from .chapter_list_response import ChapterListResponse
    from .chapter_response import ChapterResponse
    from .cost import Cost
    from .cost_response import CostResponse
    from .create_api_key_request import CreateApiKeyRequest
    from .create_audio_request import CreateAudioRequest
    from .create_live_key_request import CreateLiveKeyRequest
    from .create_live_stream_request import CreateLiveStreamRequest
    from .create_player_theme_request import CreatePlayerThemeRequest
    from .create_playlist_request import CreatePlaylistRequest
    from .create_webhook_request import CreateWebhookRequest
    from .data_usage import DataUsage
    from .data_usage_response import DataUsageResponse
    from .data_usage_rows import DataUsageRows
    from .default_track_request import DefaultTrackRequest
    from .error_response import ErrorResponse
    from .list_audio_request import ListAudioRequest
    from .list_playlists_request import ListPlaylistsRequest
    from .live_assets import LiveAssets
    from .live_key import LiveKey
    from .live_key_list import LiveKeyList
    from .live_key_list_response import LiveKeyListResponse
    from .live_key_response import LiveKeyResponse
    from .live_stream import LiveStream
    from .live_stream_list import LiveStreamList
    from .live_stream_list_response import LiveStreamListResponse
    from .live_stream_response import LiveStreamResponse
    from .media import Media
    from .media_list import MediaList
    from .media_list_response import MediaListResponse
    from .media_metadata import MediaMetadata
    from .media_response import MediaResponse
    from .media_status import MediaStatus
    from .message_response import MessageResponse
    from .metadata_pair import MetadataPair
    from .metric_aggregation import MetricAggregation
    from .metric_breakdown import MetricBreakdown
    from .metric_context import MetricContext
    from .metric_filter import MetricFilter
    from .metric_interval import MetricInterval
    from .metric_item import MetricItem
    from .metric_name import MetricName
    from .metric_rows import MetricRows
    from .metric_rows_request import MetricRowsRequest
    from .metric_rows_response import MetricRowsResponse
    from .metric_time_frame import MetricTimeFrame
    from .metric_total import MetricTotal
    from .metric_total_request import MetricTotalRequest
    from .metric_total_response import MetricTotalResponse
    from .move_playlist_item_request import MovePlaylistItemRequest
    from .player_controls import PlayerControls
    from .player_look import PlayerLook
    from .player_theme import PlayerTheme
    from .player_theme_data import PlayerThemeData
    from .player_theme_list import PlayerThemeList
    from .player_theme_list_response import PlayerThemeListResponse
    from .player_theme_pair_request import PlayerThemePairRequest
    from .player_theme_response import PlayerThemeResponse
    from .playlist import Playlist
    from .playlist_data import PlaylistData
    from .playlist_item import PlaylistItem
    from .playlist_item_media import PlaylistItemMedia
    from .playlist_list import PlaylistList
    from .playlist_list_response import PlaylistListResponse
    from .playlist_response import PlaylistResponse
    from .playlist_sort_field import PlaylistSortField
    from .quality_config import QualityConfig
    from .quality_object import QualityObject
    from .registered_webhook import RegisteredWebhook
    from .rename_api_key_request import RenameApiKeyRequest
    from .sample_rate import SampleRate
    from .segment_container import SegmentContainer
    from .shown_controls import ShownControls
    from .shown_look import ShownLook
    from .shown_player_theme import ShownPlayerTheme
    from .sort_field import SortField
    from .sort_order import SortOrder
    from .stream_format import StreamFormat
    from .transcript import Transcript
    from .transcript_data import TranscriptData
    from .transcript_list import TranscriptList
    from .transcript_list_response import TranscriptListResponse
    from .transcript_response import TranscriptResponse
    from .update_audio_request import UpdateAudioRequest
    from .update_live_key_request import UpdateLiveKeyRequest
    from .update_player_theme_request import UpdatePlayerThemeRequest
    from .update_playlist_request import UpdatePlaylistRequest
    from .update_webhook_request import UpdateWebhookRequest
    from .upload_audio_part_request import UploadAudioPartRequest
    from .upload_thumbnail_request import UploadThumbnailRequest
    from .upload_track_request import UploadTrackRequest
    from .user import User
    from .user_data import UserData
    from .user_response import UserResponse
    from .webhook_data import WebhookData
    from .webhook_list import WebhookList
    from .webhook_list_response import WebhookListResponse
    from .webhook_response import WebhookResponse
else:
    _HOMES = {
        "AddPlaylistItemRequest": ".add_playlist_item_request",
        "ApiKey": ".api_key",
        "ApiKeyData": ".api_key_data",
        "ApiKeyList": ".api_key_list",
        "ApiKeyListResponse": ".api_key_list_response",
        "ApiKeyResponse": ".api_key_response",
        "ApiKeyType": ".api_key_type",
        "Assets": ".assets",
        "AudioConfig": ".audio_config",
        "AudioPreset": ".audio_preset",
        "Caption": ".caption",
        "CaptionData": ".caption_data",
        "CaptionList": ".caption_list",
        "CaptionListResponse": ".caption_list_response",
        "CaptionResponse": ".caption_response",
        "Chapter": ".chapter",
        "ChapterData": ".chapter_data",
        "ChapterList": ".chapter_list",
        "ChapterListResponse": ".chapter_list_response",
        "ChapterResponse": ".chapter_response",
        "Cost": ".cost",
        "CostResponse": ".cost_response",
        "CreateApiKeyRequest": ".create_api_key_request",
        "CreateAudioRequest": ".create_audio_request",
        "CreateLiveKeyRequest": ".create_live_key_request",
        "CreateLiveStreamRequest": ".create_live_stream_request",
        "CreatePlayerThemeRequest": ".create_player_theme_request",
        "CreatePlaylistRequest": ".create_playlist_request",
        "CreateWebhookRequest": ".create_webhook_request",
        "DataUsage": ".data_usage",
        "DataUsageResponse": ".data_usage_response",
        "DataUsageRows": ".data_usage_rows",
        "DefaultTrackRequest": ".default_track_request",
        "ErrorResponse": ".error_response",
        "ListAudioRequest": ".list_audio_request",
        "ListPlaylistsRequest": ".list_playlists_request",
        "LiveAssets": ".live_assets",
        "LiveKey": ".live_key",
        "LiveKeyList": ".live_key_list",
        "LiveKeyListResponse": ".live_key_list_response",
        "LiveKeyResponse": ".live_key_response",
        "LiveStream": ".live_stream",
        "LiveStreamList": ".live_stream_list",
        "LiveStreamListResponse": ".live_stream_list_response",
        "LiveStreamResponse": ".live_stream_response",
        "Media": ".media",
        "MediaList": ".media_list",
        "MediaListResponse": ".media_list_response",
        "MediaMetadata": ".media_metadata",
        "MediaResponse": ".media_response",
        "MediaStatus": ".media_status",
        "MessageResponse": ".message_response",
        "MetadataPair": ".metadata_pair",
        "MetricAggregation": ".metric_aggregation",
        "MetricBreakdown": ".metric_breakdown",
        "MetricContext": ".metric_context",
        "MetricFilter": ".metric_filter",
        "MetricInterval": ".metric_interval",
        "MetricItem": ".metric_item",
        "MetricName": ".metric_name",
        "MetricRows": ".metric_rows",
        "MetricRowsRequest": ".metric_rows_request",
        "MetricRowsResponse": ".metric_rows_response",
        "MetricTimeFrame": ".metric_time_frame",
        "MetricTotal": ".metric_total",
        "MetricTotalRequest": ".metric_total_request",
        "MetricTotalResponse": ".metric_total_response",
        "MovePlaylistItemRequest": ".move_playlist_item_request",
        "PlayerControls": ".player_controls",
        "PlayerLook": ".player_look",
        "PlayerTheme": ".player_theme",
        "PlayerThemeData": ".player_theme_data",
        "PlayerThemeList": ".player_theme_list",
        "PlayerThemeListResponse": ".player_theme_list_response",
        "PlayerThemePairRequest": ".player_theme_pair_request",
        "PlayerThemeResponse": ".player_theme_response",
        "Playlist": ".playlist",
        "PlaylistData": ".playlist_data",
        "PlaylistItem": ".playlist_item",
        "PlaylistItemMedia": ".playlist_item_media",
        "PlaylistList": ".playlist_list",
        "PlaylistListResponse": ".playlist_list_response",
        "PlaylistResponse": ".playlist_response",
        "PlaylistSortField": ".playlist_sort_field",
        "QualityConfig": ".quality_config",
        "QualityObject": ".quality_object",
        "RegisteredWebhook": ".registered_webhook",
        "RenameApiKeyRequest": ".rename_api_key_request",
        "SampleRate": ".sample_rate",
        "SegmentContainer": ".segment_container",
        "ShownControls": ".shown_controls",
        "ShownLook": ".shown_look",
        "ShownPlayerTheme": ".shown_player_theme",
        "SortField": ".sort_field",
        "SortOrder": ".sort_order",
        "StreamFormat": ".stream_format",
        "Transcript": ".transcript",
        "TranscriptData": ".transcript_data",
        "TranscriptList": ".transcript_list",
        "TranscriptListResponse": ".transcript_list_response",
        "TranscriptResponse": ".transcript_response",
        "UpdateAudioRequest": ".update_audio_request",
        "UpdateLiveKeyRequest": ".update_live_key_request",
        "UpdatePlayerThemeRequest": ".update_player_theme_request",
        "UpdatePlaylistRequest": ".update_playlist_request",
        "UpdateWebhookRequest": ".update_webhook_request",
        "UploadAudioPartRequest": ".upload_audio_part_request",
        "UploadThumbnailRequest": ".upload_thumbnail_request",
        "UploadTrackRequest": ".upload_track_request",
        "User": ".user",
        "UserData": ".user_data",
        "UserResponse": ".user_response",
        "WebhookData": ".webhook_data",
        "WebhookList": ".webhook_list",
        "WebhookListResponse": ".webhook_list_response",
        "WebhookResponse": ".webhook_response",
    }

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name], __name__), name)
        globals()[name] = value
        return value
