"""A headless Chromium for tests of what a person sees; what it asks for and complains about is recorded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.watching import Watch

CHROMIUM = os.environ.get("TRACEGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium (``apt-get install chromium``); a stated skip where it is missing, a failure in CI."""
    if not CHROMIUM:
        reason = "no Chromium here (apt-get install chromium, or TRACEGRAPH_CHROMIUM=path)"
        if os.environ.get("TRACEGRAPH_REQUIRE_ALL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def page(browser: Browser, watch: Watch) -> Iterator[Page]:
    """A fresh page of a desktop's size, watched."""
    context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="th-TH")
    opened = context.new_page()
    watch.on(opened)
    yield opened
    context.close()
