#!/usr/bin/env bash
# Makes the environment in .venv: system packages, Python packages pinned by hash, the command `dossier`.
# Takes seconds, and asks nobody anything, when nothing changed.
#
# usage: deploy/setup.sh runtime|dev      settings: PYTHON (an interpreter), VENV (a folder), OFFICE=no (no LibreOffice)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

want="${1:?runtime or dev}"
venv="${VENV:-.venv}"
packages=(tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd tesseract-ocr-chi-tra bubblewrap libseccomp2)
# For Word, RTF and OpenDocument alone: without them such files are refused, everything else works.
office=(libreoffice-writer-nogui fonts-liberation fonts-crosextra-carlito)
office_job=
case "$want" in
    runtime) lock=requirements.lock ;;
    dev)
        lock=requirements-dev.lock
        # Handwriting and Chinese for the made-up packets of the tests (samples/faces.py).
        packages+=(fonts-breip fonts-dkg-handwriting fonts-droid-fallback fonts-humor-sans fonts-klee fonts-kristi)
        # Servers that the tests start for themselves (tests/services).
        packages+=(postgresql redis-server dovecot-imapd)
        ;;
    *) echo "setup: '$want' is neither 'runtime' nor 'dev'." >&2; exit 2 ;;
esac

say() { echo "setup: $*" >&2; }
fail() { say "$*"; exit 1; }
quietly() { local said; said="$("$@" 2>&1 </dev/null)" || { echo "$said" >&2; return 1; }; }
works() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' >/dev/null 2>&1; }

choose_python() {
    if [ -n "${PYTHON:-}" ]; then
        works "$PYTHON" || fail "PYTHON=$PYTHON is not Python 3.11 or 3.12."
        return
    fi
    for PYTHON in python3.11 python3.12 python3; do
        if works "$PYTHON"; then return; fi
    done
    fail "Python 3.11 or 3.12 is needed; on Debian 12: apt-get install python3.11"
}

not_installed() {
    local name
    for name in "$@"; do
        dpkg-query -W -f='${db:Status-Abbrev}' "$name" 2>/dev/null | grep -q '^ii' || echo "$name"
    done
}

missing_packages() {
    not_installed "${packages[@]}"
    "$PYTHON" -c 'import ensurepip' 2>/dev/null || "$PYTHON" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

install_packages() {
    local missing root=()
    if ! command -v dpkg-query >/dev/null; then
        command -v tesseract >/dev/null || fail "this is not Debian: install tesseract with its English data yourself, then run this again."
        return
    fi
    mapfile -t missing < <(missing_packages)
    if [ "${#missing[@]}" -eq 0 ]; then return; fi
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "these packages are missing and only root can install them: apt-get install ${missing[*]}"
        root=(sudo)
    fi
    say "installing ${missing[*]}"
    quietly "${root[@]}" apt-get update || fail "apt-get update failed; is there a way to Debian's packages?"
    without_services quietly "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" ||
        fail "apt-get could not install ${missing[*]}"
}

# Debian starts a server as soon as it is installed, unless this file says no; here none is wanted to run.
without_services() {
    local no=/usr/sbin/policy-rc.d status=0
    if [ "$want" != dev ] || [ -e "$no" ]; then "$@"; return; fi
    printf '#!/bin/sh\nexit 101\n' | "${root[@]}" tee "$no" >/dev/null && "${root[@]}" chmod 755 "$no"
    "$@" || status=$?
    "${root[@]}" rm -f "$no"
    return "$status"
}

# Runs beside the Python packages, and whatever becomes of it, the set-up goes on.
start_office() {
    local missing root=()
    if [ "${OFFICE:-yes}" = no ] || ! command -v dpkg-query >/dev/null; then return; fi
    mapfile -t missing < <(not_installed "${office[@]}")
    if [ "${#missing[@]}" -eq 0 ]; then return; fi
    if [ "$(id -u)" -ne 0 ]; then root=(sudo -n); fi
    say "installing ${missing[*]} (OFFICE=no leaves them out)"
    {
        quietly "${root[@]}" apt-get update &&
            quietly "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
    } || say "without LibreOffice: Word, RTF and OpenDocument files will be refused (apt-get install ${missing[*]})." &
    office_job=$!
}

make_venv() {
    local version
    version="$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
    if [ -x "$venv/bin/python" ] && [ "$("$venv/bin/python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$version" ]; then
        return
    fi
    say "making $venv with Python $version"
    "$PYTHON" -m venv --clear "$venv"
}

install_python_packages() {
    say "installing the Python packages of $lock (some minutes the first time)"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --only-binary :all: --require-hashes -r "$lock" ||
        fail "the Python packages could not be installed."
    "$venv/bin/python" -m compileall -q models intake sandbox || true  # the sandbox may not write bytecode itself
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation \
        --config-settings editable_mode=compat -e . || fail "dossier itself could not be installed."
}

# What was installed, by content: a touched file costs nothing, a changed one or another interpreter is noticed.
stamp() { (cat "$1" pyproject.toml "${BASH_SOURCE[0]}"; "$PYTHON" -V; pwd) | sha256sum | cut -d' ' -f1; }
installed() { [ -x "$venv/bin/dossier" ] && [ "$(cat "$venv/.setup-$1" 2>/dev/null)" = "$(stamp "$2")" ]; }

choose_python
if installed dev requirements-dev.lock || installed "$want" "$lock"; then exit 0; fi
install_packages
start_office
make_venv
rm -f "$venv"/.setup-*
install_python_packages
if [ -n "$office_job" ]; then wait "$office_job" || true; fi
stamp "$lock" > "$venv/.setup-$want"
