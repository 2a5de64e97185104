using System.Net;
using Google.Protobuf;
using SpotifyCore.Rpc.Wire;

namespace SpotifyCore.Rpc.Channels;

/// <summary>A body that is written message by message while the call lasts. One writer at a time.</summary>
internal sealed class RpcStreamContent : RpcRequestContent
{
    private readonly TaskCompletionSource<Stream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Sends one message, once the connection is there.</summary>
    public async ValueTask WriteAsync(IMessage message, int length, CancellationToken cancellationToken)
    {
        var stream = await _opened.Task.WaitAsync(cancellationToken);
        await MessageWriter.WriteAsync(stream, message, length, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>Ends the body in good order; later writes fail.</summary>
    public void Finish()
    {
        _opened.TrySetCanceled();
        _finished.TrySetResult();
    }

    /// <summary>Breaks the body off, unless it has ended: the server must not take what came for all.</summary>
    public void Abort()
    {
        _opened.TrySetCanceled();
        _finished.TrySetCanceled();
    }

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // The headers go out now: the server may have something to say before the first message.
        await stream.FlushAsync(cancellationToken);
        _opened.TrySetResult(stream);
        await _finished.Task.WaitAsync(cancellationToken);
    }
}
