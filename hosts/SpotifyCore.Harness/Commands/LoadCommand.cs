using SpotifyCore.Harness.Loads;

namespace SpotifyCore.Harness.Commands;

/// <summary>Measures the harness itself.</summary>
internal static class LoadCommand
{
    public static int Run(CommandLine line, TextWriter output)
    {
        var options = new LoadOptions();
        options = new LoadOptions
        {
            Seed = (ulong)line.Number("seed", options.Seed),
            Clients = (int)line.Number("clients", options.Clients),
            Hours = line.Number("hours", options.Hours),
            PlaysADay = line.Number("plays-a-day", options.PlaysADay),
            Tracks = (int)line.Number("tracks", options.Tracks),
            CachedTracks = (int)line.Number("cached-tracks", options.CachedTracks),
        };
        line.RefuseRest();
        new LoadRun(options).Run(output);
        return 0;
    }
}
