using SpotifyCore.Cli.Display;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary>Where <c>seek</c> goes to.</summary>
/// <param name="Time">A place in the track, or how far from where it is.</param>
/// <param name="Direction">0 for a place; 1 for further on, -1 for back.</param>
internal readonly record struct SeekTarget(TimeSpan Time, int Direction)
{
    /// <summary>Reads a position, or one behind a sign.</summary>
    public static bool TryParse(string? text, out SeekTarget target)
    {
        var direction = text switch
        {
            ['+', ..] => 1,
            ['-', ..] => -1,
            _ => 0,
        };
        var isRead = Position.TryParse(direction == 0 ? text : text![1..], out var time);
        target = new SeekTarget(time, direction);
        return isRead;
    }

    /// <summary>As <see cref="TryParse"/>, for a text that was checked before.</summary>
    /// <exception cref="FormatException">The text is no target.</exception>
    public static SeekTarget Parse(string? text) =>
        TryParse(text, out var target) ? target : throw new FormatException($"'{text}' is no position.");

    /// <summary>The place it names, not before the track's start.</summary>
    public TimeSpan From(Status status)
    {
        if (Direction == 0)
            return Time;

        var place = TimeSpan.FromMilliseconds(status.PositionMs) + (Direction * Time);
        return place > TimeSpan.Zero ? place : TimeSpan.Zero;
    }
}
