using System.Net.Security;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Tests.Support;

/// <summary>The first bytes of a real TLS client.</summary>
internal static class ClientHello
{
    /// <summary>A whole ClientHello, in the record that a client would send it in.</summary>
    public static async Task<byte[]> MakeAsync()
    {
        using var sent = new FirstWrite();
        await using var stream = new SslStream(sent);
        await Assert.ThrowsAnyAsync<IOException>(() => stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "spotifycore",
                CertificateChainPolicy = PinnedKey.CreateChainPolicy(),
            }));
        return sent.ToArray();
    }

    /// <summary>Keeps what is written, and has nothing to read.</summary>
    private sealed class FirstWrite : MemoryStream
    {
        public override ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(0);
    }
}
