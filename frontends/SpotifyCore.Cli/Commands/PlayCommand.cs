using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore play TRACK...</c></summary>
internal static class PlayCommand
{
    public static Command Create()
    {
        var tracks = new Argument<string[]>("tracks")
        {
            Description = "Track ids, or words to search for", Arity = ArgumentArity.OneOrMore,
        };
        var wait = new Option<bool>("--wait")
        {
            Description = "Return once the queue has been played; on a terminal, show it live",
        };
        var command = new Command("play", "Plays tracks in place of the queue.") { tracks, wait };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var request = new PlayRequest();
            request.Tracks.AddRange(
                await TrackArguments.ResolveAsync(desktop, parsed.GetValue(tracks)!, cancellationToken));

            // How long a track may take to sound is the daemon's to decide: no deadline.
            var reply = await desktop.PlayAsync(request, cancellationToken: cancellationToken);
            Console.WriteLine($"Sounds after {TextLines.Milliseconds(reply.Play?.StartMs ?? 0)}.");
            return parsed.GetValue(wait)
                ? await StatusCommand.FollowAsync(desktop, untilStopped: true, cancellationToken)
                : 0;
        });
        return command;
    }
}
