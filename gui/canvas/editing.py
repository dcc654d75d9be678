"""Editing a value or a name where it stands on the canvas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF

from engine.errors import GradwalkError
from engine.graph import title
from engine.groups import check_group_name
from engine.marks import check_text
from engine.settings import parse_settings, settings_text
from engine.values import parse_value, source_text
from gui.canvas.editor import InlineEditor
from gui.canvas.text_editor import TextEditor

if TYPE_CHECKING:
    from gui.canvas.stage import Stage

LONGEST_SHOWN = 10_000
"""Elements of an array that can be edited as text."""


def edit_value(view: Stage, block: str) -> None:
    """Open a line over an input or a constant to edit its value."""
    document = view.canvas.document
    facts = document.graph.block(block)
    if facts.value is not None and facts.value.size > LONGEST_SHOWN:
        view.say(f"{facts.name} has {facts.value.size:,} elements, too many to edit as text.")
        return

    def commit(text: str) -> str | None:
        try:
            value = parse_value(text)
        except GradwalkError as error:
            return error.sentence
        document.set_value(block, value)
        return None

    text = "" if facts.value is None else source_text(facts.value)
    _open(view, block, f"Value of {facts.name}", text, commit)


def edit_settings(view: Stage, block: str) -> None:
    """Open a line over a Function to edit its settings, such as the axis of a sum."""
    document = view.canvas.document
    facts = document.graph.block(block)

    def commit(text: str) -> str | None:
        try:
            settings = parse_settings(facts, text)
            document.graph.check_replace(replace(facts, settings=settings))
        except GradwalkError as error:
            return error.sentence
        document.set_settings(block, settings)
        return None

    _open(view, block, f"Settings of {title(facts)}", settings_text(facts), commit)


def edit_name(view: Stage, block: str) -> None:
    """Open a line over a block to edit the name of its Variable."""
    document = view.canvas.document
    facts = document.graph.block(block)

    def commit(text: str) -> str | None:
        try:
            document.graph.check_name(block, text.strip())
        except GradwalkError as error:
            return error.sentence
        document.rename(block, text)
        return None

    label = f"Name of what {title(facts)} gives" if facts.is_function else "Name of this input"
    _open(view, block, label, facts.name, commit)


def edit_parameters(view: Stage, group: str) -> None:
    """Open a line over a group to edit the values of the inputs and constants in it."""
    document = view.canvas.document
    text = document.parameters_text(group)
    if not text:
        view.say(
            "There is no input and no constant in this group.",
            view.canvas.block_rect(group).center(),
        )
        return

    def commit(text: str) -> str | None:
        try:
            values = document.parse_parameters(group, text)
        except GradwalkError as error:
            return error.sentence
        document.set_parameters(values)
        return None

    name = document.groups.group(group).name
    _open(view, group, f"Parameters of {name}", text, commit)


def edit_group_name(view: Stage, group: str) -> None:
    """Open a line over a group to edit its name."""
    document = view.canvas.document

    def commit(text: str) -> str | None:
        try:
            check_group_name(text.strip())
        except GradwalkError as error:
            return error.sentence
        document.rename_group(group, text)
        return None

    _open(view, group, "Name of this group", document.groups.group(group).name, commit)


def edit_mark(view: Stage, mark: str) -> None:
    """Open a line over a frame to edit its title, or a field over a note."""
    canvas = view.canvas
    facts = canvas.marks.mark(mark)

    def commit(text: str) -> str | None:
        try:
            check_text(replace(facts, text=text))
        except GradwalkError as error:
            return error.sentence
        canvas.document.drawing.say(mark, text)
        return None

    if canvas.marks.is_frame(mark):
        around = canvas.marks.items[mark].head
        _open_over(view, around, InlineEditor, "Title of this frame", facts.text, commit)
    else:
        around = canvas.marks.rect(mark)
        _open_over(view, around, TextEditor, "Text of this note", facts.text, commit)


def _open(
    view: Stage, block: str, label: str, text: str, commit: Callable[[str], str | None]
) -> None:
    _open_over(view, view.canvas.block_rect(block), InlineEditor, label, text, commit)


def _open_over(
    view: Stage,
    corners: QRectF,
    kind: type[InlineEditor | TextEditor],
    label: str,
    text: str,
    commit: Callable[[str], str | None],
) -> None:
    view.settle()
    around = QRect(view.mapFromScene(corners.topLeft()), view.mapFromScene(corners.bottomRight()))
    editor = kind(view.viewport(), label, text, around, commit)
    editor.complained.connect(partial(_complain, view))
    editor.finished.connect(partial(_on_finished, view, editor))
    editor.finished.connect(view.hush)
    view.editor = editor


def _on_finished(view: Stage, editor: InlineEditor | TextEditor) -> None:
    if view.editor is editor:
        view.editor = None
    # Whoever clicked elsewhere meant to be there.
    if view.window().focusWidget() in (editor, None):
        view.setFocus()


def _complain(view: Stage, reason: str, at: QPoint) -> None:
    view.say(reason, view.mapToScene(at))
