"""Debian's Chromium, driven over its debugging pipe: no driver and no library are needed."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

_PATIENCE = 20.0
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_OPTIONS = (
    "--headless=new",
    "--no-sandbox",  # tests run as root in containers
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--remote-debugging-pipe",
)


class Browser:
    """One Chromium, which ends with :meth:`close`."""

    def __init__(self, profile: Path) -> None:
        assert CHROMIUM is not None
        mine_in, their_out = _pipe()
        their_in, mine_out = _pipe()
        self._process = os.posix_spawn(
            CHROMIUM,
            [CHROMIUM, *_OPTIONS, f"--user-data-dir={profile}", "about:blank"],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, their_in, 3),
                (os.POSIX_SPAWN_DUP2, their_out, 4),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            ],
        )
        os.close(their_in)
        os.close(their_out)
        self._in, self._out = mine_in, mine_out
        self._waiting = b""
        self._number = 0
        self.events: list[dict[str, Any]] = []

    def send(self, method: str, session: str = "", **parameters: object) -> dict[str, Any]:
        """Calls a method of the DevTools protocol and returns its result."""
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive(_PATIENCE)
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return dict(answer["result"])
            self.events.append(answer)

    def _receive(self, patience: float) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            readable, _, _ = select.select([self._in], [], [], patience)
            assert readable, "Chromium 没有回答"
            found = os.read(self._in, 1 << 16)
            assert found, "Chromium 已退出"
            self._waiting += found
        message, _, self._waiting = self._waiting.partition(b"\0")
        return dict(json.loads(message))

    def close(self) -> None:
        """Ends the browser."""
        with suppress(OSError, AssertionError):
            self.send("Browser.close")
        os.close(self._in)
        os.close(self._out)
        for _ in range(50):
            if os.waitpid(self._process, os.WNOHANG)[0]:
                return
            time.sleep(0.1)
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


class Page:
    """One tab, with what it asked the network for and what it complained about."""

    def __init__(self, browser: Browser, width: int = 1280, height: int = 900) -> None:
        self._browser = browser
        # a context of its own: no page sees what another one stored
        context = browser.send("Target.createBrowserContext")["browserContextId"]
        target = browser.send("Target.createTarget", url="about:blank", browserContextId=context)
        attached = browser.send("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = str(attached["sessionId"])
        self._context = str(context)
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")
        self.size(width, height)

    def close(self) -> None:
        """Closes the tab: those left open take memory and time of the others."""
        self._browser.send("Target.disposeBrowserContext", browserContextId=self._context)

    def send(self, method: str, **parameters: object) -> dict[str, Any]:
        """Calls a method of the DevTools protocol on this tab."""
        return self._browser.send(method, self._session, **parameters)

    def size(self, width: int, height: int = 900) -> None:
        """Sets the size of the window."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )

    def open(self, file: Path) -> None:
        """Opens a file and waits until it is there."""
        self.send("Page.navigate", url=file.as_uri())
        self.wait(lambda: self.run("location.protocol + document.readyState") == "file:complete")

    def open_anew(self, file: Path) -> None:
        """Opens a file as in a new tab, in half the time: nothing is stored, nothing was told."""
        self.send("Page.navigate", url="about:blank")
        self.wait(lambda: self.run("location.href") == "about:blank")
        self.send("Storage.clearDataForOrigin", origin="file://", storageTypes="all")
        others = [e for e in self._browser.events if e.get("sessionId") != self._session]
        self._browser.events[:] = others
        self.open(file)

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def key(self, key: str) -> None:
        """Presses a key."""
        for kind in ("keyDown", "keyUp"):
            text = {"text": key} if kind == "keyDown" and len(key) == 1 else {}
            self.send("Input.dispatchKeyEvent", type=kind, key=key, **text)

    def click(self, selector: str) -> None:
        """Clicks the middle of an element as a mouse does."""
        box = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            " e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect();"
            " return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.send(
                "Input.dispatchMouseEvent",
                type=kind,
                x=box[0],
                y=box[1],
                button="left",
                clickCount=1,
            )

    def type(self, text: str) -> None:
        """Writes where the focus is."""
        self.send("Input.insertText", text=text)

    def allow_downloads(self, folder: Path) -> None:
        """Lets the page save files into a folder."""
        self._browser.send(
            "Browser.setDownloadBehavior",
            behavior="allow",
            browserContextId=self._context,
            downloadPath=str(folder),
        )

    def wait(self, done: Callable[[], object]) -> None:
        """Waits until something is so."""
        end = time.monotonic() + _PATIENCE
        while not done():
            assert time.monotonic() < end, "等不到"
            time.sleep(0.02)

    def screenshot(self, file: Path, *, whole: bool = False) -> None:
        """Writes a picture of the window, or of the whole page."""
        picture = self.send("Page.captureScreenshot", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(picture["data"]))

    def pdf(self) -> bytes:
        """The page as it is printed."""
        return base64.b64decode(self.send("Page.printToPDF", printBackground=True)["data"])

    def requests(self) -> list[str]:
        """Everything the page asked for."""
        return [each["params"]["request"]["url"] for each in self._of("Network.requestWillBeSent")]

    def complaints(self) -> list[str]:
        """Errors, warnings and violations of the policy."""
        logged = [str(each["params"]["entry"]) for each in self._of("Log.entryAdded")]
        thrown = [str(each["params"]) for each in self._of("Runtime.exceptionThrown")]
        return logged + thrown

    def _of(self, method: str) -> list[dict[str, Any]]:
        self.run("0")  # whatever happened before has been told by now
        return [
            each
            for each in self._browser.events
            if each["method"] == method and each.get("sessionId") == self._session
        ]


def _pipe() -> tuple[int, int]:
    """A pipe whose ends stay clear of the numbers that Chromium wants."""
    ends = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20) for end in ends]
    for end in ends:
        os.close(end)
    return high[0], high[1]
