# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="UpdateWebhookRequest")


@_attrs_define
class UpdateWebhookRequest:
    """
    Attributes:
        url (str): The address, which the service can reach.
        name (str | Unset): A name for people; the service has one for all when left out.
        file_received (bool | Unset): Whether to call it when a file has been uploaded.
        encoding_started (bool | Unset): Whether to call it when transcoding begins.
        partial_finished (bool | Unset): Whether to call it when one rendition is finished.
        encoding_finished (bool | Unset): Whether to call it when all renditions are finished.
        encoding_failed (bool | Unset): Whether to call it when transcoding has failed.
    """

    url: str
    name: str | Unset = UNSET
    file_received: bool | Unset = UNSET
    encoding_started: bool | Unset = UNSET
    partial_finished: bool | Unset = UNSET
    encoding_finished: bool | Unset = UNSET
    encoding_failed: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        url = self.url

        name = self.name

        file_received = self.file_received

        encoding_started = self.encoding_started

        partial_finished = self.partial_finished

        encoding_finished = self.encoding_finished

        encoding_failed = self.encoding_failed

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "url": url,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if file_received is not UNSET:
            field_dict["file_received"] = file_received
        if encoding_started is not UNSET:
            field_dict["encoding_started"] = encoding_started
        if partial_finished is not UNSET:
            field_dict["partial_finished"] = partial_finished
        if encoding_finished is not UNSET:
            field_dict["encoding_finished"] = encoding_finished
        if encoding_failed is not UNSET:
            field_dict["encoding_failed"] = encoding_failed

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        url = _data.pop("url", None)
        if url.__class__ is not str:
            url = _reading.required(_reading.text, url, "url")
        name = _data.pop("name", UNSET)
        if name is not UNSET and name.__class__ is not str:
            name = _reading.optional(_reading.text, name, UNSET)
        file_received = _data.pop("file_received", UNSET)
        if file_received is not UNSET and file_received.__class__ is not bool:
            file_received = _reading.optional(_reading.flag, file_received, UNSET)
        encoding_started = _data.pop("encoding_started", UNSET)
        if encoding_started is not UNSET and encoding_started.__class__ is not bool:
            encoding_started = _reading.optional(_reading.flag, encoding_started, UNSET)
        partial_finished = _data.pop("partial_finished", UNSET)
        if partial_finished is not UNSET and partial_finished.__class__ is not bool:
            partial_finished = _reading.optional(_reading.flag, partial_finished, UNSET)
        encoding_finished = _data.pop("encoding_finished", UNSET)
        if encoding_finished is not UNSET and encoding_finished.__class__ is not bool:
            encoding_finished = _reading.optional(_reading.flag, encoding_finished, UNSET)
        encoding_failed = _data.pop("encoding_failed", UNSET)
        if encoding_failed is not UNSET and encoding_failed.__class__ is not bool:
            encoding_failed = _reading.optional(_reading.flag, encoding_failed, UNSET)
        _model = cls.__new__(cls)
        _model.url = url
        _model.name = name
        _model.file_received = file_received
        _model.encoding_started = encoding_started
        _model.partial_finished = partial_finished
        _model.encoding_finished = encoding_finished
        _model.encoding_failed = encoding_failed
        return _model
