"""What tests need of `recipes`: the thread that lets an asyncio client read files."""

from tonearm.recipes._threads import in_thread_async
