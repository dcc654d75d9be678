"""The check: the numerical derivative beside each gradient of the step, on demand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from engine.checking import MOST_ELEMENTS
from engine.directions import COUNT
from engine.moment import Moment
from engine.recording import BackwardStep
from gui.checking import Checks
from gui.measuring import width_of
from gui.panels.painting import fill, focus_ring, smooth, write
from gui.panels.visibility import show_if
from gui.theme import Theme, font, mixed, theme, themes

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

ROW, TALL, GAP = 30, 46, 6
"""Height of a verdict on one line and on two, and the gap to the next."""


ABOUT = "Compare each gradient of this step with a numerical derivative (C)"

WAITS, LONGER = "checking …", f"checking along {COUNT} directions …"
"""What stands for a verdict until it is known, and where that may take seconds."""


@dataclass(frozen=True, slots=True)
class Line:
    """A verdict on one gradient, as it is written.

    Attributes
    ----------
    agrees
        None if it cannot be told.
    left, right
        The numerical derivative, and the verdict in words.
    """

    agrees: bool | None
    left: str
    right: str

    @property
    def text(self) -> str:
        """All of it in one line."""
        return ": ".join(part for part in (self.left, self.right) if part)


class CheckView(QAbstractButton):
    """A button that, while it is on, shows a verdict for each gradient of the step.

    Parameters
    ----------
    checks
        Does the checking, while the window goes on.
    """

    def __init__(self, checks: Checks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checks = checks
        self._moment: Moment | None = None
        self._verdicts: tuple[Line, ...] = ()
        self.setCheckable(True)
        self.setAccessibleName("Check numerically")
        self.setToolTip(ABOUT)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # painted anew when the mouse comes and goes
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.toggled.connect(self._toggle)
        checks.judged.connect(self._judge)
        themes().changed.connect(self.update)

    @property
    def verdicts(self) -> tuple[Line, ...]:
        """What is shown, one a gradient."""
        return self._verdicts

    def show_moment(self, moment: Moment) -> None:
        """Check another step."""
        self._moment = moment
        self._checks.take(moment.recording)
        step = moment.step
        has_some = isinstance(step, BackwardStep) and bool(step.contributions)
        show_if(self, has_some or (step is not None and self.isChecked()))
        self._judge()

    def _toggle(self) -> None:
        if self._moment is not None:
            self.show_moment(self._moment)

    def _blocks(self) -> list[str]:
        step = self._moment.step if self._moment is not None else None
        parts = step.contributions if isinstance(step, BackwardStep) else ()
        return list(dict.fromkeys(part.wire.source for part in parts))

    def _judge(self) -> None:
        blocks = self._blocks() if self.isChecked() else []
        self._checks.want("step", blocks)
        verdicts = tuple(self._verdict(block, several=len(blocks) > 1) for block in blocks)
        if self.isChecked() and not blocks:
            verdicts = (Line(None, "", "No gradient to check in this step"),)
        if verdicts != self._verdicts:
            self._verdicts = verdicts
            said = "\n".join(verdict.text for verdict in verdicts)
            self.setAccessibleDescription(said)
            self.setToolTip("\n".join(part for part in (ABOUT, said) if part))
            self.updateGeometry()
        self.update()

    def _verdict(self, block: str, *, several: bool) -> Line:
        found, moment = self._checks.verdict(block), self._moment
        assert moment is not None  # noqa: S101 - there are blocks, so there is a moment
        recording = moment.recording
        name = recording.blocks[block].name
        which = f"∂{name}  " if several else ""
        if found is None:
            waits = LONGER if np.size(recording.values[block]) > MOST_ELEMENTS else WAITS
            return Line(None, f"{which}numerical", waits)
        agrees, words = found.agrees, found.words
        if recording.completed(block) > moment.cursor:
            agrees, words = None, "more will be added"
        return Line(agrees, f"{which}numerical {found.numeric}".rstrip(), words)

    # It is seen

    def sizeHint(self) -> QSize:
        """Be as high as its verdicts."""
        return QSize(320, self.heightForWidth(max(self.width(), 280)))

    def minimumSizeHint(self) -> QSize:
        """Let the panel be narrow."""
        return QSize(120, ROW)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Say how high the verdicts are."""
        if not self._verdicts:
            return ROW
        return sum(_height(verdict, width) + GAP for verdict in self._verdicts) - GAP

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Paint the button, or the verdicts."""
        painter, colours = smooth(QPainter(self)), theme()
        if self._verdicts:
            top = 0.0
            for verdict in self._verdicts:
                height = _height(verdict, self.width())
                _paint_verdict(painter, QRectF(0, top, self.width(), height), verdict)
                top += height + GAP
        else:
            area = QRectF(self.rect())
            hot = self.underMouse() or self.isDown()
            fill(painter, area, 8, colours.sel if hot else colours.panel, colours.line)
            text = area.adjusted(12, 0, -12, 0)
            words = "Checking …" if self.isChecked() else "Check numerically"
            write(
                painter,
                text,
                words,
                font(12, bold=True),
                mixed(colours.dim, colours.ink, 0.4),
                LEFT,
            )
            write(painter, text, "C", font(12, code=True), colours.dim, RIGHT)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), 8)
        painter.end()


SIGNS = {True: "✓", False: "✗", None: "–"}
SIGN = 18
"""Pixels of the sign and the gap behind it."""


def _height(verdict: Line, width: float) -> int:
    left = SIGN + width_of(verdict.left, font(12, code=True, bold=True))
    both = left + width_of(verdict.right, font(12)) + 24 + 12
    return ROW if both <= width or not verdict.left else TALL


def _colours(colours: Theme, verdict: Line) -> tuple[QColor, QColor]:
    if verdict.agrees is None:
        return colours.dim, colours.sel
    return (colours.ok, colours.ok_bg) if verdict.agrees else (colours.bad, colours.bad_bg)


def _paint_verdict(painter: QPainter, area: QRectF, verdict: Line) -> None:
    ink, ground = _colours(theme(), verdict)
    fill(painter, area, 8, ground)
    text = area.adjusted(12, 0, -12, 0)
    upper, lower, where = text, text, RIGHT
    if not verdict.left:
        lower, where = text.adjusted(SIGN, 0, 0, 0), LEFT
    if area.height() > ROW:
        middle = area.height() / 2
        upper = text.adjusted(0, 5, 0, 1 - middle)
        lower, where = text.adjusted(SIGN, middle - 1, 0, -5), LEFT
    write(painter, upper, SIGNS[verdict.agrees], font(13, bold=True), ink, LEFT)
    bold = font(12, code=True, bold=True)
    write(painter, upper.adjusted(SIGN, 0, 0, 0), verdict.left, bold, ink, LEFT)
    write(painter, lower, verdict.right, font(12), ink, where)
