namespace SpotifyCore.Rpc.Calls;

/// <summary>How many messages each side sends.</summary>
public enum RpcCallKind
{
    /// <summary>One there, one back.</summary>
    Unary,

    /// <summary>One there, many back.</summary>
    ServerStreaming,

    /// <summary>Many there, one back.</summary>
    ClientStreaming,

    /// <summary>Many there, many back.</summary>
    Duplex,
}
