"""What an engineer asks about a step, in as few lines as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from engine.depth import Detail
from gui.panels.labels import APART, Wrapping
from gui.theme import CODE, font, mixed, theme, themes

IN_CODE = ("vector × Jacobian", "shapes")
"""What is written in the font of code, and begins a line; all else goes on in one."""

KEPT = 40
"""Characters up to which a piece of code is kept on one line."""


class DetailsLabel(Wrapping):
    """The details. Those of a kind stand behind each other, and so do short ones.

    Parameters
    ----------
    parent
        The widget it stands in.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(font(12), parent)
        self._details: tuple[Detail, ...] = ()
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        themes().changed.connect(self._write)

    def show_details(self, details: tuple[Detail, ...]) -> None:
        """Show others."""
        if details != self._details:
            self._details = details
            self.setAccessibleName("\n".join(f"{each.what}: {each.text}" for each in details))
            self._write()

    def _write(self) -> None:
        ink = mixed(theme().dim, theme().ink, 0.6).name()
        style = f"line-height:{APART}%; color:{theme().dim.name()}; margin:0"
        lines = (f'<p style="{style}">{line}</p>' for line in self._lines(ink))
        self.setText("".join(lines))

    def _lines(self, ink: str) -> Iterator[str]:
        for what in IN_CODE:
            texts = [_whole(each.text) for each in self._details if each.what == what]
            if texts:
                code = f'<span style="font-family:{CODE!r}; color:{ink}">{",  ".join(texts)}</span>'
                yield f"{_whole(what)} &nbsp;{code}"
        rest = (each for each in self._details if each.what not in IN_CODE)
        yield "&nbsp;&nbsp; ".join(
            f'{_whole(each.what)} <span style="color:{ink}">{escape(each.text)}</span>'
            for each in rest
        )


def _whole(text: str) -> str:
    """Keep on one line what is short."""
    return escape(text).replace(" ", "&nbsp;") if len(text) <= KEPT else escape(text)
