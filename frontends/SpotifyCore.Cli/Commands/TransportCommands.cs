using System.CommandLine;
using Grpc.Core;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;
using Status = SpotifyCore.Contracts.Status;

namespace SpotifyCore.Cli.Commands;

/// <summary>
/// <c>pause</c>, <c>resume</c>, <c>seek</c>, <c>next</c>, <c>previous</c> and <c>stop</c>: each answers with what plays
/// then.
/// </summary>
internal static class TransportCommands
{
    public static IEnumerable<Command> Create()
    {
        yield return Create("pause", "Stops the sound where it is.", static (desktop, cancellationToken) =>
            desktop.PauseAsync(new PauseRequest(), cancellationToken: cancellationToken));
        yield return Create("resume", "Lets the sound go on.", static (desktop, cancellationToken) =>
            desktop.ResumeAsync(new ResumeRequest(), cancellationToken: cancellationToken));
        yield return Create(
            "next", "Goes to the next track of the queue.",
            static (desktop, cancellationToken) =>
                desktop.NextAsync(new NextRequest(), cancellationToken: cancellationToken),
            "That was the last track.");
        yield return Create(
            "previous", "Goes to the start of the track, or to the one before within its first 3 seconds.",
            static (desktop, cancellationToken) =>
                desktop.PreviousAsync(new PreviousRequest(), cancellationToken: cancellationToken));
        yield return Create(
            "stop", "Ends the sound and empties the queue.",
            static (desktop, cancellationToken) =>
                desktop.StopAsync(new StopRequest(), cancellationToken: cancellationToken),
            "Stopped; the queue is empty.");
        yield return CreateSeek();
    }

    /// <param name="name">Its word.</param>
    /// <param name="description">What it does.</param>
    /// <param name="call">Does it.</param>
    /// <param name="silence">What is said when nothing plays then; null for what <c>status</c> says.</param>
    private static Command Create(
        string name,
        string description,
        Func<Desktop.DesktopClient, CancellationToken, AsyncUnaryCall<Status>> call,
        string? silence = null)
    {
        var command = new Command(name, description);
        command.SetDesktopAction(async (_, desktop, cancellationToken) =>
        {
            var then = await PlayOutcome.OfAsync(desktop, call(desktop, cancellationToken), cancellationToken);
            var isSilent = then.State == PlayState.Stopped && then.Problem.Length == 0;
            Console.WriteLine(isSilent && silence is not null ? silence : TextLines.Status(then));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateSeek()
    {
        var position = new Argument<string>("POSITION")
        {
            Description = "Seconds, or minutes and seconds: 83, 1:23, 1:02:03; +10 or -10 for so much on or back",
        };
        position.Validators.Add(static result =>
        {
            if (result.Tokens is [var typed] && !SeekTarget.TryParse(typed.Value, out _))
            {
                result.AddError($"'{typed.Value}' is no position: write seconds, or minutes and seconds, as 83 or 1:23;"
                    + " or +10 or -10 for so much further on or back.");
            }
        });
        var command = new Command("seek", "Goes to a place in the track that plays.") { position };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var target = SeekTarget.Parse(parsed.GetValue(position));
            var now = await desktop.GetStatusAsync(new GetStatusRequest(), cancellationToken: cancellationToken);
            var request = new SeekRequest { PositionMs = (long)target.From(now).TotalMilliseconds };
            var call = desktop.SeekAsync(request, cancellationToken: cancellationToken);
            Console.WriteLine(TextLines.Status(await PlayOutcome.OfAsync(desktop, call, cancellationToken)));
            return ExitCodes.Done;
        });
        return command;
    }
}
