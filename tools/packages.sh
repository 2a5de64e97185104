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
