using BenchmarkDotNet.Running;
using SpotifyCore.Micro.Check;
using SpotifyCore.Micro.Rates;

return args switch
{
    ["check", ..] => AllocationCheck.Run(args[1..]),
    ["rates"] => CacheRates.Run(),
    _ => BenchmarkSwitcher.FromAssembly(typeof(AllocationCheck).Assembly).Run(args).Any() ? 0 : 1,
};
