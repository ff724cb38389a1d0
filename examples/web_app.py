"""A web service that transcribes what is uploaded to it, with FastAPI: one client for as long as the service runs.

    pip install fastapi uvicorn python-multipart
    export OPENAI_API_KEY=... TRANSCRIPTION_MODEL=whisper-1
    uvicorn --app-dir examples web_app:app
    curl -F recording=@talk.flac http://127.0.0.1:8000/transcripts

The client is made and closed by the lifespan of the app, in whose event loop it works; requests share its connections.
"""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, TypedDict

from fastapi import Depends, FastAPI, HTTPException, Request, UploadFile

import tonearm


class State(TypedDict):
    """What all requests share, as `request.state`."""

    ai: tonearm.AsyncOpenAI


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncGenerator[State]:
    """Make the client when the app starts, and close it when the app stops."""
    async with tonearm.AsyncOpenAI(transcription_model=os.environ["TRANSCRIPTION_MODEL"], deadline=600) as ai:
        yield {"ai": ai}


def client(request: Request) -> tonearm.AsyncOpenAI:
    """The client of the app."""
    ai: tonearm.AsyncOpenAI = request.state.ai
    return ai


app = FastAPI(lifespan=lifespan)


@app.post("/transcripts")
async def transcribe(recording: UploadFile, ai: Annotated[tonearm.AsyncOpenAI, Depends(client)]) -> dict[str, str]:
    """Transcribe an uploaded recording."""
    try:
        note = await ai.transcribe(recording.file)
    except tonearm.InvalidInput as error:  # an empty file, for one; nothing was sent
        raise HTTPException(422, str(error)) from error
    except tonearm.TonearmError as error:
        raise HTTPException(502, str(error)) from error
    return {"text": note.text}
