using System.Security.Cryptography;
using System.Text;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Trust;

/// <summary>
/// Proves at a login that a client has the key whose hash is its id: ES256 over a label, a challenge of the access
/// point, and the account's name.
/// </summary>
public static class KeyProof
{
    /// <summary>Bytes of a proof.</summary>
    public const int Size = 64;

    private static ReadOnlySpan<byte> Label => "spotifycore login 1\0"u8;

    /// <summary>Signs a challenge.</summary>
    public static byte[] Sign(NodeIdentity identity, ReadOnlySpan<byte> challenge, string name)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return identity.Sign(Signed(challenge, name));
    }

    /// <summary>Checks a proof; false when it does not fit, or the key is no P-256 key.</summary>
    /// <param name="publicKey">DER SubjectPublicKeyInfo.</param>
    /// <param name="challenge">What was to be signed.</param>
    /// <param name="name">The account's name, as the client wrote it.</param>
    /// <param name="proof">The signature.</param>
    /// <param name="peer">The id that was proved.</param>
    public static bool TryCheck(
        ReadOnlySpan<byte> publicKey,
        ReadOnlySpan<byte> challenge,
        string name,
        ReadOnlySpan<byte> proof,
        out PeerId peer)
    {
        peer = default;
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out var read);
            if (read != publicKey.Length || key.KeySize != 256 || proof.Length != Size)
                return false;
        }
        catch (CryptographicException)
        {
            return false;
        }

        peer = PeerId.FromPublicKey(publicKey);
        return key.VerifyData(
            Signed(challenge, name),
            proof,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static byte[] Signed(ReadOnlySpan<byte> challenge, string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        return [.. Label, .. challenge, .. text];
    }
}
