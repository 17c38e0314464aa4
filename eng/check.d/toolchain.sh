# The .NET tools of a run: restored once, with a compiler server of its own that ends with the run. Sourced by eng/check.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# No build node outlives the run.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
# Without a compiler server every project pays for a cold compiler and cold analyzers; a private name makes it ours to stop.
export UseSharedCompilation=true SharedCompilationId=ledgerlift-check-$$

start_toolchain() {
  command -v dotnet > /dev/null || { echo 'the .NET 10 SDK is needed: https://dotnet.microsoft.com/download' >&2; exit 2; }
  dotnet tool restore > "$out/tools.log" 2>&1 || { cat "$out/tools.log" >&2; exit 1; }
}

stop_toolchain() {
  local server
  server=$(dirname "$(readlink -f "$(command -v dotnet)")")/sdk/$(dotnet --version)/Roslyn/bincore/VBCSCompiler
  [[ -x $server ]] && "$server" "-pipename:$SharedCompilationId" -shutdown > /dev/null 2>&1
  return 0
}
