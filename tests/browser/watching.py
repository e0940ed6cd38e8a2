"""What happened on a page while a test used it."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Dialog, Page


@dataclass
class Watch:
    """What happened on a page: console messages, errors, dialogs, and every address it asked for."""

    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def on(self, page: Page) -> None:
        """Record everything of this page."""
        page.on("console", lambda m: self.messages.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda e: self.messages.append(f"error: {e}"))
        page.on("request", lambda r: self.requests.append(r.url))
        page.on("dialog", self._dismiss)

    def _dismiss(self, dialog: Dialog) -> None:
        self.messages.append("dialog")
        dialog.dismiss()

    def outside(self, own: str) -> list[str]:
        """Requests that left for anywhere but ``own``."""
        return [url for url in self.requests if not url.startswith((own, "data:", "about:", "blob:"))]
