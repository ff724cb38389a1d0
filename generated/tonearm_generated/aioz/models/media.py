# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

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
        from ..models.assets import Assets  # noqa: PLC0415
        from ..models.caption import Caption  # noqa: PLC0415
        from ..models.chapter import Chapter  # noqa: PLC0415
        from ..models.media_metadata import MediaMetadata  # noqa: PLC0415
        from ..models.player_theme import PlayerTheme  # noqa: PLC0415
        from ..models.quality_object import QualityObject  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        user_id = d.pop("user_id", UNSET)

        type_ = d.pop("type", UNSET)

        title = d.pop("title", UNSET)

        description = d.pop("description", UNSET)

        def _parse_metadata(data: object) -> list[MediaMetadata] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                metadata_type_0 = []
                _metadata_type_0 = data
                for metadata_type_0_item_data in _metadata_type_0:
                    metadata_type_0_item = MediaMetadata.from_dict(metadata_type_0_item_data)

                    metadata_type_0.append(metadata_type_0_item)

                return metadata_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[MediaMetadata] | None | Unset, data)

        metadata = _parse_metadata(d.pop("metadata", UNSET))

        def _parse_tags(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                tags_type_0 = cast(list[str], data)

                return tags_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        tags = _parse_tags(d.pop("tags", UNSET))

        def _parse_qualities(data: object) -> list[QualityObject] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                qualities_type_0 = []
                _qualities_type_0 = data
                for qualities_type_0_item_data in _qualities_type_0:
                    qualities_type_0_item = QualityObject.from_dict(qualities_type_0_item_data)

                    qualities_type_0.append(qualities_type_0_item)

                return qualities_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[QualityObject] | None | Unset, data)

        qualities = _parse_qualities(d.pop("qualities", UNSET))

        def _parse_captions(data: object) -> list[Caption] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                captions_type_0 = []
                _captions_type_0 = data
                for captions_type_0_item_data in _captions_type_0:
                    captions_type_0_item = Caption.from_dict(captions_type_0_item_data)

                    captions_type_0.append(captions_type_0_item)

                return captions_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[Caption] | None | Unset, data)

        captions = _parse_captions(d.pop("captions", UNSET))

        def _parse_chapters(data: object) -> list[Chapter] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                chapters_type_0 = []
                _chapters_type_0 = data
                for chapters_type_0_item_data in _chapters_type_0:
                    chapters_type_0_item = Chapter.from_dict(chapters_type_0_item_data)

                    chapters_type_0.append(chapters_type_0_item)

                return chapters_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[Chapter] | None | Unset, data)

        chapters = _parse_chapters(d.pop("chapters", UNSET))

        def _parse_player_theme(data: object) -> None | PlayerTheme | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                player_theme_type_0 = PlayerTheme.from_dict(data)

                return player_theme_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PlayerTheme | Unset, data)

        player_theme = _parse_player_theme(d.pop("player_theme", UNSET))

        player_theme_id = d.pop("player_theme_id", UNSET)

        duration = d.pop("duration", UNSET)

        size = d.pop("size", UNSET)

        is_mp4 = d.pop("is_mp4", UNSET)

        is_public = d.pop("is_public", UNSET)

        status = d.pop("status", UNSET)

        created_at = d.pop("created_at", UNSET)

        updated_at = d.pop("updated_at", UNSET)

        view = d.pop("view", UNSET)

        def _parse_assets(data: object) -> Assets | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                assets_type_0 = Assets.from_dict(data)

                return assets_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Assets | None | Unset, data)

        assets = _parse_assets(d.pop("assets", UNSET))

        media = cls(
            id=id,
            user_id=user_id,
            type_=type_,
            title=title,
            description=description,
            metadata=metadata,
            tags=tags,
            qualities=qualities,
            captions=captions,
            chapters=chapters,
            player_theme=player_theme,
            player_theme_id=player_theme_id,
            duration=duration,
            size=size,
            is_mp4=is_mp4,
            is_public=is_public,
            status=status,
            created_at=created_at,
            updated_at=updated_at,
            view=view,
            assets=assets,
        )

        media.additional_properties = d
        return media

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
