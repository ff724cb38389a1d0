"""Copies an album from a Jellyfin server into a folder.

    export JELLYFIN_URL=http://nas:8096 JELLYFIN_TOKEN=...
    python examples/album.py "Kind of Blue" music/kind-of-blue

Run it again after an interruption, or when tracks were added: files that are complete are not downloaded again.
"""

import sys
from pathlib import Path

import tonearm


def copy(name: str, folder: Path) -> bool:
    """Download the original files of an album; returns whether all of them are complete."""
    with tonearm.Jellyfin() as jellyfin:
        album = next(jellyfin.albums(search=name), None)
        if album is None:
            sys.exit(f"no album has {name!r} in its name")
        tracks = jellyfin.download_all(album.id, folder, workers=4)
    for track in tracks:
        if track.path is None:
            print(f"failed    {track.item.name}: {track.error}")
        else:
            print(f"{'unchanged' if track.was_there else 'copied   '} {track.path}")
    return all(track.path for track in tracks)


if __name__ == "__main__":
    _, name, folder = sys.argv
    try:
        complete = copy(name, Path(folder))
    except tonearm.TonearmError as error:
        sys.exit(str(error))
    sys.exit(0 if complete else 1)
