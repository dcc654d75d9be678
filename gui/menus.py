"""The menu bar, filled from the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from engine.phases import Grain
from gui import files
from gui.actions import ACTIONS, SUBMENUS
from gui.document import title_of
from gui.player import Player
from gui.theme import Choice, themes

THEMES: tuple[tuple[Choice, str], ...] = (
    ("system", "As the System"),
    ("light", "Light"),
    ("dark", "Dark"),
)

GRAINS: tuple[tuple[Grain, str], ...] = (
    ("block", "A Block"),
    ("contribution", "A Contribution"),
    ("line", "A Line of Code"),
)


def menu_bar(
    actions: Mapping[str, QAction],
    open_path: Callable[[Path], None],
    open_example: Callable[[Path], None],
    player: Player,
) -> QMenuBar:
    """Make the menu bar."""
    fill: dict[str, Callable[[QMenu], None]] = {
        "open_recent": partial(_fill_recent, open_path),
        "examples": partial(_fill_examples, open_example),
        "theme": _fill_theme,
        "grain": partial(_fill_grain, player),
    }
    bar = QMenuBar()
    menus: dict[str, QMenu] = {}
    taken: set[str] = set()
    for spec in ACTIONS:
        if spec.menu not in menus:
            menus[spec.menu] = bar.addMenu(_underlined(spec.menu, taken))
            menus[spec.menu].setToolTipsVisible(True)
        menu = menus[spec.menu]
        if spec.name in SUBMENUS:
            submenu = menu.addMenu(spec.text)
            submenu.setToolTipsVisible(True)
            submenu.aboutToShow.connect(partial(fill[spec.name], submenu))
        else:
            menu.addAction(actions[spec.name])
        if spec.ends_group:
            menu.addSeparator()
    return bar


def _underlined(name: str, taken: set[str]) -> str:
    """Mark the first letter of a menu's name that no other menu has; it opens the menu with Alt."""
    at = next((at for at, letter in enumerate(name.lower()) if letter not in taken), 0)
    taken.add(name[at].lower())
    return f"{name[:at]}&{name[at:]}"


def _fill_recent(open_path: Callable[[Path], None], menu: QMenu) -> None:
    menu.clear()
    for path in files.recent():
        menu.addAction(path.name, partial(open_path, path)).setToolTip(str(path))
    if menu.isEmpty():
        menu.addAction("Nothing yet").setEnabled(False)
        return
    menu.addSeparator()
    menu.addAction("Forget These", files.forget_recent)


def _fill_examples(open_example: Callable[[Path], None], menu: QMenu) -> None:
    menu.clear()
    for path in files.examples():
        menu.addAction(title_of(path), partial(open_example, path))


def _fill_grain(player: Player, menu: QMenu) -> None:
    menu.clear()
    group = QActionGroup(menu)
    for grain, text in GRAINS:
        action = menu.addAction(text, partial(setattr, player, "grain", grain))
        action.setCheckable(True)
        action.setChecked(player.grain == grain)
        group.addAction(action)


def _fill_theme(menu: QMenu) -> None:
    menu.clear()
    group = QActionGroup(menu)
    for choice, text in THEMES:
        action = menu.addAction(text, partial(_choose_theme, choice))
        action.setCheckable(True)
        action.setChecked(themes().choice == choice)
        group.addAction(action)


def _choose_theme(choice: Choice) -> None:
    themes().choose(choice)
    QSettings().setValue("theme", choice)
