# Installs the Debian packages a script needs; sourced by the scripts beside it.

# Installs what is missing of the named packages, saying so first.
need_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Needs root or sudo to install: ${missing[*]}" >&2; return 1; }
    as_root=(sudo)
  fi
  echo "Installing Debian packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Stops with one line when there is no .NET SDK to build with.
need_dotnet() {
  command -v dotnet >/dev/null || { echo "Needs the .NET 10 SDK: https://dotnet.microsoft.com/download" >&2; exit 1; }
}

# Unpacks Debian packages, each NAME or NAME=VERSION, and all that they need into a folder, and puts their programs first
# in PATH; the machine's own packages stay as they are.
unpack_packages() { # folder, packages
  local root=$1 needed
  shift
  mkdir -p "$root/archives"
  needed=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces \
    --no-enhances "${@%%=*}" | grep -E '^[a-z0-9]' | sort -u |
    grep -vE "^(libc6|libc-bin|libgcc-s1|gcc-12-base|debconf|perl|perl-base|dpkg|$(printf '%s|' "${@%%=*}"))(:|$)" || true)
  (cd "$root/archives" && apt-get download -qq "$@" $needed) >/dev/null 2>&1 || return 1
  local archive libraries
  for archive in "$root"/archives/*.deb; do dpkg -x "$archive" "$root" || return 1; done
  export PATH=$root/usr/bin:$PATH
  libraries=$root/usr/lib/$(uname -m)-linux-gnu
  export LD_LIBRARY_PATH=$libraries:$root/lib/$(uname -m)-linux-gnu:$libraries/pulseaudio:$libraries/blas:$libraries/lapack
}
