using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Protocol.Tests.Support;

/// <summary>Transports for tests that are not about time: a busy machine may be long in answering.</summary>
internal static class PatientTransport
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static TransportOptions Options => new()
    {
        ConnectTimeout = Patience, FirstByteTimeout = Patience, HandshakeTimeout = Patience,
        ContendedHandshakeTimeout = Patience,
    };
}
