"""What is sent for playlists, byte for byte, and what is read of the answers."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.wire.recorder import Received, answer, check_golden
from tests.wire.test_aioz import DONE, ID, Operation, parts, record, record_async

PNG = b"\x89PNG\r\n\x1a\nrest"
ITEMS = [{"id": name, "media_id": ID, "media": {"title": "T"}} for name in ("a", "b", "c")]
PLAYLIST = {"id": "p", "name": "Mornings", "items": ITEMS}
ONE = answer(json={"status": "success", "data": {"playlist": PLAYLIST}})
LISTED = answer(json={"status": "success", "data": {"playlists": [PLAYLIST], "total": 1}})

OPERATIONS: dict[str, tuple[Operation, list[bytes], int]] = {
    "create_playlist": (
        lambda aioz: aioz.create_playlist("Mörnings", tags=["water"], metadata={"place": "Bergen"}),
        [ONE],
        0,
    ),
    "create_playlist_minimal": (lambda aioz: aioz.create_playlist("p"), [ONE], 0),
    "list_playlists": (lambda aioz: listed(aioz.playlists()), [LISTED], 0),
    "list_playlists_filtered": (
        lambda aioz: listed(
            aioz.playlists(search="m", sort_by="name", order_by="desc", tags=["water"], metadata={"k": "v"})
        ),
        [LISTED],
        0,
    ),
    "get_playlist": (lambda aioz: aioz.playlist("a/b é"), [ONE], 0),
    "update_playlist": (lambda aioz: aioz.update_playlist("p", name="n", tags=["a", "b"]), [DONE, ONE], 0),
    "update_playlist_cover": (lambda aioz: aioz.update_playlist("p", cover=PNG), [DONE, ONE], 0),
    "delete_playlist": (lambda aioz: aioz.delete_playlist("p"), [DONE], 0),
    "delete_playlist_thumbnail": (lambda aioz: aioz.delete_playlist_cover("p"), [DONE], 0),
    "add_playlist_item": (lambda aioz: aioz.add_to_playlist("p", ID), [DONE, ONE], 0),
    "move_playlist_item": (lambda aioz: aioz.move_in_playlist("p", "c", after="a"), [ONE, DONE, ONE], 1),
    "move_playlist_item_first": (lambda aioz: aioz.move_in_playlist("p", "c"), [ONE, DONE, ONE], 1),
    "move_playlist_item_last": (lambda aioz: aioz.move_in_playlist("p", "a", after="c"), [ONE, DONE, ONE], 1),
    "remove_playlist_item": (lambda aioz: aioz.remove_from_playlist("p", "a/b"), [DONE], 0),
    "get_playlist_player": (lambda aioz: aioz.playlist_player("p"), [answer(json=PLAYLIST)], 0),
}


def listed(found: Any) -> Any:
    """Read a list to its end, with either client."""
    if hasattr(found, "__aiter__"):

        async def gather() -> list[Any]:
            return [one async for one in found]

        return gather()
    return list(found)


@pytest.mark.parametrize("way", [record, record_async])
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_sends_exactly_its_golden(name: str, way: Callable[..., list[Received]]) -> None:
    operation, answers, number = OPERATIONS[name]
    sent = way(operation, answers)
    assert len(sent) == len(answers)
    check_golden(f"aioz/{name}", sent[number].raw)


def test_a_form_has_one_field_for_each_tag_and_the_cover_as_a_file() -> None:
    sent = record(lambda aioz: aioz.update_playlist("p", name="n", tags=["a", "b"], cover=PNG), [DONE, ONE])
    assert parts(sent[0]) == [
        ("name", None, b"n"),
        ("tags", None, b"a"),
        ("tags", None, b"b"),
        ("file", "thumbnail.png", PNG),
    ]
