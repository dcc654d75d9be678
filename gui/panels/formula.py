"""One formula, typeset; its plain text until that is there."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.panels.painting import smooth, write
from gui.panels.tex import Setting
from gui.panels.typesetting import typesetter
from gui.panels.visibility import is_pictured
from gui.theme import font, theme, themes

SIZE = 19.0
"""Pixels of a letter M."""

LEAST = 44
"""Height to start with, so that little moves when the formula gets there."""

SMALL = 0.84
"""How large a formula is, compared with others, where there is little room."""


class Formula(QWidget):
    """A formula, centred; it shrinks where it would not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tex = ""
        self._text = ""
        self._renderer: QSvgRenderer | None = None
        self._shown: tuple[str, str] | None = None
        self._seen = False
        self._small = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        typesetter().ready.connect(self._refresh)
        themes().changed.connect(self._refresh)

    def show_formula(self, tex: str, text: str) -> None:
        """Show another formula.

        Parameters
        ----------
        tex
            The formula in TeX.
        text
            The same in plain text, to stand in for it and to be read out.
        """
        self._tex, self._text = tex, text
        self.setAccessibleName(text)
        self._refresh()

    def set_small(self, small: bool) -> None:  # noqa: FBT001 - it is the question
        """Be written smaller, or as there is room for."""
        if small != self._small:
            self._small = small
            self.updateGeometry()
            self.update()

    def size_as(self, *, small: bool) -> QSize:
        """Say how large the formula would be."""
        scale = SMALL if small else 1.0
        if self._renderer is None:
            return QSize(round(200 * scale), round(LEAST * scale))
        size = self._renderer.viewBoxF().size() * scale
        return QSize(math.ceil(size.width()), max(round(size.height()) + 2, round(LEAST * scale)))

    def sizeHint(self) -> QSize:
        """Be as high as the formula."""
        return self.size_as(small=self._small)

    def minimumSizeHint(self) -> QSize:
        """Let the panel be narrow."""
        return QSize(40, self.sizeHint().height())

    def _refresh(self) -> None:
        wanted = (self._tex, theme().ink.name())
        if wanted == self._shown and self._renderer is not None:
            return
        made = None
        if self._tex and (self._seen or is_pictured(self)) and self.isVisible():
            made = typesetter().find(Setting(self._tex, SIZE), wanted[1])
        if wanted == self._shown and not made:
            return
        self._shown = wanted
        self._renderer = QSvgRenderer(made) if made else None
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Paint the formula, or its plain text."""
        if not self._seen:
            # Only now is it asked for: the first frame of the window shall not wait.
            self._seen = True
            self._refresh()
        elif self._renderer is None or (self._shown and self._shown[1] != theme().ink.name()):
            # It was made while this was hidden, or in the colours of another theme for a picture.
            self._refresh()
        painter, area = smooth(QPainter(self)), QRectF(self.rect())
        if self._renderer is None:
            size = 15 if self._small else 17
            write(painter, area, self._text, font(size, italic=True), theme().ink)
        else:
            largest = SMALL if self._small else 1.0
            self._renderer.render(painter, _centred(self._renderer, area, largest))
        painter.end()


def _centred(renderer: QSvgRenderer, area: QRectF, largest: float) -> QRectF:
    size = renderer.viewBoxF().size()
    shrink = min(largest, area.width() / size.width(), area.height() / size.height())
    box = QRectF(0, 0, size.width() * shrink, size.height() * shrink)
    box.moveCenter(area.center())
    return box
