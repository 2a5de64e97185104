using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Contracts;

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
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var typed = parsed.GetValue(tracks) ?? [];
            QueueReply reply;
            if (typed.Length == 0)
            {
                reply = await desktop.GetQueueAsync(new GetQueueRequest(), cancellationToken: cancellationToken);
            }
            else
            {
                var request = new EnqueueRequest();
                request.Tracks.AddRange(await TrackArguments.ResolveAsync(desktop, typed, cancellationToken));
                reply = await desktop.EnqueueAsync(request, cancellationToken: cancellationToken);
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
