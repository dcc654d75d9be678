"""HTML, read by a program that complains about what is not closed."""

from html.parser import HTMLParser

VOID = {"meta", "input", "br"}


class Reader(HTMLParser):
    """Holds every element with its text and what it stands in."""

    def __init__(self):
        super().__init__()
        self.open, self.elements = [], []

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "text": "", "within": tuple(map(id, self.open)), **dict(attrs)}
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop()["tag"] == tag

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data


def read(text):
    """Give all elements of a page."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert not reader.open
    return reader.elements


def inside(elements, outer):
    """List the elements within another."""
    return [e for e in elements if id(outer) in e["within"]]


def with_class(elements, name):
    """List the elements of a class."""
    return [e for e in elements if name in (e.get("class") or "").split()]
