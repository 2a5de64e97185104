# Builds with one compiler for all projects; sourced by the scripts beside it.

# The pipe of the compiler server that this shell's builds start: its own, so that it can be ended without another's.
compiler=spotifycore-$$

# One build, of a project, solution or filter, whatever the environment says about sharing the compiler; what is said
# further is MSBuild's.
build() {
  local code=0
  dotnet build "$@" --nologo -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler" || code=$?
  stop_compiler
  return "$code"
}

# Ends the compiler server of this shell's builds, which would otherwise wait ten minutes for another.
stop_compiler() {
  local pid
  for pid in $(pgrep -f -- "-pipename:$compiler( |\$)"); do kill "$pid" 2>/dev/null; done
  return 0
}
