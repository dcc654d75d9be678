"""All figures, by what they are about.

python -m benchmarks            all of them: half an hour, on a machine that does nothing else
python -m benchmarks builder    the layout beside others; opening, painting, editing and walking
                                graphs of 15,000 blocks; what a thousand opens and closes lose
python -m benchmarks walk       a number that is slid, and one that is typed
python -m benchmarks engine     the engine beside the floor and others
python -m benchmarks start      the start beside a bare window
python -m benchmarks films      films beside another writer
"""

from __future__ import annotations

import argparse
import subprocess
import sys

ABOUT: dict[str, tuple[tuple[str, ...], ...]] = {
    "start": (("startup",),),
    "engine": (("engine",),),
    "builder": (("layout",), ("size", "--busy", "--opens", "1000")),
    "walk": (("frame",), ("slide",)),
    "films": (("films",),),
}


def main() -> None:
    """Run what is asked for, each in a process of its own."""
    options = argparse.ArgumentParser(description="All figures, by what they are about.")
    options.add_argument("about", nargs="?", choices=ABOUT, help="all of it if it is not told")
    asked = options.parse_args().about
    for about in [asked] if asked else ABOUT:
        for module, *given in ABOUT[about]:
            print(f"\n== {module}", flush=True)
            subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *given], check=True)


if __name__ == "__main__":
    main()
