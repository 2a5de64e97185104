using System.Buffers;
using Google.Protobuf;
using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Wire;

/// <summary>Puts messages on the wire, each behind its prefix.</summary>
internal static class MessageWriter
{
    /// <summary>Length of a message without its prefix.</summary>
    /// <exception cref="RpcException">It is over the limit.</exception>
    public static int Measure(IMessage message, int maxBytes)
    {
        var length = message.CalculateSize();
        return length <= maxBytes
            ? length
            : throw new RpcException(
                RpcStatusCode.ResourceExhausted, $"A message of {length} bytes is over the limit of {maxBytes}.");
    }

    /// <summary>Appends a message of a measured length to a pipe's own memory.</summary>
    public static void Write(IBufferWriter<byte> output, IMessage message, int length)
    {
        new MessagePrefix(0, (uint)length).Write(output.GetSpan(MessagePrefix.Size));
        output.Advance(MessagePrefix.Size);
        message.WriteTo(output);
    }

    /// <summary>Writes a message of a measured length to a stream in one piece, from rented memory.</summary>
    public static async ValueTask WriteAsync(
        Stream output, IMessage message, int length, CancellationToken cancellationToken)
    {
        var total = MessagePrefix.Size + length;
        var rented = ArrayPool<byte>.Shared.Rent(total);
        try
        {
            new MessagePrefix(0, (uint)length).Write(rented);
            message.WriteTo(rented.AsSpan(MessagePrefix.Size, length));
            await output.WriteAsync(rented.AsMemory(0, total), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
