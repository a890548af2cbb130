"""A real Firefox without a screen, driven from a test in plain calls.

    with Firefox(service.socket_url) as firefox:
        firefox.goto("http://localhost:8000/")

Nothing it asks for leaves the machine; `outside` lists what it asked for.
"""

import json
from base64 import b64decode, b64encode
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Literal, Self

from tests.browser.rig.bidi import BiDi
from tests.browser.rig.gate import Gate
from tests.browser.rig.loop_thread import LoopThread
from tests.browser.rig.process import running
from tests.browser.rig.profile import write_profile
from tests.browser.rig.waiting import awaited

CERTIFICATES = "Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB)"
ALERTS = '[...Services.wm.getEnumerator("alert:alert")]'


class Firefox:
    def __init__(self, push_socket: str) -> None:
        self._push_socket = push_socket
        self._bidi = BiDi()
        self._gate = Gate()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            folder = stack.enter_context(TemporaryDirectory(ignore_cleanup_errors=True))
            self._thread = stack.enter_context(LoopThread())
            proxy_port = self._thread.call(self._gate.open())
            stack.callback(lambda: self._thread.call(self._gate.close()))
            write_profile(Path(folder), proxy_port, self._push_socket)
            address = stack.enter_context(running(Path(folder)))
            self._thread.call(self._bidi.open(f"{address}/session"))
            stack.callback(lambda: self._thread.call(self._bidi.close()))
            self._tab: str = self._tabs()[0]["context"]
            self._opened = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._opened.close()

    @property
    def outside(self) -> list[str]:
        return self._gate.attempts

    def goto(self, url: str) -> None:
        self._command("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def evaluate(self, js: str) -> Any:
        """The value of an expression, or of the promise it gives. Raises BiDiError if it throws."""
        return self._thread.call(self._bidi.evaluate(self._tab, js))

    def wait_for(self, js: str, timeout: float = 10) -> Any:
        """The expression's value as soon as it is true, over page loads. TimeoutError if never."""
        return awaited(lambda: self.evaluate(js), timeout, js)

    def click(self, css: str) -> None:
        """With a real pointer, in the middle of the first match, once that is shown."""
        element = f"document.querySelector({json.dumps(css)})"
        scrolled = f"({element}.scrollIntoView({{block: 'center'}}), true)"
        self.wait_for(f"{element}?.checkVisibility() && {scrolled}")
        locator = {"type": "css", "value": css}
        found = self._command("browsingContext.locateNodes", context=self._tab, locator=locator)
        self._press({"type": "element", "element": {"sharedId": found["nodes"][0]["sharedId"]}})

    def set_permission(
        self,
        origin: str,
        state: Literal["granted", "denied", "prompt"],
        name: str = "notifications",
    ) -> None:
        self._command(
            "permissions.setPermission", descriptor={"name": name}, state=state, origin=origin
        )

    def trust(self, authority: bytes) -> None:
        """As its owner does in the settings, with an authority's certificate (DER)."""
        text = json.dumps(b64encode(authority).decode())
        self._chrome(f"({CERTIFICATES}.addCertFromBase64({text}, 'C,,'), 1)")

    def resize(self, width: int, height: int) -> None:
        """Of the page, in CSS pixels."""
        viewport = {"width": width, "height": height}
        self._command("browsingContext.setViewport", context=self._tab, viewport=viewport)

    def screenshot(self, path: Path) -> None:
        taken = self._command("browsingContext.captureScreenshot", context=self._tab)
        path.write_bytes(b64decode(taken["data"]))

    def leave_site(self) -> None:
        """Close the page; only the site's worker is left to hear a push."""
        old, self._tab = self._tab, self._command("browsingContext.create", type="tab")["context"]
        self._command("browsingContext.close", context=old)

    def switch_to(self, url_part: str, timeout: float = 10) -> None:
        """Go on in the tab whose address holds this, once there is one."""
        found = awaited(
            lambda: [tab for tab in self._tabs() if url_part in tab["url"]], timeout, url_part
        )
        self._tab = found[0]["context"]

    def notifications(self) -> list[tuple[str, str]]:
        """Title and text of each notification on the screen, oldest first."""
        shown = self._chrome(
            f"{ALERTS}.map((w) => ['Title', 'Text'].map("
            "(part) => w.document.getElementById(`alert${part}Label`)).map("
            "(label) => label.getAttribute('value') || label.textContent))"
        )
        return [(title, text) for title, text in shown]

    def click_notification(self, timeout: float = 10) -> None:
        """The newest one on the screen; waits for it if there is none."""
        awaited(
            lambda: self._chrome(f"{ALERTS}.slice(-1).map((w) => (w.onAlertClick(), 1))[0]"),
            timeout,
            "a notification",
        )

    def _command(self, method: str, **params: Any) -> dict[str, Any]:
        return self._thread.call(self._bidi.command(method, **params))

    def _tabs(self, **params: Any) -> list[dict[str, Any]]:
        tabs: list[dict[str, Any]] = self._command("browsingContext.getTree", **params)["contexts"]
        return tabs

    def _chrome(self, js: str) -> Any:
        windows = self._tabs(**{"moz:scope": "chrome"})
        browser = next(w["context"] for w in windows if w["url"].endswith("browser.xhtml"))
        return self._thread.call(self._bidi.evaluate(browser, js))

    def _press(self, origin: dict[str, Any]) -> None:
        actions = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        pointer = {"type": "pointer", "id": "mouse", "actions": actions}
        self._command("input.performActions", context=self._tab, actions=[pointer])
