using SpotifyCore.SideBySide.Caching;
using SpotifyCore.SideBySide.Coding;
using SpotifyCore.SideBySide.Importing;
using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Receiving;
using SpotifyCore.SideBySide.Serving;
using SpotifyCore.SideBySide.Transferring;

namespace SpotifyCore.SideBySide;

/// <summary>All there is to compare.</summary>
internal static class Suites
{
    /// <summary>In the order in which they run.</summary>
    public static IReadOnlyList<ISuite> All { get; } =
    [
        new ServingSuite(), new GetSuite(), new CacheHitSuite(), new DiskSuite(), new ReceivingSuite(),
        new CodingSuite(), new ImportSuite(), new TransferSuite(),
    ];
}
