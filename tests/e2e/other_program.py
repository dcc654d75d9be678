"""Another program, into which things are dropped: it writes down what it gets, form by form.

python tests/e2e/other_program.py FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtWidgets import QApplication, QWidget

TITLE = "Another program"
SIZE = 180


class Sheet(QWidget):
    """A window that takes whatever is dropped on it, as a copy."""

    def __init__(self, folder: Path) -> None:
        super().__init__(None, Qt.WindowType.WindowStaysOnTopHint)
        self._folder = folder
        self.setWindowTitle(TITLE)
        self.setAcceptDrops(True)
        self.setGeometry(30, 40, SIZE, SIZE)

    def event(self, event: QEvent) -> bool:
        """Take anything."""
        if event.type() == QEvent.Type.DragEnter:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            return True
        if event.type() == QEvent.Type.Drop:
            self._keep(event.mimeData())
            event.acceptProposedAction()
            return True
        return super().event(event)

    def _keep(self, data: QMimeData) -> None:
        """Keep each form in a file, and last of all a list of them."""
        for number, form in enumerate(data.formats()):
            (self._folder / str(number)).write_bytes(bytes(data.data(form).data()))
        urls = [url.toLocalFile() for url in data.urls()]
        for number, path in enumerate(urls):
            (self._folder / f"file-{number}").write_bytes(Path(path).read_bytes())
        told = self._folder / "unfinished"
        told.write_text(json.dumps({"forms": data.formats(), "files": urls}), "utf-8")
        told.rename(self._folder / "forms.json")


if __name__ == "__main__":
    app = QApplication(sys.argv)
    sheet = Sheet(Path(sys.argv[1]))
    sheet.show()
    sys.exit(app.exec())
