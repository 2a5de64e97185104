using System.CommandLine;
using System.Runtime.CompilerServices;
using Grpc.Core;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;
using Status = SpotifyCore.Contracts.Status;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore status</c></summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Show it once, on a terminal too" };
        var json = new Option<bool>("--json") { Description = "One line of JSON" };
        var description = "Shows what plays and where it comes from: live on a terminal until Ctrl-C, else once."
            + $" Exits with {ExitCodes.Silent} when nothing plays, unless it is live.";
        var command = new Command("status", description) { once, json };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            if (!parsed.GetValue(once) && !parsed.GetValue(json) && Screen.IsLive)
                return await FollowAsync(desktop, untilStopped: false, cancellationToken);

            var status = await desktop.GetStatusAsync(new GetStatusRequest(), cancellationToken: cancellationToken);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonLines.Status(status));
            else
                Show(status);

            return status.State == PlayState.Stopped ? ExitCodes.Silent : ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Follows what plays: live on a terminal, elsewhere silently until the end.</summary>
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

        if (Screen.IsLive)
        {
            var strip = new LiveStrip(Screen.Drawing, static () => Screen.Width) { IsColoured = Screen.IsColoured };
            await strip.ShowAsync(StatusesAsync(cancellationToken));
        }
        else
        {
            await foreach (var status in StatusesAsync(cancellationToken))
                last = status;
        }

        return last is { Problem.Length: > 0 } ? throw new ListenerException(last.Problem) : ExitCodes.Done;
    }

    private static void Show(Status status)
    {
        Console.WriteLine(TextLines.Status(status));
        if (status.State is PlayState.Playing or PlayState.Paused)
            Console.WriteLine($"  {TextLines.Details(status)}");
        if (TextLines.Modes(status) is { Length: > 0 } modes)
            Console.WriteLine($"  {modes}");
        Console.WriteLine(TextLines.Account(status));
    }
}
