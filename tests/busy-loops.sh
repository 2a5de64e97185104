#!/usr/bin/env bash
# Runs the tests (tools/test.sh --tests) on a busy machine, time after time: whatever depends on being served at once fails here.
#
#   tests/busy-loops.sh [--runs N] [--loops N]
#
# Each of --runs (10) has --loops (4) processes beside it that do nothing as fast as they can. One line a run; a run that
# failed leaves what it printed in a file that its line names. The last line is the result, as tools/test.sh has it.
set -uo pipefail
cd "$(dirname "$0")/.."

usage='usage: tests/busy-loops.sh [--runs N] [--loops N]'
runs=10 loops=4
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) echo "$usage"; exit 0 ;;
    --runs | --loops)
      [[ ${2-} =~ ^[1-9][0-9]?$ ]] || { echo "tests/busy-loops.sh: $1 needs a number from 1 to 99" >&2; exit 2; }
      declare "${1#--}=$2" ;;
    *) echo "tests/busy-loops.sh: unknown argument '$1'; $usage" >&2; exit 2 ;;
  esac
  shift 2
done

busy=() tests=''
finish() {
  [ ${#busy[@]} -eq 0 ] || kill "${busy[@]}" 2>/dev/null
  # All that the tests started is of their process group.
  [ -z "$tests" ] || kill -- "-$tests" 2>/dev/null
}
trap finish EXIT
trap 'exit 130' INT TERM
for _ in $(seq "$loops"); do
  while :; do :; done &
  busy+=($!)
done

passed=0 failed=0
for run in $(seq "$runs"); do
  said=$(mktemp "${TMPDIR:-/tmp}/spotifycore-busy-loops.XXXXXX")
  started=$SECONDS
  set -m
  tools/test.sh --tests >"$said" 2>&1 &
  tests=$!
  set +m
  if wait "$tests"; then
    passed=$((passed + 1))
    echo "run $run: $(tail -1 "$said"), $((SECONDS - started)) s"
    rm -f "$said"
  else
    failed=$((failed + 1))
    echo "run $run: $(tail -1 "$said"), $((SECONDS - started)) s; see $said"
    sed -n '/^Failed:/,$p' "$said" | sed '$d'
  fi
  tests=''
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
