import socket

import httpx
import pytest

from tests.wire import recorder
from tests.wire.recorder import CUT, HOLD, Recorder, answer, check_golden, normalised


def test_requests_of_one_connection_are_kept_byte_for_byte() -> None:
    def pieces() -> object:
        yield b"one "
        yield b"two"

    with Recorder([answer(json={"a": 1}), answer(b"x"), answer()]) as server, httpx.Client() as client:
        assert client.post(server.url + "/a?b=c", content=b"known").json() == {"a": 1}
        assert client.post(server.url + "/d", content=pieces()).content == b"x"
        assert client.get(server.url + "/e").content == b""
    assert server.connections == 1
    first, second, third = server.requests
    assert (first.method, first.target, first.body) == ("POST", "/a?b=c", b"known")
    assert first.raw.startswith(b"POST /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:")
    assert first.raw.endswith(b"\r\nContent-Length: 5\r\n\r\nknown")
    assert second.body == b"one two"
    assert second.raw.endswith(b"\r\n\r\n4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n")
    assert second.headers["transfer-encoding"] == "chunked"
    assert third.raw.endswith(b"\r\n\r\n")


def test_it_cuts_and_holds_and_sees_the_client_hang_up() -> None:
    with Recorder([(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", CUT), (HOLD,)]) as server:
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(server.url)
        with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as client:
            client.sendall(b"GET / HTTP/1.1\r\n\r\n")
            assert server.arrived.wait(10)
        assert server.hung_up.wait(10)


def test_a_golden_must_exist_and_must_agree(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "GOLDENS", tmp_path)
    raw = b"GET / HTTP/1.1\r\nHost: 127.0.0.1:1234\r\n\r\n"
    with pytest.raises(AssertionError, match="there is no golden"):
        check_golden("a/b", raw)
    monkeypatch.setenv("TONEARM_WRITE_GOLDENS", "1")
    with pytest.raises(pytest.fail.Exception, match="wrote"):
        check_golden("a/b", raw)
    monkeypatch.delenv("TONEARM_WRITE_GOLDENS")
    check_golden("a/b", raw.replace(b"1234", b"4321"))
    with pytest.raises(AssertionError):
        check_golden("a/b", raw.replace(b"GET", b"PUT"))


def test_only_address_boundary_and_version_are_normalised() -> None:
    boundary = b"0123456789abcdef" * 2
    raw = (
        b"POST /x HTTP/1.1\r\nHost: 127.0.0.1:5\r\nUser-Agent: tonearm/" + recorder.__version__.encode() + b"\r\n"
        b"Content-Type: multipart/form-data; boundary="
        + boundary
        + b"\r\n\r\n--"
        + boundary
        + b"--\r\nHost: 127.0.0.1:5"
    )
    assert normalised(raw) == (
        b"POST /x HTTP/1.1\r\nHost: HOST\r\nUser-Agent: tonearm/VERSION\r\n"
        b"Content-Type: multipart/form-data; boundary=BOUNDARY\r\n\r\n--BOUNDARY--\r\nHost: 127.0.0.1:5"
    )
