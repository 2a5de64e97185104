using SpotifyCore.Content.Sources;

namespace SpotifyCore.Simulation.Clients;

/// <summary>
/// Bytes of payload of one play by the tier they came from, counted where they pass: at the network, the cache and the
/// player. The core under test has no part in it.
/// </summary>
/// <param name="chunks">Chunks of its file; 0 for a play that was never opened.</param>
public sealed class PlayBytes(uint chunks)
{
    private const int Tiers = (int)Tier.Master + 1;
    private const byte CountedBit = 0x80;
    private const byte ToldBit = 0x40;

    private readonly long[] _played = new long[Tiers];
    private readonly long[] _told = new long[Tiers];
    private readonly long[] _fetched = new long[Tiers];

    // Of each chunk the tier it was fetched from, 0 when it was not; and whether it was played, and the core told.
    private readonly byte[] _origins = new byte[chunks];

    /// <summary>Right bytes that came and were not stored: a second time, or too late.</summary>
    public long UnusedBytes { get; private set; }

    /// <summary>Bytes that came and were not those of their chunk.</summary>
    public long WrongBytes { get; private set; }

    /// <summary>
    /// Bytes that the player used up; each chunk counts once, as the cache's unless the play itself fetched it.
    /// </summary>
    public long Played(Tier tier) => _played[(int)tier];

    /// <summary>Bytes that came over the network for the play and were stored.</summary>
    public long Fetched(Tier tier) => _fetched[(int)tier];

    /// <summary>Bytes of those that the player has told the core of.</summary>
    internal long Told(Tier tier) => _told[(int)tier];

    internal void CountWasted(int length, bool isWrong)
    {
        UnusedBytes += isWrong ? 0 : length;
        WrongBytes += isWrong ? length : 0;
    }

    internal void Fetch(uint chunk, Tier tier, int length)
    {
        _origins[chunk] = (byte)((_origins[chunk] & (CountedBit | ToldBit)) | (byte)tier);
        _fetched[(int)tier] += length;
    }

    internal void Play(uint chunk, int length) => CountOnce(chunk, length, CountedBit, _played);

    internal void Tell(uint chunk, int length) => CountOnce(chunk, length, ToldBit, _told);

    private void CountOnce(uint chunk, int length, byte bit, long[] counts)
    {
        if ((_origins[chunk] & bit) != 0)
            return;

        var origin = (Tier)(_origins[chunk] & ~(CountedBit | ToldBit));
        _origins[chunk] |= bit;
        counts[(int)(origin == Tier.None ? Tier.Cache : origin)] += length;
    }
}
