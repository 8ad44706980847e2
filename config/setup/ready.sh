#!/usr/bin/env bash
# Makes what a command needs and stops with a plain sentence when it cannot: ready.sh demo|check|test
# A second run finds the stamps of the first and takes a moment.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec 9<config/setup/ready.sh && flock 9 # two makes at once wait for each other

readonly WANT="${1:-demo}"
readonly LOG="${TMPDIR:-/tmp}/caseapp-setup-$(id -u).log"
readonly LOCKS=config/requirements
readonly VENV=.venv
HEADING="Set-up stopped"
: >"$LOG" || { echo "Cannot write in ${TMPDIR:-/tmp}: is the disk full?" >&2; exit 1; }

say() { printf '==> %s\n' "$*"; }

fail() {
  printf '\n%s: %s\n' "$HEADING" "$*" >&2
  exit 1
}

# Runs a command quietly; when it fails, tells why in words if the reason is a known one.
quietly() {
  local what="$1" hint="$2"
  shift 2
  "$@" >"$LOG" 2>&1 </dev/null && return 0
  if grep -q 'No space left on device' "$LOG"; then
    fail "the disk is full while $what. Make room and run the same command again."
  elif grep -qE 'Temporary failure|Could not resolve|Failed to fetch|Network is unreachable|NewConnectionError|Failed to establish' "$LOG"; then
    fail "no answer from the network while $what. Check the connection and run the same command again."
  fi
  tail -n 6 "$LOG" >&2
  fail "$what did not work. $hint The whole story is in $LOG."
}

need_room() {
  local megabytes="$1" free
  free=$(df -Pm . | awk 'NR == 2 { print $4 }')
  [ "$free" -ge "$megabytes" ] || fail "the disk has $free MB left and this needs $megabytes MB. Make room and run the same command again."
}

# Leaves in AS_ROOT how to become root: not at all, or through a sudo that asks nothing.
need_root() {
  AS_ROOT=()
  [ "$(id -u)" -eq 0 ] && return
  sudo -n true 2>/dev/null || fail "this needs root: run '$*' as root and then the same command again."
  AS_ROOT=(sudo -n)
}

with_apt() {
  command -v apt-get >/dev/null || fail "this machine has no apt-get. Install $* in its own way and run the same command again."
  need_root "apt-get install $*"
  say "installing $* with apt"
  # One step, for an update that could not reach the network only shows when the package is not found.
  quietly "installing $*" "Run 'apt-get update && apt-get install $*' to see why." \
    "${AS_ROOT[@]}" env DEBIAN_FRONTEND=noninteractive sh -c \
    'apt-get -o DPkg::Lock::Timeout=300 update; apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"' sh "$@"
}

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  fail "no Python 3.11 or newer was found. Install one (apt-get install python3) or name it: make PYTHON=/path/to/python3 $WANT"
}

# What an environment was made from: the locks, the Python and the place, for an environment cannot be moved.
made_from() {
  { cat "$@"; "$PYTHON_FOUND" -VV; pwd; } | sha256sum | cut -d' ' -f1
}

new_environment() {
  rm -rf "$VENV"
  "$PYTHON_FOUND" -c 'import ensurepip, venv' 2>/dev/null || with_apt "python$("$PYTHON_FOUND" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
  mkdir -p "$VENV" || fail "cannot write in this folder: is the disk full, or is it someone else's?"
  touch "$VENV/half-made" 2>/dev/null || fail "cannot write in this folder: is the disk full?"
  say "making $VENV with $("$PYTHON_FOUND" -V)"
  quietly "making $VENV" "Is python3-venv whole?" "$PYTHON_FOUND" -m venv "$VENV"
}

install_locked() {
  local name="$1" megabytes="$2"
  need_room "$megabytes"
  touch "$VENV/half-made"
  say "installing $(grep -c == "$LOCKS/$name.lock") packages of $name.lock"
  quietly "installing $name.lock" "Does this Python have wheels for all of it?" \
    "$VENV/bin/python" -m pip --disable-pip-version-check install \
    --require-hashes --only-binary=:all: --no-deps -r "$LOCKS/$name.lock"
  made_from "$LOCKS/$name.lock" >"$VENV/made-$name"
  rm -f "$VENV/half-made"
}

# Remakes an environment that is half made, moved or made from other locks; completes one that lacks a part.
environment() {
  local name broken=no
  [ ! -e "$VENV/half-made" ] && "$VENV/bin/python" -c '' 2>/dev/null || broken=yes
  for name in runtime fonts dev; do
    if [ -e "$VENV/made-$name" ] && [ "$(cat "$VENV/made-$name")" != "$(made_from "$LOCKS/$name.lock")" ]; then
      broken=yes
    fi
  done
  if [ "$broken" = yes ] || [ ! -e "$VENV/made-runtime" ]; then
    [ -d "$VENV" ] && say "$VENV is half made or out of date: starting afresh"
    new_environment
  fi
  for name in "$@"; do
    local size=400
    [ "$name" = dev ] && size=900
    [ "$name" = fonts ] && size=50
    [ -e "$VENV/made-$name" ] || install_locked "$name" "$size"
  done
}

fonts() {
  local strict="$1"
  "$VENV/bin/python" config/setup/fonts.py --made && return
  if [ "$strict" = yes ]; then
    cut_fonts
  else
    (HEADING="No web fonts" && cut_fonts) || say "Going on with the fonts of your system."
  fi
}

cut_fonts() {
  [ -e /usr/share/fonts/truetype/noto/NotoSansArabic-Bold.ttf ] || with_apt fonts-noto-core
  say "cutting the web fonts"
  "$VENV/bin/python" config/setup/fonts.py || fail "the web fonts could not be made."
}

chromium_answers() {
  PYTHONPATH=. "$VENV/bin/python" -m tests.chromium >/dev/null 2>&1
}

chromium() {
  chromium_answers && return
  need_room 700
  if apt-get --version >/dev/null 2>&1 && ! grep -qi '^ID=ubuntu' /etc/os-release; then
    with_apt chromium
  else
    # Ubuntu has Chromium as a snap only, which no test can drive.
    need_root "playwright install --with-deps chromium"
    say "fetching the Chromium that playwright knows"
    quietly "fetching Chromium" "Name one yourself: CASEAPP_CHROMIUM=/path/to/chrome make $WANT" \
      "$VENV/bin/python" -m playwright install --with-deps chromium
  fi
  chromium_answers || fail "Chromium is installed but does not start. Name another: CASEAPP_CHROMIUM=/path/to/chrome make $WANT"
}

proxy_answers() {
  { PATH="$PATH:/usr/sbin:/usr/local/sbin" nginx -v || "$VENV/nginx/usr/sbin/nginx" -v; } >/dev/null 2>&1
}

# Unpacked and not installed, for an installed one would begin to serve this machine at once.
proxy() {
  proxy_answers && return
  need_room 50
  command -v apt-get >/dev/null || fail "this machine has no apt-get. Install nginx in its own way and run the same command again."
  mkdir -p "$VENV/nginx"
  say "fetching nginx, the proxy of the tests"
  (cd "$VENV/nginx" && apt-get download nginx nginx-core >"$LOG" 2>&1) || {
    need_root "apt-get update"
    quietly "reading the lists of apt" "Run 'apt-get update' to see why." "${AS_ROOT[@]}" apt-get update
    (cd "$VENV/nginx" && quietly "fetching nginx" "Run 'apt-get download nginx nginx-core' to see why." apt-get download nginx nginx-core)
  }
  for package in "$VENV"/nginx/*.deb; do # which of them holds the program depends on the release
    quietly "unpacking nginx" "" dpkg-deb -x "$package" "$VENV/nginx"
  done
  rm -f "$VENV"/nginx/*.deb
  proxy_answers || fail "nginx was fetched and does not start. Install it in another way (apt-get install nginx) and run the same command again."
}

PYTHON_FOUND=$(find_python)
readonly PYTHON_FOUND
case "$WANT" in
  demo)
    environment runtime fonts
    fonts no
    ;;
  check) environment runtime fonts dev ;;
  test)
    environment runtime fonts dev
    fonts yes
    chromium
    proxy
    ;;
  *) fail "say what to make ready: demo, check or test." ;;
esac
