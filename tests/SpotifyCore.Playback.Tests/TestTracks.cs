namespace SpotifyCore.Playback.Tests;

/// <summary>Tracks that many tests play; encoded once.</summary>
internal static class TestTracks
{
    private const int LongSamples = (20 * 48_000) + 123;

    private static readonly Lazy<short[]> LongPiece = new(() => TestMusic.Piece(LongSamples));
    private static readonly Lazy<TestTrack> LongTrack = new(() => TestTrack.Encode(LongPiece.Value));
    private static readonly Lazy<TestTrack> ShortTrack = new(() => TestTrack.Encode(TestMusic.Piece(70_001, seed: 2)));

    /// <summary>20 s at 160 kbps, some 25 chunks.</summary>
    public static TestTrack Long => LongTrack.Value;

    /// <summary>What <see cref="Long"/> was made of.</summary>
    public static short[] LongSource => LongPiece.Value;

    /// <summary>A second and a half.</summary>
    public static TestTrack Short => ShortTrack.Value;
}
