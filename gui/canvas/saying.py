"""What is said on a canvas: a sentence in a bubble, until it is settled."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor

from gui.canvas.bubble import Bubble
from gui.canvas.scene import CanvasScene
from gui.canvas.sight import Sight
from gui.theme import theme


class Saying(Sight):
    """A view of the canvas that says what was done there, or why it was not."""

    def __init__(self, canvas: CanvasScene) -> None:
        super().__init__(canvas)
        self._bubble = Bubble(self.viewport())
        self._waits_for = ""
        self._is_refused = False

    def is_covered_below(self) -> bool:
        """Whether something stands where sentences are said otherwise."""
        return False

    def say(self, sentence: str, at: QPointF | None = None) -> None:
        """Say why something could not be done, at a point of the scene or in the middle."""
        middle = self.viewport().rect().center()
        spot = middle if at is None else self.mapFromScene(at) + QPoint(0, 18)
        self._bubble.say(sentence, spot, theme().bad, theme().bad_bg)
        self._is_refused = True

    def tell(self, sentence: str) -> None:
        """Say what was done, where that is not to be seen on the canvas."""
        self._say_apart(sentence, theme().ok, theme().ok_bg)

    def note(self, sentence: str) -> None:
        """Say what is neither well done nor refused."""
        self._say_apart(sentence, theme().dim, theme().panel)

    def warn(self, sentence: str) -> None:
        """Say what was found to be wrong; it is on the canvas too, and is not to be covered."""
        self._say_apart(sentence, theme().bad, theme().bad_bg)

    def _say_apart(self, sentence: str, ink: QColor, around: QColor) -> None:
        """Say something where it covers least."""
        at = self._above if self.is_covered_below() else self._below
        self._bubble.say(sentence, at, ink, around)
        self._is_refused = False

    def explain(self, sentence: str) -> None:
        """Say what is pointed at by keyboard, until something else is."""
        at = self._above if self.is_covered_below() else self._below
        self._keep_saying(sentence, at)
        self._is_refused = True  # Escape takes it away

    def wait_for(self, sentence: str) -> None:
        """Say what is waited for, as long as it is; nothing ends it."""
        if not sentence:
            if self._waits_for:
                self._bubble.hide()
            self._waits_for = ""
            return
        self._waits_for, self._is_refused = sentence, False
        self._keep_saying(sentence, self._above)

    def hush(self) -> None:
        """Take away what was said: it is settled."""
        self._bubble.hide()

    def forgive(self) -> None:
        """Take away why something could not be done: that has been read, or something else done."""
        if self._is_refused:
            self._is_refused = False
            self.hush()

    # Inside

    @property
    def _above(self) -> QPoint:
        """The spot below the upper edge."""
        ground = self.viewport().rect()
        return QPoint(ground.center().x(), ground.top() + 52)

    @property
    def _below(self) -> QPoint:
        """The spot above the lower edge, where there are seldom blocks."""
        ground = self.viewport().rect()
        return QPoint(ground.center().x(), ground.bottom() - 70)

    def _keep_saying(self, sentence: str, at: QPoint) -> None:
        """Say it until something else is said, and to a screen reader, too."""
        self._bubble.say(sentence, at, theme().blue, theme().blue_bg)
        self._bubble.keep()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))
