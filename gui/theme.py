"""Colours and type: two themes from one file of tokens, and the fonts that come with the app."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).resolve().parent.parent / "resources"

Choice = Literal["system", "light", "dark"]


@dataclass(frozen=True)
class Theme:
    """The colours of one theme; `resources/tokens.json` holds their values.

    Attributes
    ----------
    dark
        Whether this is the dark theme.
    """

    dark: bool
    bg: QColor
    panel: QColor
    line: QColor
    ink: QColor
    dim: QColor
    card: QColor
    grid: QColor
    blue: QColor
    blue_bg: QColor
    orange: QColor
    orange_bg: QColor
    glow: QColor
    ok: QColor
    ok_bg: QColor
    bad: QColor
    bad_bg: QColor
    sel: QColor
    code: QColor
    grey: QColor
    teal: QColor
    violet: QColor
    sand: QColor
    rose: QColor


@cache
def theme_named(name: Literal["light", "dark"]) -> Theme:
    """Read a theme."""
    tokens = json.loads((RESOURCES / "tokens.json").read_text(encoding="utf-8"))[name]
    colours = {key: QColor(value) for key, value in tokens.items()}
    return Theme(dark=name == "dark", **colours)


class Themes(QObject):
    """Which theme is in force: the one that was chosen, or the system's.

    Signals
    -------
    changed
        Another theme is in force; whoever draws draws anew.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choice: Choice = "system"
        self._is_dressed = False
        self._current: Theme | None = None
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)

    @property
    def choice(self) -> Choice:
        """What was chosen."""
        return self._choice

    def choose(self, choice: Choice) -> None:
        """Choose a theme, or leave it to the system."""
        self._choice = choice
        self._apply()

    @property
    def current(self) -> Theme:
        """The theme in force."""
        if self._current is None:  # asked for at every stroke, so looked up once
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
            system: Literal["light", "dark"] = "dark" if dark else "light"
            self._current = theme_named(system if self._choice == "system" else self._choice)
        return self._current

    @contextmanager
    def lent(self, colours: Theme) -> Iterator[None]:
        """Let what is painted meanwhile have the colours of another theme; nobody is told."""
        before, self._current = self.current, colours
        try:
            yield
        finally:
            self._current = before

    def dress_once(self) -> None:
        """Dress them, unless that has been done: how large they are depends on it."""
        if not self._is_dressed:
            self.dress()

    def dress(self) -> None:
        """Give Qt's own widgets the fonts and colours of the app, now and from now on.

        The first frame has no widgets in it, and does not wait for the fonts.
        """
        self._is_dressed = True
        load_fonts()
        QApplication.setFont(font(13))
        QApplication.setWindowIcon(QIcon(str(RESOURCES / "icons" / "gradwalk.svg")))
        self._apply()

    def _apply(self) -> None:
        self._current = None
        app = QApplication.instance()
        if self._is_dressed and isinstance(app, QApplication):
            app.setPalette(palette(self.current))
            app.setStyleSheet(style_sheet(self.current))
        self.changed.emit()


@cache
def themes() -> Themes:
    """Give the one Themes object of the app; a QApplication must be there."""
    return Themes()


def theme() -> Theme:
    """Give the theme in force."""
    return themes().current


def palette(colours: Theme) -> QPalette:
    """Make the palette that Qt's own widgets are painted with."""
    role = QPalette.ColorRole
    made = QPalette()
    for which, colour in {
        role.Window: colours.panel,
        role.Base: colours.sel,
        role.AlternateBase: colours.panel,
        role.Button: colours.panel,
        role.Text: colours.ink,
        role.WindowText: colours.ink,
        role.ButtonText: colours.ink,
        role.PlaceholderText: colours.dim,
        role.ToolTipBase: colours.card,
        role.ToolTipText: colours.ink,
        role.Highlight: colours.blue,
        role.HighlightedText: colours.panel,
        role.Accent: colours.blue,
        role.Link: colours.blue,
        role.Mid: colours.line,
        role.Light: colours.card,
        role.Dark: colours.line,
    }.items():
        made.setColor(which, colour)
    for which in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, colours.dim)
    return made


def style_sheet(c: Theme) -> str:
    """Write the few rules that a palette cannot say."""
    down = (RESOURCES / "icons" / "down.svg").as_posix()
    return f"""
    QMainWindow, QDialog {{ background: {c.panel.name()}; }}
    QToolTip {{ background: {c.card.name()}; color: {c.ink.name()};
        border: 1px solid {c.line.name()}; padding: 4px 6px; }}
    QMenuBar {{ background: {c.panel.name()}; color: {c.ink.name()}; padding: 1px 12px; }}
    QMenuBar::item {{ padding: 4px 9px; border-radius: 5px; background: transparent; }}
    QMenuBar::item:selected {{ background: {c.sel.name()}; }}
    QMenu {{ background: {c.card.name()}; color: {c.ink.name()};
        border: 1px solid {c.line.name()}; padding: 5px; }}
    QMenu::item {{ padding: 5px 22px 5px 14px; border-radius: 5px; }}
    QMenu::item:selected {{ background: {c.blue_bg.name()}; color: {c.ink.name()}; }}
    QMenu::item:disabled {{ color: {c.dim.name()}; }}
    QMenu::separator {{ height: 1px; background: {c.line.name()}; margin: 5px 8px; }}
    QLineEdit {{ background: {c.sel.name()}; color: {c.ink.name()};
        border: 1px solid {c.line.name()}; border-radius: 7px; padding: 5px 10px;
        selection-background-color: {c.blue.name()}; selection-color: {c.panel.name()}; }}
    QLineEdit:focus {{ border-color: {c.blue.name()}; }}
    QProgressBar {{ background: {c.sel.name()}; border: none; border-radius: 3px;
        max-height: 6px; }}
    QProgressBar::chunk {{ background: {c.blue.name()}; border-radius: 3px; }}
    QTabBar {{ background: transparent; border: none; }}
    QTabBar::tab {{ background: transparent; color: {c.dim.name()}; padding: 9px 4px 8px 4px;
        border: none; border-bottom: 2px solid transparent; }}
    QTabBar::tab:hover {{ color: {c.ink.name()}; }}
    QTabBar::tab:selected {{ color: {c.ink.name()}; border-bottom-color: {c.blue.name()}; }}
    QTabBar::tab:focus {{ color: {c.blue.name()}; }}
    QComboBox {{ background: {c.sel.name()}; color: {c.ink.name()};
        border: 1px solid {c.line.name()}; border-radius: 7px; padding: 4px 8px; }}
    QComboBox:focus {{ border-color: {c.blue.name()}; }}
    QComboBox::drop-down {{ border: none; width: 22px; }}
    QComboBox::down-arrow {{ image: url({down}); width: 12px; height: 12px; }}
    QComboBox QAbstractItemView {{ background: {c.card.name()}; color: {c.ink.name()};
        border: 1px solid {c.line.name()}; selection-background-color: {c.blue_bg.name()};
        selection-color: {c.ink.name()}; }}
    QScrollArea {{ border: none; background: transparent; }}
    QAbstractScrollArea::corner {{ border: none; background: transparent; }}
    QScrollBar:vertical {{ background: transparent; width: 9px; margin: 1px; }}
    QScrollBar:horizontal {{ background: transparent; height: 9px; margin: 1px; }}
    QScrollBar::handle {{ background: {c.line.name()}; border-radius: 3px;
        min-height: 28px; min-width: 28px; }}
    QScrollBar::handle:hover {{ background: {c.dim.name()}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


INTERFACE, CODE = "Inter", "JetBrains Mono"


@cache
def load_fonts() -> None:
    """Make the fonts that come with the app known to Qt, once."""
    for path in sorted((RESOURCES / "fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(path))


@cache
def font(pixels: float, *, bold: bool = False, italic: bool = False, code: bool = False) -> QFont:
    """Give a font of the app.

    Parameters
    ----------
    pixels
        Height in device-independent pixels.
    bold, italic
        Weight 600 and slanted; code is never slanted.
    code
        The monospaced family, for code and numbers.
    """
    made = QFont([CODE, "monospace"] if code else [INTERFACE, "sans-serif"])
    made.setPixelSize(round(pixels))
    if bold:
        made.setWeight(QFont.Weight.Bold if code else QFont.Weight.DemiBold)
    made.setItalic(italic and not code)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if not code:
        # Inter lifts + = × and : beside figures, by glyphs that no PDF knows the meaning of:
        # they would be lost where it is searched, copied or read out.
        made.setFeature(QFont.Tag("calt"), 0)
    return made


def mixed(a: QColor, b: QColor, share: float) -> QColor:
    """Mix two colours; `share` of the second, from 0 to 1."""
    return _mixed(a.rgb(), b.rgb(), share)


@lru_cache(maxsize=512)
def _mixed(a: int, b: int, share: float) -> QColor:
    parts = ((a >> shift & 255, b >> shift & 255) for shift in (16, 8, 0))
    red, green, blue = (round(x + (y - x) * share) for x, y in parts)
    return QColor(red, green, blue)
