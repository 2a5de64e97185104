using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Finding;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore play WORDS</c></summary>
internal static class PlayCommand
{
    public static Command Create()
    {
        var wanted = new WantedTracks(ArgumentArity.ZeroOrMore);
        var wait = new Option<bool>("--wait")
        {
            Description = "Return once all was played; on a terminal, show it live",
        };
        var here = new Option<bool>("--here")
        {
            Description = "Go on here with what another device of the account plays, from where it is",
        };
        var description = "Plays in place of the queue; without words, goes on where it was paused. While shuffle is"
            + " on, the first track of what is named plays first, and the others follow in a random order.";
        var command = new Command("play", description) { wait, here };
        wanted.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(here) && wanted.IsNamed(result))
                result.AddError("What plays elsewhere needs no words: leave them out, or --here.");
        });
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            if (parsed.GetValue(here))
                await PlayHereAsync(desktop, cancellationToken);
            else if (!wanted.IsNamed(parsed))
                await GoOnAsync(desktop, cancellationToken);
            else
                await PlayAsync(desktop, await wanted.FindAsync(parsed, desktop, cancellationToken), cancellationToken);

            return parsed.GetValue(wait)
                ? await StatusCommand.FollowAsync(desktop, untilStopped: true, cancellationToken)
                : ExitCodes.Done;
        });
        return command;
    }

    private static async Task GoOnAsync(Desktop.DesktopClient desktop, CancellationToken cancellationToken)
    {
        var call = desktop.ResumeAsync(new ResumeRequest(), cancellationToken: cancellationToken);
        try
        {
            Console.WriteLine(TextLines.Status(await PlayOutcome.OfAsync(desktop, call, cancellationToken)));
        }
        catch (ListenerException silent) when (silent.ExitCode == ExitCodes.Silent)
        {
            throw new ListenerException(
                "There is nothing to go on with; 'spotifycore play WORDS' plays.", ExitCodes.Silent);
        }
    }

    private static async Task PlayHereAsync(Desktop.DesktopClient desktop, CancellationToken cancellationToken)
    {
        var reply = await Waiting.SayAsync(
            desktop, desktop.PlayHereAsync(new PlayHereRequest(), cancellationToken: cancellationToken).ResponseAsync);
        var from = reply.Device.Length > 0 ? $" as '{reply.Device}' did" : "";
        Console.WriteLine(
            $"Playing {NameOf(reply.Play, reply.Track)} here{from}, from {Position.Format(reply.PositionMs)};"
            + $" sound after {TextLines.Milliseconds(reply.Play?.StartMs ?? 0)}.");
    }

    private static async Task PlayAsync(Desktop.DesktopClient desktop, Found found, CancellationToken cancellationToken)
    {
        var request = new PlayRequest();
        request.Tracks.AddRange(found.Tracks);

        // No deadline: how long a track may take to sound is the daemon's to decide.
        var reply = await Waiting.SayAsync(
            desktop, desktop.PlayAsync(request, cancellationToken: cancellationToken).ResponseAsync);
        var name = NameOf(reply.Play, reply.Track);
        var start = TextLines.Milliseconds(reply.Play?.StartMs ?? 0);
        Console.WriteLine(found.Tracks.Count == 1
            ? $"Playing {name}; sound after {start}."
            : $"Playing {(found.Name.Length > 0 ? $"{found.Name}, " : "")}{found.Tracks.Count} tracks, from {name};"
                + $" sound after {start}.");
        if (found.Note.Length > 0)
            Console.WriteLine(found.Note);
    }

    private static string NameOf(PlayReport? play, Track track) =>
        play is { Advert: true } ? $"an advert first ({TextLines.Name(track)})" : TextLines.Name(track);
}
