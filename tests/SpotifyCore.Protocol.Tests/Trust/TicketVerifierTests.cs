using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Tests.Trust;

public sealed class TicketVerifierTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly PeerId Holder = new(42);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TicketSigner _signer;
    private readonly TicketVerifier _verifier;

    public TicketVerifierTests()
    {
        _signer = new TicketSigner(_key, 7);
        _verifier = new TicketVerifier([new(7, _signer.ExportPublicKey())]);
    }

    [Fact]
    public void Check_GoodTicket_IsValidAndSaysWhatWasSigned()
    {
        var expires = Now.AddMinutes(59);
        var bytes = _signer.Sign(99, Holder, TicketScope.Fetch | TicketScope.Import, expires);

        Assert.Equal(TicketVerdict.Valid, _verifier.Check(bytes, Holder, Now, out var ticket));
        Assert.Equal(new Ticket(7, 99, Holder, TicketScope.Fetch | TicketScope.Import, expires), ticket);
        Assert.True(Ticket.TryRead(bytes, out var unchecked_));
        Assert.Equal(ticket, unchecked_);
    }

    [Theory]
    [InlineData(60, TicketVerdict.Valid)]
    [InlineData(1, TicketVerdict.Valid)]
    [InlineData(0, TicketVerdict.Expired)]
    [InlineData(-1, TicketVerdict.Expired)]
    [InlineData(66, TicketVerdict.Expired)]
    public void Check_Expiry_IsAtMostAnHourAhead(int minutes, TicketVerdict expected) => Assert.Equal(
        expected, _verifier.Check(Sign(Now.AddMinutes(minutes)), Holder, Now, out _));

    [Fact]
    public void Check_OtherHolderOrNoProof_IsRefused()
    {
        var bytes = Sign(Now.AddMinutes(30));

        Assert.Equal(TicketVerdict.OtherHolder, _verifier.Check(bytes, new PeerId(43), Now, out _));
        Assert.Equal(TicketVerdict.OtherHolder, _verifier.Check(bytes, null, Now, out _));
    }

    [Fact]
    public void Check_Nothing_IsMissing() =>
        Assert.Equal(TicketVerdict.Missing, _verifier.Check(default, Holder, Now, out _));

    [Fact]
    public void Check_UnknownKeyId_IsRefused()
    {
        var other = new TicketSigner(_key, 8).Sign(1, Holder, TicketScope.Fetch, Now.AddMinutes(30));

        Assert.Equal(TicketVerdict.UnknownKey, _verifier.Check(other, Holder, Now, out _));
    }

    [Fact]
    public void Check_OtherKeyUnderTheSameId_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = new TicketSigner(key, 7).Sign(1, Holder, TicketScope.Fetch, Now.AddMinutes(30));

        Assert.Equal(TicketVerdict.BadSignature, _verifier.Check(forged, Holder, Now, out _));
    }

    [Fact]
    public void Check_AnyBitChanged_IsNeverValid()
    {
        var good = Sign(Now.AddMinutes(30));
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var bad = good.ToArray();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(TicketVerdict.Valid, _verifier.Check(bad, Holder, Now, out _));
        }
    }

    [Fact]
    public void Check_AnyBytes_IsNeverValidAndNeverThrows() => Prop
        .ForAll(Arb.From(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(Ticket.Size)), bytes =>
        {
            bytes[0] = 1;
            return _verifier.Check(bytes, Holder, Now, out _) != TicketVerdict.Valid
                && _verifier.Check(bytes.AsSpan(0, bytes[5] % Ticket.Size), Holder, Now, out _) != TicketVerdict.Valid;
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void AddKey_SecondKey_BothAreTaken()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var next = new TicketSigner(key, 8);
        _verifier.AddKey(8, next.ExportPublicKey());

        Assert.Equal(TicketVerdict.Valid, _verifier.Check(Sign(Now.AddMinutes(1)), Holder, Now, out _));
        var bytes = next.Sign(1, Holder, TicketScope.Fetch, Now.AddMinutes(1));
        Assert.Equal(TicketVerdict.Valid, _verifier.Check(bytes, Holder, Now, out _));
    }

    [Fact]
    public void SetKeys_KeyThatIsPublishedNoMore_IsForgotten()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var next = new TicketSigner(key, 8);

        _verifier.SetKeys([new(8, next.ExportPublicKey())]);

        Assert.Equal(TicketVerdict.UnknownKey, _verifier.Check(Sign(Now.AddMinutes(1)), Holder, Now, out _));
        var bytes = next.Sign(1, Holder, TicketScope.Fetch, Now.AddMinutes(1));
        Assert.Equal(TicketVerdict.Valid, _verifier.Check(bytes, Holder, Now, out _));
    }

    [Fact]
    public void Check_UnknownKey_IsTold()
    {
        var told = 0;
        _verifier.UnknownKey = () => told++;
        _verifier.Check(Sign(Now.AddMinutes(1)), Holder, Now, out _);
        Assert.Equal(0, told);

        _verifier.SetKeys([]);
        _verifier.Check(Sign(Now.AddMinutes(1)), Holder, Now, out _);

        Assert.Equal(1, told);
    }

    [Fact]
    public void AddKey_NotAP256Key_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Throws<CryptographicException>(() => _verifier.AddKey(9, key.ExportSubjectPublicKeyInfo()));
        Assert.ThrowsAny<CryptographicException>(() => _verifier.AddKey(9, [1, 2, 3]));
    }

    [Fact]
    public void Gate_TrustedNodeOrRack_NeedsNoTicket()
    {
        var gate = new AccessGate(_verifier, new HashSet<PeerId> { Holder });

        Assert.Equal(Access.Full, gate.Check(default, Holder, Now));
        Assert.Equal(ProtocolCode.TicketMissing, gate.Check(default, new PeerId(1), Now).Code);
        Assert.Equal(ProtocolCode.TicketMissing, gate.Check(default, null, Now).Code);
        Assert.Equal(ProtocolCode.TicketNotYours, gate.Check(Sign(Now.AddMinutes(1)), null, Now).Code);
        Assert.Equal(ProtocolCode.TicketExpired, gate.Check(Sign(Now), new PeerId(1), Now).Code);
        Assert.Equal(Access.Full, new AccessGate(null).Check(default, null, Now));
    }

    [Theory]
    [InlineData(TicketScope.None, ProtocolCode.NotAllowed)]
    [InlineData(TicketScope.Fetch, ProtocolCode.NotAllowed)]
    [InlineData(TicketScope.Import, ProtocolCode.NotAllowed)]
    [InlineData(TicketScope.Fetch | TicketScope.Peers, ProtocolCode.None)]
    public void Check_OfOneWhoIsNotOfTheSwarm_IsLetInByNodesAlone(TicketScope scope, ProtocolCode code)
    {
        var ticket = _signer.Sign(1, Holder, scope, Now.AddMinutes(30));

        var byPeer = new AccessGate(_verifier) { Needed = TicketScope.Peers }.Check(ticket, Holder, Now);
        var byNode = new AccessGate(_verifier).Check(ticket, Holder, Now);

        Assert.Equal((code, code == ProtocolCode.None ? scope : TicketScope.None), (byPeer.Code, byPeer.Scope));
        Assert.Equal((ProtocolCode.None, scope), (byNode.Code, byNode.Scope));
    }

    public void Dispose()
    {
        _verifier.Dispose();
        _key.Dispose();
    }

    private byte[] Sign(DateTimeOffset expires) => _signer.Sign(1, Holder, TicketScope.Fetch, expires);
}
