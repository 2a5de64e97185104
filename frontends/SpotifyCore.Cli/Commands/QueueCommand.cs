using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Rpc.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore queue [TRACK...]</c></summary>
internal static class QueueCommand
{
    public static Command Create()
    {
        var tracks = new Argument<string[]>("tracks")
        {
            Description = "Track ids, or words to search for, to put at the end", Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("queue", "Shows the queue, or adds to it.") { tracks };
        command.SetDesktopAction(async (parsed, channel, cancellationToken) =>
        {
            var typed = parsed.GetValue(tracks) ?? [];
            QueueReply reply;
            if (typed.Length == 0)
            {
                reply = await channel.UnaryAsync(DesktopMethods.GetQueue, new GetQueueRequest(), cancellationToken);
            }
            else
            {
                var request = new EnqueueRequest();
                request.Tracks.AddRange(await TrackArguments.ResolveAsync(channel, typed, cancellationToken));
                reply = await channel.UnaryAsync(DesktopMethods.Enqueue, request, cancellationToken);
            }

            foreach (var queued in reply.Entries)
                Console.WriteLine(TextLines.Track(queued.Track));
            if (reply.Entries.Count == 0)
                Console.WriteLine("The queue is empty.");
            return 0;
        });
        return command;
    }
}
