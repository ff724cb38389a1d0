"""Records the cassettes: the answers that the tests of replay live on.

    scripts/record [NAME...]

A NAME is a service (`aioz`), an operation (`create_audio`) or one cassette (`create_audio.400`: the failure with that
status); without one everything is recorded. A service is recorded from the sandbox of this package, or from the real
service when these variables are set:

    aioz        AIOZ_STREAM_PUBLIC_KEY and AIOZ_STREAM_SECRET_KEY, or AIOZ_STREAM_TOKEN   (AIOZ_STREAM_BASE_URL)
    jellyfin    JELLYFIN_URL, JELLYFIN_TOKEN and JELLYFIN_ITEM: the id of a clip of a second or less, in FLAC
    openai      OPENAI_API_KEY, OPENAI_SPEECH_MODEL and OPENAI_TRANSCRIPTION_MODEL   (OPENAI_BASE_URL, OPENAI_VOICE)

What no real service does on request, such as to be starting or to limit the rate, is from the sandbox all the same,
and so are logins and what a household's Jellyfin tells of its library and users.
A real service may charge for that, and the cassettes are published: the clip must be one that may be. What the
recording makes on AIOZ Stream it deletes again.

Each cassette says in its first line and under `metadata` where it is from. One from the sandbox shows that client and
sandbox agree; it shows nothing about the service. There is no key in a cassette, and no audio that was sent: files are
written as their length and MD5. Ids, times, request ids, boundaries and base URLs are written as fixed texts, so that
a second recording of the same answers makes the same files. A cassette takes its place once it plays and passes the
checks of its case; until then the earlier one stays. Nobody edits one by hand.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from attrs import field, frozen

from tests.cassettes.cases import CASES, COLOR, HOOK, NOWHERE, PLAYED, Case, Circumstance, Given, Service
from tests.cassettes.checks import CLIP, COVER, SONG, TITLE, VTT
from tests.cassettes.play import PLACES, client, perform, play
from tests.cassettes.tape import VOLATILE, Scrub, tape
from tests.jellyfin import shelf
from tests.wire.recorder import Recorder, answer
from tonearm import sandbox
from tonearm.aioz import ApiKey, LiveKey, Media, PlayerTheme, Playlist, RegisteredWebhook
from tonearm.openai import CustomVoice, VoiceConsent
from tonearm.sandbox import AiozOptions
from tonearm.sandbox.jellyfin.access import Caller
from tonearm.sandbox.jellyfin.startup import Stage
from tonearm.sandbox.library import item_id, items

LARGEST = 64 * 1024
"""Bytes of a cassette at most."""

_FIRST, _BLOCKS = 8, 4
"""Which of the clip's blocks (0.07 s each) are the item of the sandbox's Jellyfin, so that answers are small."""

_WRONG: dict[Service, dict[str, str]] = {
    "aioz": {"public_key": "no-such-key", "secret_key": "no-such-key"},
    "jellyfin": {"token": "no-such-token"},
    "openai": {"api_key": "no-such-key"},
}
_SANDBOX_KEYS: dict[Service, dict[str, str]] = {
    "aioz": {"public_key": "sandbox-public", "secret_key": "sandbox-secret"},
    "jellyfin": {"token": "sandbox-token"},
    "openai": {"api_key": "sandbox-key"},
}
_OTHER_KEYS: dict[Circumstance, dict[str, str]] = {
    "upload_key": {"public_key": "sandbox-upload-public", "secret_key": "sandbox-upload-secret"},
    "user_key": {"token": "sandbox-api-key"},
    "no_quota": {"api_key": "sandbox-key-no-quota"},
    "fastapi_server": {"api_key": "sandbox-key-fastapi"},
    "litellm_proxy": {"api_key": "sandbox-key-litellm"},
}
_OPTIONS: dict[Circumstance, AiozOptions] = {"rate_limit": AiozOptions(rate_limit=0)}
_STAGES: dict[Circumstance, Stage] = {"starting": "setup", "loading": "message"}
_REAL: dict[Service, tuple[tuple[str, ...], ...]] = {
    "aioz": (("AIOZ_STREAM_TOKEN",), ("AIOZ_STREAM_PUBLIC_KEY", "AIOZ_STREAM_SECRET_KEY")),
    "jellyfin": (("JELLYFIN_TOKEN", "JELLYFIN_URL", "JELLYFIN_ITEM"),),
    "openai": (("OPENAI_API_KEY", "OPENAI_SPEECH_MODEL", "OPENAI_TRANSCRIPTION_MODEL"),),
}
"""The variables that name a real service; the first of each row is its key."""


@frozen
class Source:
    """A service to record from; `keys` are empty where the client finds its own in the environment."""

    service: Service
    name: str
    base_url: str
    keys: Mapping[str, str] = field(repr=False)
    given: Given
    date: str | None = None

    def client(self, **keys: str) -> Any:
        """A client of the service, with other keys when these are given."""
        return client(self.service, base_url=self.base_url, **(keys or self.keys))

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every key in every form in which the client would send it."""
        with self.client() as found:
            secrets: tuple[str, ...] = found._wire.secrets
        return secrets


@contextmanager
def sandboxed(service: Service, under: Circumstance | None = None) -> Iterator[Source]:
    """A sandbox of its own, in which nothing has happened yet; its library is one short clip."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        clip = Path(folder) / "excerpt.flac"
        shelf.write(clip, {}, _BLOCKS, first=_FIRST)
        os.utime(clip, (1_735_689_600, 1_735_689_600))
        options = None if under is None else _OPTIONS.get(under)
        box = stack.enter_context(sandbox.start(library=clip.parent, aioz=options))
        if under in _STAGES:
            stack.enter_context(box.jellyfin.starting(_STAGES[under]))
        home: dict[str, str] = {}
        if under == "furnished":
            home = _furnish(box, clip.parent)
        elif under == "pictured":
            (clip.parent / "cover.png").write_bytes(COVER)
            os.utime(clip.parent / "cover.png", (1_735_689_600, 1_735_689_600))
        elif under == "failing":
            box.fault(path="*", times=None, status=500, body=b"Error processing request.", content_type="text/plain")
        elif under == "played":
            for seconds, country in ((30.0, "FR"), (60.0, "NO")):
                box.aioz.played(NOWHERE, at=PLAYED, seconds=seconds, country=country)
        elif under == "no_quick_connect":
            box.jellyfin.quick_connect.enabled = False
        given = {
            "aioz": {},
            "jellyfin": {"item": str(item_id(clip.name)), **home},
            "openai": {"speech_model": "tts-1", "transcription_model": "whisper-1", "voice": "coral"},
        }
        places = {"aioz": box.aioz_url, "jellyfin": box.jellyfin_url, "openai": box.openai_url}
        keys = _OTHER_KEYS[under] if under in _OTHER_KEYS else _SANDBOX_KEYS[service]
        yield Source(service, "the tonearm sandbox", places[service], keys, given[service])


def _furnish(box: sandbox.Sandbox, library: Path) -> dict[str, str]:
    """Put an artist, lyrics, a playlist and an approved pairing into a sandbox's Jellyfin."""
    (item,) = items(library)
    shelf.write(library / "guest.flac", {"title": "Guest", "artist": "Ann"}, 2)
    os.utime(library / "guest.flac", (1_735_689_600, 1_735_689_600))
    (library / "evening.m3u8").write_text(f"{item.name}\n")
    box.jellyfin.lyrics.put(item.id, "lrc", SONG.encode())
    pairing = box.jellyfin.quick_connect.begin(Caller("tonearm", "device", "device-id", "0"))
    box.jellyfin.approve(pairing["Code"])
    playlist = box.jellyfin.catalogue.playlists()[0].id
    made = box.jellyfin.collection.make("Made", [item.id])
    (entry,) = box.jellyfin.collection.playlists()[made].entries
    return {"playlist": str(playlist), "secret": pairing["Secret"], "made": str(made), "entry": entry[0].hex}


def real(service: Service, environment: Mapping[str, str]) -> Source | None:
    """The real service, if the environment has a key to it.

    Raises:
        SystemExit: there is a key, and something else is missing.
    """
    rows = [row for row in _REAL[service] if environment.get(row[0])]
    if not rows:
        return None
    if missing := [name for name in rows[0] if not environment.get(name)]:
        raise SystemExit(f"{rows[0][0]} is set, and so {service} is recorded from the real one; {missing} is missing")
    with client(service) as found:
        base_url = found._wire.base_url
    given: dict[Service, dict[str, str]] = {
        "aioz": {},
        "jellyfin": {"item": _dashed(environment.get("JELLYFIN_ITEM", ""))},
        "openai": {
            "speech_model": environment.get("OPENAI_SPEECH_MODEL", ""),
            "transcription_model": environment.get("OPENAI_TRANSCRIPTION_MODEL", ""),
            "voice": environment.get("OPENAI_VOICE", "coral"),
        },
    }
    name = base_url
    if service == "jellyfin":  # whose address is nobody's business
        name = f"a Jellyfin server {httpx.get(f'{base_url}/System/Info/Public').raise_for_status().json()['Version']}"
    return Source(service, name, base_url, {}, given[service], datetime.now(UTC).date().isoformat())


def _dashed(item: str) -> str:
    return re.sub(r"^(.{8})(.{4})(.{4})(.{4})(.{12})$", r"\1-\2-\3-\4-\5", item.replace("-", "").lower())


@contextmanager
def _called(aioz: Any, *, checked: bool) -> Iterator[str]:
    """A registered webhook; one that is checked answers."""
    url = HOOK
    with ExitStack() as stack:
        if checked:
            url = stack.enter_context(Recorder(lambda _: answer(status=204))).url
        id = aioz.create_webhook(url, events=["encoding_finished"], name=TITLE).id
        try:
            yield id
        finally:
            aioz.delete_webhook(id, missing_ok=True)


@contextmanager
def _keyed(aioz: Any) -> Iterator[str]:
    """A pair of keys that can only upload."""
    id = aioz.create_api_key(TITLE, ttl=60, only_upload=True).id
    try:
        yield id
    finally:
        aioz.delete_api_key(id, missing_ok=True)


@contextmanager
def _themed(aioz: Any, media: str | None) -> Iterator[str]:
    """A player theme, which an object has."""
    id = aioz.create_player_theme(name=TITLE, main_color=COLOR, hide_title=True).id
    try:
        if media is not None:
            aioz.add_player_theme(media, id)
        yield id
    finally:
        if media is not None and aioz.get(media).player_theme_id == id:
            aioz.remove_player_theme(media, id)
        aioz.delete_player_theme(id, missing_ok=True)


@contextmanager
def _live(aioz: Any) -> Iterator[dict[str, str]]:
    """A key for live audio, and a broadcast."""
    key = aioz.create_live_key(TITLE, save=True).id
    try:
        yield {"live": key, "stream": aioz.create_live_stream(key, TITLE).id}
    finally:
        aioz.delete_live_key(key, missing_ok=True)


@contextmanager
def _voiced(openai: Any) -> Iterator[dict[str, str]]:
    """A consent, and a voice that is made with it."""
    consent = openai.create_voice_consent(TITLE, CLIP, language="en-US").id
    try:
        voice = openai.create_voice(TITLE, audio_sample=CLIP, consent=consent).id
        try:
            yield {"consent": consent, "voice": voice}
        finally:
            openai.delete_voice(voice, missing_ok=True)
    finally:
        openai.delete_voice_consent(consent, missing_ok=True)


@contextmanager
def prepared(case: Case, source: Source) -> Iterator[Given]:
    """Bring the service to where the case begins, outside the cassette, and leave nothing behind."""
    if case.needs is None:
        yield source.given
        return
    if case.service == "openai":
        with source.client() as openai, _voiced(openai) as made:
            yield {**source.given, **made}
        return
    with source.client() as aioz, ExitStack() as stack:
        id = aioz.create(TITLE, preset="standard").id
        try:
            if case.needs == "adorned":
                for put in (aioz.put_captions, aioz.put_transcript, aioz.put_chapters):
                    put(id, "en", VTT)
                aioz.put_thumbnail(id, COVER)
            if case.needs in ("sent", "done"):
                clip = CLIP.read_bytes()
                aioz.upload_part(id, clip, index=1, start=0, total=len(clip))
            if case.needs == "done":
                aioz.complete(id)
                aioz.wait(id, timeout=600)
            more: dict[str, str] = {}
            if case.needs == "filled":
                playlist = aioz.create_playlist(TITLE, tags=["evening"], metadata={"place": "Bergen"}).id
                aioz.add_to_playlist(playlist, id)
                first, second = aioz.add_to_playlist(playlist, id).items
                more = {"playlist": playlist, "first": first.id, "second": second.id}
            if case.needs == "called":
                more = {"webhook": stack.enter_context(_called(aioz, checked=case.operation == "check_webhook"))}
            if case.needs == "keyed":
                more = {"key": stack.enter_context(_keyed(aioz))}
            if case.needs in ("themed", "loose"):
                theme = stack.enter_context(_themed(aioz, id if case.needs == "themed" else None))
                more = {"theme": theme}
            if case.needs == "live":
                more = stack.enter_context(_live(aioz))
            with stack:  # before the object goes
                yield {**source.given, "id": id, **more}
        finally:
            if case.needs == "filled":
                aioz.delete_playlist(more["playlist"], missing_ok=True)
            aioz.delete(id, missing_ok=True)


def record(case: Case, source: Source, path: Path) -> None:
    """Record a case to a new file.

    Raises:
        AssertionError: the service answered something else than the case is about, or a key is in the cassette.
    """
    wrong = _WRONG[case.service] if case.denied else {}
    secrets = source.secrets
    with prepared(case, source) as given, source.client(**wrong) as api:
        scrub = Scrub({source.base_url: PLACES[case.service]}, secrets)
        known = {  # first: what is given gets the first id
            name: VOLATILE if name == "secret" else scrub.text(value) for name, value in given.items()
        }
        outcome = None
        try:
            with tape(path, scrub, record=True) as cassette:
                outcome = perform(case, api, given)
                cassette.get_metadata("recorded_from", source.name)
                if source.date is not None:
                    cassette.get_metadata("recorded_on", source.date)
                cassette.get_metadata("given", known)
        finally:
            if isinstance(outcome, Media) and "id" not in given:
                api.delete(outcome.id, missing_ok=True)
            if isinstance(outcome, Playlist) and "playlist" not in given:
                api.delete_playlist(outcome.id, missing_ok=True)
            if isinstance(outcome, RegisteredWebhook) and "webhook" not in given:
                api.delete_webhook(outcome.id, missing_ok=True)
            if isinstance(outcome, PlayerTheme) and "theme" not in given:
                api.delete_player_theme(outcome.id, missing_ok=True)
            if isinstance(outcome, LiveKey) and "live" not in given:
                api.delete_live_key(outcome.id, missing_ok=True)
            if isinstance(outcome, CustomVoice):
                api.delete_voice(outcome.id, missing_ok=True)
            if isinstance(outcome, VoiceConsent) and "consent" not in given:
                api.delete_voice_consent(outcome.id, missing_ok=True)
            if isinstance(outcome, ApiKey):
                api.delete_api_key(outcome.id, missing_ok=True)
    written = path.read_text(encoding="utf-8")
    secrets += tuple(value for name, value in given.items() if name == "secret")
    assert not any(secret in written for secret in secrets), f"{case.name}: a key is left in the cassette"
    assert len(written) <= LARGEST, f"{case.name}: {len(written)} bytes; choose a shorter item"
    play(case, path).check(case)


def chosen(names: Sequence[str]) -> list[Case]:
    """The cases of these names, each once; all without a name.

    Raises:
        SystemExit: nothing has one of the names.
    """
    known = {name for case in CASES for name in (case.service, case.operation, case.name)}
    if unknown := sorted(set(names) - known):
        raise SystemExit(f"nothing to record is called {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    return [case for case in CASES if not names or {case.service, case.operation, case.name} & set(names)]


def main(arguments: Sequence[str]) -> None:
    """Record what is asked for."""
    parser = argparse.ArgumentParser(
        prog="scripts/record", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="a service, an operation or a cassette")
    cases = chosen(parser.parse_args(arguments).names)
    services: dict[Service, None] = dict.fromkeys(case.service for case in cases)
    sources = {service: real(service, os.environ) for service in services}
    for case in cases:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            known = None if case.under else sources[case.service]
            source = known or stack.enter_context(sandboxed(case.service, case.under))
            try:
                record(case, source, folder / case.path.name)
            except AssertionError as error:
                raise SystemExit(f"{case.name} was not recorded from {source.name}: {error}") from error
            case.path.parent.mkdir(exist_ok=True)
            case.path.write_bytes((folder / case.path.name).read_bytes())
        print(f"{case.path.name}: from {source.name}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
