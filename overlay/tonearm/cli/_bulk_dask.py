"""The workers of a Dask scheduler, which do the jobs of `tonearm bulk --scheduler`."""

from __future__ import annotations

import time
from collections.abc import Generator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any

from attrs import define, field

from .. import ConfigurationError
from .._base.threads import starting
from ._ends import say

_LOOK = 1.0
"""Seconds between two checks of the workers."""

_PATIENCE = 5.0
"""Seconds without a worker before a message: new ones often start while old ones end."""


@define(eq=False)
class Cluster:
    """A scheduler and its workers; without workers for a while, the jobs wait.

    Attributes:
        address: the scheduler's.
        client: the connection to it.
        timeout: seconds without any worker after which the run ends; None for no limit.
        deserted: why the run waits or ends, while there are no workers; else None.
    """

    address: str
    client: Any
    timeout: float | None
    deserted: str | None = None
    _ended: Event = field(factory=Event, init=False)

    @property
    def executor(self) -> Executor:
        """The executor of its workers."""
        made: Executor = self.client.get_executor(pure=False)
        return made

    def watch(self) -> None:
        """Watch the workers until the run has ended, and say when there are none."""
        since: float | None = None
        while not self._ended.wait(_LOOK):
            with suppress(Exception):  # with a lost scheduler, its jobs fail by themselves
                if self.client.nthreads():
                    since, self.deserted = None, None
                    continue
                since = time.monotonic() if since is None else since
                self._wait(time.monotonic() - since)

    def _wait(self, seconds: float) -> None:
        if self.timeout is not None and seconds >= self.timeout:
            self.deserted = f"the cluster had no workers for {self.timeout:g} seconds"
            self._ended.set()
            self.client.close()  # which cancels its jobs
        elif seconds >= _PATIENCE and self.deserted is None:
            self.deserted = "the cluster has no workers"
            say(
                f"the cluster has no workers, and the run waits: `dask worker {self.address}` starts one; after Ctrl-C "
                "the same command resumes"
            )

    def end(self) -> None:
        """Stop watching."""
        self._ended.set()


@contextmanager
def dask(address: str, timeout: float | None) -> Generator[Cluster]:
    """Connect with a scheduler.

    Args:
        address: where it is.
        timeout: seconds without any worker after which the run ends; None for no limit.

    Raises:
        ConfigurationError: no scheduler answers there, or the extra is not installed.
    """
    try:
        import distributed
    except ModuleNotFoundError:
        raise ConfigurationError("--scheduler needs distributed: pip install 'tonearm[cluster]'") from None
    connect: Any = distributed.Client  # half of it has types
    try:
        client = connect(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"--scheduler {address}: no Dask scheduler answers there ({error})") from None
    cluster = Cluster(address, client, timeout)
    looking = Thread(target=cluster.watch, name="tonearm dask", daemon=True)
    with client:
        with starting():
            looking.start()
        try:
            yield cluster
        finally:
            cluster.end()
    looking.join()
