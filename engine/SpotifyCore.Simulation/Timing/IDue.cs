namespace SpotifyCore.Simulation.Timing;

/// <summary>Something to which things happen at a time asked for before.</summary>
internal interface IDue
{
    /// <summary>The trace id of what only looks on: it leaves no trace and counts as no event.</summary>
    const int Onlooker = int.MinValue;

    /// <summary>Names it in the trace: the same in every process.</summary>
    int TraceId { get; }

    /// <summary>The time has come.</summary>
    /// <param name="what">Which of the things that can happen to it.</param>
    /// <param name="value">What it gave when it asked.</param>
    void Due(int what, long value);
}
