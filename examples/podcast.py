"""Publishes a podcast episode on AIOZ Stream: the audio, captions that are transcribed from it, and chapters.

    export AIOZ_STREAM_PUBLIC_KEY=... AIOZ_STREAM_SECRET_KEY=... OPENAI_API_KEY=...
    python examples/podcast.py episode.flac chapters.vtt whisper-1 [PLAYLIST]

With the id of a playlist the episode is put into it, and feed.xml is its feed. Run the same command again after an
interruption: nothing is transcribed or uploaded twice.
"""

import sys
from pathlib import Path

import tonearm
from tonearm import recipes


def publish(episode: Path, chapters: Path, model: str, playlist: str | None = None) -> recipes.Published:
    """Publish an episode with captions and chapters, and write the feed of its playlist."""
    with tonearm.Aioz() as aioz, tonearm.OpenAI() as ai:
        published = recipes.publish(
            aioz,
            episode,
            title=episode.stem,
            preset="highest",
            tags=["podcast"],
            is_public=True,
            language="en",
            transcriber=ai,
            model=model,
            chapters=chapters,
            playlist=playlist,
        )
        if playlist is not None:
            feed = recipes.feed(aioz, playlist, language="en")
            Path("feed.xml").write_text(feed.xml, encoding="utf-8")
            for one in feed.skipped:
                print(f"not in the feed: {one.title}: {one.reason}", file=sys.stderr)
        return published


if __name__ == "__main__":
    episode, chapters, model, *playlist = sys.argv[1:]
    try:
        published = publish(Path(episode), Path(chapters), model, *playlist)
    except tonearm.TonearmError as error:
        sys.exit(str(error))
    print(published.media.id, published.media.assets.hls_url)
