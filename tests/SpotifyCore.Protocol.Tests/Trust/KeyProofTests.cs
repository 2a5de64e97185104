using System.Security.Cryptography;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Tests.Trust;

public sealed class KeyProofTests
{
    private static readonly byte[] Challenge = [1, 2, 3, 4];

    [Fact]
    public void TryCheck_OwnProof_GivesTheId()
    {
        using var identity = NodeIdentity.Create();
        var proof = KeyProof.Sign(identity, Challenge, "ann");

        Assert.Equal(KeyProof.Size, proof.Length);
        Assert.True(KeyProof.TryCheck(identity.ExportPublicKey(), Challenge, "ann", proof, out var peer));
        Assert.Equal(identity.Id, peer);
    }

    [Fact]
    public void TryCheck_OtherNameChallengeOrKey_IsFalse()
    {
        using var identity = NodeIdentity.Create();
        using var other = NodeIdentity.Create();
        var key = identity.ExportPublicKey();
        var proof = KeyProof.Sign(identity, Challenge, "ann");

        Assert.False(KeyProof.TryCheck(key, Challenge, "bob", proof, out _));
        Assert.False(KeyProof.TryCheck(key, [1, 2, 3], "ann", proof, out _));
        Assert.False(KeyProof.TryCheck(other.ExportPublicKey(), Challenge, "ann", proof, out _));
        Assert.False(KeyProof.TryCheck(key, Challenge, "ann", proof[..^1], out _));
        Assert.False(KeyProof.TryCheck([], Challenge, "ann", proof, out _));
        Assert.False(KeyProof.TryCheck([.. key, 0], Challenge, "ann", proof, out _));
    }

    [Fact]
    public void TryCheck_KeyOfAnotherCurve_IsFalse()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.False(KeyProof.TryCheck(key.ExportSubjectPublicKeyInfo(), Challenge, "ann", new byte[64], out _));
    }
}
