"""What is recorded: of each operation one call that succeeds and two that fail, each in its own way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, TypeAlias

from attrs import frozen

from tests.cassettes import checks
from tests.cassettes.checks import CLIP, COVER, SONG, TITLE, VTT, Answered
from tests.cassettes.tape import fixed_uuid
from tests.inside.aioz import playlists, themes, webhooks
from tests.inside.files import Source
from tests.inside.jellyfin import Pairing, accounts
from tests.jellyfin.ways import gathered, planned
from tonearm import Retry
from tonearm.aioz import QualityConfig
from tonearm.jellyfin import Lyrics

FOLDER = Path(__file__).parent
SPOKEN = "Good evening."
NOWHERE = fixed_uuid(0)
HOOK = "https://example.org/aioz"
COLOR = "rgba(37, 99, 235, 1)"
PLAYED = 1_774_612_800
"""When the objects of a sandbox that is `played` were played, in seconds since 1970."""

Service: TypeAlias = Literal["aioz", "jellyfin", "openai"]
Given: TypeAlias = Mapping[str, str]
"""What a call needs to know of the service; the cassette keeps it.

AIOZ: `id`, an object that was made for this case. Jellyfin: `item`, a short one; when `furnished` also `playlist`,
`secret`, and `made`, a playlist that may be changed, with its `entry`. OpenAI: `speech_model`, `voice` and
`transcription_model`.
"""
Needs: TypeAlias = Literal[
    "created", "adorned", "sent", "done", "filled", "called", "keyed", "themed", "loose", "live", "voiced"
]
Circumstance: TypeAlias = Literal[
    "upload_key",
    "played",
    "rate_limit",
    "starting",
    "loading",
    "failing",
    "furnished",
    "pictured",
    "leaving",
    "no_quick_connect",
    "user_key",
    "no_quota",
    "fastapi_server",
    "litellm_proxy",
]
"""What the sandbox is told to be, as nobody can order it from a real service, or as what a real one would answer is
nobody's business: `furnished` knows the user's password, and has lyrics, a playlist and an approved pairing;
`pictured` has a cover."""
Call: TypeAlias = Callable[[Any, Given], Any]
Check: TypeAlias = Callable[[Any, Answered], None]


@frozen
class Case:
    """One cassette.

    Attributes:
        operation: its operationId.
        call: the call through the public API; it fits the blocking client and the asynchronous one.
        check: what must be true of the result, or of the error, beside the answer as it was recorded.
        needs: on AIOZ, how far the object of this case is before the call; `adorned` has a track of each kind in
            English, and a cover picture, and no file; `filled` is in a playlist, which is given as `playlist`, as the
            two items `first` and `second`; `called` has a webhook beside it, which is given as `webhook`; `keyed`
            has a pair of keys beside it, which is given as `key`; `themed` has a player theme, which is given
            as `theme`; with `loose` the theme is not its own; `live` has a key for live audio and its broadcast, which
            are given as `live` and `stream`. On OpenAI `voiced`: there is a consent, which is given as `consent`, and
            a voice, which is given as `voice`.
        fails: the status, when the call is to fail; for 401 it is made with a wrong key.
        under: what the service must be for that; such a case is always recorded from the sandbox.
    """

    service: Service
    operation: str
    call: Call
    check: Check
    needs: Needs | None = None
    fails: int | None = None
    under: Circumstance | None = None

    @property
    def denied(self) -> bool:
        return self.fails == 401

    @property
    def name(self) -> str:
        return f"{self.operation}.{'success' if self.fails is None else self.fails}"

    @property
    def path(self) -> Path:
        return FOLDER / self.service / f"{self.name}.yaml"


_aioz, _jellyfin, _openai = partial(Case, "aioz"), partial(Case, "jellyfin"), partial(Case, "openai")


def _once(client: Any) -> Any:
    """The client that repeats nothing: one exchange, also where a failure is worth another attempt."""
    return client.with_options(retry=Retry(attempts=1))


def _create(client: Any, channels: str) -> Any:
    quality = QualityConfig("standard", bitrate=64_000, channels=channels, sample_rate=22_050)
    return client.create(
        TITLE,
        qualities=[quality],
        description="Evening",
        tags=["podcast", "evening"],
        metadata={"place": "Bergen"},
        is_public=True,
    )


def _page(client: Any, _: Given) -> Any:
    return client.page(limit=2, sort_by="created_at", order_by="desc", status="new", search=TITLE)


def _cost(client: Any, _: Given) -> Any:
    return client.cost("standard", duration=60)


def _part(client: Any, id: str, md5: str | None = None) -> Any:
    clip = CLIP.read_bytes()
    return client.upload_part(id, clip, index=1, start=0, total=len(clip), md5=md5)


def _complete(client: Any, given: Given) -> Any:
    return client.complete(given["id"])


def _update(client: Any, id: str) -> Any:
    return client.update(id, description="Changed", tags=["changed"])


def _mp3(client: Any, item: str, **options: Any) -> Any:
    return client.stream(item, container="mp3", audio_bit_rate=32_000, **options)


def _speech(client: Any, given: Given, **options: Any) -> Any:
    return client.speech(
        SPOKEN, **{"model": given["speech_model"], "voice": given["voice"], "format": "mp3", **options}
    )


def _transcribe(client: Any, given: Given, **options: Any) -> Any:
    return client.transcribe(CLIP, model=given["transcription_model"], **options)


def _translate(client: Any, model: str, format: str = "json") -> Any:
    return client.translate(CLIP, model=model, format=format)


def _voices() -> list[Case]:
    """The cases of voices of one's own, and of the consents to them."""

    def make(client: Any, given: Given) -> Any:
        return client.create_voice(TITLE, audio_sample=CLIP, consent=given.get("consent", f"cons_{NOWHERE}"))

    def consent(client: Any, _: Given) -> Any:
        return client.create_voice_consent(TITLE, CLIP, language="en-US")

    def listed(client: Any, _: Given) -> Any:
        return client.voice_consents()

    def of(call: Callable[[Any, str], Any], name: str) -> Call:
        prefix = "voice" if name == "voice" else "cons"
        return lambda client, given: call(client, given[name] if "consent" in given else f"{prefix}_{NOWHERE}")

    single: dict[str, tuple[Call, Check]] = {
        "delete_voice": (of(lambda client, id: client.delete_voice(id), "voice"), checks.deleted),
        "get_voice_consent": (of(lambda client, id: client.voice_consent(id), "consent"), checks.consent),
        "update_voice_consent": (
            of(lambda client, id: client.update_voice_consent(id, name=TITLE), "consent"),
            checks.consent,
        ),
        "delete_voice_consent": (of(lambda client, id: client.delete_voice_consent(id), "consent"), checks.deleted),
    }
    found = [
        _openai("create_voice", make, checks.voice, "voiced"),
        _openai("create_voice", make, checks.openai_refused, fails=404),
        _openai("create_voice", make, checks.openai_refused, fails=401),
        _openai("create_voice_consent", consent, checks.consent),
        _openai("create_voice_consent", consent, checks.openai_refused, fails=401),
        _openai("create_voice_consent", consent, checks.openai_spent, fails=429, under="no_quota"),
        _openai("list_voice_consents", listed, checks.consents, "voiced"),
        _openai("list_voice_consents", listed, checks.openai_refused, fails=401),
        _openai("list_voice_consents", listed, checks.openai_spent, fails=429, under="no_quota"),
    ]
    for operation, (call, check) in single.items():
        found += [
            _openai(operation, call, check, "voiced"),
            _openai(operation, call, checks.openai_refused, fails=404),
            _openai(operation, call, checks.openai_refused, fails=401),
        ]
    return found


def _tracks(one: str, many: str, put: str) -> list[Case]:
    """The cases of a kind of track, whose client methods are `many`, `put_...` and `delete_...`."""

    def get(client: Any, id: str) -> Any:
        return getattr(client, many)(id)

    def create(client: Any, id: str) -> Any:
        return getattr(client, f"put_{put}")(id, "en", VTT)

    def delete(client: Any, id: str) -> Any:
        return getattr(client, f"delete_{put}")(id, "en")

    def choose(client: Any, id: str) -> Any:
        return getattr(client, f"set_default_{put}")(id, "en")

    default = [
        _aioz(f"set_default_{one}", lambda client, given: choose(client, given["id"]), checks.accepted, "adorned"),
        _aioz(
            f"set_default_{one}",
            lambda client, given: choose(client, given["id"]),
            checks.aioz_refused,
            "created",
            fails=404,
        ),
        _aioz(f"set_default_{one}", lambda client, _: choose(client, NOWHERE), checks.aioz_refused, fails=401),
    ]
    return [
        *(default if one != "chapter" else ()),
        _aioz(f"get_{many}", lambda client, given: get(client, given["id"]), checks.tracks, "adorned"),
        _aioz(f"get_{many}", lambda client, _: get(client, NOWHERE), checks.aioz_refused, fails=404),
        _aioz(f"get_{many}", lambda client, _: get(client, NOWHERE), checks.aioz_refused, fails=401),
        _aioz(f"create_{one}", lambda client, given: create(client, given["id"]), checks.track, "created"),
        _aioz(f"create_{one}", lambda client, _: create(client, "evening"), checks.aioz_refused, fails=400),
        _aioz(f"create_{one}", lambda client, _: create(client, NOWHERE), checks.aioz_refused, fails=404),
        _aioz(f"delete_{one}", lambda client, given: delete(client, given["id"]), checks.accepted, "adorned"),
        _aioz(
            f"delete_{one}",
            lambda client, given: delete(client, given["id"]),
            checks.aioz_refused,
            "created",
            fails=404,
        ),
        _aioz(
            f"delete_{one}",
            lambda client, _: delete(client, NOWHERE),
            checks.aioz_refused,
            fails=403,
            under="upload_key",
        ),
    ]


def _put_thumbnail(client: Any, id: str) -> Any:
    return client.put_thumbnail(id, COVER)


def _delete_thumbnail(client: Any, id: str) -> Any:
    return client.delete_thumbnail(id)


def _playlists() -> list[Case]:
    """The cases of the operations of playlists; those of one are tried on an id that nobody has, and on none."""

    def made(client: Any, name: str = TITLE) -> Any:
        return client.create_playlist(name, tags=["evening"], metadata={"place": "Bergen"})

    def changed(id: str) -> Any:
        """What `update_playlist` does before it reads the playlist again."""
        cover = playlists.Cover(Source.open(COVER).window(), "thumbnail.png", "image/png")
        return playlists.update(id, "new", ["a"], cover)

    def listed(client: Any, _: Given) -> Any:
        return gathered(lambda aioz: aioz.playlists(search=TITLE, order_by="desc"))(client)

    one: dict[str, tuple[Callable[[Any, str, Given], Any], Check]] = {
        "get_playlist": (lambda client, id, _: client.playlist(id), checks.playlist),
        "get_playlist_player": (lambda client, id, _: client.playlist_player(id), checks.playlist),
        "update_playlist": (lambda client, id, _: planned(lambda: changed(id))(client), checks.accepted),
        "delete_playlist": (lambda client, id, _: client.delete_playlist(id), checks.accepted),
        "delete_playlist_thumbnail": (lambda client, id, _: client.delete_playlist_cover(id), checks.accepted),
        "add_playlist_item": (
            lambda client, id, given: planned(lambda: playlists.add(id, given.get("id", NOWHERE)))(client),
            checks.accepted,
        ),
        "move_playlist_item": (
            lambda client, id, given: planned(
                lambda: playlists.move(
                    id, given.get("second", NOWHERE), previous=None, next=given.get("first", NOWHERE)
                )
            )(client),
            checks.accepted,
        ),
        "remove_playlist_item": (
            lambda client, id, given: client.remove_from_playlist(id, given.get("first", NOWHERE)),
            checks.accepted,
        ),
    }

    def calling(call: Callable[[Any, str, Given], Any], id: str | None) -> Call:
        return lambda client, given: call(client, given["playlist"] if id is None else id, given)

    cases = [
        _aioz("create_playlist", lambda client, _: made(client), checks.playlist),
        _aioz("create_playlist", lambda client, _: made(client), checks.aioz_refused, fails=401),
        _aioz("create_playlist", lambda client, _: made(client), checks.aioz_refused, fails=403, under="upload_key"),
        _aioz("list_playlists", listed, checks.playlists, "filled"),
        _aioz("list_playlists", listed, checks.aioz_refused, fails=401),
        _aioz("list_playlists", listed, checks.aioz_refused, fails=403, under="upload_key"),
    ]
    for operation, (call, check) in one.items():
        cases += [
            _aioz(operation, calling(call, None), check, "filled"),
            _aioz(operation, calling(call, NOWHERE), checks.aioz_refused, fails=404),
            _aioz(operation, calling(call, "evening"), checks.aioz_refused, fails=400),
        ]
    return cases


def _webhooks() -> list[Case]:
    """The cases of the operations of webhooks. Nobody answers at the address, so a check fails."""

    def made(client: Any) -> Any:
        return client.create_webhook(HOOK, events=["encoding_finished"], name=TITLE)

    def listed(client: Any, _: Given) -> Any:
        return client.webhooks(search=TITLE)

    def changed(id: str) -> Any:
        """What `update_webhook` does between reading the webhook and reading it again."""
        return webhooks.update(id, webhooks.Registration(url=HOOK, events=["file_received"], name=TITLE))

    one: dict[str, tuple[Callable[[Any, str], Any], Check]] = {
        "get_webhook": (lambda client, id: client.webhook(id), checks.webhook),
        "update_webhook": (lambda client, id: planned(lambda: changed(id))(client), checks.accepted),
        "delete_webhook": (lambda client, id: client.delete_webhook(id), checks.accepted),
        "check_webhook": (lambda client, id: client.check_webhook(id), checks.accepted),
    }

    def calling(call: Callable[[Any, str], Any], id: str | None) -> Call:
        return lambda client, given: call(client, given["webhook"] if id is None else id)

    cases = [
        _aioz("create_webhook", lambda client, _: made(client), checks.webhook),
        _aioz("create_webhook", lambda client, _: made(client), checks.aioz_refused, fails=401),
        _aioz("create_webhook", lambda client, _: made(client), checks.aioz_refused, fails=403, under="upload_key"),
        _aioz("list_webhooks", listed, checks.webhooks, "called"),
        _aioz("list_webhooks", listed, checks.aioz_refused, fails=401),
        _aioz("list_webhooks", listed, checks.aioz_refused, fails=403, under="upload_key"),
    ]
    for operation, (call, check) in one.items():
        cases += [
            _aioz(operation, calling(call, None), check, "called"),
            _aioz(operation, calling(call, NOWHERE), checks.aioz_refused, fails=404),
            _aioz(operation, calling(call, "evening"), checks.aioz_refused, fails=400),
        ]
    return cases


def _account() -> list[Case]:
    """The cases of the account and its pairs of keys."""

    def made(client: Any, _: Given) -> Any:
        return client.create_api_key(TITLE, ttl=60, only_upload=True)

    def listed(client: Any, _: Given) -> Any:
        return client.api_keys(search=TITLE)

    every: dict[str, tuple[Call, Check, Needs | None]] = {
        "get_me": (lambda client, _: client.account(), checks.account, None),
        "create_api_key": (made, checks.api_key, None),
        "list_api_keys": (listed, checks.api_keys, "keyed"),
    }
    one: dict[str, Callable[[Any, str], Any]] = {
        "rename_api_key": lambda client, id: client.rename_api_key(id, TITLE),
        "delete_api_key": lambda client, id: client.delete_api_key(id),
    }

    def of(call: Callable[[Any, str], Any], id: str | None) -> Call:
        return lambda client, given: call(client, given["key"] if id is None else id)

    cases: list[Case] = []
    for operation, (call, check, needs) in every.items():
        cases += [
            _aioz(operation, call, check, needs),
            _aioz(operation, call, checks.aioz_refused, fails=401),
            _aioz(operation, call, checks.aioz_refused, fails=403, under="upload_key"),
        ]
    for operation, changed in one.items():
        cases += [
            _aioz(operation, of(changed, None), checks.accepted, "keyed"),
            _aioz(operation, of(changed, NOWHERE), checks.aioz_refused, fails=404),
            _aioz(operation, of(changed, "evening"), checks.aioz_refused, fails=400),
        ]
    return cases


def _analytics() -> list[Case]:
    """The cases of what is counted, in a sandbox whose objects were played."""
    span: Any = {"start": PLAYED - 60, "end": PLAYED + 60}
    calls: dict[str, tuple[Call, Check]] = {
        "get_aggregated_metrics": (lambda client, _: client.metric_total("watch_time", **span), checks.metric_total),
        "get_breakdown_metrics": (lambda client, _: client.metric_by("play", "country", **span), checks.metric_rows),
        "get_overtime_metrics": (lambda client, _: client.metric_over_time("play", **span), checks.metric_rows),
        "get_data_usage": (lambda client, _: client.data_usage(**span), checks.data_usage),
    }
    cases: list[Case] = []
    for operation, (call, check) in calls.items():
        cases += [
            _aioz(operation, call, check, under="played"),
            _aioz(operation, call, checks.aioz_refused, fails=401),
            _aioz(operation, call, checks.aioz_refused, fails=403, under="upload_key"),
        ]
    return cases


def _themes() -> list[Case]:
    """The cases of player themes."""

    def made(client: Any, _: Given) -> Any:
        return client.create_player_theme(name=TITLE, main_color=COLOR, hide_title=True)

    def listed(client: Any, _: Given) -> Any:
        return client.player_themes(search=TITLE)

    def changed(id: str) -> Any:
        """What `update_player_theme` does between reading the theme and reading it again."""
        return themes.update(id, themes.Theme(name=TITLE, main_color=COLOR, hide_title=True))

    def of(call: Callable[[Any, str, str], Any], id: str | None) -> Call:
        return lambda client, given: call(client, given["theme"] if id is None else id, given.get("id", NOWHERE))

    one: dict[str, tuple[Callable[[Any, str, str], Any], Check, Needs]] = {
        "get_player_theme": (lambda client, id, _: client.player_theme(id), checks.theme, "themed"),
        "update_player_theme": (lambda client, id, _: planned(lambda: changed(id))(client), checks.theme, "themed"),
        "delete_player_theme": (lambda client, id, _: client.delete_player_theme(id), checks.accepted, "loose"),
        "add_player_theme": (lambda client, id, media: client.add_player_theme(media, id), checks.accepted, "themed"),
        "remove_player_theme": (
            lambda client, id, media: client.remove_player_theme(media, id),
            checks.accepted,
            "themed",
        ),
    }
    cases = [
        _aioz("create_player_theme", made, checks.theme),
        _aioz("create_player_theme", made, checks.aioz_refused, fails=401),
        _aioz("create_player_theme", made, checks.aioz_refused, fails=403, under="upload_key"),
        _aioz("list_player_themes", listed, checks.themes, "themed"),
        _aioz("list_player_themes", listed, checks.aioz_refused, fails=401),
        _aioz("list_player_themes", listed, checks.aioz_refused, fails=403, under="upload_key"),
    ]
    for operation, (call, check, needs) in one.items():
        cases += [
            _aioz(operation, of(call, None), check, needs),
            _aioz(operation, of(call, NOWHERE), checks.aioz_refused, fails=404),
            _aioz(operation, of(call, "evening"), checks.aioz_refused, fails=400),
        ]
    return cases


def _live() -> list[Case]:
    """The cases of live audio."""

    def made(client: Any, _: Given) -> Any:
        return client.create_live_key(TITLE, save=True)

    def listed(client: Any, _: Given) -> Any:
        return client.live_keys(search=TITLE)

    def of(call: Callable[[Any, str, str], Any], id: str | None) -> Call:
        return lambda client, given: call(client, given["live"] if id is None else id, given.get("stream", NOWHERE))

    one: dict[str, tuple[Callable[[Any, str, str], Any], Check]] = {
        "get_live_key": (lambda client, key, _: client.live_key(key), checks.live_key),
        "update_live_key": (lambda client, key, _: client.update_live_key(key, name=TITLE), checks.live_key),
        "delete_live_key": (lambda client, key, _: client.delete_live_key(key), checks.accepted),
        "create_live_stream": (lambda client, key, _: client.create_live_stream(key, TITLE), checks.live_stream),
        "list_live_streams": (lambda client, key, _: client.live_streams(key), checks.live_streams),
        "get_live_stream": (lambda client, key, stream: client.live_stream(key, stream), checks.live_stream),
        "delete_live_stream": (lambda client, key, stream: client.delete_live_stream(key, stream), checks.accepted),
    }
    cases = [
        _aioz("create_live_key", made, checks.live_key),
        _aioz("create_live_key", made, checks.aioz_refused, fails=401),
        _aioz("create_live_key", made, checks.aioz_refused, fails=403, under="upload_key"),
        _aioz("list_live_keys", listed, checks.live_keys, "live"),
        _aioz("list_live_keys", listed, checks.aioz_refused, fails=401),
        _aioz("list_live_keys", listed, checks.aioz_refused, fails=403, under="upload_key"),
    ]
    for operation, (call, check) in one.items():
        cases += [
            _aioz(operation, of(call, None), check, "live"),
            _aioz(operation, of(call, NOWHERE), checks.aioz_refused, fails=404),
            _aioz(operation, of(call, "evening"), checks.aioz_refused, fails=400),
        ]
    return cases


def _pairing(given: Given) -> Pairing:
    return Pairing("000000", given.get("secret", "no-such-secret"))


def _pair(
    operation: str,
    call: Call,
    check: Check,
    refused: Call,
    check_refused: Check,
    fails: int,
    *,
    under: Circumstance | None = "furnished",
    refused_under: Circumstance | None = None,
    other: int = 401,
) -> list[Case]:
    """The cases of an operation of Jellyfin that needs a token, or of one (`other` 500) that does not."""
    return [
        _jellyfin(operation, call, check, under=under),
        _jellyfin(operation, refused, check_refused, fails=fails, under=refused_under),
        _jellyfin(operation, call, checks.jellyfin_unknown, fails=401)
        if other == 401
        else _jellyfin(
            operation,
            lambda client, given: call(_once(client), given),
            checks.jellyfin_refused,
            fails=500,
            under="failing",
        ),
    ]


def _failing(operation: str, call: Call, check: Check, *, under: Circumstance | None = "furnished") -> list[Case]:
    """The cases of an operation that fails for want of a token, and when the server does."""
    return [
        _jellyfin(operation, call, check, under=under),
        _jellyfin(operation, call, checks.jellyfin_unknown, fails=401),
        _jellyfin(
            operation,
            lambda client, given: call(_once(client), given),
            checks.jellyfin_refused,
            fails=500,
            under="failing",
        ),
    ]


_LIBRARY = [
    *_pair(
        "get_public_system_info",
        lambda client, _: client.server(),
        checks.server,
        lambda client, _: _once(client).server(),
        checks.starting,
        503,
        under=None,
        refused_under="starting",
        other=500,
    ),
    *_pair(
        "authenticate_user_by_name",
        lambda client, _: planned(lambda: accounts.log_in("sandbox", "sandbox"))(client),
        checks.token,
        lambda client, _: planned(lambda: accounts.log_in("sandbox", "wrong"))(client),
        checks.jellyfin_refused,
        401,
        other=500,
    ),
    *_pair(
        "get_quick_connect_state",
        lambda client, given: planned(lambda: accounts.is_approved(_pairing(given)))(client),
        checks.approved,
        lambda client, given: planned(lambda: accounts.is_approved(_pairing(given)))(client),
        checks.jellyfin_refused,
        404,
        other=500,
    ),
    *_pair(
        "authenticate_with_quick_connect",
        lambda client, given: planned(lambda: accounts.redeem(_pairing(given)))(client),
        checks.token,
        lambda client, given: planned(lambda: accounts.redeem(_pairing(given)))(client),
        checks.jellyfin_refused,
        404,
        other=500,
    ),
    *_pair(
        "initiate_quick_connect",
        lambda client, _: planned(accounts.initiate)(client),
        checks.pairing,
        lambda client, _: planned(accounts.initiate)(client),
        checks.jellyfin_refused,
        401,
        refused_under="no_quick_connect",
        other=500,
    ),
    *_pair(
        "get_current_user",
        lambda client, _: client.me(),
        checks.user,
        lambda client, _: client.me(),
        checks.jellyfin_problem,
        400,
        refused_under="user_key",
    ),
    *_failing("report_session_ended", lambda client, _: client.logout(), checks.ended, under="leaving"),
    *_failing("get_items", lambda client, _: gathered(lambda jf: jf.items())(client), checks.items),
    *_failing("get_artists", lambda client, _: gathered(lambda jf: jf.artists())(client), checks.items),
    *_pair(
        "get_item",
        lambda client, given: client.item(given["item"]),
        checks.item,
        lambda client, _: client.item(NOWHERE),
        checks.jellyfin_problem,
        404,
        under=None,
    ),
    *_pair(
        "get_playlist_items",
        lambda client, given: gathered(lambda jf: jf.playlist(given.get("playlist", NOWHERE)))(client),
        checks.items,
        lambda client, _: gathered(lambda jf: jf.playlist(NOWHERE))(client),
        checks.jellyfin_problem,
        404,
    ),
    *_pair(
        "get_instant_mix_from_item",
        lambda client, given: client.instant_mix(given["item"], limit=1),
        checks.mixed,
        lambda client, _: client.instant_mix(NOWHERE),
        checks.jellyfin_problem,
        404,
        under=None,
    ),
    *_pair(
        "get_similar_items",
        lambda client, given: client.similar(given["item"]),
        checks.items,
        lambda client, _: client.similar(NOWHERE),
        checks.jellyfin_problem,
        404,
    ),
    *_pair(
        "get_posted_playback_info",
        lambda client, given: client.playback(given["item"], ["mp3"]),
        checks.playable,
        lambda client, _: client.playback(NOWHERE, ["mp3"]),
        checks.jellyfin_problem,
        404,
        under=None,
    ),
    *_pair(
        "get_item_image",
        lambda client, given: client.cover(given["item"]),
        checks.pictured,
        lambda client, _: client.cover(NOWHERE),
        checks.jellyfin_problem,
        404,
        under="pictured",
        other=500,
    ),
    *_pair(
        "mark_favorite_item",
        lambda client, given: client.set_favorite(given["item"]),
        checks.favorite,
        lambda client, _: client.set_favorite(NOWHERE),
        checks.jellyfin_problem,
        404,
        under=None,
    ),
    *_pair(
        "unmark_favorite_item",
        lambda client, given: client.set_favorite(given["item"], favorite=False),
        checks.favorite,
        lambda client, _: client.set_favorite(NOWHERE, favorite=False),
        checks.jellyfin_problem,
        404,
        under=None,
    ),
    *_failing(
        "create_playlist",
        lambda client, given: client.create_playlist("Evening", [given["item"]]),
        checks.made,
        under=None,
    ),
    *_pair(
        "add_item_to_playlist",
        lambda client, given: client.add_to_playlist(given.get("made", NOWHERE), [given["item"]]),
        checks.ended,
        lambda client, given: client.add_to_playlist(NOWHERE, [given["item"]]),
        checks.jellyfin_problem,
        404,
    ),
    *_pair(
        "remove_item_from_playlist",
        lambda client, given: client.remove_from_playlist(given.get("made", NOWHERE), [given.get("entry", "e")]),
        checks.ended,
        lambda client, _: client.remove_from_playlist(NOWHERE, ["e"]),
        checks.jellyfin_problem,
        404,
    ),
    *_pair(
        "get_universal_audio_stream",
        lambda client, given: client.universal(given["item"], ["flac"]),
        checks.heard,
        lambda client, _: client.universal(NOWHERE, ["flac"]),
        checks.jellyfin_problem,
        404,
        under=None,
    ),
    *_pair(
        "get_lyrics",
        lambda client, given: client.lyrics(given["item"]),
        checks.lyrics,
        lambda client, _: client.lyrics(NOWHERE),
        checks.jellyfin_problem,
        404,
    ),
    *_pair(
        "upload_lyrics",
        lambda client, given: client.put_lyrics(given["item"], Lyrics.from_lrc(SONG)),
        checks.lyrics,
        lambda client, _: client.put_lyrics(NOWHERE, Lyrics.from_lrc(SONG)),
        checks.jellyfin_problem,
        404,
    ),
    *_pair(
        "delete_lyrics",
        lambda client, given: client.delete_lyrics(given["item"]),
        checks.ended,
        lambda client, _: client.delete_lyrics(NOWHERE),
        checks.jellyfin_problem,
        404,
    ),
    *_failing(
        "report_playback_start",
        lambda client, given: client.report_start(given["item"], play_method="DirectPlay"),
        checks.ended,
        under=None,
    ),
    *_failing(
        "report_playback_progress",
        lambda client, given: client.report_progress(given["item"], 0.1, is_paused=True),
        checks.ended,
        under=None,
    ),
    *_failing(
        "report_playback_stopped",
        lambda client, given: client.report_stop(given["item"], 0.2, play_session_id="a-session"),
        checks.ended,
        under=None,
    ),
]


CASES = [
    _aioz("create_audio", lambda client, _: _create(client, "2"), checks.created),
    _aioz("create_audio", lambda client, _: _create(client, "7"), checks.aioz_refused, fails=400),
    _aioz(
        "create_audio",
        lambda client, _: _create(_once(client), "2"),
        checks.aioz_limited,
        fails=429,
        under="rate_limit",
    ),
    _aioz("list_audio", _page, checks.listed, "created"),
    _aioz("list_audio", _page, checks.aioz_refused, fails=401),
    _aioz("list_audio", _page, checks.aioz_refused, fails=403, under="upload_key"),
    _aioz("get_audio", lambda client, given: client.get(given["id"]), checks.finished, "done"),
    _aioz("get_audio", lambda client, _: client.get(NOWHERE), checks.aioz_refused, fails=404),
    _aioz("get_audio", lambda client, _: client.get("evening"), checks.aioz_refused, fails=400),
    _aioz("get_audio_player", lambda client, given: client.player(given["id"]), checks.played, "done"),
    _aioz("get_audio_player", lambda client, _: client.player(NOWHERE), checks.aioz_refused, fails=404),
    _aioz("get_audio_player", lambda client, _: client.player("evening"), checks.aioz_refused, fails=400),
    _aioz("audio_cost", lambda client, _: client.cost(["standard", "highest"], duration=283.5), checks.priced),
    _aioz("audio_cost", _cost, checks.aioz_refused, fails=401),
    _aioz("audio_cost", _cost, checks.aioz_refused, fails=403, under="upload_key"),
    _aioz("upload_audio_part", lambda client, given: _part(client, given["id"]), checks.accepted, "created"),
    _aioz(
        "upload_audio_part",
        lambda client, given: _part(client, given["id"], "0" * 32),
        checks.aioz_refused,
        "created",
        fails=400,
    ),
    _aioz("upload_audio_part", lambda client, _: _part(client, NOWHERE), checks.aioz_refused, fails=404),
    _aioz("complete_audio", _complete, checks.accepted, "sent"),
    _aioz("complete_audio", _complete, checks.aioz_refused, "created", fails=400),
    _aioz("complete_audio", lambda client, _: client.complete(NOWHERE), checks.aioz_refused, fails=404),
    _aioz("update_audio", lambda client, given: _update(client, given["id"]), checks.updated, "created"),
    _aioz("update_audio", lambda client, _: _update(client, NOWHERE), checks.aioz_refused, fails=404),
    _aioz("update_audio", lambda client, _: _update(client, NOWHERE), checks.aioz_refused, fails=401),
    _aioz("delete_audio", lambda client, given: client.delete(given["id"]), checks.accepted, "created"),
    _aioz("delete_audio", lambda client, _: client.delete(NOWHERE), checks.aioz_refused, fails=404),
    _aioz("delete_audio", lambda client, _: client.delete(NOWHERE), checks.aioz_refused, fails=403, under="upload_key"),
    *_tracks("caption", "captions", "captions"),
    *_tracks("transcript", "transcripts", "transcript"),
    *_tracks("chapter", "chapters", "chapters"),
    _aioz("upload_thumbnail", lambda client, given: _put_thumbnail(client, given["id"]), checks.accepted, "created"),
    _aioz("upload_thumbnail", lambda client, _: _put_thumbnail(client, "evening"), checks.aioz_refused, fails=400),
    _aioz("upload_thumbnail", lambda client, _: _put_thumbnail(client, NOWHERE), checks.aioz_refused, fails=404),
    _aioz("delete_thumbnail", lambda client, given: _delete_thumbnail(client, given["id"]), checks.accepted, "adorned"),
    _aioz("delete_thumbnail", lambda client, _: _delete_thumbnail(client, NOWHERE), checks.aioz_refused, fails=404),
    _aioz("delete_thumbnail", lambda client, _: _delete_thumbnail(client, NOWHERE), checks.aioz_refused, fails=401),
    *_playlists(),
    *_webhooks(),
    *_account(),
    *_analytics(),
    *_themes(),
    *_live(),
    _jellyfin("get_audio_stream", lambda client, given: client.download(given["item"], BytesIO()), checks.downloaded),
    _jellyfin(
        "get_audio_stream", lambda client, _: client.download(NOWHERE, BytesIO()), checks.jellyfin_refused, fails=404
    ),
    _jellyfin(
        "get_audio_stream",
        lambda client, given: _once(client).download(given["item"], BytesIO()),
        checks.starting,
        fails=503,
        under="starting",
    ),
    _jellyfin("get_audio_stream_by_container", lambda client, given: _mp3(client, given["item"]), checks.streamed),
    _jellyfin(
        "get_audio_stream_by_container",
        lambda client, given: _mp3(client, given["item"], media_source_id=NOWHERE),
        checks.jellyfin_refused,
        fails=400,
    ),
    _jellyfin(
        "get_audio_stream_by_container",
        lambda client, given: _once(client).stream(given["item"], container="wav", audio_codec="wav"),
        checks.jellyfin_refused,
        fails=500,
    ),
    _jellyfin(
        "head_audio_stream", lambda client, given: client.probe(given["item"], static=True), checks.probed_original
    ),
    _jellyfin(
        "head_audio_stream", lambda client, _: client.probe(NOWHERE, static=True), checks.jellyfin_refused, fails=404
    ),
    _jellyfin(
        "head_audio_stream",
        lambda client, given: client.probe(given["item"], static=True, media_source_id=NOWHERE),
        checks.refused_head,
        fails=400,
    ),
    _jellyfin(
        "head_audio_stream_by_container",
        lambda client, given: client.probe(given["item"], container="mp3"),
        checks.probed_transcode,
    ),
    _jellyfin(
        "head_audio_stream_by_container",
        lambda client, _: client.probe(NOWHERE, container="mp3"),
        checks.jellyfin_refused,
        fails=404,
    ),
    _jellyfin(
        "head_audio_stream_by_container",
        lambda client, given: _once(client).probe(given["item"], container="mp3"),
        checks.loading_head,
        fails=503,
        under="loading",
    ),
    _jellyfin("stop_encoding_process", lambda client, _: client.stop_encoding("a-session"), checks.ended),
    _jellyfin(
        "stop_encoding_process", lambda client, _: client.stop_encoding("a-session"), checks.unauthorized, fails=401
    ),
    _jellyfin(
        "stop_encoding_process",
        lambda client, _: _once(client).stop_encoding("a-session"),
        checks.starting,
        fails=503,
        under="starting",
    ),
    _openai("list_models", lambda client, _: client.models(), checks.models),
    _openai("list_models", lambda client, _: client.models(), checks.openai_refused, fails=401),
    _openai("list_models", lambda client, _: client.models(), checks.openai_spent, fails=429, under="no_quota"),
    *_voices(),
    *_LIBRARY,
    _openai("create_speech", _speech, checks.spoken),
    _openai(
        "create_speech",
        lambda client, given: _speech(client, given, model="missing-model"),
        checks.openai_refused,
        fails=404,
    ),
    _openai(
        "create_speech",
        lambda client, given: _speech(client, given, voice="nobody"),
        checks.fastapi_refused,
        fails=422,
        under="fastapi_server",
    ),
    _openai("create_transcription", lambda client, given: _transcribe(client, given, words=True), checks.transcribed),
    _openai(
        "create_transcription",
        lambda client, given: _transcribe(client, given, language="xx"),
        checks.openai_refused,
        fails=400,
    ),
    _openai("create_transcription", _transcribe, checks.openai_spent, fails=429, under="no_quota"),
    _openai(
        "create_translation", lambda client, given: _translate(client, given["transcription_model"]), checks.translated
    ),
    _openai(
        "create_translation",
        lambda client, given: _translate(client, given["transcription_model"]),
        checks.openai_refused,
        fails=401,
    ),
    _openai(
        "create_translation",
        lambda client, given: _translate(client, given["speech_model"], "verbose_json"),  # no other form follows it
        checks.litellm_refused,
        fails=400,
        under="litellm_proxy",
    ),
]
