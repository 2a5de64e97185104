using SpotifyCore.Harness.Loads;

namespace SpotifyCore.Harness.Commands;

/// <summary>Measures the harness itself.</summary>
internal static class LoadCommand
{
    public static int Run(CommandLine line, TextWriter output)
    {
        var options = new LoadOptions();
        options = new LoadOptions(
            (ulong)line.Number("seed", options.Seed),
            (int)line.Number("clients", options.Clients),
            line.Number("hours", options.Hours),
            line.Number("plays-a-day", options.PlaysADay),
            (int)line.Number("tracks", options.Tracks),
            (int)line.Number("cached-tracks", options.CachedTracks));
        line.RefuseRest();
        new LoadRun(options).Run(output);
        return 0;
    }
}
