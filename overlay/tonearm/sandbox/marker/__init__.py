"""A voice and a recogniser that understand each other exactly: words coded in the sound as tones.

`speak` returns the sound of a text together with its true words and times; `listen` and `recognise` read the same words
with the same times from the sound, also after it was encoded with losses, resampled, made louder or softer, cut or
joined. A damaged word is left out and none is invented, so that tests can compare the received words with the sent
ones.
"""

from tonearm.sandbox.marker.listen import listen, recognise
from tonearm.sandbox.marker.phrases import phrases
from tonearm.sandbox.marker.speak import Speech, speak
from tonearm.sandbox.marker.word import SPEAKERS, Word

__all__ = ["SPEAKERS", "Speech", "Word", "listen", "phrases", "recognise", "speak"]
