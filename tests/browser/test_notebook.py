"""Notebooks run by Jupyter, and what they show opened in a browser."""

from __future__ import annotations

import json
from importlib.util import find_spec

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from engine.code.languages import LANGUAGES, written
from engine.recording import record
from tests.cli.commands import ROOT
from tests.three import THREE, document_of

WALKS = [
    "import numpy as np",
    "import engine",
    "graph, target = engine.parse_expression('square(exp(square(x)))', {'x': np.array(0.5)})",
    "engine.record(graph, target)",
]
TOLD = """((number) => {
    const root = document.querySelectorAll(".gradwalk")[number];
    const all = [...root.querySelectorAll(".told section")];
    const told = all.filter((section) => section.getClientRects().length);
    return told.map((section) => section.querySelector(".place").textContent);
})"""


def run(notebook):
    """Let Jupyter check a notebook and run it; give it with what it shows."""
    nbformat.validate(notebook)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}}).execute()
    return notebook


def opened(tab, notebook, folder):
    """Open a notebook as a page, as Jupyter writes it."""
    writer = HTMLExporter(
        template_name="basic", mathjax_url="", require_js_url="", jquery_url="", mermaid_js_url=""
    )
    body, _ = writer.from_notebook_node(notebook)
    path = folder / "notebook.html"
    path.write_text(f'<!DOCTYPE html><html lang="en"><meta charset="utf-8">{body}</html>', "utf-8")
    tab.open(path)
    assert tab.requests() == [path.resolve().as_uri()]
    assert tab.complaints() == []


@pytest.mark.parametrize(
    ("name", "style"),
    [
        *((name, "python") for name in THREE),
        ("net", "numpy"),
        ("net", "tutorial"),
        *((name, "pytorch") for name in THREE if find_spec("torch")),
    ],
)
def test_jupyter_runs_the_notebook_of_a_graph_to_the_gradients_of_the_walk(name, style):
    document = document_of(name)
    recording = record(document.graph, document.target)
    language = LANGUAGES[style].as_notebook()
    text = written(document.graph, document.target, language)
    notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    inputs = [block for block in recording.blocks.values() if block.kind == "input"]
    named = {
        block.name: "grad_{}" if style in ("python", "numpy") else "{}.grad" for block in inputs
    }
    asked = ", ".join(
        f"{key!r}: np.asarray({form.format(key)}).tolist()" for key, form in named.items()
    )
    cell = nbformat.v4.new_code_cell(
        f"import json\nimport numpy as np\nprint(json.dumps({{{asked}}}))"
    )
    notebook.cells.append(cell)
    run(notebook)
    found = json.loads(notebook.cells[-1].outputs[0].text)
    for block in inputs:
        np.testing.assert_allclose(found[block.name], recording.gradient(block.id), rtol=1e-10)


def test_a_walk_in_a_notebook_is_stepped_through_on_the_page_that_jupyter_writes(tab, tmp_path):
    cell = nbformat.v4.new_code_cell
    notebook = nbformat.v4.new_notebook(cells=[cell("\n".join(WALKS)), cell(WALKS[-1])])
    opened(tab, run(notebook), tmp_path)
    assert tab.ask(f"{TOLD}(0)") == tab.ask(f"{TOLD}(1)") == ["Backward · step 8 of 8"]
    tab.click(".gradwalk .line .r2")
    assert tab.ask(f"{TOLD}(0)") == ["Forward · step 3 of 8"]
    tab.press("ArrowRight")
    tab.press("ArrowRight")
    assert tab.ask(f"{TOLD}(0)") == ["Backward · step 5 of 8"]
    tab.click('.gradwalk button[aria-label="First step"]')
    assert tab.ask(f"{TOLD}(0)") == ["Forward · step 1 of 8"]
    assert tab.ask(f"{TOLD}(1)") == ["Backward · step 8 of 8"]  # the other is a walk of its own
    assert tab.complaints() == []


def test_a_walk_in_a_notebook_that_nobody_trusts_is_stepped_through_by_its_style_sheet(
    tab, tmp_path
):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("\n".join(WALKS))])
    tab.without_scripts()
    opened(tab, run(notebook), tmp_path)
    for step in (0, 5):
        tab.click(f".gradwalk .line .r{step}")
        (told,) = tab.ask(f"{TOLD}(0)")
        assert told.endswith(f"step {step + 1} of 8")


def test_answers_in_a_notebook_are_asked_and_lit(tab, tmp_path):
    cell = nbformat.v4.new_code_cell
    asks = [
        "recording = engine.record(graph, target)\nrecording.predict()",
        "recording.plot('x')",
        "recording.paths('x')",
    ]
    notebook = nbformat.v4.new_notebook(
        cells=[cell("\n".join(WALKS[:-1])), *(cell(text) for text in asks)]
    )
    opened(tab, run(notebook), tmp_path)
    tab.click(".gradwalk .line .r2")
    tab.click(".quiz input")
    tab.type("1.284")
    tab.press("Enter")
    assert tab.ask("document.querySelector('.reply').textContent").startswith("✓ Right.")
    tab.ask("document.querySelector('.nudge input').focus()")
    tab.press("ArrowRight")
    seen = "[...document.querySelectorAll('p.h')].filter((p) => p.getClientRects().length)"
    assert tab.ask(f"{seen}.map((p) => p.textContent.slice(0, 12))") == ["With h = 0.1"]
    lit = "document.querySelectorAll('.gradwalk')[2].querySelectorAll('.lamp.on').length"
    assert tab.ask(lit) == 7  # four blocks, and the wires between them
    assert tab.complaints() == []


def test_the_tour_runs_in_jupyter_and_shows_its_pictures_and_its_walk(tab, tmp_path):
    tour = nbformat.read(ROOT / "docs" / "tour.ipynb", as_version=nbformat.NO_CONVERT)
    opened(tab, run(tour), tmp_path)
    pictures = tab.ask("[...document.images].map((image) => image.naturalWidth)")
    assert len(pictures) >= 3
    assert all(width > 300 for width in pictures)
    (last,) = tab.ask(f"{TOLD}(0)")
    assert last.startswith("Backward")
    tab.click(".gradwalk .line .r0")
    assert tab.ask(f"{TOLD}(0)") != [last]
