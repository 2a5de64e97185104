using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary>
/// <c>pause</c>, <c>resume</c>, <c>seek</c>, <c>next</c> and <c>stop</c>: each answers with what plays then.
/// </summary>
internal static class TransportCommands
{
    public static IEnumerable<Command> Create()
    {
        yield return Create("pause", "Stops the sound where it is.", DesktopMethods.Pause, new PauseRequest());
        yield return Create("resume", "Lets the sound go on.", DesktopMethods.Resume, new ResumeRequest());
        yield return Create("next", "Goes to the next track of the queue.", DesktopMethods.Next, new NextRequest());
        yield return Create("stop", "Ends the sound and empties the queue.", DesktopMethods.Stop, new StopRequest());
        yield return CreateSeek();
    }

    private static Command Create<TRequest>(
        string name, string description, RpcMethod<TRequest, Status> method, TRequest request)
        where TRequest : class, Google.Protobuf.IMessage<TRequest>
    {
        var command = new Command(name, description);
        command.SetDesktopAction(async (_, channel, cancellationToken) =>
        {
            Console.WriteLine(TextLines.Status(await channel.UnaryAsync(method, request, cancellationToken)));
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
        command.SetDesktopAction(async (parsed, channel, cancellationToken) =>
        {
            var to = Position.Parse(parsed.GetValue(position));
            var request = new SeekRequest { PositionMs = (long)to.TotalMilliseconds };
            var status = await channel.UnaryAsync(DesktopMethods.Seek, request, cancellationToken);
            Console.WriteLine(TextLines.Status(status));
            return 0;
        });
        return command;
    }
}
