using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Wire;

namespace SpotifyCore.Rpc.Serving;

/// <summary>What a request's headers say.</summary>
internal sealed class RpcRequestHead
{
    /// <summary>The caller's metadata.</summary>
    public RpcMetadata Metadata { get; } = [];

    /// <summary>How long the caller waits; null when it did not say.</summary>
    public TimeSpan? Timeout { get; private set; }

    /// <summary>When the caller stops waiting.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>What a compressed message is answered with: it is a lie when no encoding was announced.</summary>
    public RpcStatusCode OnCompressed { get; private set; } = RpcStatusCode.Internal;

    /// <summary>Reads the headers.</summary>
    /// <exception cref="RpcException">One of them is malformed.</exception>
    public void Read(IEnumerable<KeyValuePair<string, string>> headers, DateTimeOffset now)
    {
        foreach (var (name, value) in headers)
        {
            if (name.Equals(GrpcHeaders.Timeout, StringComparison.OrdinalIgnoreCase))
                ReadTimeout(value, now);
            else if (name.Equals(GrpcHeaders.Encoding, StringComparison.OrdinalIgnoreCase))
                OnCompressed = value == GrpcHeaders.Identity ? RpcStatusCode.Internal : RpcStatusCode.Unimplemented;
            else
                MetadataText.Read(Metadata, name, value);
        }
    }

    private void ReadTimeout(string value, DateTimeOffset now)
    {
        if (!GrpcTimeout.TryParse(value, out var timeout))
            throw new RpcException(RpcStatusCode.Internal, "The grpc-timeout is malformed.");

        Timeout = timeout;
        Deadline = timeout < DateTimeOffset.MaxValue - now ? now + timeout : DateTimeOffset.MaxValue;
    }
}
