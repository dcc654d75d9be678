"""A step as plain text: every digit, and readable back."""

from __future__ import annotations

import numpy as np

from engine.moment import Moment
from engine.values import parse_value
from gui.panels.transcript import transcript
from tests.gui.builders import document_of


def test_the_tutorial_ends_with_its_gradient_in_full(tutorial):
    text = transcript(Moment(tutorial.recording, 7))
    assert text.endswith("∂y/∂x = 3.297442541400256\n")
    assert "upstream ∂y/∂a = 3.297442541400256\n" in text
    assert "local ∂a/∂x = 1\n" in text


def test_what_is_added_is_written_as_a_sum():
    text = transcript(Moment(document_of("x*x + 3*x", x=0.1).recording, 7))
    assert "contribution to ∂y/∂x = 0.1\n" in text
    assert "∂y/∂x = 3 + 0.1 = 3.1\n" in text


def test_a_forward_step_gives_its_value(tutorial):
    assert transcript(Moment(tutorial.recording, 2)).endswith("\nb = 1.2840254166877414\n")


def test_the_seed_gives_one(tutorial):
    assert transcript(Moment(tutorial.recording, 4)).endswith("\n∂y/∂y = 1\n")


def test_arrays_read_back_as_they_were():
    recording = document_of("exp(x)", x=[0.1, 0.2, 0.3, 0.4, 0.5, 0.6]).recording
    last = transcript(Moment(recording, 3)).splitlines()[-1]
    again = parse_value(last.removeprefix("∂y/∂x = "))
    assert np.array_equal(again, recording.steps[3].contributions[0].after)


def test_a_huge_array_is_not_written_out():
    recording = document_of("square(x)", x=np.ones(200_000)).recording
    assert len(transcript(Moment(recording, 3))) < 2_000
