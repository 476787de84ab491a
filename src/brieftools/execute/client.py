"""The kernel's client for papermill: as jupyter_client's, but ready without the silence of 200 ms."""

from __future__ import annotations

from jupyter_client.asynchronous import AsyncKernelClient

from brieftools.execute.kernel import wait_until_ready


class ReadyClient(AsyncKernelClient):
    """An asynchronous client, which is what nbclient needs for its time limits."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:  # type: ignore[override]
        """Return once the kernel answers; see `wait_until_ready`."""
        await wait_until_ready(self, 60 if timeout is None else timeout)
