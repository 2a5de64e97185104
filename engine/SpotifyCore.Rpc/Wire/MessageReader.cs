using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;
using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Wire;

/// <summary>Takes messages off the wire, parsing them where they lie. One reader at a time.</summary>
/// <param name="input">Where they come from; belongs to the caller.</param>
/// <param name="maxBytes">Most bytes of a message.</param>
/// <param name="onCompressed">What to fail with when a message is compressed.</param>
internal sealed class MessageReader(PipeReader input, int maxBytes, RpcStatusCode onCompressed)
{
    /// <summary>The next message, or null at a clean end.</summary>
    /// <exception cref="RpcException">What came is no message, is compressed or is over the limit.</exception>
    public async ValueTask<T?> ReadAsync<T>(MessageParser<T> parser, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (TryRead(ref buffer, parser, out var message))
            {
                input.AdvanceTo(buffer.Start);
                return message;
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (!result.IsCompleted)
                continue;

            return buffer.IsEmpty
                ? null
                : throw new RpcException(RpcStatusCode.Internal, "The stream ended inside a message.");
        }
    }

    private bool TryRead<T>(ref ReadOnlySequence<byte> buffer, MessageParser<T> parser, out T? message)
        where T : class, IMessage<T>
    {
        message = null;
        if (buffer.Length < MessagePrefix.Size)
            return false;

        var prefix = MessagePrefix.Read(buffer);
        ThrowIfRefused(prefix);
        if (buffer.Length - MessagePrefix.Size < prefix.Length)
            return false;

        var body = buffer.Slice(MessagePrefix.Size, prefix.Length);
        try
        {
            message = parser.ParseFrom(body);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new RpcException(RpcStatusCode.Internal, "A message could not be parsed.", null, e);
        }

        buffer = buffer.Slice(body.End);
        return true;
    }

    private void ThrowIfRefused(MessagePrefix prefix)
    {
        if (prefix.Flags > 1)
            throw new RpcException(RpcStatusCode.Internal, "What came is no gRPC message.");
        if (prefix.Flags == 1)
            throw new RpcException(onCompressed, "Compressed messages are not supported.");
        if (prefix.Length > maxBytes)
        {
            throw new RpcException(
                RpcStatusCode.ResourceExhausted,
                $"A message of {prefix.Length} bytes is over the limit of {maxBytes}.");
        }
    }
}
