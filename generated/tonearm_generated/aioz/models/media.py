# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.assets import Assets
    from ..models.caption import Caption
    from ..models.chapter import Chapter
    from ..models.media_metadata import MediaMetadata
    from ..models.player_theme import PlayerTheme
    from ..models.quality_object import QualityObject


T = TypeVar("T", bound="Media")


@_attrs_define
class Media:
    """An audio object.

    Attributes:
        id (str): Id of the object.
        user_id (str | Unset): Id of the account.
        type_ (str | Unset): Kind of media, `audio` here.
        title (str | Unset): Name that listeners see.
        description (str | Unset): Free text, empty when there is none.
        metadata (list[MediaMetadata] | None | Unset): Free pairs of key and value.
        tags (list[str] | None | Unset): Free words.
        qualities (list[QualityObject] | None | Unset): Renditions and their states.
        captions (list[Caption] | None | Unset): Caption tracks.
        chapters (list[Chapter] | None | Unset): Chapter tracks.
        player_theme (None | PlayerTheme | Unset): The player theme itself, when one is set.
        player_theme_id (str | Unset): Id of the player theme, empty when none is set.
        duration (float | Unset): Length in seconds; 0 before transcoding.
        size (int | Unset): Size of the source file in bytes.
        is_mp4 (bool | Unset): A leftover of video objects.
        is_public (bool | Unset): Whether anyone may play it.
        status (str | Unset): `new`, `transcoding`, then `done` or `fail`; `deleted` at the end.
        created_at (str | Unset): Time of creation, as the service writes it.
        updated_at (str | Unset): Time of the last change, as the service writes it.
        view (int | Unset): Number of plays; not every version of the service sends it.
        assets (Assets | None | Unset): Where the files are.
    """

    id: str
    user_id: str | Unset = UNSET
    type_: str | Unset = UNSET
    title: str | Unset = UNSET
    description: str | Unset = UNSET
    metadata: list[MediaMetadata] | None | Unset = UNSET
    tags: list[str] | None | Unset = UNSET
    qualities: list[QualityObject] | None | Unset = UNSET
    captions: list[Caption] | None | Unset = UNSET
    chapters: list[Chapter] | None | Unset = UNSET
    player_theme: None | PlayerTheme | Unset = UNSET
    player_theme_id: str | Unset = UNSET
    duration: float | Unset = UNSET
    size: int | Unset = UNSET
    is_mp4: bool | Unset = UNSET
    is_public: bool | Unset = UNSET
    status: str | Unset = UNSET
    created_at: str | Unset = UNSET
    updated_at: str | Unset = UNSET
    view: int | Unset = UNSET
    assets: Assets | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        from ..models.assets import Assets  # noqa: PLC0415
        from ..models.player_theme import PlayerTheme  # noqa: PLC0415

        id = self.id

        user_id = self.user_id

        type_ = self.type_

        title = self.title

        description = self.description

        metadata: list[dict[str, Any]] | None | Unset
        if isinstance(self.metadata, Unset):
            metadata = UNSET
        elif isinstance(self.metadata, list):
            metadata = []
            for metadata_type_0_item_data in self.metadata:
                metadata_type_0_item = metadata_type_0_item_data.to_dict()
                metadata.append(metadata_type_0_item)

        else:
            metadata = self.metadata

        tags: list[str] | None | Unset
        if isinstance(self.tags, Unset):
            tags = UNSET
        elif isinstance(self.tags, list):
            tags = self.tags

        else:
            tags = self.tags

        qualities: list[dict[str, Any]] | None | Unset
        if isinstance(self.qualities, Unset):
            qualities = UNSET
        elif isinstance(self.qualities, list):
            qualities = []
            for qualities_type_0_item_data in self.qualities:
                qualities_type_0_item = qualities_type_0_item_data.to_dict()
                qualities.append(qualities_type_0_item)

        else:
            qualities = self.qualities

        captions: list[dict[str, Any]] | None | Unset
        if isinstance(self.captions, Unset):
            captions = UNSET
        elif isinstance(self.captions, list):
            captions = []
            for captions_type_0_item_data in self.captions:
                captions_type_0_item = captions_type_0_item_data.to_dict()
                captions.append(captions_type_0_item)

        else:
            captions = self.captions

        chapters: list[dict[str, Any]] | None | Unset
        if isinstance(self.chapters, Unset):
            chapters = UNSET
        elif isinstance(self.chapters, list):
            chapters = []
            for chapters_type_0_item_data in self.chapters:
                chapters_type_0_item = chapters_type_0_item_data.to_dict()
                chapters.append(chapters_type_0_item)

        else:
            chapters = self.chapters

        player_theme: dict[str, Any] | None | Unset
        if isinstance(self.player_theme, Unset):
            player_theme = UNSET
        elif isinstance(self.player_theme, PlayerTheme):
            player_theme = self.player_theme.to_dict()
        else:
            player_theme = self.player_theme

        player_theme_id = self.player_theme_id

        duration = self.duration

        size = self.size

        is_mp4 = self.is_mp4

        is_public = self.is_public

        status = self.status

        created_at = self.created_at

        updated_at = self.updated_at

        view = self.view

        assets: dict[str, Any] | None | Unset
        if isinstance(self.assets, Unset):
            assets = UNSET
        elif isinstance(self.assets, Assets):
            assets = self.assets.to_dict()
        else:
            assets = self.assets

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if user_id is not UNSET:
            field_dict["user_id"] = user_id
        if type_ is not UNSET:
            field_dict["type"] = type_
        if title is not UNSET:
            field_dict["title"] = title
        if description is not UNSET:
            field_dict["description"] = description
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if tags is not UNSET:
            field_dict["tags"] = tags
        if qualities is not UNSET:
            field_dict["qualities"] = qualities
        if captions is not UNSET:
            field_dict["captions"] = captions
        if chapters is not UNSET:
            field_dict["chapters"] = chapters
        if player_theme is not UNSET:
            field_dict["player_theme"] = player_theme
        if player_theme_id is not UNSET:
            field_dict["player_theme_id"] = player_theme_id
        if duration is not UNSET:
            field_dict["duration"] = duration
        if size is not UNSET:
            field_dict["size"] = size
        if is_mp4 is not UNSET:
            field_dict["is_mp4"] = is_mp4
        if is_public is not UNSET:
            field_dict["is_public"] = is_public
        if status is not UNSET:
            field_dict["status"] = status
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at
        if view is not UNSET:
            field_dict["view"] = view
        if assets is not UNSET:
            field_dict["assets"] = assets

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        id = _data.pop("id", None)
        if id.__class__ is not str:
            id = _reading.required(_reading.text, id, "id")
        user_id = _data.pop("user_id", UNSET)
        if user_id is not UNSET and user_id.__class__ is not str:
            user_id = _reading.optional(_reading.text, user_id, UNSET)
        type_ = _data.pop("type", UNSET)
        if type_ is not UNSET and type_.__class__ is not str:
            type_ = _reading.optional(_reading.text, type_, UNSET)
        title = _data.pop("title", UNSET)
        if title is not UNSET and title.__class__ is not str:
            title = _reading.optional(_reading.text, title, UNSET)
        description = _data.pop("description", UNSET)
        if description is not UNSET and description.__class__ is not str:
            description = _reading.optional(_reading.text, description, UNSET)
        metadata = _data.pop("metadata", UNSET)
        if metadata is not UNSET:
            metadata = _READ_METADATA(metadata) if metadata.__class__ is list else None
        tags = _data.pop("tags", UNSET)
        if tags is not UNSET:
            tags = _READ_TAGS(tags) if tags.__class__ is list else None
        qualities = _data.pop("qualities", UNSET)
        if qualities is not UNSET:
            qualities = _READ_QUALITIES(qualities) if qualities.__class__ is list else None
        captions = _data.pop("captions", UNSET)
        if captions is not UNSET:
            captions = _READ_CAPTIONS(captions) if captions.__class__ is list else None
        chapters = _data.pop("chapters", UNSET)
        if chapters is not UNSET:
            chapters = _READ_CHAPTERS(chapters) if chapters.__class__ is list else None
        player_theme = _data.pop("player_theme", UNSET)
        if player_theme is not UNSET:
            player_theme = _reading.optional(_READ_PLAYER_THEME, player_theme, None)
        player_theme_id = _data.pop("player_theme_id", UNSET)
        if player_theme_id is not UNSET and player_theme_id.__class__ is not str:
            player_theme_id = _reading.optional(_reading.text, player_theme_id, UNSET)
        duration = _data.pop("duration", UNSET)
        if duration is not UNSET and (duration.__class__ is not float or not _reading.is_finite(duration)):
            duration = _reading.optional(_reading.number, duration, UNSET)
        size = _data.pop("size", UNSET)
        if size is not UNSET and size.__class__ is not int:
            size = _reading.optional(_reading.integer, size, UNSET)
        is_mp4 = _data.pop("is_mp4", UNSET)
        if is_mp4 is not UNSET and is_mp4.__class__ is not bool:
            is_mp4 = _reading.optional(_reading.flag, is_mp4, UNSET)
        is_public = _data.pop("is_public", UNSET)
        if is_public is not UNSET and is_public.__class__ is not bool:
            is_public = _reading.optional(_reading.flag, is_public, UNSET)
        status = _data.pop("status", UNSET)
        if status is not UNSET and status.__class__ is not str:
            status = _reading.optional(_reading.text, status, UNSET)
        created_at = _data.pop("created_at", UNSET)
        if created_at is not UNSET and created_at.__class__ is not str:
            created_at = _reading.optional(_reading.text, created_at, UNSET)
        updated_at = _data.pop("updated_at", UNSET)
        if updated_at is not UNSET and updated_at.__class__ is not str:
            updated_at = _reading.optional(_reading.text, updated_at, UNSET)
        view = _data.pop("view", UNSET)
        if view is not UNSET and view.__class__ is not int:
            view = _reading.optional(_reading.integer, view, UNSET)
        assets = _data.pop("assets", UNSET)
        if assets is not UNSET:
            assets = _reading.optional(_READ_ASSETS, assets, None)
        _model = cls.__new__(cls)
        _model.id = id
        _model.user_id = user_id
        _model.type_ = type_
        _model.title = title
        _model.description = description
        _model.metadata = metadata
        _model.tags = tags
        _model.qualities = qualities
        _model.captions = captions
        _model.chapters = chapters
        _model.player_theme = player_theme
        _model.player_theme_id = player_theme_id
        _model.duration = duration
        _model.size = size
        _model.is_mp4 = is_mp4
        _model.is_public = is_public
        _model.status = status
        _model.created_at = created_at
        _model.updated_at = updated_at
        _model.view = view
        _model.assets = assets
        _model.additional_properties = _data
        _model.raw = src_dict
        return _model

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties


from ..models.assets import Assets
from ..models.caption import Caption
from ..models.chapter import Chapter
from ..models.media_metadata import MediaMetadata
from ..models.player_theme import PlayerTheme
from ..models.quality_object import QualityObject

_READ_METADATA = _reading.readable(MediaMetadata.from_dict)
_READ_TAGS = _reading.readable(_reading.text)
_READ_QUALITIES = _reading.readable(QualityObject.from_dict)
_READ_CAPTIONS = _reading.readable(Caption.from_dict)
_READ_CHAPTERS = _reading.readable(Chapter.from_dict)
_READ_PLAYER_THEME = PlayerTheme.from_dict
_READ_ASSETS = Assets.from_dict
