"""Draw the picture of the README again: the page of one trace of the sample, as a browser shows it.

Needs the development extra and Chromium::

    python scripts/make_readme_picture.py                  # builds the sample in a temporary folder first
    python scripts/make_readme_picture.py --home FOLDER    # from a data folder that holds the linked sample
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from api import create_app
from tracegraph.cli.serve import open_listener
from tracegraph.cli.steps import run_linking
from tracegraph.graph.store import Store, open_store
from tracegraph.ingest.importer import read_files
from tracegraph.sample import sample_files
from tracegraph.settings import Settings

OUT = Path(__file__).parents[1] / "docs" / "images" / "trace.png"
NEED = "KB-N-HN2-2"  # declared from the village to the request for money, with strategies declared and suggested
WIDTH = 1360
SCALE = 1.25


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--home", type=Path, help="data folder with the linked sample")
    parser.add_argument("--need", default=NEED)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        settings = Settings(home=asked.home or Path(folder))
        with open_store(settings) as store:
            if asked.home is None:
                store.write_batches(read_files(sample_files()), command="import")
                run_linking(store, settings.home)
            with serve(settings, store) as address:
                draw(f"{address}/trace/{asked.need}", asked.out)
    print(f"{asked.out}: {asked.out.stat().st_size / 1024:.0f} KB")


@contextmanager
def serve(settings: Settings, store: Store) -> Iterator[str]:
    """The address of the pages, on a free port of this computer."""
    listener = open_listener("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(create_app(settings, store=store), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        listener.close()


def draw(address: str, out: Path) -> None:
    """The page from its title to the end of the picture, without menu and buttons."""
    chromium = os.environ.get("TRACEGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    out.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 1000}, device_scale_factor=SCALE, locale="th-TH")
        page.goto(address, wait_until="networkidle")
        title = page.locator("h1").bounding_box()
        card = page.locator("section:has(> .picture)").bounding_box()
        picture = page.locator(".picture svg").bounding_box()
        if title is None or card is None or picture is None:
            raise SystemExit(f"{address} shows no trace")
        top = title["y"] - 4
        bottom = picture["y"] + picture["height"]
        clip = {"x": 0, "y": top, "width": WIDTH, "height": bottom - top}
        page.screenshot(path=out, full_page=True, clip=clip)  # type: ignore[arg-type]
        browser.close()


if __name__ == "__main__":
    main()
