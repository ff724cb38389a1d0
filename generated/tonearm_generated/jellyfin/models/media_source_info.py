# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.media_stream import MediaStream


T = TypeVar("T", bound="MediaSourceInfo")


@_attrs_define
class MediaSourceInfo:
    """A file, or another source, of an item.

    Attributes:
        id (None | str | Unset): Its id, to be named as `mediaSourceId`.
        name (None | str | Unset): Its name.
        container (None | str | Unset): File format, or several names of it with commas between.
        size (int | None | Unset): Bytes.
        run_time_ticks (int | None | Unset): Length in ticks of 100 nanoseconds.
        bitrate (int | None | Unset): Bits per second.
        supports_direct_play (bool | None | Unset): Whether the player can have the file as it is; only an answer to a
            device profile tells.
        transcoding_url (None | str | Unset): Where it is encoded for the player, below the server's address; with a key
            in its query.
        media_streams (list[MediaStream] | None | Unset): What it holds.
    """

    id: None | str | Unset = UNSET
    name: None | str | Unset = UNSET
    container: None | str | Unset = UNSET
    size: int | None | Unset = UNSET
    run_time_ticks: int | None | Unset = UNSET
    bitrate: int | None | Unset = UNSET
    supports_direct_play: bool | None | Unset = UNSET
    transcoding_url: None | str | Unset = UNSET
    media_streams: list[MediaStream] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        id: None | str | Unset
        if isinstance(self.id, Unset):
            id = UNSET
        else:
            id = self.id

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        container: None | str | Unset
        if isinstance(self.container, Unset):
            container = UNSET
        else:
            container = self.container

        size: int | None | Unset
        if isinstance(self.size, Unset):
            size = UNSET
        else:
            size = self.size

        run_time_ticks: int | None | Unset
        if isinstance(self.run_time_ticks, Unset):
            run_time_ticks = UNSET
        else:
            run_time_ticks = self.run_time_ticks

        bitrate: int | None | Unset
        if isinstance(self.bitrate, Unset):
            bitrate = UNSET
        else:
            bitrate = self.bitrate

        supports_direct_play: bool | None | Unset
        if isinstance(self.supports_direct_play, Unset):
            supports_direct_play = UNSET
        else:
            supports_direct_play = self.supports_direct_play

        transcoding_url: None | str | Unset
        if isinstance(self.transcoding_url, Unset):
            transcoding_url = UNSET
        else:
            transcoding_url = self.transcoding_url

        media_streams: list[dict[str, Any]] | None | Unset
        if isinstance(self.media_streams, Unset):
            media_streams = UNSET
        elif isinstance(self.media_streams, list):
            media_streams = []
            for media_streams_type_0_item_data in self.media_streams:
                media_streams_type_0_item = media_streams_type_0_item_data.to_dict()
                media_streams.append(media_streams_type_0_item)

        else:
            media_streams = self.media_streams

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["Id"] = id
        if name is not UNSET:
            field_dict["Name"] = name
        if container is not UNSET:
            field_dict["Container"] = container
        if size is not UNSET:
            field_dict["Size"] = size
        if run_time_ticks is not UNSET:
            field_dict["RunTimeTicks"] = run_time_ticks
        if bitrate is not UNSET:
            field_dict["Bitrate"] = bitrate
        if supports_direct_play is not UNSET:
            field_dict["SupportsDirectPlay"] = supports_direct_play
        if transcoding_url is not UNSET:
            field_dict["TranscodingUrl"] = transcoding_url
        if media_streams is not UNSET:
            field_dict["MediaStreams"] = media_streams

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        id = _data.pop("Id", UNSET)
        if id is not UNSET and id.__class__ is not str:
            id = _reading.optional(_reading.text, id, None)
        name = _data.pop("Name", UNSET)
        if name is not UNSET and name.__class__ is not str:
            name = _reading.optional(_reading.text, name, None)
        container = _data.pop("Container", UNSET)
        if container is not UNSET and container.__class__ is not str:
            container = _reading.optional(_reading.text, container, None)
        size = _data.pop("Size", UNSET)
        if size is not UNSET and size.__class__ is not int:
            size = _reading.optional(_reading.integer, size, None)
        run_time_ticks = _data.pop("RunTimeTicks", UNSET)
        if run_time_ticks is not UNSET and run_time_ticks.__class__ is not int:
            run_time_ticks = _reading.optional(_reading.integer, run_time_ticks, None)
        bitrate = _data.pop("Bitrate", UNSET)
        if bitrate is not UNSET and bitrate.__class__ is not int:
            bitrate = _reading.optional(_reading.integer, bitrate, None)
        supports_direct_play = _data.pop("SupportsDirectPlay", UNSET)
        if supports_direct_play is not UNSET and supports_direct_play.__class__ is not bool:
            supports_direct_play = _reading.optional(_reading.flag, supports_direct_play, None)
        transcoding_url = _data.pop("TranscodingUrl", UNSET)
        if transcoding_url is not UNSET and transcoding_url.__class__ is not str:
            transcoding_url = _reading.optional(_reading.text, transcoding_url, None)
        media_streams = _data.pop("MediaStreams", UNSET)
        if media_streams is not UNSET:
            media_streams = _READ_MEDIA_STREAMS(media_streams) if media_streams.__class__ is list else None
        _model = cls.__new__(cls)
        _model.id = id
        _model.name = name
        _model.container = container
        _model.size = size
        _model.run_time_ticks = run_time_ticks
        _model.bitrate = bitrate
        _model.supports_direct_play = supports_direct_play
        _model.transcoding_url = transcoding_url
        _model.media_streams = media_streams
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


from ..models.media_stream import MediaStream

_READ_MEDIA_STREAMS = _reading.readable(MediaStream.from_dict)
