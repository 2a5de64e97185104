#!/usr/bin/env bash
# Makes an archive a platform with all programs, which need no SDK and no runtime: artifacts/spotifycore-VERSION-PLATFORM.tar.gz.
#
#   tools/release.sh [PLATFORM ...]      linux-x64, linux-arm64, win-x64, osx-arm64, ...; unless named: linux-x64 win-x64 osx-arm64
#
# For the platform it runs on, the programs are native code (gcc links them). For others the native compiler can't link, so
# there they are ready-to-run code with the runtime beside it: built, and not tried.
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/packages.sh
. tools/build.sh

platforms=()
for argument in "$@"; do
  case "$argument" in
    -h | --help) echo 'usage: tools/release.sh [PLATFORM ...]'; exit 0 ;;
    -*) echo 'usage: tools/release.sh [PLATFORM ...]' >&2; exit 2 ;;
    *) platforms+=("$argument") ;;
  esac
done
[ ${#platforms[@]} -gt 0 ] || platforms=(linux-x64 win-x64 osx-arm64)

need_dotnet
need_packages gcc libc6-dev zlib1g-dev procps || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

here=linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)
programs=(hosts/SpotifyCore.{MasterNode,StorageNode,AccessPoint,Desktop} tools/SpotifyCore.Import frontends/SpotifyCore.Cli)
staging=$(mktemp -d "${TMPDIR:-/tmp}/spotifycore-release.XXXXXX")
trap 'stop_compiler; rm -rf "$staging"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

untried() { # platform: what whoever unpacks its archive is to know
  cat <<END

## Built, and not tried

This archive is for $1 and was made on $here, where the native compiler can't link for it. Its programs are ready-to-run
code with the .NET runtime beside them: larger, and slower to start, than native ones. None of them has been run before.
END
}

make_archive() { # platform
  local platform=$1 name=spotifycore-$version-$1 project begun kind
  local form=(-p:PublishAot=true) tried=''
  kind='native code'
  if [ "$platform" != "$here" ]; then
    form=(--self-contained -p:PublishReadyToRun=true)
    kind='ready-to-run code and the runtime' tried='; built, and not tried'
  fi
  mkdir -p "$staging/$name" artifacts
  for project in "${programs[@]}"; do
    echo "$platform: ${project##*.}, $kind"
    dotnet publish "$project" -c Release -r "$platform" "${form[@]}" -o "$staging/$platform-${project##*.}" -v quiet --nologo \
      -p:RunAnalyzers=false -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler" || return 1
    # Symbols and documentation are a developer's.
    find "$staging/$platform-${project##*.}" \( -name '*.pdb' -o -name '*.dbg' -o -name 'SpotifyCore.*.xml' \) -delete
    cp -R "$staging/$platform-${project##*.}/." "$staging/$name/" && rm -rf "$staging/$platform-${project##*.}" || return 1
  done
  cp LICENSE NOTICE "$staging/$name/" && cp tools/release.md "$staging/$name/README.md" || return 1
  [ "$platform" = "$here" ] || untried "$platform" >>"$staging/$name/README.md" || return 1
  tar -C "$staging" --owner=0 --group=0 -czf "artifacts/$name.tar.gz" "$name" && rm -rf "${staging:?}/$name" || return 1
  echo "artifacts/$name.tar.gz: $(du -h "artifacts/$name.tar.gz" | cut -f1), $kind$tried"
}

for platform in "${platforms[@]}"; do
  make_archive "$platform" || { echo "tools/release.sh: $platform failed" >&2; exit 1; }
done
