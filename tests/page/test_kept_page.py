"""The page without a server: the browser has kept it, whole and of one version."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Request, expect

from streams.room.assets import FOLDER, Assets
from streams.web.message import Answer, Incoming
from tests.page.cast import many, opening
from tests.page.desks_cast import desks
from tests.page.looking import Day, looked_at

pytestmark = pytest.mark.chromium

_SETTLED: Final = """async () => {
  const it = await navigator.serviceWorker.ready;
  return !it.installing && !it.waiting && it.active.state === "activated";
}"""
_SCRIPTS: Final = """() => performance.getEntriesByType("resource").map((entry) => entry.name)
  .filter((name) => /\\.(?:js|css)$/.test(name))"""
_SECOND_MS: Final = 1_000


_PAGES: Final = {
    "/": ".curve, .pic .tile",
    "/triage": ".line",
    "/letters": "main h1",
    "/report": ".phoned",
    "/wall": ".tile, .wt, [data-code]",
    "/print/handover": ".sheet",
    "/print/situation": ".sheet",
}
"""Pages that need no document of the interface, and what each of them shows."""


def test_the_page_comes_again_without_a_server(chromium: Browser) -> None:
    """Reloaded, also at another address, it shows the last picture; back, it goes on by itself."""
    with looked_at(chromium, opening(many(5))) as day:
        day.stage.assets = Assets()
        day.open()
        kept(day, 1)
        day.wait_until_kept()
        assert not [name for name in scripts(day) if "/@" in name]
        day.may_complain = True
        day.stage.cut()
        day.page.goto(f"{day.stage.address}/?theme=light")
        expect(day.row(5)).to_be_visible()
        state = day.page.locator("html")
        expect(state).to_have_attribute("data-state", "offline", timeout=15 * _SECOND_MS)
        assert not [name for name in scripts(day) if "/page/@" not in name]
        expect(day.page.locator(".banner.offline")).to_contain_text("tidak ikut disimpan")
        day.stage.restore()
        expect(state).to_have_attribute("data-state", "live", timeout=15 * _SECOND_MS)
        expect(day.page.locator(".banner")).to_have_count(0)
        day.page.reload()
        expect(day.row(5)).to_be_visible()
        assert not [name for name in scripts(day) if "/@" in name]


def test_a_kept_page_asks_for_nothing_that_is_not_kept(chromium: Browser) -> None:
    """Every page of it is whole, the words of the form too; only the interface is not there."""
    missed: list[str] = []
    with looked_at(chromium, desks()) as day:
        day.stage.assets = Assets()
        day.open()
        kept(day, 1)
        day.wait_until_kept()
        day.may_complain = True
        day.page.on("requestfailed", lambda request: missed.extend(unanswered(request)))
        day.stage.cut()
        for path, shown in _PAGES.items():
            day.page.goto(f"{day.stage.address}{path}?theme=light")
            expect(day.page.locator(shown).first).to_be_visible()
        day.page.goto(f"{day.stage.address}/report?theme=light")
        day.page.locator("[data-field=category] input").fill("tawuran")
        expect(day.page.locator("[role=option]").first).to_contain_text("KAM-01")
    others = {path for path in missed if not path.startswith("/api/")}
    assert set() == others - set(_PAGES) - {"/sw.js"}


def test_files_of_two_versions_never_meet(chromium: Browser, tmp_path: Path) -> None:
    """A new version is kept whole beside the old one, or not at all."""
    shutil.copytree(FOLDER, tmp_path / "new")
    with (tmp_path / "new" / "tokens.css").open("a", encoding="utf-8") as file:
        file.write(":root { --version: new; }")
    old, new = Assets(), Assets(tmp_path / "new")
    with looked_at(chromium, opening(many(5))) as day:
        day.may_complain = True
        day.stage.assets = old
        day.open()
        first = kept(day, 1)
        old.worker = new.worker  # type: ignore[method-assign]  # The files are still the old ones.
        update = "navigator.serviceWorker.ready.then((it) => it.update())"
        day.page.evaluate(f"{update}.then(() => 0, () => 0)")
        day.until(lambda: bool(day.page.evaluate(_SETTLED)))
        assert first == versions(day)
        day.stage.assets = new
        day.open()
        kept(day, 2)
        day.stage.cut()
        day.open()
        version = "getComputedStyle(document.documentElement).getPropertyValue('--version')"
        assert "new" == day.page.evaluate(version)


def test_a_page_that_is_open_says_when_the_room_is_of_another_version(
    chromium: Browser, tmp_path: Path
) -> None:
    """A part that no longer fits is not asked for again: the whole page is loaded, and is whole."""
    folder = tmp_path / "new"
    shutil.copytree(FOLDER, folder)
    store, triage = folder / "store.js", folder / "triage.js"
    store.write_text(f"{store.read_text()}export const fresh = 1;\n")
    triage.write_text(f'import {{ fresh }} from "./store.js";\nvoid fresh;\n{triage.read_text()}')
    old, new = Assets(), Assets(folder)
    with looked_at(chromium, opening(many(5))) as day:
        day.may_complain = True
        day.stage.assets = old
        turn_into(day, old)
        day.open()
        expect(day.page.locator(".banner")).to_have_count(0)
        day.stage.assets = new
        turn_into(day, new)
        day.stage.say(day.stage.snapshot)
        expect(day.page.locator(".banner.outdated")).to_contain_text("versi lain")
        day.page.locator("a[href='/triage']").first.click()
        load = day.page.locator("main .act, .empty .act").get_by_text("Muat ulang halaman")
        load.click()
        expect(day.page.locator("main h1").first).to_be_visible()
        expect(day.page.locator(".banner")).to_have_count(0)


def unanswered(request: Request) -> list[str]:
    """Return the path of a request that failed; of one that the page gave up as it went: none."""
    return [] if request.failure == "net::ERR_ABORTED" else [urlsplit(request.url).path]


def turn_into(day: Day, assets: Assets) -> None:
    """Let the room say of these files that they are its own."""
    session = replace(day.stage.snapshot.session, version=assets.version)
    day.stage.snapshot = replace(day.stage.snapshot, session=session)
    day.stage.session = session


class Retagged(Assets):
    """The files as they come through a proxy that has its own mind about ETags."""

    def __init__(self, made: Callable[[str], str]) -> None:
        """Let it make of each tag another one; empty: none."""
        super().__init__()
        self._made = made

    async def shell(self, incoming: Incoming) -> Answer:
        """Return the page."""
        return self._retagged(await super().shell(incoming))

    async def file(self, incoming: Incoming) -> Answer:
        """Return a file of the page."""
        return self._retagged(await super().file(incoming))

    def _retagged(self, answer: Answer) -> Answer:
        headers = dict(answer.headers)
        tag = self._made(headers.pop("etag"))
        more = (("etag", tag),) if tag else ()
        return replace(answer, headers=(*headers.items(), *more))


@pytest.mark.parametrize("form", ["W/{}", '"{}-gzip"'])
def test_a_page_is_kept_through_a_proxy_that_compresses(chromium: Browser, form: str) -> None:
    """It marks the tags, and what they say stays what it was."""
    with looked_at(chromium, opening(many(5))) as day:
        day.stage.assets = Retagged(
            lambda tag: form.format(tag if form.startswith("W") else tag.strip('"'))
        )
        day.open()
        kept(day, 1)


def test_a_page_that_cannot_be_kept_says_so(chromium: Browser) -> None:
    """In the browser's console, for who sets up a proxy: it is seen on the day otherwise."""
    said: list[str] = []
    with looked_at(chromium, opening(many(5))) as day:
        day.may_complain = True
        day.page.on("console", lambda message: said.append(message.text))
        day.stage.assets = Retagged(lambda _tag: "")
        day.open()
        day.until(lambda: any("is not kept" in text for text in said))
        assert [] == versions(day)


def kept(day: Day, count: int) -> list[str]:
    """Wait until so many versions are kept, and the last one is in charge; return their names."""
    day.until(lambda: count == len(versions(day)) and day.page.evaluate(_SETTLED))
    return versions(day)


def versions(day: Day) -> list[str]:
    """Return the names of the versions that the browser keeps."""
    return [str(name) for name in day.page.evaluate("caches.keys()")]


def scripts(day: Day) -> list[str]:
    """Return whence the page has its scripts and styles."""
    return [str(name) for name in day.page.evaluate(_SCRIPTS)]
