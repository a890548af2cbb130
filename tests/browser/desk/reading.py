"""A page as a screen reader is told of it: Chromium's own tree of names and roles."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

CONTROLS = {
    "button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "spinbutton",
    "DisclosureTriangle", "slider", "Date",
}  # fmt: skip
GROUPS = {
    "group", "radiogroup", "region", "navigation", "form", "search", "complementary", "dialog",
    "alertdialog", "row", "alert", "status",
}  # fmt: skip
# Focus goes as the document is read, where nothing changes its order.
REORDERED = """() => [...document.querySelectorAll("body *")].filter(element => {
  const style = getComputedStyle(element)
  return style.order !== "0" || /reverse/.test(style.flexDirection) || element.tabIndex > 0
}).map(element => element.outerHTML.slice(0, 90))"""


@dataclass(frozen=True)
class Control:
    role: str
    name: str
    groups: tuple[str, ...]
    goes_to: str


class Reading:
    """What is read of the page that is open, in its order."""

    def __init__(self, page: Page) -> None:
        line = page.context.new_cdp_session(page)
        nodes: list[dict[str, Any]] = line.send("Accessibility.getFullAXTree")["nodes"]
        line.detach()
        self.page = page
        self.by_id = {node["nodeId"]: node for node in nodes}
        self.nodes = [node for node in nodes if not node.get("ignored")]

    def faults(self) -> list[str]:
        return [*self.nameless(), *self.twins(), *self.headings(), *self.reordered()]

    @property
    def controls(self) -> Iterator[Control]:
        for node in self.nodes:
            if role_of(node) in CONTROLS:
                yield Control(
                    role_of(node), name_of(node), self._groups_of(node), told_of(node, "url")
                )

    def nameless(self) -> list[str]:
        wanted = CONTROLS | {"navigation", "complementary", "dialog", "image", "radiogroup"}
        return [
            f"no name: {role_of(node)} in {self._groups_of(node)}"
            for node in self.nodes
            if role_of(node) in wanted and not name_of(node)
        ]

    def twins(self) -> list[str]:
        """The same name for two things of one group. Two links to one place are one thing."""
        seen: dict[tuple[str, str, tuple[str, ...]], set[str]] = {}
        faults = []
        for place, one in enumerate(self.controls):
            known = seen.setdefault((one.role, one.name, one.groups), set())
            goes_to = one.goes_to or str(place)
            if known and goes_to not in known:
                faults.append(f"twice: {one.role} {one.name} in {one.groups}")
            known.add(goes_to)
        return faults

    def headings(self) -> list[str]:
        levels = [int(told_of(n, "level")) for n in self.nodes if role_of(n) == "heading"]
        faults = [] if levels.count(1) == 1 else [f"h1: {levels.count(1)}"]
        steps = pairwise(levels)
        return faults + [f"from h{one} to h{next_}" for one, next_ in steps if next_ > one + 1]

    def reordered(self) -> list[str]:
        return [f"not in its order: {one}" for one in self.page.evaluate(REORDERED)]

    def _groups_of(self, node: dict[str, Any]) -> tuple[str, ...]:
        names: list[str] = []
        while node := self.by_id.get(node.get("parentId", "")) or {}:
            if role_of(node) in GROUPS and name_of(node):
                names.append(name_of(node))
        return tuple(names)


def role_of(node: dict[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def name_of(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", "")).strip()


def told_of(node: dict[str, Any], name: str) -> str:
    told = {one["name"]: one["value"].get("value", "") for one in node.get("properties", [])}
    return str(told.get(name, ""))
