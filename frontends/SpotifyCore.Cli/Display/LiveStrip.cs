using Spectre.Console;
using SpotifyCore.Contracts;
using Status = SpotifyCore.Contracts.Status;

namespace SpotifyCore.Cli.Display;

/// <summary>The strip a listener watches: position, buffer, start of sound, and where the bytes came from.</summary>
internal static class LiveStrip
{
    private const int BarWidth = 40;

    /// <summary>Shows each status in place of the one before, until they end.</summary>
    public static Task ShowAsync(IAsyncEnumerable<Status> statuses) =>
        AnsiConsole.Live(new Text("")).StartAsync(async live =>
        {
            await foreach (var status in statuses)
                live.UpdateTarget(Draw(status));
        });

    private static Rows Draw(Status status) => new(
        new Markup($"[bold]{Markup.Escape(TextLines.Name(status.Track))}[/]  [grey]{Markup.Escape(State(status))}[/]"),
        new Markup(Bar(status)),
        new Markup(Sources(status.Play?.Bytes)));

    private static string State(Status status) => status.State switch
    {
        PlayState.Stopped => status.Problem.Length > 0 ? status.Problem : "stopped",
        PlayState.Opening or PlayState.Waiting => TextLines.Waiting(status),
        PlayState.Paused => "paused",
        _ => $"start {TextLines.Milliseconds(status.Play?.StartMs ?? 0)}, stutters {status.Play?.Stutters ?? 0}",
    };

    private static string Bar(Status status)
    {
        var duration = Math.Max(1, status.DurationMs);
        var played = (int)Math.Clamp(BarWidth * status.PositionMs / duration, 0, BarWidth);
        var ahead = (int)Math.Clamp(BarWidth * (status.PositionMs + status.BufferedMs) / duration, played, BarWidth);
        return $"{Position.Format(status.PositionMs),7} [green]{new string('━', played)}[/]"
            + $"[yellow]{new string('━', ahead - played)}[/]"
            + $"[grey]{new string('─', BarWidth - ahead)}[/] {Position.Format(status.DurationMs)}"
            + $"  buffer {status.BufferedMs / 1000.0:0.0} s";
    }

    private static string Sources(BytesBySource? bytes)
    {
        var total = bytes is null ? 0 : bytes.Cache + bytes.Peers + bytes.Production + bytes.Master;
        return $"[green]cache {TextLines.Percent(bytes?.Cache, total)}[/]"
            + $"  [aqua]peers {TextLines.Percent(bytes?.Peers, total)}[/]"
            + $"  [yellow]production {TextLines.Percent(bytes?.Production, total)}[/]"
            + $"  [red]master {TextLines.Percent(bytes?.Master, total)}[/]";
    }
}
