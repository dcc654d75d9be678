"""The way back from the inside of a group: the document and each group on the way, to click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui.canvas import paint
from gui.links import Links
from gui.theme import font, theme, themes

if TYPE_CHECKING:
    from gui.canvas.stage import Stage

LEFT, TOP, HEIGHT = 16, 42, 32
LONGEST = 160


class Breadcrumb(QWidget):
    """Where the canvas is, shown while it is inside a group."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.viewport())
        self._stage = stage
        self.setAccessibleName("Where the canvas is")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 12, 0)
        self._row.setSpacing(2)
        self._links = Links(
            (stage.canvas.level_changed, self.follow),
            (stage.canvas.document.regrouped, self.follow),
            (stage.canvas.document.path_changed, self.follow),
            (themes().changed, self.follow),
            (stage.viewed, self.stay),
        )
        self.follow()

    def let_go(self) -> None:
        """Stop listening."""
        self._links.cut()

    def follow(self) -> None:
        """Name the document and each group on the way; the last is where the canvas is."""
        while (item := self._row.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        document = self._stage.canvas.document
        path = [group for group in self._stage.canvas.folds.path if group in document.groups]
        self.setVisible(bool(path))
        if not path:
            return
        self._row.addWidget(self._button(document.title, None))
        for group in path:
            sign = QLabel("/")
            sign.setFont(font(15, bold=True))
            sign.setStyleSheet(f"color: {theme().dim.name()};")
            self._row.addWidget(sign)
            name = document.groups.group(group).name
            if group != path[-1]:
                self._row.addWidget(self._button(name, group))
                continue
            here = QLabel(_short(self, name))
            here.setFont(font(13, bold=True))
            here.setTextFormat(Qt.TextFormat.PlainText)
            here.setStyleSheet(f"color: {theme().ink.name()}; padding: 0 4px;")
            self._row.addWidget(here)
        for part in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            part.setVisible(self._row.indexOf(part) >= 0)
        self.resize(self._row.sizeHint().width(), HEIGHT)
        self.stay()

    def stay(self) -> None:
        """Stand in the corner: what scrolls takes it along."""
        self.move(LEFT, TOP)
        self.raise_()

    def _button(self, name: str, group: str | None) -> QPushButton:
        c = theme()
        button = QPushButton(_short(self, name).replace("&", "&&"))
        button.setAccessibleName(f"Go out to {name}")
        button.setToolTip(f"Go out to {name}")
        button.setFont(font(13))
        button.setFlat(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setStyleSheet(
            f"QPushButton {{ color: {c.blue.name()}; border: 0; border-radius: 6px; }}"
            "QPushButton { padding: 4px; }"
            f"QPushButton:hover, QPushButton:focus {{ background: {c.blue_bg.name()}; }}"
        )
        button.clicked.connect(partial(self._go, group))
        return button

    def _go(self, group: str | None) -> None:
        self._stage.go_to_level(group)
        self._stage.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint its ground."""
        del event
        painter, c = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        paint.box(painter, area, 8, c.panel, paint.pen(c.line))
        painter.end()


def _short(widget: QWidget, name: str) -> str:
    return widget.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, LONGEST)
