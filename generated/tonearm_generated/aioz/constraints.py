# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
"""The limits that specs/aioz.yaml sets for what is sent, by object and by parameter."""

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


class CreateAudioRequest:
    title = Text(min_length=1, max_length=255)
    description = Text(max_length=1000)
    metadata = Items(max_items=50)
    tags = Items(max_items=50, each=Text(max_length=255))


class MetadataPair:
    key = Text(min_length=1, max_length=255)
    value = Text(max_length=255)


class AudioConfig:
    bitrate = Integer(minimum=1)
    channels = Text(pattern="^[0-9]+$")
    index = Integer(minimum=0)


class ListAudioRequest:
    offset = Integer(minimum=0)
    limit = Integer(minimum=1, maximum=100)
    tags = Items(each=Text(max_length=255))


class UploadAudioPartRequest:
    hash = Text(pattern="^[0-9a-f]{32}$")
    index = Text(pattern="^[0-9]+$")


class CreatePlaylistRequest:
    name = Text(min_length=1, max_length=255)
    metadata = Items(max_items=50)
    tags = Items(max_items=50, each=Text(max_length=255))


class ListPlaylistsRequest:
    offset = Integer(minimum=0)
    limit = Integer(minimum=1, maximum=100)
    tags = Items(max_items=50, each=Text(max_length=255))
    metadata = Items(max_items=50)


class UpdatePlaylistRequest:
    name = Text(min_length=1, max_length=255)
    tags = Items(max_items=50, each=Text(max_length=255))


class AddPlaylistItemRequest:
    media_id = Text(min_length=1)


class MovePlaylistItemRequest:
    current_id = Text(min_length=1)


class MetricRowsRequest:
    offset = Integer(minimum=0)
    limit = Integer(minimum=1, maximum=100)


class CreatePlayerThemeRequest:
    name = Text(max_length=255)


class UpdatePlayerThemeRequest:
    name = Text(max_length=255)


class PlayerLook:
    control_bar_height = Text(pattern="^[0-9]+px$")
    progress_bar_height = Text(pattern="^[0-9]+px$")
    progress_bar_circle_size = Text(pattern="^[0-9]+px$")


class PlayerThemePairRequest:
    media_id = Text(min_length=1)
    player_theme_id = Text(min_length=1)


class CreateLiveKeyRequest:
    name = Text(min_length=1, max_length=255)


class UpdateLiveKeyRequest:
    name = Text(min_length=1, max_length=255)


class CreateLiveStreamRequest:
    title = Text(min_length=1, max_length=255)


class CreateApiKeyRequest:
    api_key_name = Text(min_length=1, max_length=255)
    ttl = Text(pattern="^[0-9]+$")


class RenameApiKeyRequest:
    api_key_name = Text(min_length=1, max_length=255)


class CreateWebhookRequest:
    name = Text(max_length=255)
    url = Text(min_length=1)


class UpdateWebhookRequest:
    name = Text(max_length=255)
    url = Text(min_length=1)


class UpdateAudioRequest:
    title = Text(min_length=1, max_length=255)
    description = Text(max_length=1000)
    metadata = Items(max_items=50)
    tags = Items(max_items=50, each=Text(max_length=255))


class Parameters:
    audio_id = Text(min_length=1)
    theme_id = Text(min_length=1)
    live_key_id = Text(min_length=1)
    live_stream_id = Text(min_length=1)
    key_id = Text(min_length=1)
    webhook_id = Text(min_length=1)
    playlist_id = Text(min_length=1)
    item_id = Text(min_length=1)
    language = Text(min_length=2)
    offset = Integer(minimum=0)
    limit = Integer(minimum=1, maximum=100)


class AudioCostParameters:
    qualities = Text(min_length=1, pattern="^[^,]+(,[^,]+)*$")
    duration = Number(minimum=0)


class UploadAudioPartParameters:
    content_range = Text(pattern="^bytes [0-9]+-[0-9]+/[0-9]+$")
