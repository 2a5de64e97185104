using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Tests.Support;

namespace SpotifyCore.Protocol.Tests.Messages;

public sealed class HitAddressesTests
{
    [Fact]
    public void Read_WhatWriteWrote_IsTheSame() => Prop
        .ForAll(Arb.From(Gen.Choose(0, 10).SelectMany(count => Arbitrary.Address().ArrayOf(count))), addresses =>
        {
            var payload = new byte[HitAddresses.MaxLength];
            var (length, count) = HitAddresses.Write(addresses, payload);
            return count == addresses.Length
                && HitAddresses.Read(payload.AsSpan(0, length), count).AsSpan().SequenceEqual(addresses);
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Write_NamesAndStrangers_AreLeftOut()
    {
        NodeAddress[] addresses =
        [
            new(new PeerId(1), "music.example", 4070), new(null, "192.0.2.7", 4070), new(new PeerId(2), "192.0.2.7", 0),
        ];
        var payload = new byte[HitAddresses.MaxLength];

        Assert.Equal((23, 1), HitAddresses.Write(addresses, payload));
        Assert.Equal(addresses[2], Assert.Single(HitAddresses.Read(payload.AsSpan(0, 23), 1)));
    }

    [Fact]
    public void Write_MoreThanAHitHolds_StopsThere()
    {
        var addresses = Enumerable
            .Range(1, 12).Select(i => new NodeAddress(new PeerId((UInt128)i), "2001:db8::7", 4070)).ToArray();

        Assert.Equal(
            (HitAddresses.MaxLength, HitAddresses.MaxCount),
            HitAddresses.Write(addresses, new byte[HitAddresses.MaxLength]));
    }
}
