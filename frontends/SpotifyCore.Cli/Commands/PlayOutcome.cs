using Grpc.Core;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using Status = SpotifyCore.Contracts.Status;

namespace SpotifyCore.Cli.Commands;

/// <summary>What plays once a command has taken effect.</summary>
internal static class PlayOutcome
{
    private const int LookEveryMs = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Makes a call that needs something that plays, and waits for what comes of it.</summary>
    /// <exception cref="ListenerException">Nothing plays.</exception>
    public static async Task<Status> OfAsync(
        Desktop.DesktopClient desktop, AsyncUnaryCall<Status> call, CancellationToken cancellationToken)
    {
        try
        {
            return await SettleAsync(desktop, await call, cancellationToken);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.NotFound)
        {
            throw new ListenerException(failure.Reason(), ExitCodes.Silent);
        }
    }

    /// <summary>
    /// Waits until a track that is about to sound does, or has failed: a moment, after which it is told what it waits
    /// for.
    /// </summary>
    public static async Task<Status> SettleAsync(
        Desktop.DesktopClient desktop, Status then, CancellationToken cancellationToken)
    {
        if (!IsPassing(then))
            return then;

        using var watch = desktop.Watch(
            new WatchRequest { IntervalMs = LookEveryMs },
            deadline: DateTime.UtcNow + Patience,
            cancellationToken: cancellationToken);
        try
        {
            await foreach (var status in watch.ResponseStream.ReadAllAsync(cancellationToken))
            {
                then = status;
                if (!IsPassing(then))
                    break;
            }
        }
        catch (RpcException late) when (late.StatusCode == StatusCode.DeadlineExceeded)
        {
            // It still waits.
        }

        return then;
    }

    private static bool IsPassing(Status status) => status.State is PlayState.Opening or PlayState.Waiting;
}
