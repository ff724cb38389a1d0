"""Player themes, against the sandbox; and answers of other shapes."""

from typing import Any

import pytest

from tests.aioz.ways import Way, both
from tests.wire.recorder import Recorder, answer
from tonearm import BadRequest, InvalidInput, NotFound
from tonearm.sandbox import Sandbox

RGBA = "rgba(37, 99, 235, 1)"


@both
def test_a_theme_is_made_changed_given_to_an_object_and_deleted(way: Way, sandbox: Sandbox) -> None:
    def call(method: str, *args: Any, **options: Any) -> Any:
        return way.call(sandbox.aioz_url, method, *args, **options)

    plain = call("create_player_theme")
    assert (plain.name, plain.is_default, plain.main_color) == ("default-player-theme", False, None)
    made = call(
        "create_player_theme", name=f"{way.name} Night", main_color=RGBA, control_bar_height=48, force_loop=True
    )
    assert (made.name, made.main_color, made.control_bar_height) == (f"{way.name} Night", RGBA, 48)
    assert (made.force_loop, made.hide_title, made.created_at is None) == (True, None, False)
    assert call("player_theme", made.id) == made
    assert call("player_themes", search=f"{way.name} night") == (made,)
    changed = call("update_player_theme", made.id, text_color="#ffffff", hide_title=True)
    assert (changed.main_color, changed.text_color, changed.control_bar_height) == (RGBA, "#ffffff", 48)
    assert (changed.name, changed.force_loop, changed.hide_title) == (made.name, True, True)
    assert call("update_player_theme", made.id, name="other", is_default=True).is_default is True
    media = call("create", "Looks").id
    call("add_player_theme", media, made.id)
    assert call("get", media).player_theme_id == made.id
    with pytest.raises(BadRequest, match="used"):
        call("delete_player_theme", made.id)
    with pytest.raises(BadRequest):
        call("remove_player_theme", media, plain.id)
    call("remove_player_theme", media, made.id)
    assert call("get", media).player_theme_id != made.id
    for theme in (made, plain):
        call("delete_player_theme", theme.id)
    call("delete_player_theme", made.id, missing_ok=True)
    for method, args in [
        ("player_theme", (made.id,)),
        ("update_player_theme", (made.id,)),
        ("delete_player_theme", (made.id,)),
        ("add_player_theme", (media, made.id)),
    ]:
        with pytest.raises(NotFound):
            call(method, *args, **({"name": "n"} if method.startswith("update") else {}))


@both
@pytest.mark.parametrize(
    ("method", "args", "options"),
    [
        *(
            ("create_player_theme", (), {"main_color": color})
            for color in ("red", "#fff", "rgba(256, 0, 0, 1)", "rgba(0, 0, 0, 2)", "rgb(0, 0, 0)", "", 5, "#ffffff;")
        ),
        ("create_player_theme", (), {"control_bar_height": -1}),
        ("create_player_theme", (), {"control_bar_height": "48px"}),
        ("create_player_theme", (), {"progress_bar_height": 10_001}),
        ("create_player_theme", (), {"hide_title": "yes"}),
        ("create_player_theme", (), {"is_default": 1}),
        ("create_player_theme", (), {"name": "x" * 256}),
        ("create_player_theme", (), {"colour": RGBA}),
        ("update_player_theme", ("t",), {}),
        ("update_player_theme", ("t",), {"text_color": "blue"}),
        ("update_player_theme", ("t",), {"enable_api": 1}),
        ("player_theme", ("",), {}),
        ("add_player_theme", ("m", ".."), {}),
        ("remove_player_theme", ("", "t"), {}),
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
    ("row", "expected"),
    [
        ({}, (None, None, None, None)),
        ({"theme": None, "controls": None, "name": None}, (None, None, None, None)),
        ({"theme": {"control_bar_height": "tall", "main_color": "blue"}}, (None, "blue", None, None)),
        ({"theme": {"control_bar_height": " 12 px"}, "controls": {"hide_title": False}}, (12, None, False, None)),
        ({"name": "", "is_default": True}, (None, None, None, True)),
    ],
)
def test_a_theme_is_read_in_every_form(way: Way, row: dict[str, Any], expected: tuple[Any, ...]) -> None:
    with Recorder([answer(json={"data": {"player_theme": {"id": "t", **row}}})]) as server:
        found = way.call(server.url, "player_theme", "t")
    assert (found.control_bar_height, found.main_color, found.hide_title, found.is_default) == expected
