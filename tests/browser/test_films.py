"""Films in a browser: each frame is decoded there, and is what the window has at that step."""

from __future__ import annotations

import base64
import subprocess
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from engine.recording import record
from main import main
from tests.browser.likeness import FEW, differing
from tests.browser.three import THREE, document_of, file_of

SMALL = ("--size", "480x300", "--fps", "4", "--speed", "4", "--strip")
"""A frame a step."""

FRAMES = """(async (content, type) => {
    const data = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
    const decoder = new ImageDecoder({ data, type });
    await Promise.all([decoder.completed, decoder.tracks.ready]);
    const track = decoder.tracks.selectedTrack;
    const last = (await decoder.decode({ frameIndex: track.frameCount - 1 })).image;
    const shown = document.querySelector("canvas");
    [shown.width, shown.height] = [last.displayWidth, last.displayHeight];
    shown.getContext("2d").drawImage(last, 0, 0);
    return [track.frameCount, track.repetitionCount === Infinity];
})"""

PLAYED = """(async () => {
    const video = document.querySelector("video");
    await new Promise((done, failed) => {
        video.onerror = () => failed(new Error(video.error.message));
        if (video.readyState > 1) done();
        video.onloadeddata = done;
    });
    const sought = new Promise((done) => { video.onseeked = done; });
    video.currentTime = video.duration;
    await sought;
    return [video.videoWidth, video.videoHeight, video.duration];
})"""


@pytest.fixture
def film(tmp_path):
    """Let the command make a film of one of the three; give its file, and the number of steps."""

    def make(name, form):
        path = tmp_path / f"film.{form}"
        assert main(["render", str(file_of(name, tmp_path)), *SMALL, "--output", str(path)]) == 0
        document = document_of(name)
        return path, len(record(document.graph, document.target))

    return make


@pytest.fixture
def last(tmp_path):
    """Let the command paint the last step of one of the three, as large as the films."""

    def paint(name):
        path, source = tmp_path / "last.png", str(file_of(name, tmp_path))
        assert main(["render", source, "--size", "480x300", "--strip", "--output", str(path)]) == 0
        with Image.open(path) as picture:
            return np.asarray(picture.convert("RGB"), float)

    return paint


@pytest.mark.parametrize("name", THREE)
@pytest.mark.parametrize("form", ["gif", "webp", "apng"])
def test_a_browser_decodes_a_film_to_its_last_frame_which_shows_the_last_step(
    tab, film, last, tmp_path, name, form
):
    path, steps = film(name, form)
    page = tmp_path / "film.html"
    page.write_text('<!DOCTYPE html><body style="margin:0"><canvas></canvas>')
    tab.window(480, 300)
    tab.open(page)
    kind = {"apng": "image/png"}.get(form, f"image/{form}")
    content = base64.b64encode(path.read_bytes()).decode()
    assert tab.ask(f"({FRAMES})({content!r}, {kind!r})") == [steps, True]
    assert differing(last(name), tab.picture()) < FEW


@pytest.mark.parametrize("name", THREE)
def test_a_browser_plays_the_mp4_to_its_end_where_it_shows_the_last_step(
    tab, film, last, tmp_path, name
):
    path, steps = film(name, "mp4")
    page = tmp_path / "film.html"
    page.write_text(
        f'<!DOCTYPE html><body style="margin:0"><video muted src="{path.name}"></video>'
    )
    tab.window(480, 300)
    tab.open(page)
    wide, high, seconds = tab.ask(f"({PLAYED})()")
    assert (wide, high) == (480, 300)
    assert steps / 4 <= seconds <= steps / 4 + 2
    assert differing(last(name), tab.picture()) < FEW


@pytest.mark.parametrize("name", THREE)
def test_a_pdf_for_paper_has_a_page_for_each_step(tmp_path, name):
    path = tmp_path / "walk.pdf"
    source = file_of(name, tmp_path)
    assert main(["render", str(source), "--each-step", "--output", str(path)]) == 0
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    pages = done.stdout.rstrip("\f").split("\f")
    document = document_of(name)
    steps = len(record(document.graph, document.target))
    assert len(pages) == steps
    for step, page in enumerate(pages, 1):
        assert f"STEP {step} OF {steps}" in page
    command = ["pdftoppm", "-png", "-r", "40", "-f", str(steps), "-singlefile", path]
    shown = subprocess.run(command, capture_output=True, check=True)
    with Image.open(BytesIO(shown.stdout)) as picture:
        assert len(picture.convert("RGB").getcolors(1 << 20)) > 20
