#!/usr/bin/env bash
# Runs a command on a screen of its own: an X server, a session bus and a window manager that nothing else shares.
#   tests/e2e/run.sh node --test tests/e2e/open.test.mjs
# Every run has its own folders for settings, data, state and cache, so nothing leaks from one to the next.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
mkdir -m 700 "$folder/run"
export XDG_RUNTIME_DIR=$folder/run HOME=$folder/home
export XDG_CONFIG_HOME=$folder/config XDG_DATA_HOME=$folder/data XDG_STATE_HOME=$folder/state XDG_CACHE_HOME=$folder/cache
export LC_ALL=C.UTF-8 TZ=UTC GDK_BACKEND=x11 GTK_USE_PORTAL=0 LIBGL_ALWAYS_SOFTWARE=1 NO_AT_BRIDGE=1
mkdir -p "$HOME"
Xvfb -displayfd 9 -screen 0 "${SCREEN:-1280x900}x24" -nolisten tcp >/dev/null 2>&1 9>"$folder/display" &
screen=$!
trap 'kill $screen 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 200); do [ -s "$folder/display" ] && break; sleep 0.05; done
[ -s "$folder/display" ] || { echo "run.sh: the X server did not start" >&2; exit 1; }
export DISPLAY=:$(cat "$folder/display")
# The bus talks a lot, and what it starts keeps its output open: both get nowhere to write, the command gets ours.
dbus-run-session -- bash -c '
  openbox >/dev/null 2>&1 & manager=$!
  "$@" >&3 2>&4; result=$?
  kill $manager 2>/dev/null
  exit $result' _ "$@" 3>&1 4>&2 >/dev/null 2>&1
