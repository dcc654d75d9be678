"""A small table out of an array of any size, at a cost that does not grow with it."""

from __future__ import annotations

import numpy as np
import pytest

from engine.asking.overview import corner, overview, table_shape

ENDLESS = np.broadcast_to(2.0, (10**6, 10**6))
"""Eight bytes that pass for eight terabytes: who reads them all never comes back."""


@pytest.mark.parametrize("take", [overview, corner])
def test_only_the_elements_that_are_shown_are_read(take):
    found = take(ENDLESS, (8, 12))
    assert found.shape == (8, 12)
    assert (found == 2.0).all()


@pytest.mark.parametrize("take", [overview, corner])
@pytest.mark.parametrize("shape", [(), (5,), (3, 4), (2, 3, 4), (0,), (3, 0), (1, 1)])
def test_a_small_array_is_there_whole(take, shape):
    array = np.arange(float(np.prod(shape))).reshape(shape)
    found = take(array, (30, 30))
    assert found.shape == table_shape(shape)
    assert found.ravel().tolist() == array.ravel().tolist()


def test_an_overview_goes_from_the_first_row_to_the_last():
    found = overview(np.arange(100.0), (8, 5))
    assert found.tolist() == [[0.0, 25.0, 50.0, 74.0, 99.0]]


def test_what_is_stored_by_columns_reads_by_rows_all_the_same():
    array = np.asfortranarray(np.arange(12.0).reshape(3, 4))
    assert overview(array, (8, 8)).tolist() == array.tolist()
