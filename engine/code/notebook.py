"""A program as a notebook: a cell a section, in the format that Jupyter reads (nbformat 4.5)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from engine.code.script import CodeLine, Script, Section


@dataclass(frozen=True, slots=True)
class Notebook:
    """A program as a notebook.

    Attributes
    ----------
    script
        The program.
    """

    script: Script

    @property
    def lines(self) -> tuple[CodeLine, ...]:
        """The lines of the program."""
        return self.script.lines

    @property
    def text(self) -> str:
        """The file."""
        cells = [_markdown(f"# {self.script.about}")]
        for section in self.script.sections:
            if section.title:
                cells.append(_markdown(f"## {section.title}"))
            cells.append(_code(section))
        for number, cell in enumerate(cells):
            cell["id"] = f"cell-{number}"
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        whole = {
            "cells": cells,
            "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": [text]}


def _code(section: Section) -> dict[str, Any]:
    lines = [line.text for line in section.lines]
    source = [f"{line}\n" for line in lines[:-1]] + lines[-1:]
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": source,
    }
