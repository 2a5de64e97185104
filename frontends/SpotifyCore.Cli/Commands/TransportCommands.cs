using System.CommandLine;
using Grpc.Core;
using SpotifyCore.Cli.Display;
using SpotifyCore.Contracts;
using Status = SpotifyCore.Contracts.Status;

namespace SpotifyCore.Cli.Commands;

/// <summary>
/// <c>pause</c>, <c>resume</c>, <c>seek</c>, <c>next</c> and <c>stop</c>: each answers with what plays then.
/// </summary>
internal static class TransportCommands
{
    public static IEnumerable<Command> Create()
    {
        yield return Create(
            "pause", "Stops the sound where it is.",
            static (desktop, options) => desktop.PauseAsync(new PauseRequest(), options));
        yield return Create(
            "resume", "Lets the sound go on.",
            static (desktop, options) => desktop.ResumeAsync(new ResumeRequest(), options));
        yield return Create(
            "next", "Goes to the next track of the queue.",
            static (desktop, options) => desktop.NextAsync(new NextRequest(), options));
        yield return Create(
            "stop", "Ends the sound and empties the queue.",
            static (desktop, options) => desktop.StopAsync(new StopRequest(), options));
        yield return CreateSeek();
    }

    private static Command Create(
        string name, string description, Func<Desktop.DesktopClient, CallOptions, AsyncUnaryCall<Status>> call)
    {
        var command = new Command(name, description);
        command.SetDesktopAction(async (_, desktop, cancellationToken) =>
        {
            var options = new CallOptions(cancellationToken: cancellationToken);
            Console.WriteLine(TextLines.Status(await call(desktop, options)));
            return 0;
        });
        return command;
    }

    private static Command CreateSeek()
    {
        var position = new Argument<string>("position")
        {
            Description = "Seconds, or minutes and seconds: 83, 1:23, 1:02:03",
        };
        position.Validators.Add(static result =>
        {
            if (!Position.TryParse(result.GetValueOrDefault<string>(), out _))
                result.AddError("The position is seconds, or minutes and seconds: 83, 1:23, 1:02:03");
        });
        var command = new Command("seek", "Goes to a place in the track that plays.") { position };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var to = Position.Parse(parsed.GetValue(position));
            var request = new SeekRequest { PositionMs = (long)to.TotalMilliseconds };
            var status = await desktop.SeekAsync(request, cancellationToken: cancellationToken);
            Console.WriteLine(TextLines.Status(status));
            return 0;
        });
        return command;
    }
}
