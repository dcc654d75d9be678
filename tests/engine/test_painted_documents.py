"""Pictures and films of a recording whose document is at hand: each block stands where it does."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

import engine
from engine.document import Document, Place
from engine.errors import PictureError
from engine.storage import load, save
from main import main
from tests.engine.test_painted import SMALL, SMALL_RENDER, by_hand
from tests.three import explained


@pytest.mark.parametrize("kind", ["png", "gif"])
def test_with_its_document_it_stands_as_in_the_window(tmp_path, kind):
    path = tmp_path / "notes.gradwalk"
    save(explained(), path)
    document = load(path)
    recording = engine.record(document.graph, document.target)
    wishes = SMALL if kind == "gif" else {"size": (640, 400)}
    film = getattr(recording, f"to_{kind}")
    made = film(document=document, strip=True, **wishes)
    options = SMALL_RENDER if kind == "gif" else ("--size", "640x400")
    other = tmp_path / f"other.{kind}"
    assert main(["render", str(path), "--strip", *options, "--output", str(other)]) == 0
    assert made == other.read_bytes()
    assert made != film(strip=True, **wishes)


def test_with_a_document_of_ones_own_blocks_it_stands_there_too():
    _, recording = by_hand()
    blocks, course = list(recording.blocks.values()), recording.course
    wires = [wire for wires in course.wires_from.values() for wire in wires]
    places = {block.id: Place(200.0 * at, 190.0 * at) for at, block in enumerate(blocks)}
    document = Document(engine.Graph.build(blocks, wires), places, recording.target)
    stands, laid_out = recording.to_png(document=document), recording.to_png()
    with Image.open(BytesIO(stands)) as there, Image.open(BytesIO(laid_out)) as here:
        assert there.height > here.height + 100
    unplaced = Document(document.graph, {}, recording.target)
    assert recording.to_png(document=unplaced) == laid_out
    other, y = engine.parse_expression("exp(x)", {"x": np.array(0.5)})
    with pytest.raises(PictureError, match="other blocks than were walked"):
        recording.to_gif(document=Document(other, {}, y))
