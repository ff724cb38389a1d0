"""Who may ask what, logins and start-up, as Jellyfin 10.11 (source at tag v10.11.11) and 12.0 (v12.0-rc5) have them."""

from collections.abc import Iterator
from typing import Any, cast

import httpx
import pytest

from tonearm import sandbox
from tonearm.sandbox import Sandbox, library
from tonearm.sandbox.context import JellyfinVersion
from tonearm.sandbox.jellyfin.startup import Stage

ITEM = library.item_id("history.flac")
DEVICE = 'Client="a test", Device="a%20machine", DeviceId="machine-1", Version="1.0"'
USER = {"Authorization": 'MediaBrowser Token="sandbox-token"'}
KEY = {"Authorization": 'MediaBrowser Token="sandbox-api-key"'}


@pytest.fixture(scope="module")
def boxes() -> Iterator[dict[str, Sandbox]]:
    with sandbox.start() as old, sandbox.start(jellyfin="12.0") as new:
        yield {"10.11": old, "12.0": new}


@pytest.fixture(params=["10.11", "12.0"])
def version(request: pytest.FixtureRequest) -> JellyfinVersion:
    return cast(JellyfinVersion, request.param)


@pytest.fixture
def box(boxes: dict[str, Sandbox], version: JellyfinVersion) -> Sandbox:
    return boxes[version]


@pytest.fixture(scope="module")
def clients(boxes: dict[str, Sandbox]) -> Iterator[dict[str, httpx.Client]]:
    with (
        httpx.Client(base_url=boxes["10.11"].jellyfin_url) as old,
        httpx.Client(base_url=boxes["12.0"].jellyfin_url) as new,
    ):
        yield {"10.11": old, "12.0": new}


@pytest.fixture
def client(clients: dict[str, httpx.Client], version: JellyfinVersion) -> httpx.Client:
    return clients[version]


def log_in(
    client: httpx.Client, *, header: str = f"MediaBrowser {DEVICE}", password: str = "sandbox"
) -> httpx.Response:
    body = {"Username": "Sandbox", "Pw": password}
    return client.post("/Users/AuthenticateByName", json=body, headers={"Authorization": header})


# Tokens


@pytest.mark.parametrize(
    "header",
    [
        'MediaBrowser Token="sandbox-token"',
        "mediabrowser Token=sandbox-token",
        f'MediaBrowser {DEVICE}, Token="sandbox-token"',
        'MediaBrowser Client="a, b", Token="sandbox%2Dtoken"',
    ],
)
def test_the_authorization_header_is_read_in_both_versions(client: httpx.Client, header: str) -> None:
    assert client.get("/System/Info", headers={"Authorization": header}).status_code == 200


def test_the_api_key_in_the_query_is_read_in_both_versions(client: httpx.Client) -> None:
    assert client.get("/System/Info", params={"ApiKey": "sandbox-token"}).status_code == 200
    assert client.get("/System/Info", params={"apikey": "sandbox-api-key"}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "params"),
    [
        ({"X-Emby-Token": "sandbox-token"}, {}),
        ({"X-MediaBrowser-Token": "sandbox-token"}, {}),
        ({"X-Emby-Authorization": 'MediaBrowser Token="sandbox-token"'}, {}),
        ({"Authorization": 'Emby Token="sandbox-token"'}, {}),
        ({}, {"api_key": "sandbox-token"}),
    ],
)
def test_the_old_forms_are_read_in_10_11_only(
    client: httpx.Client, version: str, headers: dict[str, str], params: dict[str, str]
) -> None:
    status = client.get("/System/Info", headers=headers, params=params).status_code
    assert status == (200 if version == "10.11" else 401)


@pytest.mark.parametrize(
    "header", ["", 'MediaBrowser Token="wrong"', 'MediaBrowser token="sandbox-token"', "Bearer sandbox-token"]
)
def test_anything_else_is_401_where_the_server_asks(client: httpx.Client, header: str) -> None:
    answer = client.get("/System/Info", headers={"Authorization": header})
    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/Items", f"/Items/{ITEM}", "/Users/Me", "/UserViews", "/Artists", "/Search/Hints?searchTerm=a",
        f"/Items/{ITEM}/File", f"/Items/{ITEM}/Download", f"/Audio/{ITEM}/universal?container=flac",
        f"/Audio/{ITEM}/Lyrics", f"/Items/{ITEM}/PlaybackInfo",
    ],
)  # fmt: skip
def test_all_but_the_streams_and_the_public_ones_ask_for_a_token(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 401
    assert client.get(path, headers=USER).status_code in (200, 404)


@pytest.mark.parametrize("path", ["/System/Info/Public", "/System/Ping", "/QuickConnect/Enabled", "/Users/Public"])
def test_the_public_ones_ask_for_nothing(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_a_token_is_some_user_and_an_api_key_is_nobody(client: httpx.Client) -> None:
    assert client.get("/Users/Me", headers=USER).json()["Name"] == "sandbox"
    nobody = client.get("/Users/Me", headers=KEY)
    assert (nobody.status_code, nobody.json()["title"]) == (400, "Bad Request")
    assert client.get("/System/Info", headers=KEY).status_code == 200


def test_another_user_is_unknown_and_what_is_no_id_is_refused(client: httpx.Client) -> None:
    assert client.get("/Items", params={"userId": str(ITEM)}, headers=USER).status_code == 404
    assert client.get("/Items", params={"userId": "{UserId}"}, headers=USER).status_code == 400
    assert client.get("/Users/{UserId}/Items", headers=USER).status_code == 400


def test_the_version_is_told(client: httpx.Client, version: str) -> None:
    told = client.get("/System/Info/Public").json()["Version"]
    assert told == {"10.11": "10.11.11", "12.0": "12.0.0"}[version]


# Logins


def test_a_login_gives_a_token_that_works_until_logout(client: httpx.Client) -> None:
    given = log_in(client).json()
    assert given["User"]["Name"] == "sandbox"
    assert given["SessionInfo"]["DeviceName"] == "a machine"
    token = {"Authorization": f'MediaBrowser Token="{given["AccessToken"]}"'}
    assert client.get("/Users/Me", headers=token).json()["Id"] == given["User"]["Id"]
    assert client.post("/Sessions/Logout", headers=token).status_code == 204
    assert client.get("/Users/Me", headers=token).status_code == 401


def test_a_second_login_of_a_device_ends_the_first(client: httpx.Client) -> None:
    tokens = [log_in(client).json()["AccessToken"] for _ in range(2)]
    assert [client.get("/Users/Me", params={"ApiKey": token}).status_code for token in tokens] == [401, 200]


def test_a_wrong_password_is_401_without_details(client: httpx.Client) -> None:
    answer = log_in(client, password="wrong")
    assert (answer.status_code, answer.text) == (401, "Error processing request.")


@pytest.mark.parametrize("missing", ["Client", "Device", "DeviceId", "Version"])
def test_a_login_without_one_of_the_four_names_is_400(client: httpx.Client, missing: str) -> None:
    fields = [field for field in DEVICE.split(", ") if not field.startswith(f"{missing}=")]
    assert log_in(client, header=f"MediaBrowser {', '.join(fields)}").status_code == 400


@pytest.mark.parametrize(("body", "status"), [("[]", 400), ("", 400), ("{", 400)])
def test_a_login_whose_body_is_no_object_is_refused(client: httpx.Client, body: str, status: int) -> None:
    headers = {"Authorization": f"MediaBrowser {DEVICE}", "Content-Type": "application/json"}
    assert client.post("/Users/AuthenticateByName", content=body, headers=headers).status_code == status


def test_a_login_in_a_form_is_415(client: httpx.Client) -> None:
    headers = {"Authorization": f"MediaBrowser {DEVICE}"}
    assert client.post("/Users/AuthenticateByName", data={"Username": "a"}, headers=headers).status_code == 415


# Quick Connect


def begin(client: httpx.Client) -> dict[str, Any]:
    answer = client.post("/QuickConnect/Initiate", headers={"Authorization": f"MediaBrowser {DEVICE}"})
    assert answer.status_code == 200
    return cast(dict[str, Any], answer.json())


def redeem(client: httpx.Client, secret: str) -> httpx.Response:
    return client.post("/Users/AuthenticateWithQuickConnect", json={"Secret": secret})


def test_quick_connect_lets_in_once_its_code_is_approved(box: Sandbox, client: httpx.Client) -> None:
    begun = begin(client)
    assert (len(begun["Code"]), begun["Authenticated"]) == (6, False)
    assert redeem(client, begun["Secret"]).status_code == 404
    assert not client.get("/QuickConnect/Connect", params={"secret": begun["Secret"]}).json()["Authenticated"]
    assert box.jellyfin.approve(begun["Code"])
    assert client.get("/QuickConnect/Connect", params={"secret": begun["Secret"]}).json()["Authenticated"]
    token = redeem(client, begun["Secret"]).json()["AccessToken"]
    assert client.get("/Users/Me", params={"ApiKey": token}).status_code == 200
    assert redeem(client, begun["Secret"]).status_code == 404


def test_a_code_is_approved_by_a_user_or_by_the_control_of_the_sandbox(box: Sandbox, client: httpx.Client) -> None:
    first, second = begin(client), begin(client)
    approval = client.post("/QuickConnect/Authorize", params={"code": first["Code"]}, headers=USER)
    assert (approval.status_code, approval.json()) == (200, True)
    control = f"{box.url}/_sandbox/jellyfin/quick-connect"
    assert client.post(control, params={"code": second["Code"]}).status_code == 204
    assert client.post(control, params={"code": "none"}).status_code == 404
    assert {redeem(client, begun["Secret"]).status_code for begun in (first, second)} == {200}


def test_quick_connect_that_is_off_and_an_unknown_secret(box: Sandbox, client: httpx.Client) -> None:
    unknown = client.get("/QuickConnect/Connect", params={"secret": "unknown"})
    assert (unknown.status_code, unknown.text) == (404, "Unknown secret")
    assert client.post("/QuickConnect/Initiate").status_code == 400
    box.jellyfin.quick_connect.enabled = False
    try:
        assert client.get("/QuickConnect/Enabled").json() is False
        refused = client.post("/QuickConnect/Initiate", headers={"Authorization": f"MediaBrowser {DEVICE}"})
        assert refused.status_code == 401
    finally:
        box.jellyfin.quick_connect.enabled = True


# Start-up


@pytest.mark.parametrize(
    ("stage", "retry_after", "message"),
    [("setup", "005", None), ("core", None, None), ("message", "005", "Server is still loading.")],
)
def test_a_server_that_starts_is_503_in_html(
    box: Sandbox, client: httpx.Client, stage: Stage, retry_after: str | None, message: str | None
) -> None:
    with box.jellyfin.starting(stage) as starting:
        for path in ("/System/Info/Public", f"/Audio/{ITEM}/stream.mp3", "/no/such/path"):
            answer = client.get(path)
            assert answer.status_code == 503
            assert answer.headers["content-type"].startswith("text/html")
            assert (answer.headers.get("retry-after"), answer.headers.get("message")) == (retry_after, message)
        assert starting.answered == 3
        assert client.get("/health").text == "Degraded"
        assert client.get("/System/Ping").status_code == (200 if stage == "core" else 503)
    assert client.get("/System/Info/Public").status_code == 200


def test_a_start_can_end_after_so_many_requests(box: Sandbox, client: httpx.Client) -> None:
    with box.jellyfin.starting(times=2):
        assert [client.get("/System/Ping").status_code for _ in range(3)] == [503, 503, 200]


def test_a_start_is_ordered_over_http(box: Sandbox, client: httpx.Client) -> None:
    control = f"{box.url}/_sandbox/jellyfin/starting"
    assert client.post(control, json={"stage": "core"}).status_code == 204
    assert client.get("/System/Info/Public").status_code == 503
    assert client.delete(control).status_code == 204
    assert client.get("/System/Info/Public").status_code == 200
    assert client.post(control, json={"stage": "lunch"}).status_code == 400


# Paths and names


@pytest.mark.parametrize("prefix", ["/emby", "/mediabrowser", "/MediaBrowser"])
def test_the_old_prefixes_are_taken_off(client: httpx.Client, prefix: str) -> None:
    assert client.get(f"{prefix}/system/info/public").status_code == 200
    assert client.head(f"{prefix}/Audio/{ITEM}/stream", params={"static": "true"}).status_code == 200


def test_names_are_pascal_case_or_camel_case_on_request(client: httpx.Client) -> None:
    usual = client.get(f"/Items/{ITEM}", headers=USER)
    camel = client.get(f"/Items/{ITEM}", headers=USER | {"Accept": 'application/json; profile="CamelCase"'})
    assert usual.headers["content-type"] == "application/json; charset=utf-8"
    assert camel.headers["content-type"] == 'application/json; profile="CamelCase"'
    assert camel.json()["mediaSources"][0]["runTimeTicks"] == usual.json()["MediaSources"][0]["RunTimeTicks"]


def test_what_the_server_does_not_have_is_404_and_a_wrong_method_405(client: httpx.Client) -> None:
    assert client.get("/no/such/path").status_code == 404
    assert client.put("/System/Ping").status_code == 405
