"""Requests that are shown instead of sent: what the server is asked, and no key, wherever it would go."""

import pytest

from tests.inside.http import Rehearsed, Sketch, rehearsal
from tonearm import Jellyfin

ITEM = "4b3d2c1a-0f9e-4d8c-b7a6-958473625140"
TOKEN = "t0ken/with+marks"


@pytest.mark.parametrize("in_query", [False, True], ids=["header", "query"])
def test_a_key_is_shown_neither_in_a_header_nor_in_a_query(in_query: bool) -> None:
    seen: list[Sketch] = []
    with Jellyfin("http://nas:8096", token=TOKEN, key_in_query=in_query, http=rehearsal(seen.append)) as jf:
        with pytest.raises(Rehearsed):
            list(jf.search("Grüße & co", parent=ITEM))
        with pytest.raises(Rehearsed):
            jf.probe(ITEM)
    assert len(seen) == 2
    for sketch in seen:
        assert "t0ken" not in repr(sketch)
        assert ("ApiKey=hidden" in sketch.url) is in_query
        assert ("authorization" in sketch.hidden) is not in_query
    assert "searchTerm=Gr%C3%BC%C3%9Fe+%26+co" in seen[0].url
    assert seen[1].url.startswith(f"http://nas:8096/Audio/{ITEM}/stream?")
