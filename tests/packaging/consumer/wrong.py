"""Mistakes that a type checker must see, each on a line that ends in the word: without types it would see none."""

import tonearm
from tonearm_generated.aioz import Client

client = tonearm.Aioz(token="key")
length: int = client.get("an id").id  # wrong
client.upload("talk.flac", preset=7)  # wrong
client.complete()  # wrong
tonearm.Jellyfin("http://nas:8096", token="key").stream("an id", audio_bit_rate="fast")  # wrong
Client(base_url=7)  # wrong
