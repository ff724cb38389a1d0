"""How vcrpy records and plays the cassettes: what it keeps of a request and an answer, and what it compares.

An answer is kept as it came, except for what is secret, what differs every time, and what only the recording machine
knows. Each of these becomes a fixed text, so that a second recording of the same answers gives the same file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

import vcr
import yaml
from attrs import define, field
from vcr.cassette import Cassette
from vcr.patch import PATCHER_NAMES
from vcr.persisters.filesystem import FilesystemPersister
from vcr.record_mode import RecordMode
from vcr.request import Request
from vcr.serializers import yamlserializer

BOUNDARY = "BOUNDARY"
VOLATILE = "VOLATILE"
HIDDEN = "***"
TIME = "2025-01-01T00:00:00"
COUNTDOWN = "30"

REQUEST_HEADERS = {"accept", "content-range", "content-type", "if-range", "range"}
ANSWER_HEADERS = {
    "accept-ranges",
    "content-encoding",
    "content-length",
    "content-range",
    "content-type",
    "etag",
    "last-modified",
    "location",
    "message",
    "retry-after",
    "transfer-encoding",
    "x-ratelimit-limit",
    "x-should-retry",
}
COUNTDOWNS = {"retry-after-ms", "x-ratelimit-retry-after"}
"""Headers that count down to the end of a window; what they say is written as COUNTDOWN."""
REQUEST_IDS = {"x-request-id", "request-id"}
SECRET_QUERY = {"access_token", "api-key", "api_key", "apikey", "token"}
VOLATILE_QUERY = {"deviceid", "playsessionid", "secret"}
FIXED_FIELDS = {
    "AccessToken": VOLATILE,
    "Secret": VOLATILE,
    "Code": "000000",
    "DeviceName": "device",
    "ServerName": "server",
    "HostName": "host",
    "UserName": "user",
    "LocalAddress": "https://jellyfin.invalid",
    "LocalAddresses": "https://jellyfin.invalid",
    "RemoteEndPoint": "192.0.2.1",
    "secret": VOLATILE,
    "public_key": VOLATILE,
    "truncated_secret": VOLATILE,
    "stream_key": VOLATILE,
    "rtmp_url": "rtmp://live.example.org/live",
    "email": "user@example.org",
    "first_name": "user",
    "last_name": "name",
    "wallet_address": "0x00",
    "balance": "12.5",
    "debt": "0.5",
}
"""Members of JSON that are secret, differ every time, or are known to the recording household only.

Of a list each member becomes the text.
"""

_UUID = re.compile(r"(?<![^\W_])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.IGNORECASE)
_FIXED_UUID = re.compile(r"00000000-0000-4000-8000-[0-9]{12}")
_TIME = re.compile(r"\b(?!0001)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=[.Z+-])(\.\d+)?")
_STRING = r'"(?:[^"\\]|\\.)*"'
_NUMBER = r"-?\d[\d.eE+-]*"
_TEXT = re.compile(f"{_STRING}|^\\s*{_NUMBER}")
_FIELD = re.compile(rf'"({"|".join(FIXED_FIELDS)})":\s*(?:{_STRING}|\[(?:{_STRING}|[\s,])*\]|{_NUMBER})')
_PATH = re.compile(r'"Path":(\s*)"(?:(?:[^"\\]|\\.)*(?:/|\\[/\\]))?((?:[^"/\\]|\\[^/\\])*)"')
"""Up to the last slash, or backslash as JSON has it, and the name behind it."""
_PLAIN_ID = re.compile(r'"((?:[A-Z]\w*)?Id|Key)":(\s*)"([0-9a-f]{32})"')
_EPOCH = re.compile(r'"created_at":(\s*)\d{10}\b')
_TRACE = re.compile(r"\b00-[0-9a-f]{32}-[0-9a-f]{16}-00\b")
_FILE = re.compile(rb'\bfilename="')


def fixed_uuid(number: int) -> str:
    """The id that stands for the `number`-th one of a cassette, counted from 1; 0 belongs to nothing."""
    return f"00000000-0000-4000-8000-{number:012d}"


def _fixed(found: re.Match[str]) -> str:
    """A member of FIXED_FIELDS with its fixed text in the place of each of its own."""
    name, value = found[0].split(":", 1)
    fixed = _TEXT.sub(f'"{FIXED_FIELDS[found[1]]}"', value)
    return f"{name}:{fixed}"


@define
class Scrub:
    """Takes out of one cassette what must not be in it; what is clean already stays as it is.

    Attributes:
        places: real base URLs, each with the one that is written for it.
        secrets: texts that are hidden wherever they appear.
    """

    places: Mapping[str, str] = field(factory=dict)
    secrets: tuple[str, ...] = ()
    _ids: dict[str, str] = field(factory=dict, init=False)

    def text(self, text: str) -> str:
        """Clean text of either side."""
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        for real, written in self.places.items():
            text = text.replace(real, written)
        text = _TRACE.sub(f"00-{'0' * 32}-{'0' * 16}-00", text)
        text = _TIME.sub(lambda found: TIME + ("." + "123456789012"[: len(found[1]) - 1] if found[1] else ""), text)
        text = _EPOCH.sub(r'"created_at":\g<1>1735689600', text)
        text = _FIELD.sub(_fixed, text)
        text = _PATH.sub(r'"Path":\1"/media/\2"', text)
        text = _PLAIN_ID.sub(lambda found: f'"{found[1]}":{found[2]}"{self._plain_id(found[3])}"', text)
        return _UUID.sub(lambda found: self._id(found[0]), text)

    def _plain_id(self, real: str) -> str:
        """The same for an id that is written without dashes."""
        return self._id(str(UUID(real))).replace("-", "")

    def _id(self, real: str) -> str:
        """Number ids in the order of their appearance, the same id always alike."""
        if _FIXED_UUID.fullmatch(real):
            return real
        return self._ids.setdefault(real.lower(), fixed_uuid(len(self._ids) + 1))

    def request(self, request: Request) -> Request:
        """Keep of a request what says which one it is."""
        request.uri = self._url(request.uri)
        kind = request.headers.get("content-type", "")
        body: bytes = request.body_bytes or b""
        if boundary := _boundary(kind):
            kind = f"multipart/form-data; boundary={BOUNDARY}"
            body = body if boundary == BOUNDARY else self._form(body, boundary)
        elif body:
            body = self.text(body.decode()).encode()
        kept = {name: value for name, value in request.headers.items() if name.lower() in REQUEST_HEADERS}
        request.headers = {name: kind if name.lower() == "content-type" else value for name, value in kept.items()}
        request.body = body
        return request

    def _url(self, url: str) -> str:
        parts = urlsplit(url)
        query = [
            (name, VOLATILE if name.lower() in VOLATILE_QUERY else value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if name.lower() not in SECRET_QUERY
        ]
        return self.text(urlunsplit(parts._replace(query=urlencode(query))))

    def _form(self, body: bytes, boundary: str) -> bytes:
        """Write a form with a fixed boundary, and of each file its length and MD5 only."""
        delimiter = b"--" + boundary.encode()
        first, *parts, end = body.split(delimiter)
        if first or end.strip() != b"--":
            raise ValueError("the multipart body has bytes outside its boundaries")
        return b"".join(f"--{BOUNDARY}".encode() + self._part(part) for part in parts) + f"--{BOUNDARY}--\r\n".encode()

    def _part(self, part: bytes) -> bytes:
        head, _, value = part.partition(b"\r\n\r\n")
        value = value.removesuffix(b"\r\n")
        if _FILE.search(head):
            digest = hashlib.md5(value, usedforsecurity=False).hexdigest()
            value = f"<{len(value)} bytes, MD5 {digest}>".encode()
        else:
            value = self.text(value.decode()).encode()
        return head + b"\r\n\r\n" + value + b"\r\n"

    def answer(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Keep of an answer what a client reads."""
        headers: dict[str, list[str]] = {}
        for name, values in answer["headers"].items():
            if name.lower() in REQUEST_IDS:
                headers[name] = [VOLATILE]
            elif name.lower() in COUNTDOWNS:
                headers[name] = [COUNTDOWN]
            elif name.lower() in ANSWER_HEADERS:
                headers[name] = [self.text(value) for value in values]
        body = answer["body"]["string"]
        if body and _is_text(headers):
            clean = self.text(body.decode()).encode()
            for name in headers:
                if name.lower() == "content-length":
                    headers[name] = [str(len(clean))]
            answer["body"]["string"] = clean
        answer["headers"] = headers
        return answer


def _boundary(content_type: str) -> str | None:
    found = re.fullmatch(r"multipart/form-data; boundary=(\S+)", content_type)
    return found[1] if found else None


def _is_text(headers: Mapping[str, list[str]]) -> bool:
    kinds = [values[0].lower() for name, values in headers.items() if name.lower() == "content-type"]
    return any(kind.startswith("text/") or "json" in kind for kind in kinds)


class _Tape:
    """The file format: vcrpy's own, with the source in front of what was recorded."""

    @staticmethod
    def serialize(data: dict[str, Any]) -> str:
        ordered = {name: data[name] for name in ("version", "metadata", "interactions")}
        source = data["metadata"]["recorded_from"]
        text = yaml.dump(ordered, Dumper=yaml.SafeDumper, sort_keys=False, allow_unicode=True, width=120)
        return f"# Recorded from {source} by scripts/record; never edited by hand.\n{text}"

    deserialize = staticmethod(yamlserializer.deserialize)


def _same_range(one: Request, other: Request) -> None:
    assert one.headers.get("content-range") == other.headers.get("content-range")


def _same_body(one: Request, other: Request) -> None:
    assert (one.body or b"") == (other.body or b"")


class _Postponed(FilesystemPersister):
    """Saves when `write` is called. vcrpy saves first and unpatches httpx then, and not at all when saving fails."""

    def __init__(self) -> None:
        self.write = partial[None](lambda: None)

    def save_cassette(self, *cassette: object, **options: object) -> None:
        self.write = partial(super().save_cassette, *cassette, **options)


@contextmanager
def tape(path: Path, scrub: Scrub, *, record: bool) -> Generator[Cassette]:
    """A cassette to record on, or to play: then a request that it does not hold is an error.

    What was recorded is written at the end of a block that did not fail.
    """
    machine = vcr.VCR(
        serializer="tape",
        record_mode=RecordMode.ONCE if record else RecordMode.NONE,
        match_on=("method", "uri", "content-range", "body"),
        before_record_request=scrub.request,
        before_record_response=scrub.answer,
        decode_compressed_response=True,
        skip_patchers=[name for name in PATCHER_NAMES if name != "httpx"],  # it would look for each of these packages
    )
    machine.register_serializer("tape", _Tape)
    machine.register_matcher("content-range", _same_range)
    machine.register_matcher("body", _same_body)
    postponed = _Postponed()
    machine.register_persister(postponed)
    with machine.use_cassette(str(path)) as cassette:
        yield cassette
    postponed.write()
