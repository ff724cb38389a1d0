"""What AIOZ's clients refuse before anything is sent."""

from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.aioz.ways import KEYS, Way, both
from tests.wire.recorder import Recorder
from tonearm import Aioz, AsyncAioz, ConfigurationError, InvalidInput, MissingFile
from tonearm.aioz import QualityConfig
from tonearm.aioz.presets import BIT_RATES, qualities

NAN = float("nan")


class Calls:
    """Method, arguments and the words of the refusal."""

    def __init__(self, message: str, method: str, *args: Any, **kwargs: Any) -> None:
        self.message, self.method, self.args, self.kwargs = message, method, args, kwargs

    def __repr__(self) -> str:
        return f"{self.method}-{self.message[:40]}"


def bad_quality(message: str, resolution: Any = "good", **config: Any) -> Calls:
    return Calls(message, "create", "T", qualities=[QualityConfig(resolution, **config)])


REFUSED = [
    Calls("empty", "upload", b"", title="T"),
    Calls("empty", "upload", BytesIO(), title="T"),
    Calls("there is no file", "upload", "/nowhere/a.flac"),
    Calls("not a regular file", "upload", "/"),
    Calls("text", "upload", StringIO("x"), title="T"),
    Calls("source must be a path", "upload", 5, title="T"),
    Calls("title is needed", "upload", b"x"),
    Calls("title must be 1 to 255", "upload", b"x", title="x" * 256),
    Calls("part_size must be between 1 and", "upload", b"x", title="T", part_size=0),
    Calls("and 200000000, got 200000001", "upload", b"x", title="T", part_size=200_000_001),
    Calls("part_size must be a whole number", "upload", b"x", title="T", part_size=1.5),
    Calls("first_index must be between 0 and 1", "upload", b"x", title="T", first_index=2),
    Calls("preset and qualities say the same", "upload", b"x", title="T", preset="good", qualities=[]),
    Calls("did you mean 'highest'", "upload", b"x", title="T", preset="higest"),
    Calls("title must be 1 to 255", "create", ""),
    Calls("title must be text", "create", None),
    Calls("title must be text that UTF-8 can encode", "create", "\ud800"),
    Calls("got 'HIGHEST'", "create", "T", preset="HIGHEST"),
    Calls("got 'mp3'", "create", "T", preset=["good", "mp3"]),
    Calls("at least one name", "create", "T", preset=[]),
    Calls("preset and qualities say the same", "create", "T", preset="good", qualities=[]),
    Calls("description must be at most 1000", "create", "T", description="x" * 1001),
    Calls("tags must be at most 50 texts", "create", "T", tags=["x"] * 51),
    Calls("tags must be at most 255 characters long in each entry", "create", "T", tags=["x" * 256]),
    Calls("tags must be a list", "create", "T", tags="podcast"),
    Calls("at most 50 pairs", "create", "T", metadata={str(n): "" for n in range(51)}),
    Calls("metadata must be 1 to 255 characters long in each name", "create", "T", metadata={"": "x"}),
    Calls("metadata must be at most 255 characters long in the value of 'k'", "create", "T", metadata={"k": "x" * 256}),
    Calls("metadata must be text in the value of 'k', got 5", "create", "T", metadata={"k": 5}),
    Calls("metadata must be a mapping", "create", "T", metadata=[("k", "v")]),
    Calls("is_public must be True or False", "create", "T", is_public="yes"),
    bad_quality("got 'best'", "best"),
    bad_quality("got 'mp3'", type="mp3"),
    bad_quality("container_type must be mpegts or mp4 for hls, got 'fmp4'", container_type="fmp4"),
    bad_quality("container_type must be fmp4 for dash, got 'mpegts'", type="dash"),
    bad_quality("did you mean 320000?", bitrate=320),
    bad_quality("bitrate must be at least 1, got -1", bitrate=-1),
    bad_quality("bitrate must be a whole number", bitrate=128_000.5),
    bad_quality("bitrate must be a whole number", bitrate="128000"),
    bad_quality("channels must be a number as text", channels="two"),
    bad_quality("channels must be text, got 2", channels=2),
    bad_quality("sample_rate must be one of 8000", sample_rate=24_000),
    bad_quality("language must be a BCP 47 tag", language="english"),
    bad_quality("index must be at least 0", index=-1),
    Calls("qualities must be a list of QualityConfig, got <dict>", "create", "T", qualities=[{"resolution": "good"}]),
    *(
        Calls(f"id must be a name that is not empty, '.' or '..', got {id!r}", method, id, *args)
        for id in ("", ".", "..")
        for method, args in (("get", ()), ("complete", ()), ("wait", ()), ("delete", ()))
    ),
    Calls("id must be text", "get", None),
    Calls("id must be text that UTF-8 can encode", "get", "\ud800"),
    Calls("or '..', got ''", "update", "", title="T"),
    Calls("or '..', got '..'", "upload_part", "..", b"x", index=1, start=0, total=1),
    Calls("nothing to update", "update", "i"),
    Calls("title must be 1 to 255", "update", "i", title=""),
    Calls("player_theme_id must be text that UTF-8 can encode", "update", "i", player_theme_id="\ud800"),
    Calls("index must be at least 0", "upload_part", "i", b"x", index=-1, start=0, total=1),
    Calls("start must be at least 0", "upload_part", "i", b"x", index=1, start=-1, total=1),
    Calls("total must be at least 6", "upload_part", "i", b"xx", index=1, start=4, total=5),
    Calls("empty", "upload_part", "i", b"", index=1, start=0, total=1),
    Calls("md5", "upload_part", "i", b"x", index=1, start=0, total=1, md5="not a hash"),
    Calls("duration must be a finite number, got nan", "cost", "good", duration=NAN),
    Calls("duration must be at least 0, got -1", "cost", "good", duration=-1),
    Calls("duration must be a finite number, got inf", "cost", "good", duration=float("inf")),
    Calls("duration must be a number", "cost", "good", duration="60"),
    Calls("got 'bad'", "cost", "bad", duration=1),
    Calls("at least one name", "cost", [], duration=1),
    *(
        Calls(f"timeout must be {what}", "wait", "i", timeout=timeout)
        for what, timeout in (
            ("a number, got '5'", "5"),
            ("a number, got True", True),
            ("a finite number, got nan", NAN),
        )
    ),
    Calls("timeout must be at least 0, got -1", "wait", "i", timeout=-1),
    Calls("offset must be at least 0", "page", offset=-1),
    Calls("limit must be between 1 and 100", "page", limit=0),
    Calls("limit must be between 1 and 100", "page", limit=101),
    Calls("got 'name'", "page", sort_by="name"),
    Calls("got 'up'", "page", order_by="up"),
    Calls("got 'ready'", "page", status="ready"),
    Calls("got 'ready'", "list", status=["done", "ready"]),
    Calls("there is no filter titel", "page", titel="x"),
    Calls("search must be text that UTF-8 can encode", "page", search="\ud800"),
    Calls("search must be text", "page", search=5),
]


@both
@pytest.mark.parametrize("calls", REFUSED, ids=repr)
def test_bad_input_is_refused_before_anything_is_sent(way: Way, calls: Calls) -> None:
    with Recorder([]) as server, pytest.raises(InvalidInput) as caught:
        way.call(server.url, calls.method, *calls.args, **calls.kwargs)
    assert calls.message in str(caught.value)
    assert server.connections == 0


@both
def test_a_part_that_is_too_large_is_refused(way: Way, tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(200_000_001)
    with Recorder([]) as server, pytest.raises(InvalidInput, match="a part must be at most 200000000 bytes"):
        way.call(server.url, "upload_part", "i", path, index=1, start=0, total=200_000_001)
    assert server.connections == 0


@both
def test_a_missing_file_is_also_what_python_calls_it(way: Way, tmp_path: Path) -> None:
    with Recorder([]) as server, pytest.raises(FileNotFoundError) as caught:
        way.call(server.url, "upload", tmp_path / "nothing.flac")
    assert isinstance(caught.value, MissingFile)
    assert server.connections == 0


# Keys and base URLs

KINDS = pytest.mark.parametrize("kind", [Aioz, AsyncAioz])
BOTH_WAYS = "give public_key and secret_key, or token; or set AIOZ_STREAM_PUBLIC_KEY and AIOZ_STREAM_SECRET_KEY"


@KINDS
@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, BOTH_WAYS),
        ({"public_key": "p"}, "belong together"),
        ({"secret_key": "s"}, "belong together"),
        ({"public_key": "p", "secret_key": "s", "token": "t"}, "not both"),
        ({"secret_key": "s", "token": "t"}, "not both"),
        ({"public_key": "", "secret_key": "s"}, "public_key and secret_key is empty"),
        ({"token": ""}, "token is empty"),
        ({"token": "a b"}, "cannot be in a key"),
        ({"token": "t", "base_url": "server/api"}, "must start with http"),
        ({"token": "t", "base_url": "http://user:pass@server/api"}, "must not hold a user name"),
    ],
)
def test_a_client_without_usable_keys_or_address_is_not_made(kind: Any, given: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        kind(**given)
    assert message in str(caught.value)


def keys_of(**given: Any) -> tuple[str, dict[str, str]]:
    with Aioz(**given) as aioz:
        return aioz._wire.base_url, dict(aioz._wire.keys)


PAIR = {"stream-public-key": "p", "stream-secret-key": "s"}


def test_keys_are_found_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIOZ_STREAM_PUBLIC_KEY", "p")
    monkeypatch.setenv("AIOZ_STREAM_SECRET_KEY", "s")
    assert keys_of() == ("https://api.aiozstream.network/api", PAIR)
    assert keys_of(token="t")[1] == {"Authorization": "Bearer t"}
    assert keys_of(base_url="https://api.aiozstream.network/v2")[1] == PAIR
    monkeypatch.setenv("AIOZ_STREAM_BASE_URL", "http://127.0.0.1:1/api/")
    assert keys_of() == ("http://127.0.0.1:1/api", PAIR)
    assert keys_of(base_url="http://127.0.0.1:1/other")[1] == PAIR


@KINDS
def test_keys_of_the_environment_are_not_sent_elsewhere(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIOZ_STREAM_TOKEN", "ambient")
    with pytest.raises(ConfigurationError) as caught:
        kind(base_url="http://127.0.0.1:1")
    assert "left unused because it does not belong to http://127.0.0.1:1" in str(caught.value)
    assert "ambient" not in str(caught.value)


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ({"PUBLIC_KEY": "p"}, "AIOZ_STREAM_PUBLIC_KEY and AIOZ_STREAM_SECRET_KEY belong together"),
        ({"PUBLIC_KEY": "p", "SECRET_KEY": "s", "TOKEN": "t"}, "or AIOZ_STREAM_TOKEN, not both"),
        ({"TOKEN": "a b"}, "AIOZ_STREAM_TOKEN is empty or has characters"),
        ({"PUBLIC_KEY": "", "SECRET_KEY": "", "TOKEN": ""}, BOTH_WAYS),
    ],
)
def test_an_environment_that_does_not_fit_is_named(
    found: dict[str, str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in found.items():
        monkeypatch.setenv(f"AIOZ_STREAM_{name}", value)
    with pytest.raises(ConfigurationError) as caught:
        Aioz()
    assert message in str(caught.value)


def test_arguments_beat_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIOZ_STREAM_PUBLIC_KEY", "half a pair")
    assert keys_of(**KEYS)[1] == {"stream-public-key": "sandbox-public", "stream-secret-key": "sandbox-secret"}


def test_presets_are_the_qualities_that_they_say() -> None:
    made = qualities(["standard", "good", "highest", "lossless", "dash:standard"])
    assert [quality.bitrate for quality in made[:4]] == list(BIT_RATES.values()) == [128_000, 192_000, 320_000, None]
    assert (made[0].type, made[0].container_type) == ("hls", "mpegts")
    assert (made[4].type, made[4].container_type, made[4].bitrate) == ("dash", "fmp4", 128_000)


@pytest.mark.parametrize("given", [{}, {"duration": 60, "source": b"RIFF"}])
def test_a_price_is_asked_for_a_duration_or_a_source(given: dict[str, Any]) -> None:
    with Aioz(token="token") as aioz, pytest.raises(InvalidInput, match="duration or source must be given"):
        aioz.cost("standard", **given)
