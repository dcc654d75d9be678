"""A picture on the clipboard, or carried out of the window with the mouse."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QTemporaryDir, QUrl
from PySide6.QtGui import QGuiApplication

from engine.moment import Moment
from gui.canvas.view import CanvasView
from gui.export.pictures import png_of, svg_of
from gui.export.studio import Look, Studio
from gui.theme import theme

COPIED_SCALE = 2.0
"""Dots a pixel of what is copied: a slide shows it larger than the window."""

PNG, SVG = "image/png", "image/svg+xml"


def copy_picture(view: CanvasView, moment: Moment) -> None:
    """Put a picture of what is selected, or of the whole graph, on the clipboard.

    Raises
    ------
    PictureError
        If it would be too large.
    """
    canvas = view.canvas
    look = Look(
        scale=COPIED_SCALE,
        dark=theme().dark,
        all_numbers=canvas.show_all,
        heat=canvas.findings.is_heated,
    )
    studio = Studio(canvas.document, look, area=canvas.selected_area(), like=canvas)
    QGuiApplication.clipboard().setMimeData(picture_mime(studio, moment))
    studio.let_go()


def picture_mime(studio: Studio, moment: Moment, *, as_file: bool = False) -> QMimeData:
    """Give a picture in every form that another program may take it in.

    Parameters
    ----------
    as_file
        Whether there is to be a file of it, too: what is dropped is mostly taken as one.
    """
    data, png = QMimeData(), png_of(studio, moment)
    data.setImageData(studio.image(moment))
    data.setData(PNG, QByteArray(png))
    data.setData(SVG, QByteArray(svg_of(studio, moment).encode()))
    if as_file:
        path = Path(_folder().filePath(f"gradwalk-step-{moment.cursor + 1}.png"))
        path.write_bytes(png)
        data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


@cache
def _folder() -> QTemporaryDir:
    """Give the folder for what is carried out; it is gone when the app ends."""
    return QTemporaryDir()
