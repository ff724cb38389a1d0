"""Requests for playlists in the forms in which AIOZ's own clients send them, and what the clients' tests expect.

They are no recording: they were written after the source of the Go and the Node client and of the Go client's tests,
which refuse what is refused here.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tonearm.sandbox import start

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)
NODE = {
    "Accept": "application/json, */*;q=0.8",
    "AV-Origin-Client": "nodejs:2.6.0",
    "stream-public-key": "sandbox-public",
    "stream-secret-key": "sandbox-secret",
}
GO = {"Accept": "application/json", "Authorization": "Bearer sandbox-token"}
NOBODY = "0d3b1c8e-2f4a-4a57-9a0e-6f1d1c2b3a49"


@pytest.fixture(scope="module", params=[GO, NODE], ids=["go", "node"])
def client(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    with start() as box, httpx.Client(base_url=box.aioz_url, headers=request.param) as client:
        yield client


@pytest.fixture
def playlist(client: httpx.Client) -> str:
    made = client.post("/playlists/create", json={"name": "Test Playlist", "playlist_type": "audio"})
    return str(made.json()["data"]["playlist"]["id"])


def add(client: httpx.Client, playlist: str, media: str | None = None) -> httpx.Response:
    if media is None:
        made = client.post("/media/create", json={"title": "One", "type": "audio"})
        media = made.json()["data"]["id"]
    return client.post(f"/playlists/{playlist}/items", json={"media_id": media})


def found(client: httpx.Client, playlist: str, **query: str) -> dict[str, Any]:
    answer = client.get(f"/playlists/{playlist}", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["data"]["playlist"])


@pytest.mark.parametrize(
    ("body", "accepted"),
    [
        ({}, True),
        ({"limit": 10, "offset": 0, "sort_by": "created_at", "order_by": "desc"}, True),
        ({"sort_by": "invalid"}, False),
        ({"order_by": "invalid"}, False),
    ],
)
def test_lists(client: httpx.Client, playlist: str, body: dict[str, Any], accepted: bool) -> None:
    answer = client.post("/playlists", json=body)
    assert answer.is_success == accepted
    if accepted and body:
        assert answer.json()["data"].keys() >= {"playlists", "total"}


@pytest.mark.parametrize("name", ["logo.png", "file"])
def test_name_and_picture_are_changed_in_one_form(client: httpx.Client, playlist: str, name: str) -> None:
    changed = client.patch(f"/playlists/{playlist}", data={"name": "Other"}, files={"file": (name, PICTURE)})
    assert changed.json()["status"] == "success"
    assert found(client, playlist)["name"] == "Other"
    for id, picture in ((playlist, b"no picture"), (NOBODY, PICTURE)):
        assert client.patch(f"/playlists/{id}", files={"file": (name, picture)}).is_client_error
    assert client.delete(f"/playlists/{playlist}/thumbnail").is_success
    assert client.delete(f"/playlists/{NOBODY}/thumbnail").is_client_error


@pytest.mark.parametrize(
    ("query", "accepted"),
    [
        ({}, True),
        ({"sort_by": "created_at", "order_by": "desc"}, True),
        ({"sort_by": "invalid"}, False),
        ({"order_by": "invalid"}, False),
    ],
)
def test_one_is_read_in_an_order(client: httpx.Client, playlist: str, query: dict[str, str], accepted: bool) -> None:
    assert client.get(f"/playlists/{playlist}", params=query).is_success == accepted
    assert client.get(f"/playlists/{NOBODY}", params=query).is_client_error


def test_items_are_added_moved_and_removed(client: httpx.Client, playlist: str) -> None:
    for _ in range(3):
        assert add(client, playlist).json()["status"] == "success"
    for body in ({"media_id": ""}, {}):
        assert client.post(f"/playlists/{playlist}/items", json=body).is_client_error
    assert add(client, NOBODY).is_client_error
    first, second, third = (item["id"] for item in found(client, playlist)["items"])
    items = f"/playlists/{playlist}/items"
    for wrong in ({}, {"current_id": second}):
        assert client.put(items, json=wrong).is_client_error
    moved = client.put(items, json={"current_id": third, "next_id": second, "previous_id": first})
    assert moved.json()["status"] == "success"
    assert [item["id"] for item in found(client, playlist)["items"]] == [first, third, second]
    for item in (first, second, third):
        assert client.request("DELETE", f"{items}/{item}", json={}).is_success  # the Node client sends a body
    assert not found(client, playlist)["items"]
    assert client.delete(f"{items}/{NOBODY}").is_client_error


def test_the_public_form_needs_no_key(client: httpx.Client, playlist: str) -> None:
    answer = httpx.get(f"{client.base_url}playlists/{playlist}/player.json")
    assert answer.json()["id"] == playlist
    assert httpx.get(f"{client.base_url}playlists/{NOBODY}/player.json").is_client_error


def test_one_is_deleted_once(client: httpx.Client, playlist: str) -> None:
    assert client.delete(f"/playlists/{playlist}").json()["status"] == "success"
    assert client.delete(f"/playlists/{playlist}").is_client_error


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("POST", "/items", {"media_id": NOBODY}),
        ("PUT", "/items", {"current_id": NOBODY, "next_id": NOBODY}),
        ("DELETE", f"/items/{NOBODY}", None),
        ("DELETE", "/thumbnail", None),
        ("DELETE", "", None),
    ],
)
def test_nobody_else_may(client: httpx.Client, playlist: str, method: str, path: str, body: Any) -> None:
    stranger = dict.fromkeys(("stream-public-key", "stream-secret-key"), "wrong")
    refused = httpx.request(method, f"{client.base_url}playlists/{playlist}{path}", json=body, headers=stranger)
    assert refused.status_code in (401, 403)
