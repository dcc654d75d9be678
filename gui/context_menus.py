"""The menus that open on the canvas, filled from the table of actions."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from engine.settings import all_settings
from gui.actions import ACTIONS
from gui.canvas.scene import CanvasScene

Sections = tuple[tuple[str, ...], ...]

COPYING = ("cut", "copy", "duplicate", "delete")
LIGHTING = ("light_neighbours", "light_ancestors", "light_descendants")
WIRING = ("connect", "unplug", "detach")
GROUPING = ("group",)
ON_INPUT: Sections = (
    ("edit_value", "rename"),
    ("connect", "detach", "derive"),
    LIGHTING,
    GROUPING,
    COPYING,
)
ON_FUNCTION: Sections = (
    ("differentiate", "edit_value", "rename"),
    WIRING,
    LIGHTING,
    GROUPING,
    COPYING,
)
ON_GROUP = (
    ("enter_group", "fold"),
    ("edit_value", "rename"),
    WIRING,
    ("ungroup", "keep_block", "export_block"),
    COPYING,
)
ON_SEVERAL = (
    ("light_ways", *LIGHTING, "isolate"),
    ("tidy_selection", "Arrange"),
    ("group", "add_frame", "unplug", "detach"),
    COPYING,
)
ON_WIRE: Sections = (("add_bend", "straighten"), ("delete", "cut_wires"))
ON_MARK: Sections = (("rename", "recolour"), COPYING)
ON_TAB = (("save", "save_as"), ("close_tab", "close_others", "reopen_tab"))
ON_GROUND: Sections = (
    ("search_to_add", "paste", "select_all"),
    ("add_note", "add_frame"),
    ("tidy", "fit", "show_all"),
    ("find", "show_everything"),
)
"""What the menu on a block, on several, a wire, a mark, a tab, and on the ground offers, with a
line between two sections. The name of a menu stands for the rest of it, in a menu of its own."""


def sections_for(canvas: CanvasScene, item: str) -> Sections:
    """Choose what the menu offers on a block, a group or a mark; on "" it is for the ground."""
    if item and len(canvas.selection.items()) > 1:
        return ON_SEVERAL
    if item in canvas.marks:
        return ON_MARK
    if item in canvas.document.groups:
        return ON_GROUP
    if not item:
        return ON_WIRE if canvas.selection.wires() else ON_GROUND
    facts = canvas.document.graph.block(item)
    if not facts.is_function:
        return ON_INPUT
    first, *rest = ON_FUNCTION
    if not all_settings(facts):
        first = tuple(name for name in first if name != "edit_value")
    return (first, *rest)


def fill_menu(menu: QMenu, sections: Sections, actions: Mapping[str, QAction]) -> None:
    """Fill a menu that opens on the canvas, with a line between two sections."""
    offered = {name for section in sections for name in section}
    for section in sections:
        if not menu.isEmpty():
            menu.addSeparator()
        for name in section:
            if name in actions:
                menu.addAction(actions[name])
                continue
            more = menu.addMenu(name)
            for spec in ACTIONS:
                if spec.menu == name and spec.name not in offered:
                    more.addAction(actions[spec.name])
                    if spec.ends_group:
                        more.addSeparator()
