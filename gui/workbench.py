"""The workbench: everything in the window, put together and connected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QSizePolicy, QVBoxLayout, QWidget

from engine.asking.back_path import BackPath
from gui.actions import make_actions
from gui.canvas.lighting import light_of
from gui.check_everything import CheckEverything
from gui.checking import Checks
from gui.commands import Commands
from gui.context_menus import ON_TAB, Sections, fill_menu, sections_for
from gui.desk import Desk
from gui.document import OpenDocument
from gui.expression import ExpressionView
from gui.garbage import thaw
from gui.ground import BOTTOM_HEIGHT, PALETTE_WIDTH, side_width
from gui.links import Links
from gui.menus import menu_bar
from gui.notices import Notices
from gui.pages.side import SidePanel
from gui.panels.document_tabs import DocumentTabs
from gui.panels.explanation import ExplanationPanel
from gui.panels.header import Header
from gui.panels.palette import Palette
from gui.panels.transport import Transport
from gui.prediction import Prediction
from gui.recovery import Recovery
from gui.space_key import SpaceKey
from gui.watching import Watching
from gui.working_out import WorkingOut


class Workbench(Desk):
    """Menus, palette, canvas, explanation and transport, around the document in front.

    Attributes
    ----------
    documents, player, errands
        As `Desk` has them.
    prediction
        What is asked for before it is shown.
    checks
        What is known of whether gradients are true.
    check_everything
        Checks all of them, and shows it on the canvas.
    side
        The pages on the right.
    commands
        What the actions do.
    actions_by_name
        The actions, by their name in the table.
    menu_at
        Where on the screen a menu was asked for, while it is open.
    notices
        What was left behind by a sudden end, and what others have done to files.
    expression
        The graph as text, in the strip above.

    Signals
    -------
    fronted
        Another document is in front.
    """

    fronted = Signal()

    def __init__(self, window: QMainWindow, document: OpenDocument) -> None:
        super().__init__(document)
        self._window = window
        self._links = Links()
        self.menu_at: QPoint | None = None
        self.recovery = Recovery(self.documents, self)
        self._watching = Watching(self.documents, self)
        self.notices = Notices(self, self._watching)
        self._tabs = DocumentTabs(self.documents)
        self.header = Header()
        self.palette_panel = Palette()
        self._working_out = WorkingOut(self.player, self)
        self._working_out.told.connect(self._on_waiting)
        self.prediction = Prediction(self.player, lambda: self.document)
        self.checks = Checks(parent=self)
        self.side = SidePanel(self)
        self.transport = Transport(self.player)
        self.commands = Commands(self)
        self.actions_by_name = make_actions(window, self.commands)
        SpaceKey(self.actions_by_name["play"])
        self._assemble()
        self.check_everything = CheckEverything(self, self.checks)
        self.palette_panel.chosen.connect(self.commands.append)
        self.palette_panel.found.connect(self._to_canvas)
        self.palette_panel.given_up.connect(self.commands.give_up_block)
        self.documents.opened.connect(self._on_opened)
        self.documents.fronted.connect(self._on_fronted)
        self.documents.closed.connect(self._on_closed)
        self._tabs.close_wanted.connect(self.close_tab)
        self._tabs.menu_wanted.connect(self._show_tab_menu)
        self._canvases.menu_wanted.connect(self._show_menu)
        self._canvases.placed.connect(self.palette_panel.show_all)
        self.player.moved.connect(self.follow_walk)
        self.player.stops_at = self._stops
        self.player.playing_changed.connect(self._on_playing)
        self.player.loop_changed.connect(self._on_loop)
        reduced = QSettings().value("reduced_motion", defaultValue=False, type=bool)
        self.actions_by_name["reduced_motion"].setChecked(bool(reduced))
        near = QSettings().value("lens", defaultValue=True, type=bool)
        self.actions_by_name["lens"].setChecked(bool(near))
        self.view.lens.want(bool(near))
        self._listen()
        self.expression = ExpressionView(self, self.header.expression)
        self.header.float_over(self)
        self.header.search_wanted.connect(self.commands.search_actions)

    def may_quit(self) -> bool:
        """Ask about each document with unsaved changes; say whether the window may close."""
        if not self._closing.may_quit():
            return False
        self.player.pause()
        self.recovery.end()
        self.let_go()
        return True

    def let_go(self) -> None:
        """Stop listening to documents: an undo stack that is being destroyed still signals."""
        self._links.cut()
        self.expression.let_go()
        self.checks.let_go()
        self._tabs.let_go()
        self._watching.let_go()
        self.recovery.let_go()
        self.errands.let_go()
        for document in self.documents:
            document.let_go()

    @property
    def explanation(self) -> ExplanationPanel:
        """The page that explains the step."""
        page = self.side.page("step")
        assert isinstance(page, ExplanationPanel)  # noqa: S101 - what the table of pages says
        return page

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The parts of the window, in the order in which the keyboard goes through them."""
        return self.palette_panel, self.view, self.side, self.transport

    def point_at(self, block: str) -> None:
        """Select a block and bring it into sight."""
        if block in self.document.graph:
            if not self.view.canvas.has_item(block):
                self.view.go_to_level(None)
            self.view.canvas.selection.choose([block])
            self.view.reveal(block)

    def light_path(self, path: BackPath) -> None:
        """Light one path back, and dim all else; Escape lights everything again."""
        self.view.canvas.set_light(light_of(path))

    def follow_walk(self) -> None:
        """Look into the group that the walk is in, if it steps into groups."""
        step = self.player.moment.step
        if step is not None and self.actions_by_name["step_into"].isChecked():
            self.view.follow_into(step.block)

    def _stops(self) -> Sequence[int] | None:
        """Give the steps to stop at: of what is folded, only where all of it is done."""
        return None if self.actions_by_name["step_into"].isChecked() else self.view.canvas.stops()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the pages on the right their part of the window."""
        self.side.setFixedWidth(side_width(event.size()))
        self._middle.activate()  # now, and not after a frame in which they do not fit
        super().resizeEvent(event)

    def _assemble(self) -> None:
        self.palette_panel.setFixedWidth(PALETTE_WIDTH)
        self.side.setFixedWidth(side_width(self._window.size()))
        self.transport.setFixedHeight(BOTTOM_HEIGHT)
        menus = menu_bar(self.actions_by_name, self.open_path, self.open_example, self.player)
        menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        top = QHBoxLayout()
        top.setContentsMargins(8, 0, 0, 0)
        top.addWidget(menus, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.header, 1)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self.palette_panel)
        canvas = QVBoxLayout()
        canvas.setSpacing(0)
        canvas.addWidget(self._tabs)
        canvas.addWidget(self.notices.left_behind)
        canvas.addWidget(self.notices.on_disk)
        canvas.addWidget(self._canvases, 1)
        self._middle.addLayout(canvas, 1)
        self._middle.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(self._middle, 1)
        column.addWidget(self.transport)

    # Listening

    def _on_opened(self, document: OpenDocument, _at: int) -> None:
        document.errands = self.errands

    def _on_closed(self, document: OpenDocument, _at: int) -> None:
        self._canvases.let_go(document)
        document.let_go()
        thaw()

    def _on_fronted(self, document: OpenDocument) -> None:
        self._links.cut()
        self.palette_panel.show_all()
        self._canvases.bring_to_front(document)
        self.view.canvas.set_show_all(self.actions_by_name["show_all"].isChecked())
        self.view.canvas.findings.set_heat(self.actions_by_name["heat"].isChecked())
        self.view.lens.want(self.actions_by_name["lens"].isChecked())
        self._listen()
        self.notices.tell_of_disk()
        self.view.setFocus()
        self.fronted.emit()

    def _listen(self) -> None:
        document = self.document
        self._links = Links(
            (document.recording_changed, self._on_recording),
            (document.undo_stack.indexChanged, self._on_edited),
            (document.undo_stack.cleanChanged, self._on_edited),
            (document.path_changed, self._on_edited),
            (document.score_changed, self._on_edited),
            (document.work_changed, self._on_edited),
        )
        self._on_edited()

    def _on_recording(self) -> None:
        self.player.set_recording(self.document.latest)

    def _on_edited(self) -> None:
        if self.document.is_behind:
            self.checks.make_way()
        stack, title = self.document.undo_stack, self.document.title
        self.header.set_title(title, modified=self.document.is_modified)
        self._window.setWindowTitle(f"{title.replace('[*]', '[*][*]')}[*] — Gradwalk")
        self._window.setWindowModified(self.document.is_modified)
        for name, can, text in (
            ("undo", stack.canUndo() or self.document.is_changing, stack.undoText()),
            ("redo", stack.canRedo(), stack.redoText()),
        ):
            action, words = self.actions_by_name[name], f"{name} {text}".strip().title()
            if (action.isEnabled(), action.text()) != (can, words):
                action.setEnabled(can)
                action.setText(words)

    def _on_waiting(self, sentence: str) -> None:
        self.view.wait_for(sentence)

    def _on_playing(self, playing: bool) -> None:  # noqa: FBT001 - what the signal sends
        self.actions_by_name["play"].setText("Pause" if playing else "Play")

    def _on_loop(self) -> None:
        self.actions_by_name["loop"].setChecked(self.player.loop is not None)

    def _show_menu(self, block: str, at: QPoint) -> None:
        self._show_actions(sections_for(self.view.canvas, block), at)

    def _show_tab_menu(self, document: OpenDocument, at: QPoint) -> None:
        self.documents.bring_to_front(document)
        self._show_actions(ON_TAB, at)

    def _show_actions(self, sections: Sections, at: QPoint) -> None:
        menu = QMenu(self)
        fill_menu(menu, sections, self.actions_by_name)
        self.menu_at = at
        menu.exec(at)
        self.menu_at = None
        menu.deleteLater()

    def _to_canvas(self) -> None:
        self.view.setFocus()
