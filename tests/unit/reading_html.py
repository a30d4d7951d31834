"""What a viewer of notebooks makes of a table: its tags, its attributes, its texts."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(frozen=True, slots=True)
class Seen:
    """The tags in order, all attributes with the tag that bears each, and the texts of captions and cells."""

    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str | None]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.tags.append(tag)
        self.seen.attributes.extend((tag, name, value) for name, value in attrs)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "tags are closed in the order in which they were opened"

    def handle_data(self, data: str) -> None:
        self.seen.texts.append(data)


def read_html(text: str) -> Seen:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert not reader.open, "every tag is closed"
    return reader.seen
