using Microsoft.Extensions.Logging;

namespace SpotifyCore.Client.Running;

/// <summary>What every part of a client's runtime stands on.</summary>
/// <param name="Loop">Owns all state.</param>
/// <param name="Slots">The memory that chunks pass through.</param>
/// <param name="Background">What is under way off the loop.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The log.</param>
internal sealed record LoopContext(
    ClientLoop Loop, SlotPool Slots, BackgroundWork Background, TimeProvider Time, ILogger Logger)
{
    /// <summary>With a loop that does nothing before it is started.</summary>
    /// <param name="slots">Buffers at most.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public static LoopContext Create(int slots, TimeProvider time, ILogger logger)
    {
        var loop = new ClientLoop(logger);
        return new LoopContext(loop, new SlotPool(slots, loop), new BackgroundWork(logger), time, logger);
    }
}
