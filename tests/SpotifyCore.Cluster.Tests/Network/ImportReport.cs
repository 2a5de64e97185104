using System.Text.Json;
using SpotifyCore.Cluster.Tests.Processes;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Cluster.Tests.Network;

/// <summary>What an import said, line by line.</summary>
internal sealed class ImportReport
{
    private readonly Dictionary<string, JsonElement> _sources = [];

    public ImportReport(ProgramRun run)
    {
        Run = run;
        foreach (var line in run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var said = JsonDocument.Parse(line).RootElement;
            if (said.TryGetProperty("source", out var source))
                _sources[source.GetString()!] = said;
            else
                Summary = said;
        }
    }

    public ProgramRun Run { get; }

    /// <summary>The last line that is about all.</summary>
    public JsonElement Summary { get; }

    /// <summary>What it said of a source, named from the folder on: imported, known or failed.</summary>
    public string EventOf(string source) => Said(source).GetProperty("event").GetString()!;

    /// <summary>The track that a source became.</summary>
    public TrackId TrackOf(string source)
    {
        Assert.True(TrackId.TryParse(Said(source).GetProperty("track").GetString(), out var track), Run.Errors);
        return track;
    }

    /// <summary>One line about a source.</summary>
    public JsonElement Said(string source)
    {
        var isKnown = _sources.TryGetValue(source, out var said);
        Assert.True(isKnown, $"Nothing was said of {source}:\n{Run.Output}\n{Run.Errors}");
        return said;
    }
}
