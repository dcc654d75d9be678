"""The workbench: everything in the window, put together and connected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QSizePolicy, QVBoxLayout, QWidget

from engine.errors import GradwalkError
from engine.recording import Recording
from gui import files
from gui.actions import make_actions
from gui.canvas.scene import CanvasScene
from gui.canvas.view import CanvasView
from gui.checking import badge
from gui.commands import Commands
from gui.document import OpenDocument
from gui.expression_text import expression_html
from gui.ground import BOTTOM_HEIGHT, EXPLANATION_WIDTH, PALETTE_WIDTH
from gui.links import Links
from gui.menus import ON_FUNCTION, ON_GROUND, ON_GROUP, ON_INPUT, menu_bar
from gui.panels.explanation import ExplanationPanel
from gui.panels.header import Header
from gui.panels.palette import Palette
from gui.panels.side import SidePanel
from gui.panels.transport import Transport
from gui.player import Player
from gui.prediction import Prediction
from gui.theme import Theme, theme, themes


class Workbench(QWidget):
    """Menus, palette, canvas, explanation and transport, around one document.

    Attributes
    ----------
    document
        What is open.
    player
        The walk through its recording.
    view
        The canvas.
    prediction
        What is asked for before it is shown.
    side
        The pages on the right.
    commands
        What the actions do.
    actions_by_name
        The actions, by their name in the table.
    menu_at
        Where on the screen a menu was asked for, while it is open.
    """

    def __init__(self, window: QMainWindow, document: OpenDocument) -> None:
        super().__init__()
        self._window = window
        self._links = Links()
        self._expressed: tuple[Recording, int, Theme] | None = None
        self.menu_at: QPoint | None = None
        self.document = document
        self.player = Player(document.recording)
        self.view = CanvasView(CanvasScene(document, self.player))
        self.header = Header()
        self.palette_panel = Palette()
        self.prediction = Prediction(self.player, lambda: self.document)
        self.side = SidePanel(self)
        self.transport = Transport(self.player)
        self.commands = Commands(self)
        self.actions_by_name = make_actions(window, self.commands)
        self._assemble()
        self.palette_panel.chosen.connect(self.commands.append)
        self.palette_panel.found.connect(self._to_canvas)
        self.player.moved.connect(self._on_moved)
        self.player.moved.connect(self.follow_walk)
        self.player.stops_at = self._stops
        self.player.playing_changed.connect(self._on_playing)
        themes().changed.connect(self._on_moved)
        reduced = QSettings().value("reduced_motion", defaultValue=False, type=bool)
        self.actions_by_name["reduced_motion"].setChecked(bool(reduced))
        self._listen()

    def show_document(self, document: OpenDocument) -> None:
        """Put another document in place of the one that is shown."""
        self._links.cut()
        self.palette_panel.show_all()
        self.document = document
        self.player.set_recording(document.recording)
        self.player.to_start()
        old, self.view = self.view, CanvasView(CanvasScene(document, self.player))
        self._middle.replaceWidget(old, self.view)
        self.setTabOrder(old, self.view)
        old.hide()
        old.let_go()
        old.deleteLater()
        self.view.canvas.set_show_all(self.actions_by_name["show_all"].isChecked())
        self.view.canvas.set_heat(self.actions_by_name["heat"].isChecked())
        self._listen()
        self.view.show()
        self.view.fit()
        self.view.setFocus()

    def open_path(self, path: Path) -> None:
        """Open a file in place of the document that is shown, which is kept if that fails."""
        try:
            document = OpenDocument.read(path)
        except GradwalkError as error:
            files.complain(self, "Not opened", error.sentence)
            return
        self.view.settle()
        if files.may_close(self, self.document):
            files.remember(path)
            self.show_document(document)

    def open_example(self, path: Path) -> None:
        """Open an example as a new document."""
        self.view.settle()
        if files.may_close(self, self.document):
            self.show_document(OpenDocument.example(path))

    def close_document(self) -> bool:
        """Ask about unsaved changes and stop; say whether the window may close."""
        self.view.settle()
        if not files.may_close(self, self.document):
            return False
        self.player.pause()
        self.let_go()
        return True

    def let_go(self) -> None:
        """Stop listening to the document: an undo stack that is being destroyed still signals."""
        self._links.cut()

    @property
    def explanation(self) -> ExplanationPanel:
        """The page that explains the step."""
        page = self.side.page("step")
        assert isinstance(page, ExplanationPanel)  # noqa: S101 - what the table of pages says
        return page

    def point_at(self, block: str) -> None:
        """Select a block and bring it into sight."""
        if block in self.document.graph:
            if not self.view.canvas.has_item(block):
                self.view.go_to_level(None)
            self.view.canvas.select([block])
            self.view.reveal(block)

    def check(self, block: str) -> tuple[bool | None, str, str]:
        """Compare the gradient of a block with the derivative found by trial."""
        return badge(self.document.graph, self.player.recording, block)

    def follow_walk(self) -> None:
        """Look into the group that the walk is in, if it steps into groups."""
        step = self.player.moment.step
        if step is not None and self.actions_by_name["step_into"].isChecked():
            self.view.follow_into(step.block)

    def _stops(self) -> Sequence[int] | None:
        """Give the steps to stop at: of what is folded, only where all of it is done."""
        return None if self.actions_by_name["step_into"].isChecked() else self.view.canvas.stops()

    def _assemble(self) -> None:
        self.palette_panel.setFixedWidth(PALETTE_WIDTH)
        self.side.setFixedWidth(EXPLANATION_WIDTH)
        self.transport.setFixedHeight(BOTTOM_HEIGHT)
        menus = menu_bar(self.actions_by_name, self.open_path, self.open_example)
        menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        top = QHBoxLayout()
        top.setContentsMargins(8, 0, 0, 0)
        top.addWidget(menus, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.header, 1)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self.palette_panel)
        self._middle.addWidget(self.view, 1)
        self._middle.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(self._middle, 1)
        column.addWidget(self.transport)

    # Listening

    def _listen(self) -> None:
        document = self.document
        self.view.menu_wanted.connect(self._show_menu)
        self.view.placed.connect(self.palette_panel.show_all)
        self._links = Links(
            (document.recording_changed, self._on_recording),
            (document.undo_stack.indexChanged, self._on_edited),
            (document.undo_stack.cleanChanged, self._on_edited),
            (document.path_changed, self._on_edited),
            (document.score_changed, self._on_edited),
        )
        self._on_edited()
        self._on_moved()

    def _on_recording(self) -> None:
        self.player.set_recording(self.document.recording)

    def _on_edited(self) -> None:
        stack, title = self.document.undo_stack, self.document.title
        self.header.set_title(title, modified=self.document.is_modified)
        self._window.setWindowTitle(f"{title.replace('[*]', '[*][*]')}[*] — Gradwalk")
        self._window.setWindowModified(self.document.is_modified)
        for name, can, text in (
            ("undo", stack.canUndo(), stack.undoText()),
            ("redo", stack.canRedo(), stack.redoText()),
        ):
            action, words = self.actions_by_name[name], f"{name} {text}".strip().title()
            if (action.isEnabled(), action.text()) != (can, words):
                action.setEnabled(can)
                action.setText(words)

    def _on_moved(self) -> None:
        moment = self.player.moment
        shown = (moment.recording, moment.cursor, theme())
        if shown != self._expressed:
            self._expressed = shown
            self.header.set_expression(expression_html(self.document.graph, moment, theme()))

    def _on_playing(self, playing: bool) -> None:  # noqa: FBT001 - what the signal sends
        self.actions_by_name["play"].setText("Pause" if playing else "Play")

    def _show_menu(self, block: str, at: QPoint) -> None:
        names: tuple[str, ...] = ON_GROUND
        if block in self.document.groups:
            names = ON_GROUP
        elif block:
            is_function = self.document.graph.block(block).is_function
            names = ON_FUNCTION if is_function else ON_INPUT
        menu = QMenu(self)
        menu.addActions([self.actions_by_name[name] for name in names])
        self.menu_at = at
        menu.exec(at)
        self.menu_at = None
        menu.deleteLater()

    def _to_canvas(self) -> None:
        self.view.setFocus()
