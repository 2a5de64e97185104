using Grpc.Core;
using SpotifyCore.Client;
using SpotifyCore.Client.Offline;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Control;

/// <summary>What calls of the control API have in common: how they are read, and what they end with.</summary>
internal static class ControlCalls
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How often a stream tells, as its caller wants it.</summary>
    public static TimeSpan IntervalOf(WatchRequest request) => request.IntervalMs switch
    {
        0 => DefaultInterval,
        >= 50 and <= 10_000 => TimeSpan.FromMilliseconds(request.IntervalMs),
        _ => throw CallFailure.Of(StatusCode.InvalidArgument, "interval_ms must be 50 to 10,000, or 0."),
    };

    /// <summary>A track, as a call names it.</summary>
    public static TrackId ParseOne(string text) => TrackId.TryParse(text, out var id)
        ? id
        : throw CallFailure.Of(StatusCode.InvalidArgument, $"'{text}' is not a track id.");

    /// <summary>Does what a call asks, and turns what the client refuses it with into a status.</summary>
    public static async Task<T> AnswerAsync<T>(Func<Task<T>> answer)
    {
        try
        {
            return await answer();
        }
        catch (AccessDeniedException denied)
        {
            var mayNot = (denied.InnerException as RpcException)?.StatusCode == StatusCode.PermissionDenied;
            throw CallFailure.Of(
                mayNot ? StatusCode.PermissionDenied : StatusCode.Unauthenticated, denied.Message);
        }
        catch (AccessPointException refused)
        {
            // What the access point said of the question itself is passed on; all else means that it can't be asked.
            var said = (refused.InnerException as RpcException)?.StatusCode;
            var isAnswer = said is StatusCode.NotFound or StatusCode.InvalidArgument or StatusCode.AlreadyExists
                or StatusCode.FailedPrecondition or StatusCode.ResourceExhausted;
            var code = isAnswer ? said!.Value : StatusCode.Unavailable;
            throw CallFailure.Of(code, refused.Message);
        }
        catch (OfflineException full)
        {
            throw CallFailure.Of(StatusCode.ResourceExhausted, full.Message);
        }
        catch (PlaybackException failed)
        {
            throw CallFailure.Of(
                failed.NeedsLogin ? StatusCode.Unauthenticated : StatusCode.FailedPrecondition, failed.Message);
        }
        catch (ObjectDisposedException)
        {
            throw CallFailure.Of(StatusCode.Unavailable, "The desktop daemon is stopping.");
        }
    }
}
