"""What each action does: a method an action, by the name it has in the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from engine import __version__
from engine.document import Place
from engine.order import age
from engine.settings import all_settings
from gui import files
from gui.canvas.scene import CanvasScene
from gui.canvas.view import CanvasView
from gui.document import OpenDocument
from gui.player import SPEEDS, Player

if TYPE_CHECKING:
    from gui.workbench import Workbench

ZOOM_STEP = 1.25
COPY_OFFSET = Place(0.0, 130.0)
"""A copy stands one row below."""


class Commands:
    """The verbs of a workbench, on whatever document it shows."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    @property
    def _document(self) -> OpenDocument:
        return self._bench.document

    @property
    def _view(self) -> CanvasView:
        return self._bench.view

    @property
    def _canvas(self) -> CanvasScene:
        return self._bench.view.canvas

    @property
    def _player(self) -> Player:
        return self._bench.player

    # File

    def new(self) -> None:
        """Begin an empty document."""
        self._view.settle()
        if files.may_close(self._bench, self._document):
            self._bench.show_document(OpenDocument())

    def open(self) -> None:
        """Open a file."""
        path = files.ask_open(self._bench)
        if path is not None:
            self._bench.open_path(path)

    def save(self) -> None:
        """Save."""
        self._view.settle()
        files.save(self._bench, self._document)

    def save_as(self) -> None:
        """Save to another file."""
        self._view.settle()
        files.save(self._bench, self._document, elsewhere=True)

    def quit(self) -> None:
        """Close the window, which ends the app."""
        self._bench.window().close()

    # Edit

    def undo(self) -> None:
        """Take the last verb back."""
        self._view.settle()
        self._document.undo_stack.undo()

    def redo(self) -> None:
        """Do it again."""
        self._view.settle()
        self._document.undo_stack.redo()

    def edit_value(self) -> None:
        """Edit the value of the selected input, or of the only one there is, or settings."""
        graph = self._document.graph
        chosen = self._canvas.selected_blocks()
        if len(chosen) == 1 and all_settings(graph.block(chosen[0])):
            self._view.edit(chosen[0])
            return
        given = [b for b in chosen if not graph.block(b).is_function]
        given = given or self._document.inputs()
        if len(given) == 1:
            self._view.edit(given[0])
        else:
            self._view.say("Select one input first: click it, or walk there with Tab.")

    def rename(self) -> None:
        """Rename the selected block's Variable."""
        block = self._one_block()
        if block is not None:
            self._view.rename(block)

    def connect(self) -> None:
        """Draw a wire from the selected block by keyboard."""
        block = self._one_block()
        if block is not None:
            self._view.setFocus()
            self._view.start_wire(block)

    def unplug(self) -> None:
        """Take the selected wires away, and those into the selected blocks."""
        graph = self._document.graph
        wires = self._canvas.selected_wires()
        for block in self._canvas.selected_blocks():
            wires += [wire for wire in graph.wires_into(block) if wire and wire not in wires]
        if wires:
            self._document.remove((), wires)
        else:
            self._view.say("Select a block whose inputs are to be unplugged, or a wire.")

    def differentiate(self) -> None:
        """Walk back from the selected block."""
        block = self._one_block()
        if block is None:
            return
        if not self._document.graph.block(block).is_function:
            self._view.say("An input is given, not computed: choose a function to differentiate.")
            return
        self._document.set_target(block)

    def add_block(self) -> None:
        """Search the functions."""
        self._bench.palette_panel.search()

    def append(self, kind: str) -> None:
        """Put a block behind the selected one, or behind the end of the chain."""
        selected = self._canvas.selected_blocks()
        after = selected[-1] if selected else self._document.recording.target
        if after is None:
            after = max(self._document.graph.blocks, key=age, default=None)
        block = self._document.append(kind, after)
        if block is not None:
            self._canvas.select([block])
            self._view.show_more(block)

    def duplicate(self) -> None:
        """Copy the selected blocks."""
        selected = self._canvas.selected_blocks()
        if selected:
            self._canvas.select(self._document.duplicate(selected, COPY_OFFSET))

    def delete(self) -> None:
        """Remove what is selected."""
        self._view.settle()
        blocks, wires = self._canvas.selected_blocks(), self._canvas.selected_wires()
        if blocks or wires:
            self._document.remove(blocks, wires)

    def select_all(self) -> None:
        """Select every block."""
        self._canvas.select(list(self._document.graph.blocks))

    def tidy(self) -> None:
        """Lay all blocks out."""
        from gui.layout import places_for  # noqa: PLC0415 - networkx, which a start can do without

        self._document.move(places_for(self._document.graph), "tidy up")
        self._view.fit()

    # View

    def fit(self) -> None:
        """Show all blocks."""
        self._view.fit()

    def fit_selection(self) -> None:
        """Show the selected blocks."""
        around = QRectF()
        for block in self._canvas.selected_blocks():
            item = self._canvas.block_item(block)
            around |= item.outline.translated(item.pos())
        self._view.fit(around if not around.isEmpty() else None)

    def zoom_in(self) -> None:
        """Come nearer."""
        self._view.set_zoom(self._view.zoom * ZOOM_STEP)

    def zoom_out(self) -> None:
        """Go farther away."""
        self._view.set_zoom(self._view.zoom / ZOOM_STEP)

    def life_size(self) -> None:
        """Show blocks at their own size."""
        self._view.set_zoom(1.0)

    def show_all(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Show every number, or only those that the walk has reached."""
        self._canvas.set_show_all(on)

    def reduced_motion(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Let steps travel, or show each at once."""
        self._player.reduced_motion = on
        QSettings().setValue("reduced_motion", on)

    # Walk

    def play(self) -> None:
        """Play, or stop."""
        self._player.toggle()

    def step_on(self) -> None:
        """Go one step on."""
        self._player.step_on()

    def step_back(self) -> None:
        """Go one step back."""
        self._player.step_back()

    def to_start(self) -> None:
        """Go to the first step."""
        self._player.to_start()

    def to_end(self) -> None:
        """Go to the last step."""
        self._player.to_end()

    def slower(self) -> None:
        """Play fewer steps a second."""
        self._change_speed(-1)

    def faster(self) -> None:
        """Play more steps a second."""
        self._change_speed(1)

    def check(self) -> None:
        """Compare each gradient with the derivative found by trial, or stop doing so."""
        self._bench.explanation.toggle_check()

    def copy_step(self) -> None:
        """Copy the step under the cursor."""
        QGuiApplication.clipboard().setText(self._bench.explanation.copy_text())

    # Help

    def shortcuts(self) -> None:
        """Show every action and its keys."""
        from gui.cheat_sheet import CheatSheet  # noqa: PLC0415 - not needed for a first frame

        CheatSheet(self._bench).exec()

    def about(self) -> None:
        """Say what this is."""
        box = QMessageBox(self._bench)
        box.setWindowTitle("About Gradwalk")
        box.setTextFormat(Qt.TextFormat.RichText)
        box.setText(
            f"<h3>Gradwalk {__version__}</h3>"
            "<p>Build a graph of functions by hand, run it forward, and walk the gradient back, "
            "one block at a time.</p>"
            "<p>MIT licence. Fonts: Inter (SIL OFL 1.1) and JetBrains Mono (Apache 2.0).</p>"
        )
        box.exec()

    # Inside

    def _one_block(self) -> str | None:
        """Give the selected block; if there is not one, say what is missing."""
        selected = self._canvas.selected_blocks()
        if len(selected) == 1:
            return selected[0]
        self._view.say("Select one block first: click it, or walk there with Tab.")
        return None

    def _change_speed(self, by: int) -> None:
        at = SPEEDS.index(self._player.speed)
        self._player.set_speed(SPEEDS[min(max(at + by, 0), len(SPEEDS) - 1)])
