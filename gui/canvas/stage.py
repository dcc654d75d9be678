"""What every way of working on the canvas shares: one gesture at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from engine.document import Document, Place
from engine.errors import GradwalkError
from engine.graph import CONSTANT, INPUT
from engine.marks import Box
from engine.settings import all_settings
from gui.canvas.breadcrumb import Breadcrumb
from gui.canvas.editing import edit_group_name, edit_mark, edit_name, edit_settings, edit_value
from gui.canvas.editor import InlineEditor
from gui.canvas.empty_ground import paint_empty_ground
from gui.canvas.folded_notice import FoldedNotice
from gui.canvas.homes import home_of
from gui.canvas.interactions.base import Interaction
from gui.canvas.item import FAR
from gui.canvas.lens import Lens
from gui.canvas.magnified import lifted
from gui.canvas.minimap import Minimap
from gui.canvas.overlay import paint_legend, paint_overlay
from gui.canvas.saying import Saying
from gui.canvas.scene import CanvasScene
from gui.canvas.text_editor import TextEditor
from gui.links import Links
from gui.own_blocks import OWN_BLOCKS
from gui.theme import theme


class Stage(Saying):
    """A view of the canvas on which one gesture at a time goes on.

    Attributes
    ----------
    interaction
        The gesture under way.
    editor
        The line in which a value or a name is being edited.
    band
        The rubber band, in scene units.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        super().__init__(canvas)
        self.interaction: Interaction | None = None
        self.editor: InlineEditor | TextEditor | None = None
        self.band: QRectF | None = None
        self._held = Qt.MouseButton.NoButton
        self._waits = False
        self.minimap = Minimap(self)
        self.lens, self._up = Lens(self), 0
        self.breadcrumb = Breadcrumb(self)
        self.notice = FoldedNotice(self)
        self.viewed.connect(self._on_viewed)
        self._links = Links(
            (canvas.document.refused, self._on_refused),
            (canvas.document.edited, self.forgive),
            (canvas.document.coming, self._on_coming),
            (canvas.painting_waits, self._on_painting_waits),
        )

    def wake(self) -> None:
        """Follow the player, which is with this document now."""
        self.canvas.wake()
        self.minimap.wake()
        self.lens.wake()

    def rest(self) -> None:
        """Stay as it is, because another document comes to the front."""
        self.settle()
        self.canvas.rest()
        self.minimap.rest()
        self.lens.rest()

    def let_go(self) -> None:
        """Stop listening, because the document is closed."""
        self.cancel()
        self._links.cut()
        self.minimap.let_go()
        self.lens.let_go()
        self.breadcrumb.let_go()
        self.far.forget()
        self.notice.let_go()
        self.canvas.let_go()

    # Saying and editing

    def is_covered_below(self) -> bool:
        """Whether the lens stands where sentences are said otherwise."""
        return self.lens.isVisible()

    def show_band(self, band: QRectF | None) -> None:
        """Show a rubber band, or none."""
        self.band = band
        self.viewport().update()

    def edit(self, block: str) -> None:
        """Edit what a block has to edit: a value, else its settings, else the name of a result.

        A group is entered, and a frame or a note edited.
        """
        if block in self.canvas.marks:
            self.reveal(block)
            edit_mark(self, block)
            return
        if block in self.canvas.document.groups:
            self.enter_group(block)
            return
        facts = self.canvas.document.graph.block(block)
        self.reveal(block)
        if facts.kind in (INPUT, CONSTANT):
            edit_value(self, block)
        elif all_settings(facts):
            edit_settings(self, block)
        else:
            edit_name(self, block)

    def rename(self, block: str) -> None:
        """Edit the name of a block's Variable, or of a group, or what a mark says."""
        self.reveal(block)
        if block in self.canvas.marks:
            edit_mark(self, block)
        elif block in self.canvas.document.groups:
            edit_group_name(self, block)
        else:
            edit_name(self, block)

    # Frames and notes

    def add_frame(self, box: Box, around: Iterable[str] = ()) -> None:
        """Draw a frame, around what is in a group as part of that group; ask for its title."""
        home = self.canvas.open_groups.around(around) or home_of(self.canvas, box)
        self._begin_with(self.canvas.document.drawing.add_frame(box, "", home))

    def add_note(self, box: Box) -> None:
        """Put a note on the canvas, and ask for its text."""
        home = home_of(self.canvas, box)
        self._begin_with(self.canvas.document.drawing.add_note(box, "", home))

    def _begin_with(self, mark: str | None) -> None:
        if mark is not None:
            self.canvas.selection.choose([mark])
            self.edit(mark)

    @property
    def is_held(self) -> bool:
        """Whether a button is held that the gesture under way goes on with."""
        return self.interaction is not None and self._held is not Qt.MouseButton.NoButton

    # Groups

    def enter_group(self, group: str) -> None:
        """Look at the inside of a group alone."""
        self.settle()
        self.canvas.enter(group)
        self.fit()

    def leave_group(self) -> None:
        """Look at what is around the group that was entered, and select it there."""
        path = self.canvas.folds.path
        if path:
            self.go_to_level(path[-2] if len(path) > 1 else None)

    def go_to_level(self, group: str | None) -> None:
        """Look at the inside of a group on the way here; at the whole document with None."""
        self.settle()
        path = self.canvas.folds.path
        was = path[path.index(group) + 1 if group in path else 0] if path else None
        self.canvas.enter(group)
        self.fit()
        if was is not None:
            self.canvas.selection.choose([was])

    def follow_into(self, block: str) -> None:
        """Enter the group that a block is in, or go out to it, where it is not seen as itself."""
        canvas = self.canvas
        if canvas.is_itself(block):
            return
        groups = canvas.document.groups
        folded = [group for group in groups.around(block) if groups.group(group).folded]
        canvas.enter(folded[-1] if folded else None)
        self.fit()

    def place_own(self, kind: str, place: Place, after: str | None = None) -> str | None:
        """Place a block of a person's own; give the id of the group, or say why there is none."""
        try:
            return self.canvas.document.add_own(OWN_BLOCKS.named(kind), place, after)
        except GradwalkError as error:
            self.say(error.sentence)
            return None

    def fold(self, group: str) -> None:
        """Show a group as one block, and select it."""

        def choose(done: bool) -> None:  # noqa: FBT001 - what a verb gives
            if done and not self.is_busy:
                self.canvas.selection.choose([group])

        document = self.canvas.document
        document.do(len(document.graph), "Folding", lambda held: held.fold([group]), choose)

    def unfold_all(self, then: Callable[[bool], None]) -> None:
        """Open every group in place; then tell whether there was one."""
        document = self.canvas.document
        document.do(len(document.graph), "Unfolding", lambda held: held.unfold_all(), then)

    # Gestures

    def begin(
        self, interaction: Interaction, held: Qt.MouseButton = Qt.MouseButton.NoButton
    ) -> None:
        """Begin a gesture that goes on until a button is let go."""
        self.interaction, self._held, self._waits = interaction, held, False
        self.viewport().setCursor(interaction.cursor)

    def go_on(self, held: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
        """Let the gesture under way go on with another button, or wait for one without any."""
        self._held, self._waits = held, held is Qt.MouseButton.NoButton

    def cancel(self) -> None:
        """Give up the gesture under way."""
        if self.interaction is not None:
            interaction = self._ended()
            interaction.cancel()

    def complete(self, at: QPointF) -> None:
        """Finish the gesture under way at a point of the scene."""
        if self.interaction is not None:
            interaction = self._ended()
            interaction.finish(at)

    def settle(self) -> None:
        """Give up the gesture under way, and take what is being edited."""
        self.cancel()
        if self.editor is not None:
            self.editor.take()

    @property
    def is_busy(self) -> bool:
        """Whether a gesture is under way, or something is being edited."""
        return self.interaction is not None or self.editor is not None

    # Painting

    def set_zoom(self, zoom: float, about: QPointF | None = None) -> None:
        """Zoom about a point; without one, about the middle of what is seen, or was fitted."""
        if about is None and self._was_fitted:
            self.scroll_by(QPoint(0, -self._up))
        super().set_zoom(zoom, about)

    def fit(self, rect: QRectF | None = None) -> None:
        """Show a part of the scene, or all blocks, with room for a lens where one is needed."""
        super().fit(rect)
        content = rect or self.canvas.content_rect()
        self._up = lifted(content, self.framing) if self.lens.has_room_made else 0
        if self._up:
            is_all = self._was_fitted
            self.scroll_by(QPoint(0, self._up))
            self._was_fitted = is_all

    @property
    def says_how_to_begin(self) -> bool:
        """Whether the ways to begin stand on the ground: while there is nothing else on it."""
        return not self.canvas.document.graph and self.interaction is None

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the gesture under way, and the legend."""
        del rect
        if self.zoom < FAR:
            self.far.paint(painter)
        self.canvas.carrying.paint(painter, self)
        if self.zoom >= FAR:
            self.canvas.elements.paint(painter)
        paint_overlay(painter, self, theme())
        painter.save()
        painter.resetTransform()
        if self.says_how_to_begin:
            paint_empty_ground(painter, QRectF(self.viewport().rect()), theme())
        else:
            paint_legend(painter, theme())
        self.lens.paint_tie(painter, theme())
        self.lens.fall_behind()  # whatever is painted anew may be what it shows
        painter.restore()

    # Inside

    def _ended(self) -> Interaction:
        interaction = self.interaction
        assert interaction is not None  # noqa: S101 - both callers have looked
        self.interaction, self._held, self._waits = None, Qt.MouseButton.NoButton, False
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self.viewport().update()
        return interaction

    def _on_viewed(self) -> None:
        self.canvas.show_part(self.visible_rect(), self.zoom)

    def _on_painting_waits(self, waits: bool) -> None:  # noqa: FBT001 - what the signal sends
        self.viewport().setUpdatesEnabled(not waits)

    def _on_coming(self, document: Document) -> None:
        """Give up a gesture with what is about to go."""
        if self.interaction is None and (
            self.canvas.lines.dragged or self.canvas.carrying.is_picture
        ):
            self.canvas.drag({})  # what was let go is about to be there
        elif self.interaction is not None and not self.interaction.may_go_on_in(document):
            self.cancel()

    def _on_refused(self, sentence: str, block: str) -> None:
        known = block in self.canvas.document.graph and self.canvas.has_item(block)
        self.say(sentence, self.canvas.block_rect(block).center() if known else None)
