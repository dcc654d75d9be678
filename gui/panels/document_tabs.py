"""The tabs above the canvas: one for each open document."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QTabBar, QWidget

from gui.document import OpenDocument
from gui.documents import Documents
from gui.links import Links
from gui.panels.painting import smooth
from gui.theme import Theme, font, theme, themes

HEIGHT, CLOSE = 36, 18
LONGEST = 220
"""Pixels for a tab; a longer title is cut in the middle."""

END = QTabBar.ButtonPosition.RightSide


class DocumentTabs(QTabBar):
    """A tab for each document; they are not shown while there is only one.

    Parameters
    ----------
    documents
        What is open. The tabs follow it; what a person does with them is done to it.

    Signals
    -------
    close_wanted
        A document is to be closed.
    menu_wanted
        A menu is wanted for a document, at a point of the screen.
    """

    close_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)

    def __init__(self, documents: Documents) -> None:
        super().__init__()
        self._documents = documents
        self._links: dict[OpenDocument, Links] = {}
        self.setAccessibleName("Documents")
        self.setFont(font(13))
        self.setMovable(True)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setDocumentMode(True)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setUsesScrollButtons(True)
        self.setFixedHeight(HEIGHT)
        # Many tabs are scrolled through; they do not make the window wider.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for document in documents:
            self._add(document, documents.index(document))
        documents.opened.connect(self._add)
        documents.closed.connect(self._take)
        documents.fronted.connect(self._follow)
        self.currentChanged.connect(self._on_current)
        documents.moved.connect(self._on_moved)
        self.tabMoved.connect(documents.move)
        themes().changed.connect(self._restyle)
        self._restyle()

    def let_go(self) -> None:
        """Stop listening to the documents: an undo stack that is being destroyed still signals."""
        for links in self._links.values():
            links.cut()
        self._links.clear()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close the tab that is clicked with the middle button."""
        at = self.tabAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.MiddleButton and at >= 0:
            self.close_wanted.emit(self._documents[at])
        else:
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu for the tab under the pointer, or for the one in front."""
        at = self.tabAt(event.pos())
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self.currentIndex()
        if at >= 0:
            self.menu_wanted.emit(self._documents[at], event.globalPos())

    def tabSizeHint(self, index: int) -> QSize:
        """Keep a long title from pushing the others away."""
        return QSize(min(super().tabSizeHint(index).width(), LONGEST), HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Scroll rather than cut what can be read."""
        return self.tabSizeHint(index)

    def _add(self, document: OpenDocument, at: int) -> None:
        self.blockSignals(True)  # noqa: FBT003 - that there is a first tab is no wish to go there
        self.insertTab(at, "")
        self.blockSignals(False)  # noqa: FBT003
        button = TabEnd(document)
        button.clicked.connect(lambda: self.close_wanted.emit(document))
        self.setTabButton(at, END, button)
        self._links[document] = Links(
            (document.undo_stack.cleanChanged, self._tell),
            (document.path_changed, self._tell),
            (document.score_changed, self._tell),
        )
        self._tell()

    def _take(self, document: OpenDocument, at: int) -> None:
        self._links.pop(document).cut()
        self.blockSignals(True)  # noqa: FBT003 - who is in front is known already
        self.removeTab(at)
        self.blockSignals(False)  # noqa: FBT003
        self._tell()

    def _tell(self) -> None:
        """Write what every tab says."""
        titles = [document.title for document in self._documents]
        for at, document in enumerate(self._documents):
            text, path = document.title, document.path
            if path is not None and titles.count(text) > 1:
                text = f"{text} · {path.parent.name}"
            self.setTabText(at, text.replace("&", "&&"))
            where = "not saved to a file yet" if path is None else str(path)
            self.setTabToolTip(at, f"{document.title}, {where}")
            unsaved = ", with unsaved changes" if document.is_modified else ""
            self.setAccessibleTabName(at, text + unsaved)
            button = self.tabButton(at, END)
            button.setAccessibleName(f"Close {text}")
            button.update()
        self.setVisible(len(titles) > 1)

    def _follow(self, document: OpenDocument) -> None:
        self.setCurrentIndex(self._documents.index(document))

    def _on_moved(self, at: int, to: int) -> None:
        end = self.tabButton(to, END)
        if isinstance(end, TabEnd) and end.document is not self._documents[to]:
            self.blockSignals(True)  # noqa: FBT003 - it has been moved already
            self.moveTab(at, to)
            self.blockSignals(False)  # noqa: FBT003

    def _on_current(self, at: int) -> None:
        self._documents.bring_to_front(self._documents[at])

    def _restyle(self) -> None:
        self.setStyleSheet(tabs_style(theme()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, the line below it, and the tabs."""
        painter, c = QPainter(self), theme()
        painter.fillRect(event.rect(), c.panel)
        painter.fillRect(0, self.height() - 1, self.width(), 1, c.line)
        painter.end()
        super().paintEvent(event)


class TabEnd(QAbstractButton):
    """The end of a tab: a dot while there are unsaved changes, a cross to close it.

    Parameters
    ----------
    document
        What the tab is of.

    Attributes
    ----------
    document
        The same.
    """

    def __init__(self, document: OpenDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.setFixedSize(CLOSE, CLOSE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+W does the same
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip("Close (Ctrl+W)")

    def sizeHint(self) -> QSize:
        """Be large enough to be hit."""
        return QSize(CLOSE, CLOSE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Paint the dot or the cross."""
        painter, c = smooth(QPainter(self)), theme()
        area = QRectF(self.rect())
        hovered = self.underMouse()
        painter.setPen(Qt.PenStyle.NoPen)
        if hovered:
            painter.setBrush(c.line)
            painter.drawRoundedRect(area, 5, 5)
        if self.document.is_modified and not hovered:
            painter.setBrush(c.glow)
            painter.drawEllipse(area.center(), 4, 4)
        else:
            painter.setPen(QPen(c.ink if hovered else c.dim, 1.4, c=Qt.PenCapStyle.RoundCap))
            middle, arm = area.center(), 3.4
            for way in (arm, -arm):
                painter.drawLine(middle - QPointF(arm, way), middle + QPointF(arm, way))
        painter.end()


def tabs_style(c: Theme) -> str:
    """Write how the tabs look: the one in front stands on the ground of the canvas."""
    return f"""
    QTabBar::tab {{ background: transparent; color: {c.dim.name()}; border: none;
        border-top: 2px solid transparent; border-right: 1px solid {c.line.name()};
        border-bottom: 1px solid {c.line.name()};
        padding: 0 4px 0 14px; min-width: 76px; height: {HEIGHT - 3}px; }}
    QTabBar::tab:hover {{ color: {c.ink.name()}; background: {c.sel.name()}; }}
    QTabBar::tab:selected {{ color: {c.ink.name()}; background: {c.bg.name()};
        border-top: 2px solid {c.blue.name()}; border-bottom-color: {c.bg.name()}; }}
    QTabBar::tab:focus {{ color: {c.blue.name()}; }}
    QTabBar QToolButton {{ background: {c.panel.name()}; border: none;
        border-left: 1px solid {c.line.name()}; width: 22px; }}
    """
