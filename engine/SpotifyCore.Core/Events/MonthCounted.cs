namespace SpotifyCore.Core.Events;

/// <summary>
/// So many bytes have been uploaded in the calendar month that runs: at the start what was kept from before, and 0
/// whenever a month begins. The core counts on from there.
/// </summary>
/// <param name="Bytes">Bytes of this month.</param>
public readonly record struct MonthCounted(long Bytes) : IClientEvent;
