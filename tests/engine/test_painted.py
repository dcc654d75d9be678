"""Pictures and films of a recording, for whoever uses the engine alone."""

import os
import signal
import subprocess
import sys
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from textwrap import dedent
from typing import get_args

import av
import numpy as np
import pytest
from PIL import Image

import command_line
import engine
from engine import Function, Variable
from engine.errors import CodeError, DocumentError, GradwalkError, PictureError
from engine.looks import Painted
from engine.moment import Moment
from engine.narration import narrate
from engine.painted import WISHES
from engine.parcel import pack, unpack
from engine.storage import save
from main import main
from tests.three import explained

ROOT = Path(__file__).parents[2]
TUTORIAL = "square(exp(square(x)))"
SMALL = {"size": (320, 200), "fps": 4, "speed": 4}
SMALL_RENDER = ("--size", "320x200", "--fps", "4", "--speed", "4")


def tutorial():
    graph, y = engine.parse_expression(TUTORIAL, {"x": np.array(0.5)})
    return engine.record(graph, y)


class Cube(Function):
    """One that only this file knows."""

    def forward(self, x):
        return x**3

    def backward(self, gy):
        return 3 * self.input.data**2 * gy


def by_hand():
    x = Variable(np.array(2.0), "x")
    return x, engine.record_variable(Cube()(x) * x)


def rendered(path, *options):
    words = ("render", TUTORIAL, "--set", "x=0.5", "--output", str(path), *options)
    assert main(words) == 0
    return path.read_bytes()


def decoded(content):
    with av.open(BytesIO(content)) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


@pytest.mark.parametrize("kind", ["gif", "webp", "apng", "mp4"])
def test_a_film_of_a_recording_is_what_render_makes(tmp_path, kind, qapp):
    path = tmp_path / f"walk.{kind}"
    made = getattr(tutorial(), f"to_{kind}")(path, strip=True, theme="dark", steps=(3, 7), **SMALL)
    assert path.read_bytes() == made
    assert list(tmp_path.iterdir()) == [path]
    options = ("--strip", "--theme", "dark", "--steps", "3:7", *SMALL_RENDER)
    other = rendered(tmp_path / f"other.{kind}", *options)
    if kind == "mp4":  # what its encoder did before in a process may cost or save it a byte
        frames, others = decoded(made), decoded(other)
        assert len(frames) == 5 + 6
        np.testing.assert_array_equal(frames, others)
        return
    assert made == other
    with Image.open(BytesIO(made)) as film:
        assert (film.size, film.n_frames) == ((320, 200), 5)


def test_a_picture_of_a_recording_is_what_render_makes(tmp_path, qapp):
    made = tutorial().to_png(step=6, scale=2, all_numbers=True, transparent=True)
    options = ("--step", "6", "--scale", "2", "--all-numbers", "--transparent")
    assert made == rendered(tmp_path / "a.png", *options)


def test_a_page_beside_the_graph_is_what_render_makes(tmp_path, qapp):
    made = tutorial().to_webp(plot="x", steps=(5, 6), step_is="line", **SMALL)
    options = ("--plot", "x", "--steps", "5:6", "--step-is", "line", *SMALL_RENDER)
    assert made == rendered(tmp_path / "a.webp", *options)


def test_a_handout_tells_what_is_asked_beside_each_step(tmp_path):
    path = tmp_path / "a.pdf"
    tutorial().to_pdf(path, each_step=True, depth="first", forward="x")
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    pages = done.stdout.rstrip("\f").split("\f")
    assert ["And forwards?" in page for page in pages] == [True] * 8
    assert "When a grows a little" in " ".join(pages[6].split())


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ({"plot": "z"}, "There is no number called z to plot along; there are: x."),
        ({"paths": "x", "lit_path": 2}, "There is no path 2 back to x: there is one."),
        ({"plot": "x", "sizes": True}, "One page stands beside the graph: choose one of"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_painted(tmp_path, wishes, sentence):
    with pytest.raises(GradwalkError) as refused:
        tutorial().to_png(tmp_path / "a.png", **wishes)
    assert refused.value.sentence.startswith(sentence)
    assert list(tmp_path.iterdir()) == []


def test_what_can_be_wished_for_is_called_as_the_command_calls_it():
    options = vars(command_line.read_options(["render", "x"]))
    assert set(WISHES) <= set(options)
    named = {"depth": command_line.DEPTHS, "step_is": command_line.GRAINS}
    named |= {"beside": command_line.PAGES}
    assert {name: get_args(WISHES[name]) for name in named} == named


def test_no_page_stands_beside_a_function_that_only_the_reader_knows():
    with pytest.raises(PictureError, match="Cube is a Function of your own"):
        by_hand()[1].to_png(beside="step")


def test_a_pdf_has_the_page_of_a_step_or_of_each(tmp_path):
    def pages(path):
        done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
        return done.stdout.rstrip("\f").split("\f")

    recording, path = tutorial(), tmp_path / "a.pdf"
    recording.to_pdf(path, step=5, strip=True)
    (page,) = pages(path)
    assert "STEP 5 OF 8" in page
    recording.to_pdf(path, each_step=True)
    assert [f"STEP {step} OF 8" in page for step, page in enumerate(pages(path), 1)] == [True] * 8


def test_what_the_guide_shows_runs(tmp_path, monkeypatch):
    guide = (ROOT / "docs" / "guide.md").read_text("utf-8")
    parts = [part.split("```")[0] for part in guide.split("```python\n")[1:] if "to_gif" in part]
    save(explained(), tmp_path / "notes.gradwalk")
    monkeypatch.chdir(tmp_path)
    exec("".join(map(dedent, parts)), {})  # noqa: S102 - our own guide
    made = {path.name for path in tmp_path.glob("*.[gp]*f")}
    assert made == {"walk.gif", "handout.pdf", "notes.gif"}


def test_any_python_function_can_be_filmed():
    def loss(x, w, b):
        return np.mean((np.tanh(x @ w + b) - 1) ** 2)

    graph = engine.trace(loss, np.ones((4, 3)), np.full((3, 2), 0.1), [0.5, -0.5])
    with Image.open(BytesIO(engine.record(graph).to_gif(strip=True, **SMALL))) as film:
        assert film.n_frames > 10


def test_what_is_filmed_is_what_was_recorded_whatever_became_of_the_variables():
    x, recording = by_hand()
    before = recording.to_png(strip=True, step=5)
    x.data = np.array(7.0)
    assert recording.to_png(strip=True, step=5) == before


RECORDINGS = {
    "the tutorial": tutorial,
    "a reader's own Function": lambda: by_hand()[1],
    "arrays": lambda: engine.record(
        engine.trace(lambda x, w: np.sum(x @ w, axis=0), np.ones((2, 3)), [[0.1], [0.2], [0.3]])
    ),
    "no number": lambda: engine.record(engine.trace(lambda x: np.log(x) * x, -1.0)),
    "a number that vanished": lambda: engine.record(engine.trace(np.exp, -1000.0)),
    "nothing": lambda: engine.record(engine.Graph()),
    "what cannot run": lambda: engine.record(
        engine.parse_expression("a + b", {"a": np.ones(2), "b": np.ones(3)})[0]
    ),
    "an input without a value": lambda: engine.record(engine.parse_expression("exp(x) + w")[0]),
}


@pytest.mark.parametrize("name", RECORDINGS)
def test_a_recording_that_is_carried_over_says_the_same_of_each_step(name):
    recording = RECORDINGS[name]()
    cursors = range(max(len(recording), 1))
    told = [narrate(Moment(recording, cursor)) for cursor in cursors]
    steps, bad = list(recording.steps), recording.first_bad
    carried = unpack(pack(recording, telling="student"))
    assert [told_again(each) for each in carried.told] == [told_again(each) for each in told]
    assert [facts(step) for step in carried.recording.steps] == [facts(step) for step in steps]
    assert carried.recording.first_bad == bad
    assert carried.recording.problems == recording.problems
    assert carried.recording.blocks == recording.blocks
    assert (carried.recording.target, carried.recording.turn) == (recording.target, recording.turn)
    assert carried.recording.wires_from == recording.wires_from


def told_again(told):
    return told.heading, told.title, told.sentence, told.lines


def facts(step):
    """Take a step apart, numbers as their bytes, so that NaN equals NaN."""

    def plain(part):
        if isinstance(part, np.ndarray | float):
            return np.shape(part), np.asarray(part).tobytes()
        return tuple(map(plain, part)) if isinstance(part, tuple | list) else part

    return type(step), plain(step)


def test_a_block_of_a_readers_own_looks_the_same(tmp_path):
    @engine.register
    class Third(Function):
        symbol = "⅓"
        local = (lambda y, x, *, twice=False: 1 / 3,)

        def forward(self, x, *, twice=False):
            return x / 3

    recording = engine.record_variable(Third(twice=True)(Variable(np.array(6.0), "x")))
    carried = unpack(pack(recording, telling="student"))
    (block,) = (b for b in carried.recording.blocks.values() if b.is_function)
    stand_in = engine.FUNCTIONS[block.kind]
    assert stand_in is not Third
    assert (stand_in.__name__, stand_in.symbol) == ("Third", "⅓")
    assert dict(block.settings) == {"twice": True}
    with pytest.raises(NotImplementedError):
        stand_in().forward(6.0)


def test_a_setting_that_cannot_be_written_down_is_refused():
    @engine.register
    class Odd(Function):
        def forward(self, x, *, how=None):
            return x

        def backward(self, gy):
            return gy

    recording = engine.record_variable(Odd(how=object())(Variable(np.array(6.0))))
    with pytest.raises(CodeError, match="A setting of this walk cannot be written down"):
        recording.to_png()


def test_in_a_notebook_what_was_painted_shows_itself():
    film = tutorial().to_gif(**SMALL)
    assert repr(film) == f"<GIF of {len(film):,} bytes>"
    start = '<img src="data:image/gif;base64,'
    assert film._repr_html_().startswith(start)
    assert b64decode(film._repr_html_().removeprefix(start).rstrip('">')) == film
    assert Painted(b"", "mp4")._repr_html_().startswith("<video controls src=")
    assert Painted(b"", "pdf")._repr_html_().startswith('<embed src="data:application/pdf')


def test_how_far_it_is_is_told_on_the_way():
    told = []
    tutorial().to_webp(progress=lambda done, total: told.append((done, total)), **SMALL)
    assert told[-1] == (8, 8)
    assert told == sorted(told)


@pytest.mark.parametrize(
    ("way", "wishes", "sentence"),
    [
        ("to_gif", {"fps": 60}, "A GIF has at most 50 frames a second."),
        ("to_gif", {"transparent": True}, "GIF has no soft edges on a transparent ground"),
        ("to_png", {"step": 9}, "The walk has no step 9: its steps are 1 to 8."),
        ("to_webp", {"steps": (3, 99)}, "The walk has no steps 3 to 99: its steps are 1 to 8."),
        ("to_png", {"size": (4, 4)}, "A picture of 4 × 4 pixels would be too small"),
        ("to_png", {"size": "wide"}, "size cannot be 'wide'."),
        ("to_png", {"theme": "pink"}, "theme cannot be 'pink'."),
        ("to_gif", {"speed": 0}, "speed cannot be 0: it is a number above 0."),
        ("to_png", {"scale": float("nan")}, "scale cannot be nan"),
    ],
)
def test_what_cannot_be_painted_is_refused_and_the_old_file_stays(tmp_path, way, wishes, sentence):
    path = tmp_path / "walk"
    path.write_bytes(b"as it was")
    with pytest.raises(PictureError, match=sentence):
        getattr(tutorial(), way)(path, **wishes)
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"as it was"


def test_a_wish_that_nobody_knows_is_a_mistake_of_the_code():
    with pytest.raises(TypeError, match="there is no “sped” to choose; there are: size, scale"):
        tutorial().to_gif(sped=2)


def test_an_empty_walk_cannot_be_filmed():
    with pytest.raises(PictureError, match="There is no walk to film yet"):
        engine.record(engine.Graph()).to_gif()


def test_where_it_cannot_be_written_is_told(tmp_path):
    with pytest.raises(DocumentError, match=r"a\.gif cannot be saved: there is no such file"):
        tutorial().to_gif(tmp_path / "no" / "a.gif")


def test_without_pyside_it_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "PySide6", None)
    with pytest.raises(PictureError, match="PySide6, which is not installed: pip install PySide6-"):
        tutorial().to_gif(tmp_path / "a.gif")
    assert list(tmp_path.iterdir()) == []


def test_a_film_that_is_given_up_is_gone_at_once_and_the_old_file_stays(tmp_path, monkeypatch):
    path, started = tmp_path / "a.gif", []
    path.write_bytes(b"as it was")
    start = subprocess.Popen
    monkeypatch.setattr(
        "subprocess.Popen", lambda *a, **k: started.append(start(*a, **k)) or started[-1]
    )

    def stop(done, total):
        assert len(list(tmp_path.iterdir())) == 2
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tutorial().to_gif(path, progress=stop)
    assert [process.returncode for process in started] == [-signal.SIGKILL]
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"as it was"


LONG = """
import engine, sys
graph, y = engine.parse_expression("x * x + x", {"x": engine.as_array(3.0)})
recording = engine.record(graph, y)
assert not [name for name in sys.modules if name.startswith(("PySide6", "gui"))]
try:
    recording.to_apng(
        sys.argv[1], fps=50, speed=0.01, progress=lambda *_: print("going on", flush=True)
    )
except engine.errors.PictureError as error:
    print(error)
"""


@pytest.fixture
def filming(tmp_path):
    """Film for minutes in a process that knows the engine alone, where a file is called gui.py."""
    folder = tmp_path / "films"
    folder.mkdir()
    (tmp_path / "gui.py").write_text("raise SystemExit('the wrong one')")
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", LONG, folder / "a.apng"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert process.stdout.readline() == "going on\n"
    yield process, folder
    process.kill()
    process.communicate()


def painter_of(process):
    """Find the process that paints for another."""
    told = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return int(told.split()[0])


def test_ctrl_c_gives_a_film_up_and_leaves_nothing(filming):
    process, folder = filming
    painter = painter_of(process)
    process.send_signal(signal.SIGINT)
    assert "KeyboardInterrupt" in process.communicate(timeout=20)[1]
    assert list(folder.iterdir()) == []
    assert not Path(f"/proc/{painter}").exists()


def test_a_painter_that_is_killed_is_told_and_leaves_nothing(filming):
    process, folder = filming
    os.kill(painter_of(process), signal.SIGKILL)
    said, complaint = process.communicate(timeout=20)
    assert said.splitlines()[-1] == "What paints has ended before it was done."
    assert complaint == ""
    assert list(folder.iterdir()) == []
