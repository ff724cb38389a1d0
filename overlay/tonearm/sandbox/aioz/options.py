from typing import Literal

from attrs import frozen


@frozen(kw_only=True)
class AiozOptions:
    """How the AIOZ service behaves where its sources are silent or contradict each other.

    The sources are the AIOZ Audio document and the OpenAPI description in the Go client v1.0.19, which is made from the
    service's own types. The defaults are the more likely behaviour.

    Attributes:
        list_key: the name of the array in a list: `media` in the OpenAPI description, `videos` in the document.
        filters: the shapes that a list accepts for tags, status and metadata: arrays of strings and of pairs
            (`openapi`), a string with commas and a map (`document`), or both (`lenient`).
        player_field: the name of the player theme in an update: `player_id` in the OpenAPI description,
            `player_theme_id` in the document; the other name is ignored.
        first_index: the only index that a first part may have; None accepts 0 and 1, which are never mixed.
        part_order: whether parts may arrive in any order.
        part_repeat: what happens to a part whose index was received before: it is accepted when its bytes are equal,
            always replaces the earlier one, or is always refused.
        smallest_part: bytes that every part but the last must have; the document speaks of 50 MB.
        complete_again: whether a second `complete` is refused, or answered like the first and without an effect.
        track_again: whether captions or chapters in a language that the object has are refused, or replace the
            earlier ones; a transcript is refused beside one in its primary language (AIOZ Stream documentation).
        mp4_url: the asset `mp4_url` of audio: as the document's samples have it (present in the answers to create and
            list, absent from the detail), always null, or always absent.
        accepts_24_khz: whether the sample rate 24000, which the document leaves out, is accepted.
        error_status: the word in the `status` of an error's envelope.
        cover_name: the name of a cover picture: any (the tests of the Go client v1.0.19 send a PNG file as
            `thumbnail.jpg` and expect success), or one whose extension is that of its contents (later tests expect the
            same request to be refused).
        rate_limit: requests per minute above which the answer is 429; `documented` counts 100 uploads, 200 writes and
            500 reads on their own; None never refuses.
        balance: US dollars that the account owns, for `is_enough`.
    """

    list_key: Literal["media", "videos"] = "media"
    filters: Literal["openapi", "document", "lenient"] = "openapi"
    player_field: Literal["player_id", "player_theme_id"] = "player_id"
    first_index: Literal[0, 1] | None = None
    part_order: Literal["any", "ascending"] = "any"
    part_repeat: Literal["equal", "replace", "refuse"] = "equal"
    smallest_part: int = 0
    complete_again: Literal["refuse", "accept"] = "refuse"
    track_again: Literal["refuse", "replace"] = "refuse"
    mp4_url: Literal["document", "null", "absent"] = "document"
    accepts_24_khz: bool = False
    error_status: str = "error"
    cover_name: Literal["any", "contents"] = "any"
    rate_limit: int | Literal["documented"] | None = None
    balance: float = 100.0
