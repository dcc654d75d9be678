"""The File menu."""

from functools import partial

from gui.actions.spec import spec

action = partial(spec, "File")

FILE = (
    action("new", "New", "Ctrl+N", tip="Begin an empty document"),
    action("open", "Open…", "Ctrl+O", tip="Open documents from files"),
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
    action(
        "export_code", "Export Code…", "Ctrl+E", tip="Write the graph to a file as code or text"
    ),
    action(
        "export_page",
        "Export as Web Page…",
        "Ctrl+Alt+H",
        tip="Write the walk to a file that any browser shows",
    ),
    action(
        "copy_as_code",
        "Copy as Code",
        "Ctrl+Alt+E",
        tip="Copy the graph as code, in the language that was shown last",
        ends_group=True,
    ),
    action(
        "export_picture",
        "Export Picture…",
        "Ctrl+Alt+P",
        tip="Write the graph at a step to a file as PNG, SVG or PDF",
    ),
    action(
        "export_film",
        "Export Film…",
        "Ctrl+Alt+F",
        tip="Write the walk to a file as GIF, WebP, APNG or MP4",
    ),
    action(
        "copy_as_picture",
        "Copy as Picture",
        "Ctrl+Alt+I",
        tip="Copy a picture of what is selected, or of the whole graph",
        ends_group=True,
    ),
    action("close_tab", "Close Tab", "Ctrl+W", tip="Close the document in front"),
    action("close_others", "Close Other Tabs", tip="Close all documents but the one in front"),
    action(
        "reopen_tab",
        "Reopen Closed Tab",
        "Ctrl+Shift+T",
        tip="Open the document again that was closed last",
        ends_group=True,
    ),
    action("quit", "Quit", "Ctrl+Q", tip="Close Gradwalk"),
)
