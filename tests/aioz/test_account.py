"""The account and its pairs of keys, against the sandbox; the secret half is told once, and shown nowhere."""

import traceback
from typing import Any

import pytest

from tests.aioz.ways import AT_ONCE, Way, both
from tests.wire.recorder import CUT, Recorder, answer
from tonearm import Aioz, Forbidden, InvalidInput, NotFound, TonearmError, Unauthorized
from tonearm.aioz import AccountInfo
from tonearm.sandbox import Sandbox
from tonearm_generated.aioz.models import ApiKey as Generated
from tonearm_generated.jellyfin.models import AuthenticationResult

CANARY = "canary-of-a-secret-9731"


@both
def test_keys_are_made_used_renamed_and_deleted(way: Way, sandbox: Sandbox) -> None:
    def call(method: str, *args: Any, **options: Any) -> Any:
        return way.call(sandbox.aioz_url, method, *args, **options)

    full = call("create_api_key", f"{way.name} full", ttl=600)
    upload = call("create_api_key", f"{way.name} upload", ttl=600, only_upload=True)
    assert (full.type, upload.type, upload.ttl) == ("full_access", "only_upload", 600)
    assert call("api_keys", search=f"{way.name} UPLOAD")[0].id == upload.id
    listed = {key.id: key for key in call("api_keys", search=way.name)}
    assert [listed[key.id].secret for key in (full, upload)] == [None, None]

    def used(key: Any, method: str, *args: Any) -> Any:
        options = {"base_url": sandbox.aioz_url, "retry": AT_ONCE}
        with Aioz(public_key=key.public_key, secret_key=key.secret, **options) as aioz:
            return getattr(aioz, method)(*args)

    assert used(full, "account").balance == 100.0
    assert used(upload, "create", "made with the new key").title
    with pytest.raises(Forbidden):
        used(upload, "api_keys")
    assert call("rename_api_key", upload.id, f"{way.name} other") is None
    assert [key.id for key in call("api_keys", search=f"{way.name} other")] == [upload.id]
    for key in (full, upload):
        call("delete_api_key", key.id)
        with pytest.raises(Unauthorized):
            used(key, "create", "t")
    call("delete_api_key", upload.id, missing_ok=True)
    for method, args in [("delete_api_key", ()), ("rename_api_key", ("n",))]:
        with pytest.raises(NotFound):
            call(method, upload.id, *args)


@both
@pytest.mark.parametrize(
    ("method", "args", "options"),
    [
        ("create_api_key", ("",), {"ttl": 5}),
        ("create_api_key", ("x" * 256,), {"ttl": 5}),
        ("create_api_key", (5,), {"ttl": 5}),
        ("create_api_key", ("n",), {"ttl": 0}),
        ("create_api_key", ("n",), {"ttl": 2**31}),
        ("create_api_key", ("n",), {"ttl": 5.5}),
        ("create_api_key", ("n",), {"ttl": True}),
        ("create_api_key", ("n",), {"ttl": 5, "only_upload": "yes"}),
        ("rename_api_key", ("k", ""), {}),
        ("rename_api_key", ("", "n"), {}),
        ("delete_api_key", ("..",), {}),
        ("api_keys", (), {"search": "\ud800"}),
    ],
)
def test_what_the_service_would_refuse_is_not_sent(
    way: Way, sandbox: Sandbox, method: str, args: tuple[Any, ...], options: dict[str, Any]
) -> None:
    start = len(sandbox.requests)
    with pytest.raises(InvalidInput):
        way.call(sandbox.aioz_url, method, *args, **options)
    assert len(sandbox.requests) == start


@both
@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ({"balance": "12.5", "debt": 3}, (12.5, 3.0, None)),
        ({"balance": None, "debt": "much"}, (None, None, None)),
        ({"first_name": "Ann", "last_name": None}, (None, None, "Ann")),
        ({"first_name": "Ann", "last_name": "Lee", "balance": 0}, (0.0, None, "Ann Lee")),
    ],
)
def test_an_account_is_read_in_every_form(way: Way, user: dict[str, Any], expected: tuple[Any, ...]) -> None:
    with Recorder([answer(json={"data": {"user": {"id": "u", **user}}})]) as server:
        found: AccountInfo = way.call(server.url, "account")
    assert (found.balance, found.debt, found.name) == expected


SECRET = {"id": "k", "ttl": 60, "expired_at": "soon", "secret": CANARY}
ANSWERS: dict[str, Any] = {
    "good": answer(json={"data": {"api_key": SECRET}}, status=201),
    "unreadable": answer(json={"data": {"api_key": {**SECRET, "id": 5}}}, status=201),
    "refused": answer(json={"status": "fail", "message": "no", "data": {"api_key": SECRET}}),
    "failed": answer(json={"message": "no", "Secret": CANARY, "stream_key": CANARY}, status=500),
    "cut": answer(
        body=f'{{"data": {{"api_key": {{"secret" : "{CANARY}'.encode(), headers={"Content-Type": "application/json"}
    ),
    "lost": (CUT,),
}


@both
@pytest.mark.parametrize("kind", ANSWERS)
def test_the_secret_half_is_in_no_repr_error_log_or_page(way: Way, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(1)
    caplog.set_level(1, "tonearm")
    with Recorder(lambda _: ANSWERS[kind]) as server:
        try:
            made = way.call(server.url, "create_api_key", "n", ttl=60)
        except TonearmError as error:
            assert kind != "good"
            told = "".join(traceback.format_exception(error)) + repr(vars(error)) + str(error)
            cause = error.__cause__ or error.__context__
            told += repr(vars(cause)) if cause else ""
        else:
            assert (kind, made.secret, made.to_dict()["secret"]) == ("good", CANARY, CANARY)
            told = repr(made) + str(made) + made._repr_html_() + repr(made.raw)
    assert CANARY not in told + caplog.text


def test_generated_models_show_no_secret_either() -> None:
    key = Generated.from_dict(SECRET)
    assert (key.secret, key.to_dict()["secret"]) == (CANARY, CANARY)
    login = AuthenticationResult.from_dict({"AccessToken": CANARY})
    assert CANARY not in repr(key) + repr(login)
