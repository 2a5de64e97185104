using System.Net.Sockets;
using System.Security.Authentication;
using Grpc.Core;

namespace SpotifyCore.Contracts.Endpoints;

/// <summary>What a failed call means to the program and the person behind it.</summary>
public static class CallFailure
{
    /// <summary>The failure that a handler throws to choose what its caller gets.</summary>
    /// <param name="code">The status, never OK.</param>
    /// <param name="detail">What went wrong, as a sentence for a person.</param>
    /// <param name="trailers">For programs, if wanted.</param>
    public static RpcException Of(StatusCode code, string detail, Metadata? trailers = null)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)code, (int)StatusCode.OK, nameof(code));
        return new RpcException(new Grpc.Core.Status(code, detail), trailers ?? Metadata.Empty);
    }

    /// <summary>Whether the failure arose on this side: the server has said nothing about the call.</summary>
    public static bool IsLocal(this RpcException failure) => failure.Status.DebugException is not null;

    /// <summary>
    /// Whether the server was connected and left open calls and the question whether it lives unanswered.
    /// </summary>
    public static bool IsUnanswered(this RpcException failure) =>
        failure.Status.DebugException is { } cause && Innermost(cause) is HttpProtocolException;

    /// <summary>Whether the call was called off, by its token or by the end of its channel.</summary>
    public static bool IsCalledOff(this RpcException failure) => failure.StatusCode == StatusCode.Cancelled;

    /// <summary>Whether the server could not be reached, or did not answer in time: it may be tried again.</summary>
    public static bool MayPass(this RpcException failure) =>
        failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded
        || (failure.Status.DebugException is { } cause
            && Innermost(cause) is IOException or ObjectDisposedException or SocketException);

    /// <summary>
    /// The reason as a sentence for a person: what the server said, or why it could not be asked. Never a status code
    /// or the name of a class.
    /// </summary>
    public static string Reason(this RpcException failure)
    {
        if (failure.StatusCode == StatusCode.DeadlineExceeded)
            return "The answer did not come in time.";
        if (failure.Status.DebugException is { } cause)
            return Why(Innermost(cause));

        return failure.Status.Detail.Length > 0 ? failure.Status.Detail : "The server gave no reason.";
    }

    /// <summary>The <see cref="Reason"/> of a failed call, or the message of another failure.</summary>
    public static string ReasonOf(Exception failure) =>
        failure is RpcException call ? call.Reason() : failure.Message;

    private static string Why(Exception cause) => cause switch
    {
        // What TLS finds where another protocol answers.
        AuthenticationException when cause.Message.Contains(" frame ", StringComparison.Ordinal) =>
            "It does not speak https there.",
        _ => IsBroken(cause) ? "The connection was lost." : cause.Message,
    };

    // A connection that ends during a call is noticed by its reader or by its writer, whichever is first, and each
    // names what it tripped over: none of it helps a person.
    private static bool IsBroken(Exception cause) =>
        cause is IOException or ObjectDisposedException
            or SocketException
            {
                SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown,
            };

    private static Exception Innermost(Exception failure)
    {
        while (failure.InnerException is { } cause)
            failure = cause;

        return failure;
    }
}
