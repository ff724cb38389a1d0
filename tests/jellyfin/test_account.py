"""Getting in: name and password, Quick Connect, logging out; and what a refused token says."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest

from tests.inside.jellyfin import Pairing, _login
from tests.jellyfin.ways import AT_ONCE, ONCE, Asynchronous, Blocking, Way
from tests.plans.play import Stage, in_turn, reply
from tests.wire.recorder import HOLD, Recorder, answer
from tonearm import (
    BadRequest,
    Forbidden,
    InvalidInput,
    Jellyfin,
    NotFound,
    ServiceFailed,
    StatusError,
    TimedOut,
    Unauthorized,
    UnexpectedAnswer,
    sandbox,
)
from tonearm.jellyfin import Server
from tonearm.sandbox import Sandbox
from tonearm.sandbox.context import JellyfinVersion
from tonearm.sandbox.library import PACKAGED, item_id

TALK = item_id("evening.flac")
ADA, PW = "ada", "correct horse/é"
TOKEN = {"AccessToken": "0123456789abcdef", "User": {"Id": "u1"}}


@pytest.fixture(scope="module", params=get_args(JellyfinVersion))
def box(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with sandbox.start(library=PACKAGED, jellyfin=request.param) as running:
        yield running


@pytest.fixture(autouse=True)
def _whole(box: Sandbox) -> Iterator[None]:
    box.clear_faults()
    yield
    box.clear_faults()
    box.jellyfin.quick_connect.enabled = True


def log_in(url: str, **settings: Any) -> Any:
    return lambda kind: kind.login(url, "Sandbox", "sandbox", **{"retry": AT_ONCE, **settings})


def nothing(_: Any) -> None:
    raise AssertionError("nobody may have got in")


# Name and password


def test_a_name_and_a_password_give_a_client_of_that_user(box: Sandbox, way: Way) -> None:
    me = way.enter(log_in(box.jellyfin_url, device_id=f"desk {way}"), lambda jf: jf.me())
    assert (me.name, me.is_administrator) == ("sandbox", True)


def test_a_line_feed_after_a_secret_is_not_part_of_it(box: Sandbox, way: Way) -> None:
    def come_in(kind: Any) -> Any:
        return kind.login(box.jellyfin_url, "sandbox", "sandbox\r\n", device_id=f"file {way}")

    me = way.enter(come_in, lambda jf: jf.me())
    key = {"token": "sandbox-api-key\n", "user_id": f"{me.id}\n"}
    assert way.gather(box.jellyfin_url, lambda jf: jf.items(), **key)


def test_the_token_can_be_kept_for_another_client(box: Sandbox, way: Way) -> None:
    token = way.enter(log_in(box.jellyfin_url), lambda jf: jf.token)
    assert way.call(box.jellyfin_url, lambda jf: jf.me(), token=token).name == "sandbox"


def test_a_login_names_the_client_and_sends_no_token(
    way: Way, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("JELLYFIN_TOKEN", "ambient")
    with Recorder([answer(json=TOKEN)]) as server:
        way.enter(lambda kind: kind.login(server.url, ADA, PW, device_id="desk"), lambda jf: jf.token)
    (sent,) = server.requests
    assert sent.json() == {"Username": ADA, "Pw": PW}
    assert 'DeviceId="desk"' in sent.headers["authorization"]
    assert "Token" not in sent.headers["authorization"]
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_what_comes_after_it_is_sent_with_the_token(way: Way) -> None:
    with Recorder([answer(json=TOKEN), answer(json={"Id": "u1"})]) as server:
        way.enter(lambda kind: kind.login(server.url, ADA, PW), lambda jf: jf.me())
    assert 'Token="0123456789abcdef"' in server.requests[1].headers["authorization"]


def test_a_wrong_password_is_told(box: Sandbox, way: Way) -> None:
    with pytest.raises(Unauthorized, match="the user name or the password is wrong"):
        way.enter(lambda kind: kind.login(box.jellyfin_url, "sandbox", ""), nothing)


def test_a_user_who_is_locked_out_is_told(way: Way) -> None:
    with (
        Recorder([answer(status=403, content_type="text/plain")]) as server,
        pytest.raises(Forbidden, match="locked out"),
    ):
        way.enter(lambda kind: kind.login(server.url, ADA, PW), nothing)


def test_a_login_that_may_have_arrived_is_not_repeated(way: Way) -> None:
    replies = [answer(status=503, content_type="text/plain"), answer(status=500, content_type="text/plain")]
    with Recorder(replies) as server, pytest.raises(ServiceFailed):
        way.enter(lambda kind: kind.login(server.url, ADA, PW, retry=AT_ONCE), nothing)
    assert len(server.requests) == 2


NO_TOKEN = {
    "none": {"User": {"Id": "u"}},
    "null": {"AccessToken": None},
    "empty": {"AccessToken": ""},
    "a number": {"AccessToken": 5},
    "two lines": {"AccessToken": "a\r\nb"},
    "not ASCII": {"AccessToken": "clé"},
}


@pytest.mark.parametrize("content", NO_TOKEN.values(), ids=NO_TOKEN)
def test_an_answer_without_a_token_that_can_be_sent_is_an_error(content: Any, way: Way) -> None:
    with Recorder([answer(json=content)]) as server, pytest.raises(UnexpectedAnswer):
        way.enter(lambda kind: kind.login(server.url, ADA, PW), nothing)


@pytest.mark.parametrize("body", [b'{"AccessToken": "very-secret", "Us', b'{"AccessToken": ["very-secret"]}'])
def test_an_answer_that_cannot_be_read_shows_no_token(body: bytes, way: Way) -> None:
    with Recorder([answer(body)]) as server, pytest.raises(UnexpectedAnswer) as caught:
        way.enter(lambda kind: kind.login(server.url, ADA, PW), nothing)
    assert "very-secret" not in f"{caught.value} {caught.value!r} {caught.value.__dict__}"


def test_a_password_that_a_server_echoes_is_shown_to_nobody(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "tonearm")
    echo = answer(f"no user {ADA} with {PW}".encode(), status=401, content_type="text/plain")
    with Recorder([echo]) as server, pytest.raises(Unauthorized) as caught:
        way.enter(lambda kind: kind.login(server.url, ADA, PW), nothing)
    assert PW not in f"{caught.value} {caught.value.body} {caplog.text}"
    assert f"no user {ADA} with ***" in str(caught.value)


@pytest.mark.parametrize("name", [7, None, "\ud800"])
def test_a_name_that_is_none_is_refused(name: Any, way: Way) -> None:
    with Recorder([]) as server, pytest.raises(InvalidInput):
        way.enter(lambda kind: kind.login(server.url, name, PW), nothing)
    assert server.requests == []


# Quick Connect


def pair(url: str, show: Any, **settings: Any) -> Any:
    return lambda kind: kind.quick_connect(url, show=show, **{"retry": AT_ONCE, **settings})


@pytest.mark.parametrize("way", [Blocking(), Asynchronous()], ids=["sync", "async"])
def test_a_code_that_the_user_approves_lets_the_client_in(box: Sandbox, way: Way) -> None:
    codes: list[str] = []

    def show(code: str) -> None:
        codes.append(code)
        assert box.jellyfin.approve(code)

    assert way.enter(pair(box.jellyfin_url, show), lambda jf: jf.me()).name == "sandbox"
    assert len(codes) == 1
    assert len(codes[0]) == 6


@pytest.mark.parametrize("wait", ["5", True, -1, float("nan"), None])
def test_a_time_to_wait_that_cannot_be_is_refused_before_anything_is_sent(way: Way, wait: Any) -> None:
    with Recorder([]) as server, pytest.raises(InvalidInput, match="wait must be"):
        way.enter(pair(server.url, nothing, wait=wait), nothing)
    assert server.connections == 0


def test_quick_connect_that_is_switched_off_is_told(box: Sandbox, way: Way) -> None:
    box.jellyfin.quick_connect.enabled = False
    with pytest.raises(Unauthorized, match="Quick Connect is switched off"):
        way.enter(pair(box.jellyfin_url, nothing), nothing)


def test_a_code_that_nobody_approves_is_waited_for_no_longer_than_asked(box: Sandbox, way: Way) -> None:
    codes: list[str] = []
    with pytest.raises(TimedOut, match="nobody has approved the code") as caught:
        way.enter(pair(box.jellyfin_url, codes.append, wait=0.05), nothing)
    assert caught.value.__notes__ == [f"nobody has approved the code {codes[0]}"]
    assert caught.value.deadline


def test_a_server_that_falls_silent_is_not_a_code_that_nobody_approves(way: Way) -> None:
    replies = [answer(json={"Secret": "S3CRET", "Code": "123456"}), (HOLD,)]
    with Recorder(replies) as server, pytest.raises(TimedOut) as caught:
        way.enter(pair(server.url, lambda code: None, timeout=0.1, retry=ONCE), nothing)
    assert "123456" not in str(caught.value)


def test_a_code_that_the_server_has_forgotten_is_told(way: Way) -> None:
    replies = [
        answer(json={"Secret": "S3CRET", "Code": "123456"}),
        answer(b"Unknown S3CRET", status=404, content_type="text/plain"),
    ]
    with Recorder(replies) as server, pytest.raises(NotFound, match="forgotten the code 123456") as caught:
        way.enter(pair(server.url, lambda code: None), nothing)
    assert "S3CRET" not in f"{caught.value} {caught.value.body}"
    assert server.requests[1].target == "/QuickConnect/Connect?secret=S3CRET"


def test_the_secret_is_in_no_log(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    replies = [answer(json={"Secret": "S3CRET", "Code": "123456", "Authenticated": True})] * 2 + [answer(json=TOKEN)]
    with Recorder(replies * 2) as server:
        way.enter(pair(server.url, lambda code: None), lambda jf: None)
        with httpx.Client() as lent:
            Jellyfin.quick_connect(server.url, show=lambda code: None, http=lent).close()
    assert server.requests[1].target == "/QuickConnect/Connect?secret=S3CRET"
    assert "/QuickConnect/Connect?secret=*** " in caplog.text  # httpx itself logs what a lent client sends
    assert "S3CRET" not in caplog.text


@pytest.mark.parametrize("content", [{}, {"Secret": "x"}, {"Code": "123456"}, {"Secret": 5, "Code": 6}])
def test_a_request_without_code_or_secret_is_an_error(content: Any, way: Way) -> None:
    with Recorder([answer(json=content)]) as server, pytest.raises(UnexpectedAnswer):
        way.enter(pair(server.url, nothing), nothing)


def test_the_server_is_asked_less_often_the_longer_it_takes() -> None:
    waiting, approved = reply(json={"Authenticated": False}), reply(json={"Authenticated": True})
    stage = Stage(in_turn(*[waiting] * 6, approved, reply(json=TOKEN)))
    assert stage.play(_login.by_approval(Pairing("123456", "S"))) == TOKEN["AccessToken"]
    assert [pause.seconds for pause in stage.sleeps] == pytest.approx([1.0, 1.5, 2.25, 3.375, 5.0, 5.0])
    assert [request.json for request in stage.requests] == [None] * 7 + [{"Secret": "S"}]


def test_what_show_raises_ends_it(box: Sandbox, way: Way) -> None:
    with pytest.raises(AssertionError, match="nobody may have got in"):
        way.enter(pair(box.jellyfin_url, nothing), nothing)


# Tokens


def test_a_token_that_was_logged_out_counts_no_more_and_the_client_goes_on_without(box: Sandbox, way: Way) -> None:
    token = way.enter(log_in(box.jellyfin_url, device_id="leaver"), lambda jf: jf.token)

    def leave(jf: Any) -> Any:
        return jf.logout()

    with Recorder([answer(status=204), answer(json={"Version": "1"})]) as server, Jellyfin(server.url, token="t") as jf:
        jf.logout()
        assert jf.token is None
        jf.server()
    assert "Token" not in server.requests[1].headers["authorization"]
    assert way.call(box.jellyfin_url, leave, token=token) is None
    with pytest.raises(Unauthorized):
        way.call(box.jellyfin_url, leave, token=token)


REFUSED = {
    "me": ("GET", "/Users/Me", lambda jf: jf.me()),
    "item": ("GET", f"/Items/{TALK}", lambda jf: jf.item(TALK)),
    "lyrics": ("GET", f"/Audio/{TALK}/Lyrics", lambda jf: jf.lyrics(TALK)),
    "put_lyrics": ("POST", f"/Audio/{TALK}/Lyrics", lambda jf: jf.put_lyrics(TALK, PACKAGED / "evening.txt")),
    "delete_lyrics": ("DELETE", f"/Audio/{TALK}/Lyrics", lambda jf: jf.delete_lyrics(TALK)),
    "report_start": ("POST", "/Sessions/Playing", lambda jf: jf.report_start(TALK)),
    "logout": ("POST", "/Sessions/Logout", lambda jf: jf.logout()),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("token", ["no-such-token", None])
def test_a_refused_token_says_which_call_needs_it_and_that_streams_prove_nothing(
    name: str, token: str | None, box: Sandbox, way: Way
) -> None:
    method, path, do = REFUSED[name]
    with pytest.raises(Unauthorized) as caught:
        way.call(box.jellyfin_url, do, token=token)
    assert str(caught.value).startswith(f"{method} {box.jellyfin_url}{path} -> 401: ")
    assert "needs a token" in caught.value.__notes__[0]
    assert "stream operations" in caught.value.__notes__[0]


def test_a_refused_token_is_told_of_lists_and_of_universal_too(box: Sandbox, way: Way) -> None:
    for settings in ({"token": "no-such-token"}, {}):
        with pytest.raises(Unauthorized, match=r"/Items -> 401.*\n.*needs a token"):
            way.gather(box.jellyfin_url, lambda jf: jf.items(), **settings)
        with pytest.raises(Unauthorized, match=r"/universal -> 401.*\n.*needs a token"):
            way.hear(box.jellyfin_url, lambda jf: jf.universal(TALK, ["flac"]), **settings)


@pytest.mark.parametrize("token", ["no-such-token", None])
def test_the_stream_operations_accept_any_token(token: str | None, box: Sandbox, way: Way, tmp_path: Path) -> None:
    whole = (PACKAGED / "evening.flac").read_bytes()
    assert way.call(box.jellyfin_url, lambda jf: jf.probe(TALK), token=token).size == len(whole)
    assert way.call(box.jellyfin_url, lambda jf: jf.download(TALK, tmp_path / "a.flac"), token=token).size == len(whole)
    assert way.hear(box.jellyfin_url, lambda jf: jf.stream(TALK, preset="original"), token=token).bodies == [whole]


def test_an_api_key_is_told_to_belong_to_nobody(box: Sandbox, way: Way) -> None:
    for do in (lambda jf: jf.me(),):
        with pytest.raises(BadRequest, match=r"an API key belongs to no user"):
            way.call(box.jellyfin_url, do, token="sandbox-api-key")


def test_the_server_tells_who_it_is_to_anybody(box: Sandbox, way: Way) -> None:
    found: Server = way.call(box.jellyfin_url, lambda jf: jf.server())
    assert found.version in ("10.11.11", "12.0.0")
    assert (found.name, found.ready) == ("tonearm sandbox", True)
    assert found.address == box.jellyfin_url


def test_a_server_that_starts_is_waited_for(box: Sandbox, way: Way) -> None:
    starting = {"Retry-After": "000", "Message": "Starting"}
    box.fault(path="*/System/Info/Public", status=503, headers=starting, times=2)
    assert way.call(box.jellyfin_url, lambda jf: jf.server()).ready
    box.fault(path="*/System/Info/Public", status=503, headers=starting, times=None)
    with pytest.raises(StatusError, match="Starting"):
        way.call(box.jellyfin_url, lambda jf: jf.server(), retry=ONCE)
