"""What is sent for player themes, byte for byte."""

from collections.abc import Callable

import pytest

from tests.wire.recorder import Received, answer, check_golden
from tests.wire.test_aioz import DONE, Operation, record, record_async

THEME = {
    "id": "t",
    "name": "n",
    "theme": {"main_color": "#0000ff", "control_bar_height": "48px", "text_color": "blue"},
    "controls": {"hide_title": True},
}
ONE = answer(json={"status": "success", "data": {"player_theme": THEME}})
LISTED = answer(json={"status": "success", "data": {"player_themes": [THEME], "total": 1}})

OPERATIONS: dict[str, tuple[Operation, list[bytes], int]] = {
    "create_player_theme": (
        lambda aioz: aioz.create_player_theme(
            name="Nöme",
            is_default=True,
            main_color="rgba(37, 99, 235, 0.5)",
            text_color="#FFFFFF",
            progress_bar_height=8,
            hide_title=False,
            force_loop=True,
        ),
        [ONE],
        0,
    ),
    "create_player_theme_minimal": (lambda aioz: aioz.create_player_theme(), [ONE], 0),
    "list_player_themes": (lambda aioz: aioz.player_themes(), [LISTED], 0),
    "list_player_themes_found": (lambda aioz: aioz.player_themes(search="a b"), [LISTED], 0),
    "get_player_theme": (lambda aioz: aioz.player_theme("a/b"), [ONE], 0),
    "update_player_theme": (lambda aioz: aioz.update_player_theme("t", force_loop=True), [ONE, ONE, ONE], 1),
    "delete_player_theme": (lambda aioz: aioz.delete_player_theme("t"), [DONE], 0),
    "add_player_theme": (lambda aioz: aioz.add_player_theme("m", "t"), [DONE], 0),
    "remove_player_theme": (lambda aioz: aioz.remove_player_theme("m", "t"), [DONE], 0),
}


@pytest.mark.parametrize("way", [record, record_async])
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_sends_exactly_its_golden(name: str, way: Callable[..., list[Received]]) -> None:
    operation, answers, number = OPERATIONS[name]
    sent = way(operation, answers)
    assert len(sent) == len(answers)
    check_golden(f"aioz/{name}", sent[number].raw)
