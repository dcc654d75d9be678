"""The File menu."""

from functools import partial

from gui.actions.spec import spec

action = partial(spec, "File")

FILE = (
    action("new", "New", "Ctrl+N", tip="Begin an empty document"),
    action("open", "Open…", "Ctrl+O", tip="Open a document from a file"),
    action("open_recent", "Open Recent", tip="Documents that were open lately"),
    action("examples", "Examples", tip="Documents to begin with", ends_group=True),
    action("save", "Save", "Ctrl+S", tip="Write the document to its file"),
    action(
        "save_as",
        "Save As…",
        "Ctrl+Shift+S",
        tip="Write the document to another file",
        ends_group=True,
    ),
    action("quit", "Quit", "Ctrl+Q", tip="Close Gradwalk"),
)
