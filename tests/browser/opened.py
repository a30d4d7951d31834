"""A report that is open in a browser, and what can be done with it and seen of it."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

import learngraph as lg

_Places: TypeAlias = Sequence[tuple[float, float]]

_PATIENCE = 5_000  # milliseconds: after so many something hangs
CY = "document.querySelector('.canvas')._cyreg.cy"
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
_JOINT = f"""async at => {{
  const joint = {CY}.nodes(".joint")[at];
  {CY}.center(joint);
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const {{ left, top }} = document.querySelector(".canvas").getBoundingClientRect();
  const {{ x, y }} = joint.renderedPosition();
  return [left + x, top + y];
}}"""
_INKED = """async sheet => {
  const image = document.querySelectorAll(".paper img")[sheet];
  await image.decode();
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data, width } = pen.getImageData(0, 0, canvas.width, canvas.height);
  let [left, right] = [width, 0];
  for (let at = 0; at < data.length; at += 4) {
    if (Math.min(data[at], data[at + 1], data[at + 2]) > 250) continue;
    const x = (at / 4) % width;
    [left, right] = [Math.min(left, x), Math.max(right, x)];
  }
  return [left, right];
}"""
_NEAREST = f"""() => {{
  const cy = {CY};
  const away = (node) => {{
    const {{ x, y }} = node.renderedPosition();
    return Math.hypot(x - cy.width() / 2, y - cy.height() / 2);
  }};
  return cy.nodes("[number]").sort((one, other) => away(one) - away(other))[0].data("number");
}}"""
_NOW_AT = f"""number => {{
  const {{ left, top }} = document.querySelector(".canvas").getBoundingClientRect();
  const {{ x, y }} = {CY}.nodes("[number]").filter(one => one.data("number") === number)[0].renderedPosition();
  return [left + x, top + y];
}}"""
_MIDDLE = """() => {
  const canvas = document.querySelector(".canvas");
  canvas.scrollIntoView({ block: "center" });
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}"""
_CHOSEN = f"number => {CY}.nodes('.chosen').some(one => one.data('number') === number)"


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
            f"chosen => {CY}.nodes('[number]' + chosen).map(node => node.data('number'))", chosen
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

    def lines(self, chosen: str = "") -> int:
        """Give how many lines are on the map, or some of them, such as ".dim"."""
        found: int = self.page.evaluate(f"chosen => {CY}.edges(chosen || '*').length", chosen)
        return found

    @property
    def told(self) -> str:
        """What is told beside the search."""
        return self.page.locator(".search [role=status]").inner_text()

    def view(self) -> tuple[float, float, float]:
        """Give how near the map is, and how far it was moved: zoom, x and y."""
        zoom, x, y = self.page.evaluate(f"[{CY}.zoom(), {CY}.pan().x, {CY}.pan().y]")
        return zoom, x, y

    def middle(self) -> tuple[float, float]:
        """Bring the map into sight, and give the place of its middle."""
        x, y = self.page.evaluate(_MIDDLE)
        return x, y

    def nearest(self) -> str:
        """Give the key of the box nearest to the middle of what is seen of the map."""
        number: int = self.page.evaluate(_NEAREST)
        return self.keys[number]

    def place(self, key: str) -> tuple[float, float]:
        """Give the place of a box in the window, where it stands now."""
        x, y = self.page.evaluate(_NOW_AT, self.keys.index(key))
        return x, y

    def drag(self, right: int, down: int) -> None:
        """Drag the map with the mouse, across its middle."""
        x, y = self.middle()
        self.pull((x - right / 2, y - down / 2), (right, down))

    def pull(self, start: tuple[float, float], way: tuple[int, int]) -> None:
        """Drag with the mouse from a place in the window."""
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        mouse.move(start[0] + way[0], start[1] + way[1], steps=8)
        mouse.up()

    def swipe(self, start: tuple[float, float], way: tuple[int, int]) -> None:
        """Drag with one finger from a place in the window."""
        steps = range(1, 11)
        places = [[(start[0] + way[0] * step / 10, start[1] + way[1] * step / 10)] for step in steps]
        self._touch([start], *places)

    def pinch(self, start: int, end: int) -> None:
        """Put two fingers on the map, so many pixels from its middle, and move them to another distance."""
        x, y = self.middle()
        distances = range(start, end, 8 if end > start else -8)
        self._touch([(x - start, y), (x + start, y)], *([(x - away, y), (x + away, y)] for away in distances))

    def _touch(self, start: _Places, *places: _Places) -> None:
        """Put fingers down one after the other, move them from places to places, and lift them."""
        session = self.context.new_cdp_session(self.page)

        def touch(kind: str, fingers: _Places) -> None:
            points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            self.page.evaluate("new Promise(requestAnimationFrame)")

        for count in range(1, len(start) + 1):
            touch("touchStart", start[:count])
        for fingers in places:
            touch("touchMove", fingers)
        touch("touchEnd", ())

    def inked(self, sheet: int) -> tuple[int, int]:
        """Give the first and the last column of dots of a printed sheet of the map that are not white."""
        left, right = self.page.evaluate(_INKED, sheet)
        return left, right

    def tip_of_joint(self, at: int) -> str:
        """Give the tip that a junction has when the mouse is on it."""
        self.middle()
        self.page.mouse.move(1, 1)
        self.page.mouse.move(*self.page.evaluate(_JOINT, at))
        tip = self.page.locator(".tip")
        tip.wait_for(state="visible")
        return tip.inner_text()

    def print(self) -> None:
        """Show the report as it would be printed."""
        self.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        self.page.emulate_media(media="print")

    def listed(self, part: str) -> AbstractSet[str]:
        """Give the keys that the panel lists as "needs" or "unlocks"."""
        return set(self.page.locator(f".panel .{part} button").all_inner_texts())


#: opens a report on a graph, or one that is written
Open: TypeAlias = Callable[..., Opened]


def whole(report: Opened) -> Opened:
    """Turn to the page of a small catalogue that has all of it."""
    report.turn_to("the whole catalogue")
    return report


def binding(catalogue: lg.LearningGraph) -> "nx.DiGraph[str]":
    """What the graph says that one needs and unlocks: recommendations bind nobody."""
    return catalogue.to_networkx("prerequisite", "corequisite", "outcome")
