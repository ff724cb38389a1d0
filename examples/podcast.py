"""Publishes a podcast episode on AIOZ Stream: the audio, captions that are transcribed from it, and chapters.

    export AIOZ_STREAM_PUBLIC_KEY=... AIOZ_STREAM_SECRET_KEY=... OPENAI_API_KEY=...
    python examples/podcast.py episode.flac chapters.vtt whisper-1

The captions are also written to episode.vtt; if that file exists already, it is used as it is, so you can correct it.
Run the same command again after an interruption: nothing is transcribed or uploaded twice.
"""

import sys
from pathlib import Path

import tonearm


def captions_of(episode: Path, model: str) -> Path:
    """Transcribe an episode, unless its captions exist."""
    captions = episode.with_suffix(".vtt")
    if not captions.exists():
        with tonearm.OpenAI(transcription_model=model) as ai:
            captions.write_text(ai.transcribe(episode, workers=4).to_vtt(), encoding="utf-8")
    return captions


def uploaded(aioz: tonearm.Aioz, episode: Path) -> tonearm.aioz.Media:
    """Upload an episode, resume its upload, or find it by its title."""
    for upload in aioz.unfinished():
        if upload.source == episode.absolute():
            return aioz.resume(upload.state)
    for media in aioz.list(search=episode.stem):
        if media.title == episode.stem and media.status != "new":
            return media
    return aioz.upload(episode, title=episode.stem, preset="highest", tags=["podcast"])


def publish(episode: Path, chapters: Path, model: str) -> tonearm.aioz.Media:
    """Publish an episode with captions and chapters; returns it once it can be played."""
    captions = captions_of(episode, model)
    with tonearm.Aioz() as aioz:
        media = aioz.wait(uploaded(aioz, episode).id)
        if not media.captions:
            aioz.put_captions(media.id, "en", captions)
        if not media.chapters:
            aioz.put_chapters(media.id, "en", chapters)
        return aioz.get(media.id)


if __name__ == "__main__":
    _, episode, chapters, model = sys.argv
    try:
        media = publish(Path(episode), Path(chapters), model)
    except tonearm.TonearmError as error:
        sys.exit(str(error))
    print(media.id, media.assets.hls_url)
