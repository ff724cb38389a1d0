"""How cassettes are made: what is taken out, what is refused, and that it comes out the same every time."""

import base64
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from attrs import evolve
from vcr.request import Request

from tests.cassettes import cases, record
from tests.cassettes.cases import CASES, Case
from tests.cassettes.tape import COUNTDOWN, Scrub, _Tape, fixed_uuid, tape

ID = "6f1d6c2e-3c0f-4b59-9f64-5a4b1c9a7d10"
OTHER = "0b54f6a0-8f1c-4d0e-8d7a-1f5d5a0c2b11"
BODY = (
    b'--f00d\r\nContent-Disposition: form-data; name="model"\r\n\r\nwhisper-1\r\n'
    b'--f00d\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\nContent-Type: audio/wav\r\n\r\n'
    b"\r\nRIFF\x00\xff--f00\r\n\r\n--f00d--\r\n"
)


def case(name: str) -> Case:
    return next(case for case in CASES if case.name == name)


def request(url: str = "http://127.0.0.1:4711/api/media", body: bytes = b"", **headers: str) -> Request:
    return Request("POST", url, body, {name.replace("_", "-"): value for name, value in headers.items()})


def answer(body: bytes, **headers: str) -> dict[str, Any]:
    named = {name.replace("_", "-"): [value] for name, value in headers.items()}
    return {"status": {"code": 200, "message": "OK"}, "headers": named, "body": {"string": body}}


def test_only_harmless_headers_of_a_request_are_kept() -> None:
    clean = Scrub().request(
        request(
            cookie="c",
            user_agent="tonearm/1",
            accept="*/*",
            content_range="bytes 0-1/2",
            authorization="Bearer k",
            stream_public_key="p",
            stream_secret_key="s",
            api_key="a",
        )
    )
    assert dict(clean.headers) == {"accept": "*/*", "content-range": "bytes 0-1/2"}


def test_keys_and_sessions_leave_the_query_and_the_rest_keeps_its_order() -> None:
    url = "http://nas:8096/Audio/x/stream?static=true&ApiKey=k&playSessionId=1f&tag=&api_key=k&deviceId=d"
    clean = Scrub({"http://nas:8096": "https://jellyfin.invalid"}).request(request(url))
    assert clean.uri == (
        "https://jellyfin.invalid/Audio/x/stream?static=true&playSessionId=VOLATILE&tag=&deviceId=VOLATILE"
    )


def test_a_form_keeps_its_fields_and_of_its_file_length_and_md5() -> None:
    clean = Scrub().request(request(body=BODY, content_type="multipart/form-data; boundary=f00d"))
    assert clean.headers["content-type"] == "multipart/form-data; boundary=BOUNDARY"
    assert clean.body == (
        b'--BOUNDARY\r\nContent-Disposition: form-data; name="model"\r\n\r\nwhisper-1\r\n'
        b'--BOUNDARY\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n'
        b"Content-Type: audio/wav\r\n\r\n<15 bytes, MD5 c2ea873bb611a18ef8a70be066a888d8>\r\n--BOUNDARY--\r\n"
    )


def test_what_is_clean_stays_as_it_is() -> None:
    clean = Scrub().request(request(body=BODY, content_type="multipart/form-data; boundary=f00d"))
    again = Scrub().request(Request(clean.method, clean.uri, clean.body, clean.headers))
    assert (again.uri, again.body, again.headers) == (clean.uri, clean.body, clean.headers)
    scrub = Scrub()
    assert scrub.text(scrub.text(f"{ID} at 2024-05-06T07:08:09.5Z")) == f"{fixed_uuid(1)} at 2025-01-01T00:00:00.1Z"


def test_a_body_with_bytes_outside_its_boundaries_is_refused() -> None:
    with pytest.raises(ValueError, match="outside its boundaries"):
        Scrub().request(request(body=BODY + b"more", content_type="multipart/form-data; boundary=f00d"))


def test_an_answer_is_rid_of_keys_ids_times_and_places() -> None:
    scrub = Scrub({"http://127.0.0.1:4711/api": "https://aioz.invalid"}, ("top-secret",))
    data = {
        "id": ID,
        "user": OTHER,
        "source": f"http://127.0.0.1:4711/api/media/{ID.upper()}/source",
        "created_at": "2024-05-06T07:08:09.987654321Z",
        "echo": "you sent top-secret",
        "traceId": f"00-{'a' * 32}-{'b' * 16}-00",
    }
    clean = scrub.answer(answer(json.dumps(data).encode(), content_type="application/json", content_length="1"))
    assert json.loads(clean["body"]["string"]) == {
        "id": fixed_uuid(1),
        "user": fixed_uuid(2),
        "source": f"https://aioz.invalid/media/{fixed_uuid(1)}/source",
        "created_at": "2025-01-01T00:00:00.123456789Z",
        "echo": "you sent ***",
        "traceId": f"00-{'0' * 32}-{'0' * 16}-00",
    }
    assert clean["headers"]["content-length"] == [str(len(clean["body"]["string"]))]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ('/home/ann/Music/Bob "x" live/a.flac', "a.flac"),
        ('/home/ann/12" mixes/7" \u00e9.flac', '7" \u00e9.flac'),
        ("C:\\Users\\ann\\new\\tune.flac", "tune.flac"),
        ("\\\\nas\\ann\\a/b.flac", "b.flac"),
        ("a.flac", "a.flac"),
        ("/home/ann/", ""),
    ],
)
@pytest.mark.parametrize("escapes", [True, False])
def test_of_a_path_the_name_of_the_file_is_kept(path: str, name: str, escapes: bool) -> None:
    source = {"Path": path, "Name": 'say "Path":"/x/y"', "Container": "flac"}
    clean = Scrub().text(json.dumps(source, ensure_ascii=escapes))
    assert json.loads(clean) == source | {"Path": f"/media/{name}"}


def test_what_a_household_knows_of_itself_becomes_fixed_texts() -> None:
    known = {
        "ServerName": 'Ann\'s "big" server\\',
        "HostName": "nas",
        "UserName": "ann",
        "RemoteEndPoint": "203.0.113.7",
        "LocalAddress": "http://192.168.1.5:8096",
        "LocalAddresses": ["http://[fd00::1]:8096", "http://192.168.1.5:8096"],
        "DeviceName": "",
    }
    clean = Scrub().text(json.dumps(known | {"Version": "10.11.11"}, indent=1))
    assert json.loads(clean) == {
        "ServerName": "server",
        "HostName": "host",
        "UserName": "user",
        "RemoteEndPoint": "192.0.2.1",
        "LocalAddress": "https://jellyfin.invalid",
        "LocalAddresses": ["https://jellyfin.invalid"] * 2,
        "DeviceName": "device",
        "Version": "10.11.11",
    }
    assert Scrub().text('{"LocalAddresses":[],"UserName":null}') == '{"LocalAddresses":[],"UserName":null}'


def test_only_headers_that_a_client_reads_are_kept_of_an_answer() -> None:
    sound = b"\xff\xfb2024-05-06T07:08:09Z"
    headers = {
        "date": "now",
        "set_cookie": "s",
        "openai_organization": "o",
        "x_request_id": "r",
        "x_response_time": "1",
    }
    clean = Scrub().answer(answer(sound, content_type="audio/mpeg", content_length="22", **headers))
    assert clean["headers"] == {"content-type": ["audio/mpeg"], "content-length": ["22"], "x-request-id": ["VOLATILE"]}
    assert clean["body"]["string"] == sound


def test_what_counts_down_is_written_as_one_number_and_what_the_server_asks_for_as_it_is() -> None:
    headers = {
        "x_ratelimit_retry_after": "17",
        "retry_after_ms": "804",
        "retry_after": "005",
        "x_should_retry": "false",
    }
    clean = Scrub().answer(answer(b"", x_ratelimit_remaining="41", **headers))
    assert clean["headers"] == {
        "x-ratelimit-retry-after": [COUNTDOWN],
        "retry-after-ms": [COUNTDOWN],
        "retry-after": ["005"],
        "x-should-retry": ["false"],
    }
    assert float(COUNTDOWN) > 0


def test_keys_of_every_kind_and_their_echo_stay_out_of_the_file(tmp_path: Path) -> None:
    pair = base64.b64encode(b"my-key:my-secret").decode()
    place = httpx.MockTransport(
        lambda got: httpx.Response(400, json={"message": f"bad {got.headers['authorization']}"})
    )
    scrub = Scrub({"https://real.example": "https://aioz.invalid"}, (pair, "my-key", "my-secret"))
    with (
        tape(tmp_path / "t.yaml", scrub, record=True) as cassette,
        httpx.Client(
            transport=place, headers={"authorization": f"Basic {pair}", "stream-public-key": "my-key"}
        ) as client,
    ):
        client.post("https://real.example/media?token=my-secret", json={"title": "my-secret"})
        cassette.get_metadata("recorded_from", "https://real.example")
    written = (tmp_path / "t.yaml").read_text()
    assert not [key for key in (pair, "my-key", "my-secret", "authorization") if key in written]
    assert "bad Basic ***" in written


@pytest.mark.parametrize(
    "name", ["get_audio.success", "upload_audio_part.400", "create_audio.429", "get_audio_stream.503"]
)
def test_a_second_recording_gives_the_same_file(name: str, tmp_path: Path) -> None:
    of = case(name)
    for take in ("one", "two"):
        with record.sandboxed(of.service, of.under) as source:
            record.record(of, source, tmp_path / take)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_an_answer_that_the_case_is_not_about_is_refused(tmp_path: Path) -> None:
    wrong = evolve(case("get_audio.404"), fails=403)
    with record.sandboxed("aioz") as source, pytest.raises(AssertionError, match=r"get_audio\.403: NotFound"):
        record.record(wrong, source, tmp_path / "t.yaml")


def test_what_was_made_is_deleted_again_if_the_cassette_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(data: dict[str, Any]) -> str:
        raise OSError("no space left")

    monkeypatch.setattr(_Tape, "serialize", full)
    unpatched = httpx.HTTPTransport.handle_request
    with record.sandboxed("aioz") as source:
        with pytest.raises(OSError, match="no space left"):
            record.record(case("create_audio.success"), source, tmp_path / "t.yaml")
        assert httpx.HTTPTransport.handle_request is unpatched
        with source.client() as aioz:
            assert list(aioz.list()) == []


def test_cases_are_chosen_by_service_operation_or_cassette() -> None:
    assert record.chosen([]) == CASES
    assert {one.service for one in record.chosen(["jellyfin"])} == {"jellyfin"}
    assert [one.name for one in record.chosen(["get_audio", "create_speech.404"])] == [
        "get_audio.success",
        "get_audio.404",
        "get_audio.400",
        "create_speech.404",
    ]
    with pytest.raises(SystemExit, match=r"called get_video; there are .*\baioz\b"):
        record.chosen(["get_video"])


def test_what_nobody_orders_from_a_real_service_is_recorded_from_the_sandbox(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cases, "FOLDER", tmp_path)
    (tmp_path / "openai").mkdir()
    for name in ("OPENAI_API_KEY", "OPENAI_SPEECH_MODEL", "OPENAI_TRANSCRIPTION_MODEL"):
        monkeypatch.setenv(name, "real")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9")
    record.main(["create_transcription.429"])
    assert "recorded_from: the tonearm sandbox" in (tmp_path / "openai" / "create_transcription.429.yaml").read_text()


def test_a_service_without_a_key_in_the_environment_is_the_sandbox() -> None:
    assert record.real("openai", {"OPENAI_BASE_URL": "https://x.example/v1", "OPENAI_API_KEY": ""}) is None


def test_a_key_without_what_belongs_to_it_is_refused() -> None:
    with pytest.raises(SystemExit, match="OPENAI_SPEECH_MODEL"):
        record.real("openai", {"OPENAI_API_KEY": "k", "OPENAI_TRANSCRIPTION_MODEL": "m"})
    with pytest.raises(SystemExit, match="AIOZ_STREAM_SECRET_KEY"):
        record.real("aioz", {"AIOZ_STREAM_PUBLIC_KEY": "p"})


def test_a_key_in_the_environment_means_the_real_service(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {
        "OPENAI_API_KEY": "k-1",
        "OPENAI_BASE_URL": "https://speech.example/v1",
        "OPENAI_SPEECH_MODEL": "s",
        "OPENAI_TRANSCRIPTION_MODEL": "t",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    source = record.real("openai", environment)
    assert source is not None
    assert (source.name, source.base_url) == ("https://speech.example/v1", "https://speech.example/v1")
    assert source.given == {"speech_model": "s", "transcription_model": "t", "voice": "coral"}
    assert source.date is not None
    assert "k-1" in source.secrets
    assert "k-1" not in repr(source)


def test_a_real_jellyfin_is_named_by_its_version_never_by_its_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with record.sandboxed("jellyfin") as stand_in:
        environment = {
            "JELLYFIN_URL": stand_in.base_url,
            "JELLYFIN_TOKEN": "t-1",
            "JELLYFIN_ITEM": stand_in.given["item"].replace("-", "").upper(),
        }
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        source = record.real("jellyfin", environment)
        assert source is not None
        record.record(case("head_audio_stream.success"), source, tmp_path / "t.yaml")
    written = (tmp_path / "t.yaml").read_text()
    assert written.startswith("# Recorded from a Jellyfin server 10.11.11 by scripts/record")
    assert f"recorded_on: '{source.date}'" in written
    assert not [word for word in (stand_in.base_url, "t-1", environment["JELLYFIN_ITEM"].lower()) if word in written]
