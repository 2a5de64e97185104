using System.Buffers.Text;
using System.Security.Cryptography;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Trust;

/// <summary>
/// What a client has a provider of OpenID Connect put into an id token: it follows from a challenge of the access point
/// and from the client's id, so that whoever gets hold of the token has no use for it.
/// </summary>
public static class SignInNonce
{
    private static ReadOnlySpan<byte> Label => "spotifycore sign-in 1\0"u8;

    /// <summary>The nonce of a sign-in.</summary>
    /// <param name="challenge">What the access point began it with.</param>
    /// <param name="client">Who signs in.</param>
    public static string Of(ReadOnlySpan<byte> challenge, PeerId client)
    {
        Span<byte> id = stackalloc byte[PeerId.Size];
        client.Write(id);
        return Base64Url.EncodeToString(SHA256.HashData([.. Label, .. challenge, .. id]));
    }
}
