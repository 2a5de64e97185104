using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace SpotifyCore.Rpc.Serving;

/// <summary>The messages of the caller, in order, for one reader.</summary>
public sealed class RpcStreamReader<TRequest>
    where TRequest : class, IMessage<TRequest>
{
    private readonly RpcServerCall _call;
    private readonly MessageParser<TRequest> _parser;

    internal RpcStreamReader(RpcServerCall call, MessageParser<TRequest> parser)
    {
        _call = call;
        _parser = parser;
    }

    /// <summary>The next message, or null after the last.</summary>
    public ValueTask<TRequest?> ReadAsync(CancellationToken cancellationToken = default) =>
        _call.ReadAsync(_parser, cancellationToken);

    /// <summary>The messages until the last.</summary>
    public async IAsyncEnumerable<TRequest> ReadAllAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await ReadAsync(cancellationToken) is { } message)
            yield return message;
    }
}
