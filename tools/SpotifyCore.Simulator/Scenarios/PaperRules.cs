using SpotifyCore.Client.Core;

namespace SpotifyCore.Simulator.Scenarios;

/// <summary>The original's rules (FACTS, "How it streamed"), as options of this engine's core.</summary>
public static class PaperRules
{
    /// <summary>A client of the original.</summary>
    public static ClientCoreOptions Core() => new();
}
