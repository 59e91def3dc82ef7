"""The gallery: every shipped case has its map, and what is stale is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.read.source import shipped_cases
from tools import gallery

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.conftest import BrowserPage


def test_index_leads_to_a_map_of_each_case(
    browser_page: BrowserPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages are written, opened from the index without a request beyond the folder, and then current."""
    template = (gallery.FOLDER / "gallery.html").read_bytes()
    monkeypatch.setattr(gallery, "FOLDER", tmp_path / "visualizations")
    gallery.FOLDER.mkdir()
    (gallery.FOLDER / "gallery.html").write_bytes(template)
    monkeypatch.setattr(gallery, "shipped_cases", lambda: {"凤阳扩权强镇": shipped_cases()["凤阳扩权强镇"]})
    assert gallery.main(["--check"]) == 1
    assert gallery.main([]) == 0
    picture = gallery.FOLDER / "maps" / "fengyang-strong-towns.png"
    assert gallery.stale(gallery.pages()) == [picture]
    picture.write_bytes(b"\x89PNG")
    assert gallery.main(["--check"]) == 0
    page = browser_page.open(gallery.FOLDER / "index.html")
    page.click("li a")
    page.wait_for_selector("#canvas[data-nodes]")
    assert "凤阳" in page.inner_text("#title")
    (gallery.FOLDER / "maps" / "gone.html").write_text("", encoding="utf-8")
    assert gallery.main(["--check"]) == 1
