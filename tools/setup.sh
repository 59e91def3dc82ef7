#!/usr/bin/env bash
# Install what the tests need beyond Python, when it is missing: a headless Java 17 and Maven (for Neo4j),
# Chromium and a Chinese font (for maps). Debian and Ubuntu; elsewhere it says what to install.
# Touches no network when everything is there.
set -euo pipefail

java_is_recent() {
    # Neo4j 5.26 runs on Java 17 and 21. The first line reads: openjdk version "17.0.15" 2025-04-15
    local major
    major=$(java -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p') || return 1
    [ "${major:-0}" -ge 17 ]
}

has_chromium() {
    [ -n "${GOVGRAPH_CHROMIUM:-}" ] || command -v chromium || command -v chromium-browser ||
        command -v google-chrome
}

has_chinese_font() {
    command -v fc-list && fc-list :lang=zh-cn family | grep -q .
}

missing=()
java_is_recent >/dev/null 2>&1 || missing+=("java")
command -v mvn >/dev/null || missing+=("maven")
has_chromium >/dev/null || missing+=("chromium")
has_chinese_font >/dev/null || missing+=("fontconfig" "fonts-wqy-zenhei")
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
    echo "error: install these first (no apt-get here): ${missing[*]}" >&2
    echo "  java: 17 or 21, headless is enough; fonts-wqy-zenhei: any Chinese font will do" >&2
    exit 3
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "error: run this as root, or install sudo: ${missing[*]} must be installed" >&2
        exit 3
    fi
    as_root=(sudo)
fi

echo "Installing: ${missing[*]}" >&2
"${as_root[@]}" apt-get update -q >&2
packages=()
for name in "${missing[@]}"; do
    if [ "$name" = java ]; then # 17 where the release has it, else 21
        name=openjdk-17-jre-headless
        apt-cache show "$name" >/dev/null 2>&1 || name=openjdk-21-jre-headless
    fi
    packages+=("$name")
done
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "${packages[@]}" >&2
