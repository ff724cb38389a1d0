from pathlib import Path
from typing import Literal

from attrs import define, field

from tonearm.sandbox.aioz.options import AiozOptions

JellyfinVersion = Literal["10.11", "12.0"]
"""The Jellyfin versions that the sandbox can imitate."""

JellyfinIds = Literal["jellyfin", "navidrome"]
"""The forms of the ids of items: 32 hexadecimal digits, or 44."""


@define(eq=False, kw_only=True)
class Context:
    """What the three services of one running sandbox share.

    Two contexts are equal only when they are the same object, so that a service can keep its own data per context in a
    `weakref.WeakKeyDictionary`.

    Attributes:
        library: folder of the audio files that are served.
        data: folder for all that the services write; each service uses a subfolder of its own name.
        base_url: scheme, host and port, without a slash at the end; known once the port is bound.
        jellyfin: the Jellyfin version that the sandbox imitates.
        jellyfin_ids: the form of the ids of its items.
        aioz: how the AIOZ service behaves where its sources leave it open.
        any_model: whether the OpenAI service accepts every name as a model, as some compatible servers do.
        language_model: file (ARPA) with the expected sentences of real speech; None is the recogniser's own.
    """

    library: Path
    data: Path
    base_url: str = ""
    jellyfin: JellyfinVersion = "10.11"
    jellyfin_ids: JellyfinIds = "jellyfin"
    aioz: AiozOptions = field(factory=AiozOptions)
    any_model: bool = False
    language_model: Path | None = None
