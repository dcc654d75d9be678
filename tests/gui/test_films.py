"""Films of a walk: each frame as in the window, in files that other programs read."""

from __future__ import annotations

import errno
import os
import time
import tracemalloc
from functools import partial
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from engine.document import Document
from engine.errors import DocumentError, PictureError
from gui.document import OpenDocument
from gui.export.changes import pixels_of
from gui.export.filming import BROKEN, Filming
from gui.export.films import SAMPLES, Film
from gui.export.formats import FORMATS
from gui.export.orders import Order, Work
from gui.export.pieces import aside_if_large
from gui.export.studio import Look, Studio
from gui.export.timing import HOLD, Pace, Timing

SMALL = Look((480, 270))
FAST = Pace(rate=10, speed=2)
FILMS = [known.name for known in FORMATS.values() if known.moves]


@pytest.fixture
def studio(tutorial):
    return Studio(tutorial, SMALL)


def timing_of(studio, pace=FAST):
    return Timing(studio.recording, range(len(studio.recording)), pace)


def written(studio, kind, pace=FAST):
    file = BytesIO()
    film = Film(studio, timing_of(studio, pace), kind)
    told = list(film.write(file))
    assert told == sorted(told)
    assert told[-1] == len(film.timing)
    return file


def rgb(image):
    pixels = pixels_of(image)
    return np.stack((pixels >> 16 & 255, pixels >> 8 & 255, pixels & 255), axis=2).astype(int)


def played(file):
    """Read a film as a program does that shows it: each picture, and when it goes away."""
    until = 0.0
    with Image.open(file) as film:
        for number in range(film.n_frames):
            film.seek(number)
            film.load()
            until += film.info["duration"] / 1000
            yield np.asarray(film.convert("RGB"), int), until


@pytest.mark.parametrize(("kind", "off"), [("webp", 0), ("apng", 0), ("gif", 12)])
def test_a_film_shows_each_frame_when_it_is_due(studio, kind, off):
    file, timing = written(studio, kind), timing_of(studio)
    shown = list(played(file))
    assert shown[-1][1] == pytest.approx(timing.seconds, abs=0.02)
    begins = 0.0
    for moment, seconds in timing:
        due = next(picture for picture, until in shown if until > begins + 0.01)
        wrong = np.abs(due - rgb(studio.image(moment))).max(axis=2)
        assert (wrong > off).mean() < (0.001 if off else 1e-9)
        begins += seconds


def test_an_mp4_shows_each_frame_when_it_is_due(studio):
    file, timing = written(studio, "mp4"), timing_of(studio)
    file.seek(0)
    with av.open(file) as film:
        stream = film.streams.video[0]
        assert stream.average_rate == 10
        shown = [frame.to_ndarray(format="rgb24").astype(int) for frame in film.decode(stream)]
    assert len(shown) == len(timing) + HOLD * 10
    ours = [rgb(studio.image(moment)) for moment, _ in timing]
    for number, picture in enumerate(shown):
        away = [np.abs(picture - image).mean() for image in ours]
        due = min(number, len(ours) - 1)
        assert away[due] < 3
        assert away[due] < min(away) + 0.02  # no other frame is nearer


def test_an_mp4_of_an_odd_size_is_a_pixel_larger(tutorial):
    file = written(Studio(tutorial, Look((481, 271))), "mp4")
    file.seek(0)
    with av.open(file) as film:
        assert (film.streams.video[0].width, film.streams.video[0].height) == (482, 272)


@pytest.mark.parametrize("kind", ["webp", "apng"])
def test_the_ground_of_a_film_can_be_left_away(tutorial, kind):
    studio = Studio(tutorial, Look((480, 270), transparent=True))
    with Image.open(written(studio, kind)) as film:
        film.seek(film.n_frames - 1)
        alpha = np.asarray(film.convert("RGBA"))[:, :, 3]
        colours = np.asarray(film.convert("RGBA"))[alpha == 255]
    assert alpha[-1, -1] == 0
    assert len(np.unique(colours, axis=0)) > 20
    ours = pixels_of(studio.image(timing_of(studio).moment(len(timing_of(studio)) - 1))) >> 24
    assert (alpha == ours).all()


@pytest.mark.parametrize("kind", ["gif", "webp", "apng"])
def test_a_film_plays_over_and_over(studio, kind):
    with Image.open(written(studio, kind)) as film:
        assert film.info["loop"] == 0
        assert film.is_animated


def test_a_film_goes_through_the_walk_step_by_step(tutorial):
    timing = Timing(tutorial.recording, range(8), Pace(rate=20, speed=0.5))
    shown = [moment for moment, _ in timing]
    assert len(shown) == 320
    assert [m.cursor for m in shown[::40]] == list(range(8))
    assert all((a.cursor, a.phase) < (b.cursor, b.phase) for a, b in pairwise(shown))
    assert (shown[-1].cursor, shown[-1].phase) == (7, 1.0)


def test_a_film_with_a_frame_a_step_shows_each_step_whole(tutorial):
    timing = Timing(tutorial.recording, range(3, 8), Pace(rate=1, speed=1))
    assert [(m.cursor, m.phase) for m, _ in timing] == [(c, 1.0) for c in range(3, 8)]


def in_pillow(images):
    """Write a GIF with Pillow's own encoder, as anybody would."""
    first, *rest = [Image.fromarray(rgb(image).astype(np.uint8)) for image in images]
    file = BytesIO()
    first.save(file, "GIF", save_all=True, append_images=rest, duration=66, loop=0)
    return file


def test_a_gif_takes_no_more_than_pillows_own_encoder(tutorial):
    studio = Studio(tutorial, Look((960, 540)))
    pace = Pace(rate=15, speed=2)
    frames = Film(studio, timing_of(studio, pace), "gif").frames()
    images = [frame[0] for frame in frames if frame is not None]
    assert len(images) == 60
    theirs, ours = [], []
    for _ in range(2):
        began = time.process_time()
        file = in_pillow(images)
        theirs.append(time.process_time() - began)
        began = time.process_time()
        mine = written(studio, "gif", pace)  # and this paints the frames, too
        ours.append(time.process_time() - began)
    assert min(ours) < 1.5 * min(theirs)
    assert len(mine.getvalue()) < len(file.getvalue())


class Nowhere(BytesIO):
    """A file that keeps only where it is, so that it takes no memory itself."""

    def __init__(self):
        super().__init__()
        self.at = self.size = 0

    def write(self, data):
        self.at += len(data)
        self.size = max(self.size, self.at)
        return len(data)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def seek(self, offset, whence=os.SEEK_SET):
        self.at = offset if whence == os.SEEK_SET else self.size
        return self.at

    def tell(self):
        return self.at


@pytest.mark.parametrize("kind", ["gif", "webp", "apng"])
def test_a_longer_film_takes_no_more_memory(studio, kind):
    def peak(speed):
        film = Film(studio, timing_of(studio, Pace(rate=10, speed=speed)), kind)
        tracemalloc.reset_peak()
        for _ in film.write(Nowhere()):
            pass
        return len(film.timing), tracemalloc.get_traced_memory()[1]

    tracemalloc.start()
    try:
        peak(4)
        (few, short), (many, long) = peak(4), peak(0.5)
    finally:
        tracemalloc.stop()
    assert many == 8 * few
    assert long < 1.15 * short


def test_there_is_time_for_the_window_while_the_colours_of_a_gif_are_chosen(studio):
    told = list(Film(studio, timing_of(studio), "gif").write(Nowhere()))
    assert told.count(0) >= SAMPLES
    assert told == sorted(told)


def test_there_is_time_for_the_window_while_the_encoder_of_an_mp4_catches_up(studio):
    film = Film(studio, timing_of(studio), "mp4")
    told = list(film.write(Nowhere()))
    assert told.count(len(film.timing)) > HOLD * FAST.rate + 10


@pytest.mark.parametrize("kind", FILMS)
def test_a_film_of_large_frames_is_packed_beside_the_window_to_the_same_content(
    studio, kind, monkeypatch
):
    here = written(studio, kind)
    monkeypatch.setattr("gui.export.pieces.FEW", 0)
    beside = written(studio, kind)
    if kind != "mp4":  # what its encoder did before in a process may cost or save it a byte
        assert beside.getvalue() == here.getvalue()
    else:
        assert abs(len(beside.getvalue()) - len(here.getvalue())) < 100


def test_an_mp4_that_gets_no_thread_says_so_and_waits_for_nothing(studio, monkeypatch):
    def refuse(_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("gui.export.pieces.FEW", 0)
    monkeypatch.setattr("gui.export.mp4.aside_if_large", only_encoding_aside)
    monkeypatch.setattr("threading.Thread.start", refuse)
    with pytest.raises(RuntimeError, match="new thread"):
        list(Film(studio, timing_of(studio), "mp4").write(Nowhere()))


def only_encoding_aside(pixels, work, told):
    """Do at once what comes before the encoder."""
    if isinstance(work, partial):
        return work()
    return (yield from aside_if_large(pixels, work, told))


def resident():
    """Give the bytes of memory that this process has, the encoder's among them."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_a_longer_mp4_takes_no_more_memory(tutorial):
    studio = Studio(tutorial, Look((320, 180)))
    film = Film(studio, timing_of(studio, Pace(rate=20, speed=1 / 3)), "mp4")
    a_frame = 320 * 180 * 3 // 2
    held = [resident() for done in film.write(Nowhere()) if done in (120, len(film.timing))]
    assert len(film.timing) == 480
    # By then the encoder has as many frames as it looks ahead; kept, the others would be 31 MB.
    assert held[1] - held[0] < 60 * a_frame


# Files


@pytest.mark.parametrize("kind", FILMS)
def test_a_film_that_is_given_up_leaves_the_old_file_and_nothing_else(studio, tmp_path, kind):
    path = tmp_path / f"walk.{kind}"
    path.write_bytes(b"as it was")
    frames = iter(Work(studio, Order(FORMATS[kind], SMALL, pace=FAST), path))
    next(frames)
    assert len(list(tmp_path.iterdir())) == 2
    frames.close()
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"as it was"


@pytest.mark.parametrize("kind", list(FORMATS))
def test_a_full_disk_is_told_and_leaves_the_old_file(studio, tmp_path, kind, monkeypatch):
    path = tmp_path / f"walk.{kind}"
    path.write_bytes(b"as it was")
    full = os.open("/dev/full", os.O_RDWR)
    real = os.open

    def opened(place, flags, mode=0o777, **more):
        made = real(place, flags, mode, **more)
        if Path(place).suffix == ".tmp":
            os.dup2(full, made)
        return made

    monkeypatch.setattr(os, "open", opened)
    work = Work(studio, Order(FORMATS[kind], SMALL, pace=FAST), path)
    with pytest.raises(DocumentError, match=f"walk.{kind} cannot be saved: the disk is full."):
        for _ in work:
            pass
    os.close(full)
    assert errno.ENOSPC
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"as it was"


@pytest.mark.parametrize("kind", list(FORMATS))
def test_what_was_made_is_told_as_it_is(studio, tmp_path, kind):
    path = tmp_path / f"walk.{kind}"
    work = Work(studio, Order(FORMATS[kind], SMALL, (5, 8), pace=FAST), path)
    for _ in work:
        pass
    facts = work.facts()
    assert facts["bytes"] == path.stat().st_size
    assert (facts["width"], facts["height"], facts["steps"]) == (480, 270, [5, 8])
    assert facts["frames"] == (20 if FORMATS[kind].moves else 1)


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        (Order(FORMATS["gif"], SMALL, (3, 9)), "The walk has no steps 3 to 9: its steps are 1 to"),
        (Order(FORMATS["png"], SMALL, (0, 0)), "The walk has no step 0: its steps are 1 to 8."),
        (Order(FORMATS["gif"], SMALL, (5, 4)), "The walk has no steps 5 to 4"),
        (Order(FORMATS["gif"], SMALL, pace=Pace(rate=60)), "A GIF has at most 50 frames a second"),
        (Order(FORMATS["webp"], SMALL, pace=Pace(rate=0)), "more than 0 and at most 120 frames"),
        (Order(FORMATS["webp"], SMALL, pace=Pace(speed=-1)), "more than 0 and at most 100 steps"),
        (Order(FORMATS["webp"], SMALL, pace=Pace(120, 1e-3)), "That would be 960,000 frames"),
    ],
)
def test_what_cannot_be_filmed_is_refused_before_there_is_a_file(studio, tmp_path, order, sentence):
    with pytest.raises(PictureError, match=sentence):
        Work(studio, order, tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["gif", "mp4"])
def test_a_format_without_soft_edges_keeps_its_ground(tutorial, kind, tmp_path):
    look = Look((480, 270), transparent=True)
    with pytest.raises(PictureError, match=f"{kind.upper()} has no soft edges"):
        Work(Studio(tutorial, look), Order(FORMATS[kind], look), tmp_path / "a")


def test_an_empty_document_has_no_walk_to_film(qtbot, tmp_path):
    studio = Studio(OpenDocument(Document()), SMALL)
    with pytest.raises(PictureError, match="There is no walk to film yet"):
        Work(studio, Order(FORMATS["gif"], SMALL), tmp_path / "a")


class Broken:
    """What goes wrong half-way in a way that nobody has thought of."""

    total, words = 2, "{done}"

    def __iter__(self):
        yield 1
        raise RuntimeError


def test_what_goes_wrong_unforeseen_is_not_taken_for_made(qtbot):
    filming, told = Filming(Broken()), []
    filming.finished.connect(lambda: told.append("made"))
    filming.failed.connect(told.append)
    with qtbot.capture_exceptions() as raised:
        qtbot.waitUntil(lambda: bool(told))
    assert [kind for kind, *_ in raised] == [RuntimeError]
    assert told == [BROKEN]
