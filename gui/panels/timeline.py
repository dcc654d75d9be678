"""The timeline: every step of the walk in a row, forward in blue and back in orange."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolTip, QWidget

from engine.course import Course
from engine.moment import Moment
from engine.narration import narrate
from gui.panels.step_label import step_labels
from gui.panels.timeline_painting import Scale, paint_loop, paint_timeline
from gui.player import Player
from gui.theme import themes

HEIGHT = 78
REACH = 14
"""Device-independent pixels around the handle that are painted anew when it moves."""

MANY = 400
"""Blocks up to which their names are compared."""

NOTCH = 120
"""What Qt counts for one notch of a wheel."""


class Timeline(QSlider):
    """A slider whose value is the cursor of the walk.

    Parameters
    ----------
    player
        What is looked at and led.
    """

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._player = player
        self._turned = 0
        self._hovered: int | None = None
        self._painted_at = -1.0
        self._marked_from: int | None = None
        self._course: Course | None = None
        self._told: tuple[object, ...] | None = None
        self.setAccessibleName("Timeline")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self._seek)
        player.recording_changed.connect(self._take_recording)
        player.moved.connect(self._follow)
        player.loop_changed.connect(self.update)
        themes().changed.connect(self.update)
        self._take_recording()

    def sizeHint(self) -> QSize:
        """Prefer to be wide."""
        return QSize(640, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Stay usable in a narrow window."""
        return QSize(160, HEIGHT)

    def scale(self) -> Scale:
        """Say where each step stands."""
        recording = self._player.recording
        return Scale(self.width(), len(recording), recording.turn)

    def step_at(self, x: float) -> int:
        """Give the step nearest to a place, in pixels from the left edge."""
        return self.scale().step_at(x)

    # The walk moves

    def _take_recording(self) -> None:
        told, recording = self._telling(), self._player.recording
        if recording.course is self._course and told is not None and told == self._told:
            return  # a number has changed, and it is not seen here
        self._course, self._told = recording.course, told
        # The range may shrink below the value; that is no wish of a person to be elsewhere.
        self.blockSignals(True)  # noqa: FBT003 - Qt takes no keywords
        self.setRange(0, self._player.last)
        self.setPageStep(max(self._player.last // 10, 1))
        self.setValue(self._player.moment.cursor)
        self.blockSignals(False)  # noqa: FBT003
        self.setEnabled(bool(self._player.recording.steps))
        self._describe()
        self.update()

    def _telling(self) -> tuple[object, ...] | None:
        """Tell what is seen besides the course; None where there are very many names."""
        blocks, moment = self._player.recording.blocks, self._player.moment
        if len(blocks) > MANY:
            return None
        return (moment.cursor, moment.phase, *((b.name, b.kind) for b in blocks.values()))

    def _follow(self) -> None:
        moment = self._player.moment
        if moment.cursor != self.value():
            self.setValue(moment.cursor)
            self._describe()
            self.update()
            return
        at = self.scale().handle(moment)
        if at == self._painted_at:
            return  # a number has changed, and it is not seen here
        left, right = sorted((at, self._painted_at))
        self.update(QRect(int(left) - REACH, 0, int(right - left) + 2 * REACH + 1, HEIGHT))

    def _describe(self) -> None:
        moment = self._player.moment
        if moment.step is None:
            self.setAccessibleDescription("Nothing to walk yet")
            return
        way = "Backward" if moment.is_backward else "Forward"
        place = f"{way}, step {moment.cursor + 1} of {len(moment.recording)}"
        name = step_labels(moment.recording, moment.cursor)[0]
        self.setAccessibleDescription(f"{place}: {name}")

    def _seek(self, value: int) -> None:
        if value != self._player.moment.cursor:
            self._player.seek(value)

    # A person moves it

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step under the mouse; with Shift, begin to mark what is played in a loop."""
        if event.button() is Qt.MouseButton.LeftButton:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._marked_from = self.step_at(event.position().x()) if shift else None
            self.setSliderDown(True)
            self._scrub(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub while the button is down; name the step under the mouse."""
        if self.isSliderDown():
            self._scrub(event)
        elif QToolTip.isVisible():
            self._tell(event.position().toPoint())
        self._hover(self.step_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self.setSliderDown(False)
        self._marked_from = None
        QToolTip.hideText()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go a step a notch: down and right go on, up and left go back."""
        delta = event.angleDelta()
        self._turned += delta.x() if abs(delta.x()) > abs(delta.y()) else delta.y()
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        if notches:
            self._player.seek(self.value() - notches)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow keys as the buttons do; Page Up and Page Down go a tenth."""
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_Up:
                self._player.step_on("line" if self._is_fine(event) else None)
            case Qt.Key.Key_Left | Qt.Key.Key_Down:
                self._player.step_back("line" if self._is_fine(event) else None)
            case Qt.Key.Key_PageUp:
                self._player.seek(self.value() + self.pageStep())
            case Qt.Key.Key_PageDown:
                self._player.seek(self.value() - self.pageStep())
            case Qt.Key.Key_Home:
                self._player.to_start()
            case Qt.Key.Key_End:
                self._player.to_end()
            case _:
                event.ignore()

    def _is_fine(self, event: QKeyEvent) -> bool:
        return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the step under the mouse."""
        super().leaveEvent(event)
        self._hover(None)

    def event(self, event: QEvent) -> bool:
        """Tell the title of the step under the mouse when a person rests on it."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._tell(event.pos())
            return True
        return super().event(event)

    def _scrub(self, event: QMouseEvent) -> None:
        if self._marked_from is not None:
            self._player.set_loop((self._marked_from, self.step_at(event.position().x())))
        self._player.seek(self.step_at(event.position().x()))
        self._tell(event.position().toPoint())

    def _hover(self, step: int | None) -> None:
        if step != self._hovered:
            self._hovered = step
            self.update()

    def _tell(self, at: QPoint) -> None:
        recording = self._player.recording
        if recording.steps:
            told = narrate(Moment(recording, self.step_at(at.x())))
            text = f"{told.heading}\n{told.title}"
            QToolTip.showText(self.mapToGlobal(QPoint(at.x(), 0)), text, self)

    # It is seen

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every step stands elsewhere."""
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what the event asks for."""
        scale = self.scale()
        self._painted_at = scale.handle(self._player.moment)
        painter = QPainter(self)
        painter.setClipRegion(event.region())
        hovered = self._hovered if self.isEnabled() else None
        paint_loop(painter, scale, self._player.loop)
        paint_timeline(painter, scale, self._player.moment, hovered, focused=self.hasFocus())
        painter.end()
