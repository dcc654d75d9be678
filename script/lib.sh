# shellcheck shell=bash
# What script/run and script/test share: everything that has to be there before Python can begin.
#
# Each part of the set-up leaves a stamp that holds what it was made from. While the stamp still
# tells the truth, nothing is asked of pip, apt or ldd, so that a second start costs next to nothing.

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
venv=$root/.venv
python=$venv/bin/python # never the other scripts in there: they break when the folder moves
unfinished=$root/.venv-unfinished

say() { echo "${0##*/}: $*" >&2; }

die() {
  say "$*"
  exit 2
}

have() { command -v "$1" >/dev/null; }

# set_up PART...: see to it that each PART is there; the parts are app, libraries, dev, peers,
# torch and tools.
set_up() {
  all_done "$@" && return
  if have flock; then
    # Two first starts at once would write over each other. A lock on a file that is there anyway
    # leaves nothing behind, and ends with this process however it ends.
    exec 9<"$root/pyproject.toml"
    flock --nonblock 9 || { say "waiting for another set-up to end" && flock 9; }
  fi
  if [ -e "$unfinished" ]; then
    # What an installation that was killed half-way leaves behind may look whole and not be.
    rm -rf "$venv"
    rm "$unfinished"
  fi
  local part
  for part; do
    "${part}_done" || "set_up_$part"
  done
  exec 9<&-
}

all_done() {
  local part
  for part; do "${part}_done" || return 1; done
}

app_done() { stamped app; }
dev_done() { stamped dev; }
peers_done() { stamped peers; }
torch_done() { stamped torch; }
libraries_done() { [[ $OSTYPE != linux* ]] || stamped "libraries${WAYLAND_DISPLAY:+-wayland}"; }
tools_done() { [ -z "$(missing_tools)" ] && have_browser; }

stamped() {
  local stamp=$venv/stamp-$1
  [ -x "$python" ] && [ -f "$stamp" ] && [ "$(<"$stamp")" = "$(fingerprint)" ]
}

stamp() { fingerprint >"$venv/stamp-$1"; }

# The files that say what to install, and the Python that it was installed for.
fingerprint() {
  cat "$root/pyproject.toml" "$root/constraints.txt" "$root/script/lib.sh" | cksum
  readlink -f "$python"
}

# ---- Python ----------------------------------------------------------------------------------

set_up_app() {
  make_venv
  say "installing the Python packages of the app into .venv (about 100 MB, the first time only)"
  pip_install
  stamp app
}

set_up_dev() {
  say "installing the Python packages of the checks into .venv"
  pip_install dev
  stamp dev
}

set_up_peers() {
  say "installing other engines into .venv, to hold this one against"
  pip_install peers
  stamp peers
}

# Where pip finds no build of PyTorch for plain processors first, it would bring libraries for graphics
# cards of several gigabytes, which nobody who wants to run some tests has asked for.
set_up_torch() {
  local plan
  plan=$(wanted torch | with_pip --dry-run --report -) || {
    say "going on without PyTorch, for which pip finds no build here"
    return
  }
  if grep -q '"nvidia-' <<<"$plan"; then
    say "going on without PyTorch: pip would bring gigabytes for graphics cards along"
    return
  fi
  say "installing PyTorch into .venv, to hold its derivatives against these (about 200 MB)"
  pip_install torch
  stamp torch
}

make_venv() {
  works "$python" 'import pip' && return
  local base
  base=$(find_python) || die "Gradwalk needs Python 3.11 to 3.14, and there is none on the PATH."
  if ! works "$base" 'import ensurepip, venv'; then # Debian and Ubuntu ship these apart
    apt_install "to make a virtual environment" "$base-venv" ||
      die "$base can make no virtual environment here; install $base-venv and start again."
  fi
  touch "$unfinished"
  "$base" -m venv --clear "$venv"
  rm "$unfinished"
}

# The newest Python that every pinned package has a build for, by its full name (python3.12).
find_python() {
  local minor
  for minor in 14 13 12 11; do
    works "python3.$minor" "" && echo "python3.$minor" && return
  done
  return 1
}

# works PYTHON CODE: is PYTHON there, new enough, and able to run CODE?
works() { "$1" -c "import sys; assert sys.version_info >= (3, 11); $2" 2>/dev/null; }

# pip_install [EXTRA]: what pyproject.toml asks for, in the versions that constraints.txt names.
# The app itself stays where it is: an installed copy would break when the folder moves.
pip_install() {
  local failed=
  touch "$unfinished"
  wanted "$@" | with_pip >&2 || failed=yes
  rm "$unfinished" # pip tidies up after an error of its own; only being killed leaves the mark
  [ -z "$failed" ] ||
    die "pip could not install the Python packages; the first start needs a network."
}

wanted() {
  "$python" -c '
import sys, tomllib
project = tomllib.load(sys.stdin.buffer)["project"]
for extra in sys.argv[1:]:
    project["dependencies"] += project["optional-dependencies"][extra]
print(*project["dependencies"], sep="\n")' "$@" <"$root/pyproject.toml"
}

with_pip() {
  "$python" -m pip install --quiet --quiet --disable-pip-version-check --no-input \
    --constraint "$root/constraints.txt" --requirement /dev/stdin "$@"
}

# ---- Debian and Ubuntu -----------------------------------------------------------------------

set_up_libraries() {
  local missing
  missing=$(missing_libraries)
  if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # one word a package
    apt_install "Qt opens its window with them" $missing || true
    missing=$(missing_libraries)
  fi
  if [ -n "$missing" ]; then # not stamped: the next start tries again
    say "going on, though Qt may open no window without these system libraries:" \
      "${missing//$'\n'/ }"
  else
    stamp "libraries${WAYLAND_DISPLAY:+-wayland}"
  fi
}

# The Debian packages of what Qt would not find. A library's package is named after its file, by
# Debian's own rule: libEGL.so.1 is in libegl1, libdbus-1.so.3 in libdbus-1-3. GLib alone writes
# its name otherwise. Newer releases that say libglib2.0-0t64 know the old name as well.
missing_libraries() {
  have ldd || return 0
  local qt
  qt=$(echo "$venv"/lib/python3*/site-packages/PySide6)
  LC_ALL=C ldd "$qt"/Qt{Core,Gui,Widgets,Svg,Test}.abi3.so \
    "$qt"/Qt/plugins/platforms/libq{xcb,offscreen}.so \
    ${WAYLAND_DISPLAY:+"$qt/Qt/plugins/platforms/libqwayland.so"} 2>/dev/null |
    sed -nE '/not found/ {
      s/^[[:space:]]*([^ ]+).*/\1/
      s/^lib(glib|gthread)-2\.0/libglib2.0/
      s/([0-9])\.so\./\1-/
      s/\.so\.//
      p
    }' | tr '[:upper:]' '[:lower:]' | sort -u
}

set_up_tools() {
  local missing
  missing=$(missing_tools)
  if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # one word a package
    apt_install "the tests use a real X server, and programs that read what Gradwalk writes" $missing ||
      say "going on without what some tests need: ${missing//$'\n'/ }"
  fi
  # By itself, for Ubuntu has no such package; one that is unknown keeps apt-get from all others.
  have_browser || apt_install "the tests open pages in a real browser" chromium-headless-shell ||
    say "going on without a browser, and the tests that need one will fail: install chromium" \
      "or, where that is a snap, which sees no temporary files, google-chrome-stable"
}

# tests/browser/chromium.py looks for the same programs.
have_browser() {
  have chromium-headless-shell || have chromium || have google-chrome || have google-chrome-stable
}

missing_tools() {
  have Xvfb || echo xvfb
  have openbox || echo openbox
  have xdotool || echo xdotool
  have xclip || echo xclip
  have xprop || echo x11-utils
  have pdflatex || echo texlive-latex-base
  have dot || echo graphviz
  have rsvg-convert || echo librsvg2-bin
  have pdftoppm || echo poppler-utils
  have ffprobe || echo ffmpeg
  have dbus-daemon || echo dbus-x11
  [ -e /usr/share/dbus-1/services/org.a11y.Bus.service ] || echo at-spi2-core
  have desktop-file-validate || echo desktop-file-utils
  have update-mime-database || echo shared-mime-info
}

# apt_install WHY PACKAGE...: as root, or through sudo, which asks only where someone can answer.
apt_install() {
  local why=$1 log as_root=()
  shift
  have apt-get || return 1
  if [ "$(id -u)" -ne 0 ]; then
    have sudo || return 1
    as_root=(sudo)
    [ -t 0 ] || as_root=(sudo -n)
  fi
  say "installing $* with apt-get ($why)"
  log=$(mktemp)
  if ! {
    "${as_root[@]}" dpkg --configure -a # finishes what was interrupted earlier, if anything was
    "${as_root[@]}" apt-get update
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes \
      --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
  } >"$log" 2>&1 9>&-; then # a service that a package starts must not keep the lock
    say "apt-get could not install them: $(tail -n 1 "$log")"
    rm "$log"
    return 1
  fi
  rm "$log"
}
