using System.Diagnostics.CodeAnalysis;

namespace SpotifyCore.Protocol.Frames;

/// <summary>
/// The far side broke a rule of the protocol. Caught once, in the loop of the connection, which answers with an
/// error frame and closes.
/// </summary>
public sealed class ProtocolException : Exception
{
    /// <summary>Names the rule.</summary>
    public ProtocolException(ProtocolCode code)
        : base(ProtocolText.Of(code)) => Code = code;

    /// <summary>The rule that was broken.</summary>
    public ProtocolCode Code { get; }

    [DoesNotReturn]
    internal static void Throw(ProtocolCode code) => throw new ProtocolException(code);

    internal static void ThrowIf([DoesNotReturnIf(true)] bool broken, ProtocolCode code)
    {
        if (broken)
            Throw(code);
    }
}
