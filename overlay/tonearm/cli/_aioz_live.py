"""`tonearm aioz live`: keys for live audio, and their broadcasts."""

from __future__ import annotations

from typing import Annotated

from attrs import evolve
from typer import Option

from .. import InvalidInput
from . import _clients, _out
from ._aioz import app
from ._ends import say
from ._options import BaseUrl, DryRun, Json, Profile

KEYS: _out.Columns = {
    "id": lambda key: key.id,
    "name": lambda key: key.name,
    "save": lambda key: key.save,
    "created": lambda key: key.created_at,
}
SECRET: _out.Columns = {
    **KEYS,
    "address": lambda key: key.rtmp_url,
    "stream key": lambda key: key.stream_key,
}
STREAMS: _out.Columns = {
    "id": lambda stream: stream.id,
    "title": lambda stream: stream.title,
    "status": lambda stream: stream.status,
    "duration": lambda stream: _out.clock(stream.duration),
    "listening": lambda stream: stream.listening,
    "hls": lambda stream: stream.hls_url,
}


@app.command()
def live(
    create: Annotated[str | None, Option(metavar="NAME", help="Make a key, and show it with its secret.")] = None,
    save: Annotated[bool, Option("--save", help="With --create or --begin: keep what is broadcast.")] = False,
    key: Annotated[str | None, Option(metavar="ID", help="List the broadcasts of this key.")] = None,
    begin: Annotated[str | None, Option(metavar="TITLE", help="With --key: make a broadcast.")] = None,
    end: Annotated[list[str] | None, Option(metavar="ID", help="With --key: delete a broadcast; repeatable.")] = None,
    secret: Annotated[bool, Option("--secret", help="With --key: show the key with its secret.")] = False,
    delete: Annotated[list[str] | None, Option(metavar="ID", help="Delete this key; repeatable.")] = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """List, make and delete keys for live audio and broadcasts.

    Example: tonearm aioz live --create "Evening show" --save
    """
    if key is None and (begin or end or secret):
        raise InvalidInput("--begin, --end and --secret need --key")
    if save and create is None and begin is None:
        raise InvalidInput("--save needs --create or --begin")
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        for id in delete or ():
            aioz.delete_live_key(id)
        if create is not None:
            _out.item(aioz.create_live_key(create, save=save), SECRET, json=json)
            say("anybody with the stream key can broadcast in your name")
        elif key is None:
            hidden = [evolve(live_key, stream_key=None, rtmp_url=None) for live_key in aioz.live_keys()]
            _out.items(hidden, KEYS, json=json)
        elif secret:
            _out.item(aioz.live_key(key), SECRET, json=json)
        else:
            for id in end or ():
                aioz.delete_live_stream(key, id)
            if begin is not None:
                aioz.create_live_stream(key, begin, save=save)
            _out.items(aioz.live_streams(key), STREAMS, json=json)
