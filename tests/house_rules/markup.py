"""What a template says by itself, outside the catalogue, and what a strict browser would refuse."""

import re
from html.parser import HTMLParser
from typing import TypeGuard

from jinja2 import meta, nodes

from app.web.rendering import environment

JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
LETTERS = re.compile(r"[^\W\d_]")
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龯々]")
READ_ALOUD = {"title", "placeholder", "aria-label", "aria-description", "alt", "label"}
VOID = {"br", "hr", "img", "input", "link", "meta"}
CATALOGUE = {"_", "_a"}
ALWAYS_THERE = {"request", "language", "nonce", "now", "caller"}


class _Reader(HTMLParser):
    """Collects words in text and in attributes that are read to people, and inline code."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.code: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in READ_ALOUD and LETTERS.search(value or ""):
                self.words.append(str(value))
            if name == "style" or name.startswith(("on", "hx-on")):
                self.code.append(name)
            if (value or "").strip().lower().startswith("javascript:"):
                self.code.append(str(value))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open and self._open.pop() != tag:
            continue

    def handle_data(self, data: str) -> None:
        if LETTERS.search(data) and not {"script", "style"} & set(self._open[-1:]):
            self.words.append(data.strip())


def _read(source: str) -> _Reader:
    reader = _Reader()
    reader.feed(JINJA.sub("", source))
    return reader


def bare_words(source: str) -> list[str]:
    """Words of any language in the HTML, and Japanese in Jinja that isn't given to `_` or `_a`."""
    return [*_read(source).words, *_bare_strings(environment().parse(source))]


def _bare_strings(node: nodes.Node) -> list[str]:
    children = node.kwargs if _is_said(node) else node.iter_child_nodes()
    found = [text for child in children for text in _bare_strings(child)]
    if isinstance(node, nodes.Const) and JAPANESE.search(str(node.value)):
        found.append(str(node.value))
    return found


def _is_said(node: nodes.Node) -> TypeGuard[nodes.Call]:
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return False
    return node.node.name in CATALOGUE


def inline_code(source: str) -> list[str]:
    """Style attributes and event handlers, which our Content-Security-Policy forbids."""
    return _read(source).code


def needs(source: str) -> set[str] | None:
    """The names in `Needs: a, b.` of the comment on the first line; None without one."""
    said = re.match(r"\{#.*?\b[Nn]eeds: ([\w, ]+)\.? #\}\n", source)
    return {name.strip() for name in said[1].split(",")} if said else None


def used(source: str) -> set[str]:
    """Names that whoever includes the template has to supply."""
    tree = environment().parse(source)
    stored = {name.name for name in tree.find_all(nodes.Name) if name.ctx in {"store", "param"}}
    given = meta.find_undeclared_variables(tree) - stored
    return given - set(environment().globals) - ALWAYS_THERE
