"""Locks on open files, which end with the process that has them, however it ends."""

from __future__ import annotations

import sys


def lock(handle: int) -> bool:
    """Lock an open file, and say whether that could be done: whether no living process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - only Windows has it

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - Windows does not have it

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # another process has it, or this file system knows no locks
        return False
    return True
