#!/usr/bin/env bash
# Install what the tests need besides Python packages, if it is missing:
#   with apt (as root, or through sudo)
#     chromium              the real browser of the tests marked `browser`; its headless shell, if
#                           apt knows it, because that needs half of the processor time
#     fonts-noto-cjk        Chinese characters in screenshots
#     strace                traces file and network use of a process
#     systemd               checks the units of deploy/ and rates their restrictions
#     redis-server          started by each test of the shared cache
#     nginx, caddy          the reverse proxies in the tests of deploy/
#     openssl               a certificate for nginx
#     zbar-tools            reads the QR codes that the site draws
#     texlive-latex-base    sets hostile references: does LaTeX read files or start programs?
#     lynx, w3m             browsers of text
#     default-jre-headless  Java, for the HTML checker
#     npm                   fetches the HTML checker
#   with npm
#     vnu-jar               the W3C's HTML checker: .tools/node_modules/vnu-jar/build/dist/vnu.jar
# If nothing is missing, it does nothing and needs neither root nor a network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

VNU_VERSION=26.9.27
VNU_JAR=.tools/node_modules/vnu-jar/build/dist/vnu.jar

has() { command -v "$1" >/dev/null; }

missing=()
has chromium-headless-shell || has chromium || has chromium-browser || missing+=(chromium)
[ -n "$(fc-list :lang=zh-cn 2>/dev/null)" ] || missing+=(fonts-noto-cjk fontconfig)
has strace || missing+=(strace)
has systemd-analyze || missing+=(systemd)
has redis-server || missing+=(redis-server)
has nginx || [ -x /usr/sbin/nginx ] || missing+=(nginx)
has caddy || missing+=(caddy)
has openssl || missing+=(openssl)
has zbarimg || missing+=(zbar-tools)
has pdflatex || missing+=(texlive-latex-base)
has lynx || missing+=(lynx)
has w3m || missing+=(w3m)
has java || missing+=(default-jre-headless)
[ -f "$VNU_JAR" ] || has npm || missing+=(npm)

if [ ${#missing[@]} -gt 0 ]; then
    if ! has apt-get; then
        echo "make ci-tools knows only apt: install by hand what corresponds to ${missing[*]}." >&2
        exit 1
    fi
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        has sudo || { echo "make ci-tools has to install ${missing[*]}: run it as root." >&2; exit 1; }
        as_root=(sudo)
    fi
    echo "Installing ${missing[*]} ..."
    # (${as_root[@]+...}: bash before 4.4 takes an empty list for an unset variable.)
    ${as_root[@]+"${as_root[@]}"} apt-get update -qq
    if apt-cache show chromium-headless-shell >/dev/null 2>&1; then
        missing=("${missing[@]/%chromium/chromium-headless-shell}")
    fi
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

if [ ! -f "$VNU_JAR" ]; then
    echo "Installing vnu-jar $VNU_VERSION into .tools/ ..."
    mkdir -p .tools
    npm install --prefix .tools --no-save --no-audit --no-fund --loglevel=error "vnu-jar@$VNU_VERSION"
fi
