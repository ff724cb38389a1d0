"""What tests need of `openai`: how texts are cut and transcripts are joined, without a server.

Seams, gaps and doubtful stretches are tested with thousands of made-up answers.
"""

from tonearm.openai import _prices
from tonearm.openai._answers import read_body, shapes
from tonearm.openai._answers.documented import documented
from tonearm.openai._credentials import access
from tonearm.openai._known_speakers import references
from tonearm.openai._operations import Speech
from tonearm.openai._operations.voices import NewVoice
from tonearm.openai._server import Server
from tonearm.openai._speech import samples, save
from tonearm.openai._speech.passages import Passage, Silences, passages
from tonearm.openai._speech.saved_speech import SavedSpeech
from tonearm.openai._speech.split_text import pieces, script, speakable, stretches
from tonearm.openai._transcription import alignment, carried_prompt, diarization, parsing, plan, stream_reader
from tonearm.openai._transcription.doubtful import doubtful
from tonearm.openai._transcription.gaps import gaps
from tonearm.openai._transcription.heard import Heard
from tonearm.openai._transcription.plan import recognise
from tonearm.openai._transcription.recognition import LongRecognition
from tonearm.openai._transcription.single import Job
from tonearm.openai._transcription.stitch import stitch
