"""Numbers and arrays as people write and read them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.errors import ValueTextError
from engine.values import number_text, parse_value, plain_value, source_text, value_text

NUMBERS = st.floats(allow_nan=True, allow_infinity=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        (" -3 ", -3.0),
        ("−3", -3.0),
        ("1e-3", 1e-3),
        ("1_000", 1000.0),
        ("pi/4", math.pi / 4),
        ("2**0.5", 2**0.5),
        ("-(1 + 2) * 3 - 1", -10.0),
        ("e", math.e),
        ("inf", math.inf),
        ("-inf", -math.inf),
        ("1/0", math.inf),
        ("1e308", 1e308),
        ("1.7976931348623157e308", 1.7976931348623157e308),
        ("1e309", math.inf),
        ("9" * 400, math.inf),
        ("-" + "9" * 400, -math.inf),
        ("9**9**9**9", math.inf),
        ("[1, 2, 3]", [1.0, 2.0, 3.0]),
        ("[[1, 2], [3, 4]]", [[1.0, 2.0], [3.0, 4.0]]),
        ("(1, 2)", [1.0, 2.0]),
        ("1, 2", [1.0, 2.0]),
        ("[pi, -1]", [math.pi, -1.0]),
        ("[]", []),
        ("[[], []]", [[], []]),
        ("[1,\n 2]", [1.0, 2.0]),
    ],
)
def test_a_value_is_read(text, value):
    parsed = parse_value(text)
    assert parsed.tolist() == value
    assert parsed.dtype == np.float64
    assert not parsed.flags.writeable


def test_not_a_number_can_be_written():
    assert math.isnan(parse_value("nan"))
    assert math.isnan(parse_value("inf - inf"))


def test_the_sign_of_zero_is_read():
    assert math.copysign(1, parse_value("-0")) == -1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "A value is missing: give a number like 0.5 or an array like [1, 2, 3]."),
        ("  ", "A value is missing"),
        ("hello", "“hello” is neither a number like 0.5 nor an array like [1, 2, 3]."),
        ("1 2", "“1 2” is neither"),
        ("1;2", "“1;2” is neither"),
        ("1j", "“1j” is neither"),
        ("True", "“True” is neither"),
        ("'1'", "“'1'” is neither"),
        ("None", "“None” is neither"),
        ("x = 1", "“x = 1” is neither"),
        ("[1, [2]]", "The rows of “[1, [2]]” do not have the same length."),
        ("[[1, 2], [3]]", "The rows of"),
        ("[1] * 3", "is neither"),
        ("~1", "is neither"),
        ("1 if 2 else 3", "is neither"),
        ("__import__('os').system('true')", "is neither"),
        ("(lambda: 1)()", "is neither"),
        ("\0", "“�” is neither"),
        ("0x", "is neither"),
        ("[" * 300 + "]" * 300, "is neither"),
        ("-" * 20_000 + "1", "is nested too deeply"),
        ("1+" * 20_000 + "1", "is nested too deeply"),
        ("1" * 2_000_000, "has 2,000,000 characters; 1,000,000 is the most."),
        ("x" * 100, "“" + "x" * 39 + "…” is neither"),
        ("a\nb", "“a b” is neither"),
    ],
)
def test_a_text_that_is_no_value_is_refused_with_a_reason(text, sentence):
    with pytest.raises(ValueTextError) as caught:
        parse_value(text)
    assert sentence in caught.value.sentence
    assert "\n" not in caught.value.sentence


@given(st.text(max_size=30))
def test_any_text_is_either_read_or_refused(text):
    try:
        assert parse_value(text).dtype == np.float64
    except ValueTextError as error:
        assert error.sentence.endswith(".")  # noqa: PT017 - either may happen


@given(NUMBERS)
def test_a_number_that_is_written_in_full_is_read_back(number):
    again = parse_value(source_text(np.array(number)))
    assert again.tobytes() == np.array(number).tobytes() or math.isnan(number)


@given(arrays.arrays(np.float64, arrays.array_shapes(max_dims=3, min_side=1), elements=NUMBERS))
def test_an_array_that_is_written_in_full_is_read_back(value):
    np.testing.assert_array_equal(parse_value(source_text(value)), value)


@given(NUMBERS, st.integers(1, 15))
def test_a_short_number_is_the_number_to_as_many_digits(number, digits):
    text = number_text(number, digits).replace("−", "-").replace("∞", "inf").replace("NaN", "nan")
    shown = float(text)
    if math.isfinite(number):
        assert shown == float(f"{number:.{digits}g}")
    else:
        assert str(shown) == str(number)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.25, "0.25"),
        (1.2840254166877414, "1.2840"),
        (3.297442541400256, "3.2974"),
        (2.0, "2"),
        (-0.5, "−0.5"),
        (-0.0, "0"),
        (1e-9, "1e−9"),
        (123456789.0, "1.2346e8"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "NaN"),
    ],
)
def test_numbers_are_written_for_people(number, text):
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([1, 2, 3], "[1, 2, 3]"),
        ([], "[]"),
        ([1, 2, 3, 4, 5], "[1, 2, … 4, 5]"),
        ([[1, 2], [3, 4]], "[[1, 2], [3, 4]]"),
        (np.zeros((3, 4)), "3×4 array"),
        (np.zeros((2, 3, 4)), "2×3×4 array"),
        (np.zeros((1, 1, 1)), "1×1×1 array"),
    ],
)
def test_arrays_are_written_in_one_line(value, text):
    assert value_text(np.array(value, dtype=float)) == text


def test_plain_values_hold_what_json_can():
    assert plain_value(np.array([[1.0, np.nan], [np.inf, -np.inf]])) == [
        [1.0, "nan"],
        ["inf", "-inf"],
    ]
