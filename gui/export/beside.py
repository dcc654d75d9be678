"""A page of the window, painted beside the graph of a picture or a film."""

from __future__ import annotations

from collections.abc import Generator, Hashable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPaintEngine, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from engine.asking.ask import Ask
from engine.listing import listing
from engine.moment import Moment
from gui.answer import Answer
from gui.canvas.scene import CanvasScene
from gui.checking import Checks
from gui.document import OpenDocument
from gui.export.painting import painting
from gui.export.pictured import PICTURED, Stand
from gui.export.pieces import BREATH
from gui.export.room import PAGE
from gui.pages.beside_view import BesideView
from gui.panels.panel_scroll import PanelScroll
from gui.panels.typesetting import typesetter
from gui.panels.visibility import unseen
from gui.player import Player
from gui.prediction import Prediction
from gui.theme import theme, themes

if TYPE_CHECKING:
    from gui.export.studio import Look

SMALLEST, FINER = 0.75, 0.94
"""How small a page may become to be seen whole, as a part of its life size or of that at which it
fills its width; and by how much it is made smaller at a time."""

SAMPLES = 12
"""Steps that are looked at, at most, to find out how large a page may be."""

TURNS = 4
"""Times at most that Qt is asked to lay a page out: what is laid out may change what is around."""


class Beside:
    """A page in a part of a picture.

    It is made when it is first painted. It is laid out anew only where a moment shows something
    else than the one before, and is painted in dots only then, too.

    Parameters
    ----------
    document
        What is looked at.
    ask
        Which page, and what it is about.
    look
        How deeply a step is told on it, and whether a number is asked for before it is shown.
    place
        Where it stands, in pixels.
    checks
        What is known of whether gradients are true, where that is shown, too.

    Attributes
    ----------
    samples
        The steps that will be shown: as large as can be, the page is to fit in all of them.
    """

    def __init__(
        self, document: OpenDocument, ask: Ask, look: Look, place: QRect, checks: Checks | None
    ) -> None:
        self._kind, self._place, self._predict = PICTURED[ask.what], place, look.predict
        self._player = player = Player(document.recording)
        themes().dress_once()  # now, while no other theme is lent
        prediction = Prediction(player, lambda: document)
        self._stand = Stand(player, document, ask, look.depth, checks, prediction)
        self._stage: QWidget | None = None
        self._page: QWidget | None = None
        self._zoom, self._is_fitted = 1.0, False
        self._shown: Hashable = None
        self._dots: QImage | None = None
        self.samples: Sequence[int] = ()

    def show(self, moment: Moment, canvas: CanvasScene) -> Generator[float]:
        """Let the page show a moment, and the canvas what it shows with that page in front.

        What has to be worked out for it is waited for.
        """
        if self._page is None:
            self._page = self._made(moment)
        if not self._is_fitted:
            yield from self._settled(self._page)
            yield from self._fitted(self._page)
            self._is_fitted = True
        now = self._seen_at(moment)
        if now != self._shown:
            self._shown = self._dots = None  # whoever gives this up half-way may ask again
            self._player.show(moment.cursor, moment.phase)
            yield from self._settled(self._page)
            self._shown = now
        self._kind.mark(self._page, canvas)

    def paint(self, painter: QPainter) -> None:
        """Paint the page as it is."""
        c, place, page = theme(), self._place, self._page
        painter.fillRect(place, c.panel)
        engine = painter.paintEngine()
        if page is not None and engine.type() is QPaintEngine.Type.Raster:
            painter.drawImage(place, self._in_dots(page, painter.device().devicePixelRatioF()))
        elif page is not None:
            self._paint_page(painter, page, place.topLeft())
        painter.fillRect(self._edge, c.line)

    def let_go(self) -> None:
        """Have no page any more."""
        if self._stage is not None:
            self._stage.close()
            self._stage.deleteLater()
        self._stage = self._page = None

    # Inside

    def _made(self, moment: Moment) -> QWidget:
        self._player.show(moment.cursor, moment.phase)
        stage = self._stage = unseen()
        page = self._kind.make(self._stand)
        page.setParent(stage)
        self._stand.prediction.turn(on=self._predict)
        wide, high = self._place.width() / PAGE.width(), self._place.height() / PAGE.height()
        self._zoom = min(wide, high) if self._kind.gives_way else wide
        self._resize(page)
        stage.show()
        return page

    def _seen_at(self, moment: Moment) -> Hashable:
        """Tell what of a moment can be seen on the page: its step, and maybe the line that runs."""
        if not self._kind.follows:
            return True
        told = listing(moment) if self._kind.has_lines else None
        return moment.cursor, moment.phase == 0, None if told is None else told.running

    def _settled(self, page: QWidget) -> Generator[float]:
        """Wait until all of a page is there, and has its place."""
        answers = page.findChildren(Answer)
        while any(answer.is_awaited for answer in answers):
            for answer in answers:
                answer.wait(BREATH)
            yield 0.0
        _show_what_is_new(page)
        _lay_out()
        for rows in page.findChildren(BesideView):
            while rows.is_breaking:
                rows.go_on()
                yield 0.0
        _lay_out()
        typesetter().wait()
        _lay_out()
        for scrolled in page.findChildren(PanelScroll):
            scrolled.verticalScrollBar().setValue(0)
        self._kind.reveal(page)
        _lay_out()

    def _fitted(self, page: QWidget) -> Generator[float]:
        """Make the page so small that it is seen whole in each of the steps that are sampled."""
        least = SMALLEST * self._zoom
        cursors = self.samples[:: max(len(self.samples) // SAMPLES, 1)]
        for cursor in (*cursors, *self.samples[-1:]):
            self._player.show(cursor, 1.0)
            yield from self._settled(page)
            while _goes_beyond(page):
                if self._zoom * FINER < least:
                    return
                self._zoom *= FINER
                self._resize(page)
                yield from self._settled(page)

    def _resize(self, page: QWidget) -> None:
        page.resize(_whole(self._place.width() / self._zoom, self._place.height() / self._zoom))

    @property
    def _edge(self) -> QRect:
        """The line between the graph and the page."""
        place = self._place
        if place.left():
            return QRect(place.topLeft(), QSize(1, place.height()))
        return QRect(place.topLeft(), QSize(place.width(), 1))

    def _in_dots(self, page: QWidget, scale: float) -> QImage:
        """Give the page in dots; it is kept while it stays the same."""
        size = _whole(self._place.width() * scale, self._place.height() * scale)
        if self._dots is None or self._dots.size() != size:
            self._dots = QImage(size, QImage.Format.Format_RGB32)
            self._dots.setDevicePixelRatio(scale)
            self._dots.fill(theme().panel)
            with painting(self._dots) as painter:
                self._paint_page(painter, page, QPoint())
        return self._dots

    def _paint_page(self, painter: QPainter, page: QWidget, at: QPoint) -> None:
        painter.save()
        painter.translate(at)
        painter.scale(self._zoom, self._zoom)
        page.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
        painter.restore()


def _whole(width: float, height: float) -> QSize:
    return QSize(max(round(width), 1), max(round(height), 1))


def _goes_beyond(page: QWidget) -> bool:
    """Tell whether some of a page is out of sight."""
    bars = (
        bar
        for area in page.findChildren(QAbstractScrollArea)
        if area.isVisible()
        for bar in (area.horizontalScrollBar(), area.verticalScrollBar())
    )
    return any(bar.maximum() > bar.minimum() for bar in bars)


def _show_what_is_new(page: QWidget) -> None:
    """Show what has been put into a layout, which Qt does in the next turn of the loop."""
    told = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
    for widget in page.findChildren(QWidget):
        if widget.isHidden() and not widget.isWindow() and not widget.testAttribute(told):
            widget.show()


def _lay_out() -> None:
    """Lay out what has changed now, and not in the next turn of the loop."""
    for _ in range(TURNS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
