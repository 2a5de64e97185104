using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Rpc.Channels;
using SpotifyCore.Rpc.Contracts;

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
        command.SetDesktopAction(async (parsed, channel, cancellationToken) =>
        {
            var request = new PlayRequest();
            request.Tracks.AddRange(
                await TrackArguments.ResolveAsync(channel, parsed.GetValue(tracks)!, cancellationToken));
            var reply = await channel.UnaryAsync(DesktopMethods.Play, request, NoDeadline(cancellationToken));
            Console.WriteLine($"Sounds after {TextLines.Milliseconds(reply.Play?.StartMs ?? 0)}.");
            return parsed.GetValue(wait)
                ? await StatusCommand.FollowAsync(channel, untilStopped: true, cancellationToken)
                : 0;
        });
        return command;
    }

    // How long a track may take to sound is the daemon's to decide, not this command's.
    private static RpcCallOptions NoDeadline(CancellationToken cancellationToken) => new(null, null, cancellationToken);
}
