using System.CommandLine;
using System.Runtime.CompilerServices;
using Grpc.Core;
using SpotifyCore.Cli.Display;
using SpotifyCore.Contracts;
using Status = SpotifyCore.Contracts.Status;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore status</c></summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "One line, on a terminal too" };
        var json = new Option<bool>("--json") { Description = "One line of JSON" };
        var command = new Command("status", "Shows what plays: live on a terminal, else a line.") { once, json };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            if (!parsed.GetValue(once) && !parsed.GetValue(json) && !Console.IsOutputRedirected)
                return await FollowAsync(desktop, untilStopped: false, cancellationToken);

            var status = await desktop.GetStatusAsync(new GetStatusRequest(), cancellationToken: cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? JsonLines.Status(status) : TextLines.Status(status));
            return 0;
        });
        return command;
    }

    /// <summary>Follows what plays: live on a terminal, elsewhere silently until a last line.</summary>
    public static async Task<int> FollowAsync(
        Desktop.DesktopClient desktop, bool untilStopped, CancellationToken cancellationToken)
    {
        Status? last = null;
        async IAsyncEnumerable<Status> StatusesAsync([EnumeratorCancellation] CancellationToken cancellation = default)
        {
            using var watch = desktop.Watch(new WatchRequest(), cancellationToken: cancellation);
            await foreach (var status in watch.ResponseStream.ReadAllAsync(cancellation))
            {
                last = status;
                yield return status;
                if (untilStopped && status.State == PlayState.Stopped)
                    yield break;
            }
        }

        if (Console.IsOutputRedirected)
        {
            await foreach (var status in StatusesAsync(cancellationToken))
                last = status;
        }
        else
        {
            await LiveStrip.ShowAsync(StatusesAsync(cancellationToken));
        }

        if (last is { Problem.Length: > 0 })
        {
            await Console.Error.WriteLineAsync($"spotifycore: {last.Problem}");
            return 1;
        }

        return 0;
    }
}
