"""The kernel's client for papermill: as jupyter_client's, but ready without its pauses."""

from __future__ import annotations

from typing import Any

import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient

from brieftools.execute.kernel import wait_until_ready


class ReadyClient(AsyncKernelClient):
    """An asynchronous client, which is what nbclient needs for its time limits."""

    def start_channels(self, *args: Any, **kwargs: Any) -> None:
        """Connect; the kernel may not listen yet, so knock every 5 ms in place of every 100."""
        self.context.setsockopt(zmq.RECONNECT_IVL, 5)
        super().start_channels(*args, **kwargs)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return once the kernel answers; see `wait_until_ready`."""
        await wait_until_ready(self, 60 if timeout is None else timeout)
