#!/usr/bin/env bash
# Puts faults of one line into a copy of the tree, one at a time, and runs the tests that must notice: a fault that none
# notices survives, and is a hole in the tests. tests/mutations.txt has the faults. --help says how. The last line is the
# result, as tools/test.sh has it.
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/packages.sh
. tools/build.sh

readonly table=tests/mutations.txt at_once=5
usage="usage: tests/mutations.sh [NAME ...] | --five [DAY] | --list

All faults, those that are named, or with --five the $at_once whose turn it is on a day of the year (today unless given).
--list says which there are. Each is caught, or it survives, does not build, or is not applied as its text is gone or
stands there more than once: anything but caught is a failure."
misused() { echo "tests/mutations.sh: $1" >&2; echo "$usage" >&2; exit 2; }

# The table, by name: file, text before and after (lines, as they stand), test project and filter.
declare -A file before after project filter
names=()
read_table() {
  local name='' line key value
  while IFS= read -r line; do
    [[ $line =~ ^(#.*)?$ ]] && continue
    if [[ $line =~ ^[a-z] ]]; then
      name=$line
      [ -z "${file[$name]-}" ] || misused "$table has '$name' twice"
      names+=("$name")
      continue
    fi
    key=${line:2:5} value=${line:7}
    case $key in
      'file ') file[$name]=$value ;;
      - | '-    ') before[$name]+=${before[$name]+$'\n'}$value ;;
      + | '+    ') after[$name]+=${after[$name]+$'\n'}$value ;;
      'test ') project[$name]=${value%% *} filter[$name]=${value#* } ;;
      *) misused "$table: what is '$line'?" ;;
    esac
  done <"$table"
  for name in "${names[@]}"; do
    [ -n "${file[$name]-}" ] && [ -n "${before[$name]-}" ] && [ -n "${after[$name]+set}" ] && [ -n "${filter[$name]-}" ] ||
      misused "$table: '$name' is not whole"
  done
}
read_table

chosen=()
case "${1-}" in
  -h | --help) echo "$usage"; exit 0 ;;
  --list) printf '%s\n' "${names[@]}"; exit 0 ;;
  --five)
    day=${2-$(date -u +%-j)}
    [[ $day =~ ^[0-9]{1,3}$ ]] || misused "'$day' is no day of the year"
    for ((i = 0; i < at_once; i++)); do chosen+=("${names[(10#$day * at_once + i) % ${#names[@]}]}"); done ;;
  -*) misused "unknown argument '$1'" ;;
  '') chosen=("${names[@]}") ;;
  *)
    for name in "$@"; do
      [ -n "${file[$name]-}" ] || misused "there is no fault '$name'"
      chosen+=("$name")
    done ;;
esac

need_dotnet
need_packages gcc libc6-dev || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
copy=$(mktemp -d "${TMPDIR:-/tmp}/spotifycore-mutations.XXXXXX")
trap 'stop_compiler; rm -rf "$copy"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# What is under version control or will be, as it stands here.
git ls-files -z --cached --others --exclude-standard | tar -c --null --files-from=- --ignore-failed-read | tar -x -C "$copy"

# Analyzers have no part in it; a fault may leave something unused. No fault is in what is restored.
build_tests() { # project, options
  local project=$1
  shift
  dotnet build "$copy/tests/$project" "$@" -c Release -v quiet --nologo -p:RunAnalyzers=false \
    -p:TreatWarningsAsErrors=false -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler" \
    -clp:ErrorsOnly >"$copy/build.log" 2>&1
}
run_tests() { # seconds at most, project, filter
  timeout --kill-after=5 "$1" dotnet test "$copy/tests/$2/bin/Release/net10.0/$2.dll" --filter "$3" \
    --results-directory "$copy/results" --logger "trx;LogFileName=run.trx" >"$copy/test.log" 2>&1
}
passed_some() { # the tests ran, and there were any
  grep -Eq '<Counters total="[1-9][0-9]*" executed="[1-9]' "$copy/results/run.trx" 2>/dev/null
}

# Replaces the text, which must stand there once.
apply() { # name
  local path=$copy/${file[$1]} text rest
  [ -f "$path" ] || return 1
  text=$(<"$path")
  rest=${text#*"${before[$1]}"}
  [ "$rest" != "$text" ] && [ "${rest#*"${before[$1]}"}" = "$rest" ] || return 1
  printf '%s\n' "${text%"${before[$1]}$rest"}${after[$1]}$rest" >"$path"
}

# Without a fault the tests pass: else they would catch anything.
passed=0 failed=0
declare -A sound
check_sound() { # project
  [ -z "${sound[$1]-}" ] || return 0
  sound[$1]=no
  local name wanted=''
  for name in "${chosen[@]}"; do
    [ "${project[$name]}" = "$1" ] && wanted+=${wanted:+|}${filter[$name]}
  done
  echo "Building $1, and running what it is to catch faults with"
  build_tests "$1" || { cat "$copy/build.log"; return 0; }
  run_tests 900 "$1" "$wanted" && passed_some && sound[$1]=yes || cat "$copy/test.log"
}

try() { # name; says what became of it
  local whole=$copy/whole path=$copy/${file[$1]}
  cp -p "$path" "$whole"
  apply "$1" || { echo 'text gone'; return; }
  rm -rf "$copy/results"
  if ! build_tests "${project[$1]}" --no-restore; then
    echo 'did not build'
  elif run_tests 120 "${project[$1]}" "${filter[$1]}"; then # a fault may make a test wait without end
    passed_some && echo SURVIVED || echo 'no such test'
  else
    echo caught
  fi
  mv "$whole" "$path"
  touch "$path" # newer than what was built of it
}

for name in "${chosen[@]}"; do
  check_sound "${project[$name]}"
  began=$SECONDS
  if [ "${sound[${project[$name]}]}" = yes ]; then outcome=$(try "$name"); else outcome='tests fail without it'; fi
  [ "$outcome" = caught ] && passed=$((passed + 1)) || failed=$((failed + 1))
  [ "$outcome" != 'did not build' ] || head -5 "$copy/build.log"
  printf '%-44s %-14s %4d s  %s\n' "$name" "$outcome" $((SECONDS - began)) "${project[$name]} ${filter[$name]}"
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
