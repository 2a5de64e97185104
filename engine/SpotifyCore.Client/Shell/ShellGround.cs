using Microsoft.Extensions.Logging;

namespace SpotifyCore.Client.Shell;

/// <summary>What every part of a client's shell stands on.</summary>
/// <param name="Loop">Owns all state.</param>
/// <param name="Slots">The memory that chunks pass through.</param>
/// <param name="Background">What is under way off the loop.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The log.</param>
internal sealed record ShellGround(
    ClientLoop Loop, SlotPool Slots, BackgroundWork Background, TimeProvider Time, ILogger Logger);
