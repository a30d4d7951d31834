"""A report that is open in a browser, and what can be done with it and seen of it."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Dialog, Page

_PATIENCE = 5_000  # milliseconds: after so many something hangs
_CY = "document.querySelector('.canvas')._cyreg.cy"
_PLACE = """async number => {
  const canvas = document.querySelector(".canvas");
  const cy = canvas._cyreg.cy;
  const node = cy.nodes("[number]").filter(one => one.data("number") === number)[0];
  canvas.scrollIntoView({ block: "center" });
  cy.center(node);
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const { left, top } = canvas.getBoundingClientRect();
  const { x, y } = node.renderedPosition();
  return [left + x, top + y];
}"""
_CHOSEN = f"number => {_CY}.nodes('.chosen').some(one => one.data('number') === number)"


@dataclass
class Opened:
    """An open report: its page, what its console said, what it asked the network for, and what it alerted."""

    context: BrowserContext
    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    alerted: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, browser: Browser, path: Path, **settings: Any) -> "Opened":
        """Open a file; every request but the one for itself is written down, as are all errors and warnings."""
        context = browser.new_context(**{"reduced_motion": "reduce", **settings})
        context.set_default_timeout(_PATIENCE)
        context.set_offline(True)
        opened = cls(context, context.new_page())
        page, address = opened.page, path.as_uri()
        page.on("console", lambda message: opened.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: opened.said.append(str(error)))
        page.on("request", lambda request: opened.asked.append(request.url))
        page.on("dialog", opened.dismiss)
        page.goto(address)
        opened.asked.remove(address)
        return opened

    def dismiss(self, dialog: Dialog) -> None:
        self.alerted.append(dialog.message)
        dialog.dismiss()

    def close(self) -> None:
        self.context.close()

    @property
    def keys(self) -> list[str]:
        """The keys of nodes by their numbers."""
        found: list[str] = self.page.evaluate("JSON.parse(document.getElementById('data').textContent).nodes.key")
        return found

    def lit(self, name: str) -> set[str]:
        """The keys of what is lit on the map: "chosen", "needs" or "unlocks"."""
        return self.on_map(f".{name}")

    def on_map(self, chosen: str = "") -> set[str]:
        """The keys of what stands on the map, or of some of it, such as ".outside"."""
        keys = self.keys
        numbers = self.page.evaluate(
            f"chosen => {_CY}.nodes('[number]' + chosen).map(node => node.data('number'))", chosen
        )
        return {keys[number] for number in numbers}

    def click(self, key: str) -> None:
        """Click on a box of the map, with the mouse."""
        number = self.keys.index(key)
        self.page.mouse.click(*self.page.evaluate(_PLACE, number))
        self.page.wait_for_function(_CHOSEN, arg=number)

    def search(self, text: str) -> list[str]:
        """Search, and give what is found."""
        self.page.fill("#search", text)
        return self.page.locator(".hits button").all_inner_texts()

    def turn_to(self, title: str) -> None:
        """Choose a page of the map by the beginning of its title."""
        options = self.page.locator("#page option").all_inner_texts()
        self.page.select_option("#page", index=next(at for at, one in enumerate(options) if one.startswith(title)))

    def column(self, table: str, heading: str) -> list[str]:
        """Give the cells of one column of a table as they are shown."""
        heads = self.page.locator(f"{table} thead th button").all_inner_texts()
        place = next(at for at, one in enumerate(heads) if one.split(" ")[0] == heading)
        return self.page.locator(f"{table} tbody tr > :nth-child({place + 1})").all_inner_texts()

    def listed(self, part: str) -> AbstractSet[str]:
        """Give the keys that the panel lists as "needs" or "unlocks"."""
        return set(self.page.locator(f".panel .{part} button").all_inner_texts())
