"""Films in a browser and in ffmpeg: each frame is decoded there, and is what the window has."""

from __future__ import annotations

import base64
import json
import subprocess
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from engine.recording import record
from gui.export.timing import HOLD
from main import main
from tests.browser.likeness import FEW, differing
from tests.three import THREE, document_of, file_of

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


CODECS = {"gif": "gif", "apng": "apng", "mp4": "h264"}


@pytest.mark.parametrize("name", THREE)
@pytest.mark.parametrize("form", CODECS)
def test_ffmpeg_finds_every_frame_and_the_last_one_shows_the_last_step(film, last, name, form):
    path, steps = film(name, form)
    command = ["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-of", "json", path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    (stream,) = json.loads(done.stdout)["streams"]
    assert (stream["codec_name"], stream["width"], stream["height"]) == (CODECS[form], 480, 300)
    frames = int(stream["nb_read_frames"])
    # An MP4 goes on at an even pace: its last frame is there several times.
    assert frames == steps if form != "mp4" else steps < frames <= steps + 4 * HOLD
    asked = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    command = ["ffmpeg", "-v", "error", "-i", path, "-fps_mode", "passthrough", *asked]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    pictures = np.frombuffer(raw, np.uint8).reshape(-1, 300, 480, 3)
    assert len(pictures) == frames
    assert differing(last(name), pictures[-1]) < FEW
