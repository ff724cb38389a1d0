"""What the cassettes hold and what they must not hold."""

import base64
import json
import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from functools import cache, wraps
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from tests.cassettes.cases import CASES, FOLDER, Case
from tests.cassettes.play import LEAVING, PLACES
from tests.cassettes.record import LARGEST
from tests.cassettes.tape import (
    ANSWER_HEADERS,
    BOUNDARY,
    COUNTDOWN,
    COUNTDOWNS,
    REQUEST_HEADERS,
    REQUEST_IDS,
    VOLATILE,
    fixed_uuid,
)
from tests.drift.spec_rules import Doc, errors, load, operations, responses

PAIRS = [(b"sandbox-public", b"sandbox-secret"), (b"sandbox-upload-public", b"sandbox-upload-secret")]
OURS = [*chain(*PAIRS), b"sandbox-token", b"sandbox-key", b"no-such-key"]
KEYS = [*OURS, *(base64.b64encode(b":".join(pair)) for pair in [*PAIRS, (b"no-such-key", b"no-such-key")])]
HOME = bytes(Path.home()) + b"/"
HERE = [b"127.0.0.1", b"localhost", b"/tmp/", b"/home/", b"/Users/", HOME, bytes(FOLDER.parents[1])]


@cache
def spec(service: str) -> Doc:
    return load(service)


@cache
def read(path: Path) -> Doc:
    cassette: Doc = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return cassette


def holds_for_each_cassette(check: Callable[[Case], None]) -> Callable[[], None]:
    """A test of every cassette, which names those that fail."""

    @wraps(check)
    def test() -> None:
        failed = {}
        for case in CASES:
            try:
                check(case)
            except AssertionError as error:
                failed[f"{case.service}-{case.name}"] = str(error)
        assert failed == {}

    del test.__wrapped__  # pytest would ask it for its arguments
    return test


def sides(cassette: Doc) -> Iterator[tuple[Doc, bytes]]:
    """Each request and each answer, with its body."""
    for interaction in cassette["interactions"]:
        for side, body in (
            (interaction["request"], interaction["request"]["body"]),
            (interaction["response"], interaction["response"]["body"]["string"]),
        ):
            yield side, body if isinstance(body, bytes) else body.encode()


def test_each_operation_has_a_success_and_two_failures_of_different_kinds() -> None:
    known = {(service, op["operationId"]) for service in PLACES for _, _, op in operations(spec(service))}
    assert len(known) >= 49
    statuses: dict[tuple[str, str], list[int | None]] = {operation: [] for operation in known}
    for case in CASES:
        statuses[case.service, case.operation].append(case.fails)
    assert {operation: (len(found), len(set(found)), None in found) for operation, found in statuses.items()} == (
        dict.fromkeys(known, (3, 3, True))
    )


def test_there_is_a_cassette_for_each_case_and_none_besides() -> None:
    assert set(FOLDER.rglob("*.yaml")) == {case.path for case in CASES}


@holds_for_each_cassette
def test_a_cassette_says_where_it_was_recorded(case: Case) -> None:
    metadata = read(case.path)["metadata"]
    source = metadata["recorded_from"]
    first = case.path.read_text(encoding="utf-8").partition("\n")[0]
    assert first == f"# Recorded from {source} by scripts/record; never edited by hand."
    if source != "the tonearm sandbox":
        assert source.startswith(("https://", "a Jellyfin server "))
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(metadata["recorded_on"]))


@holds_for_each_cassette
def test_a_cassette_holds_no_key_and_nothing_of_the_machine(case: Case) -> None:
    cassette = read(case.path)
    texts = [case.path.read_bytes(), *(body for _, body in sides(cassette))]
    texts = [text.replace(b"jellyfin.invalid/Users/", b"") for text in texts]  # a path of the service, not of macOS
    assert [word for word in (*KEYS, *HERE) if any(word in text for text in texts)] == []
    for interaction in cassette["interactions"]:
        assert interaction["request"]["uri"].startswith(PLACES[case.service])
        assert interaction["request"]["headers"].keys() <= REQUEST_HEADERS
        assert interaction["response"]["headers"].keys() <= ANSWER_HEADERS | COUNTDOWNS | REQUEST_IDS


@holds_for_each_cassette
def test_a_cassette_holds_no_file_that_was_sent_and_no_boundary_of_chance(case: Case) -> None:
    for interaction in read(case.path)["interactions"]:
        request = interaction["request"]
        (kind,) = request["headers"].get("content-type", [""])
        assert ("multipart" in kind) == (case.operation in MULTIPART)
        if "multipart" in kind:
            assert kind == f"multipart/form-data; boundary={BOUNDARY}"
            head, *parts, end = request["body"].split(f"--{BOUNDARY}")
            assert (head, end) == ("", "--\r\n")
            (file,) = [part for part in parts if 'filename="' in part]
            assert re.search(r"\r\n\r\n<\d+ bytes, MD5 [0-9a-f]{32}>\r\n$", file)
    assert case.path.stat().st_size <= LARGEST


MULTIPART = {
    "upload_audio_part",
    "create_caption",
    "create_transcript",
    "create_chapter",
    "upload_thumbnail",
    "update_playlist",
    "create_transcription",
    "create_translation",
    "create_voice",
    "create_voice_consent",
}


@holds_for_each_cassette
def test_what_differs_from_time_to_time_is_fixed(case: Case) -> None:
    text = case.path.read_text(encoding="utf-8")
    times = {"2025-01-01T00:00:00", "0001-01-01T00:00:00"}  # the second is how Go writes none
    assert set(re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", text)) <= times
    uuids = set(re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", text))
    assert uuids <= {fixed_uuid(number) for number in range(9)}
    for interaction in read(case.path)["interactions"]:
        headers = interaction["response"]["headers"]
        assert all(headers[name] == [VOLATILE] for name in REQUEST_IDS & headers.keys())
        assert all(headers[name] == [COUNTDOWN] for name in COUNTDOWNS & headers.keys())


def _operation(doc: Doc, method: str, path: str) -> Doc:
    """The operation of a request; a path without parameters comes first."""
    found = [
        (template.count("{"), operation)
        for of, template, operation in operations(doc)
        if of == method.lower() and re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+?", re.escape(template)), path)
    ]
    assert found, f"{method} {path} is not in the specification"
    operation: Doc = min(found, key=lambda each: each[0])[1]
    return operation


@holds_for_each_cassette
def test_a_recorded_answer_fits_the_specification(case: Case) -> None:
    doc = spec(case.service)
    done, statuses = [], []
    for interaction in read(case.path)["interactions"]:
        request, answer = interaction["request"], interaction["response"]
        path = urlsplit(request["uri"]).path
        operation = _operation(doc, request["method"], path)
        done.append(operation["operationId"])
        statuses.append(answer["status"]["code"])
        declared = responses(doc, operation)[str(answer["status"]["code"])]
        if request["method"] != "HEAD" and "content" in declared:
            _check_body(doc, declared["content"], answer)
        else:
            assert not answer["body"]["string"]
    assert done[0] == case.operation
    if case.fails is None:
        assert max(statuses) < 300
    else:
        assert statuses[0] == case.fails
        again = (case.operation.replace("head_", "get_", 1), case.fails)  # HEAD may be what does not exist
        assert list(zip(done[1:], statuses[1:], strict=True)) in ([], [(LEAVING, 204)], [again])


def _check_body(doc: Doc, content: Doc, answer: Doc) -> None:
    body: Any = answer["body"]["string"]
    kind = answer["headers"]["content-type"][0].partition(";")[0]
    (media,) = [value for name, value in content.items() if fnmatch(kind, name)]
    if kind == "application/json":
        assert errors(doc, media["schema"], json.loads(body)) == []
    elif kind.startswith("audio/"):
        assert isinstance(body, bytes)
        assert len(body) > 500
    else:
        assert body
