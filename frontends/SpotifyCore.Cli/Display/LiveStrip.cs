using System.Globalization;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Display;

/// <summary>
/// The strip a listener watches: what plays, where it is, and where the bytes came from, in place of itself at any
/// width. A track that is over leaves a line above it.
/// </summary>
/// <param name="terminal">Where it is written.</param>
/// <param name="width">Cells of the terminal now.</param>
internal sealed class LiveStrip(TextWriter terminal, Func<int> width)
{
    private const string Bold = "1";
    private const string Grey = "90";
    private const string Green = "32";
    private const string Yellow = "33";

    private List<StripLine> _shown = [];
    private PlayReport? _playing;
    private long _heardMs;

    /// <summary>Whether its parts are told apart by colours.</summary>
    public bool IsColoured { get; init; } = true;

    /// <summary>Shows each status in place of the one before, until they end.</summary>
    public async Task ShowAsync(IAsyncEnumerable<Status> statuses)
    {
        try
        {
            await foreach (var status in statuses)
                Update(status);
        }
        finally
        {
            Clear();
            LeavePlayed();
            await terminal.FlushAsync();
        }
    }

    /// <summary>The strip as it is drawn in so many cells.</summary>
    internal List<StripLine> Draw(Status status, int width)
    {
        StripLine Line() => new(width, IsColoured);

        List<StripLine> lines = [Line().Add(TextLines.Name(status.Track), Bold).Add($"  {State(status)}", Grey)];
        if (status.State != PlayState.Stopped)
        {
            lines.Add(Bar(status, Line(), width));
            lines.Add(Line().Add(TextLines.Buffer(status), Grey));
            lines.Add(Line().Add(TextLines.Shares(status.Play?.Bytes), Grey));
        }

        if (TextLines.Modes(status) is { Length: > 0 } modes)
            lines.Add(Line().Add(modes, Grey));

        lines.Add(Line().Add(TextLines.Account(status), Grey));
        return lines;
    }

    private static string State(Status status) => status.State switch
    {
        PlayState.Stopped => status.Problem.Length > 0 ? status.Problem : "stopped",
        PlayState.Opening or PlayState.Waiting => TextLines.Waiting(status),
        PlayState.Paused when status.Taken => $"paused, as {TextLines.Taken(status)}",
        PlayState.Paused => "paused",
        _ => status.Advert ? "advert; the music goes on after it" : "",
    };

    private static StripLine Bar(Status status, StripLine line, int width)
    {
        var position = $"{Position.Format(status.PositionMs),5} ";
        var duration = $" {Position.Format(status.DurationMs)}";
        var cells = width - position.Length - duration.Length;
        line.Add(position);
        if (cells >= 4)
        {
            var whole = (double)Math.Max(1, status.DurationMs);
            var played = (int)Math.Clamp(cells * status.PositionMs / whole, 0, cells);
            var ahead = (int)Math.Clamp(cells * (status.PositionMs + status.BufferedMs) / whole, played, cells);
            line.Add(new string('━', played), Green)
                .Add(new string('━', ahead - played), Yellow)
                .Add(new string('─', cells - ahead), Grey);
        }

        return line.Add(duration);
    }

    private void Update(Status status)
    {
        Clear();
        if (_playing is { } before && (status.Play is null || IsAnother(before, status.Play)))
            LeavePlayed();

        _playing = status.Play ?? _playing;
        if (status.Play is not null)
            _heardMs = status.PositionMs;
        _shown = Draw(status, Math.Max(1, width()));
        foreach (var line in _shown)
            terminal.WriteLine(line);

        terminal.Flush();
    }

    // A play only ever gets more samples, and keeps its start.
    private static bool IsAnother(PlayReport before, PlayReport now) =>
        before.Track != now.Track || now.Samples < before.Samples
        || (before.StartMs >= 0 && !before.StartMs.Equals(now.StartMs));

    // What stays is there to be read: all of it.
    private void LeavePlayed()
    {
        if (_playing is { StartMs: >= 0 } played)
        {
            foreach (var line in CellText.Wrap(PlainText.Of(TextLines.Played(played, _heardMs)), Math.Max(1, width())))
                terminal.WriteLine(line);
        }

        _playing = null;
    }

    // A terminal that got narrower has broken the lines that were wider.
    private void Clear()
    {
        var cells = Math.Max(1, width());
        var rows = _shown.Sum(line => Math.Max(1, (line.Width + cells - 1) / cells));
        if (rows > 0)
            terminal.Write(string.Create(CultureInfo.InvariantCulture, $"\e[{rows}F\e[J"));

        _shown = [];
    }
}
