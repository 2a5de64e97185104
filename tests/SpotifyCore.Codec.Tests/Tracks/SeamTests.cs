namespace SpotifyCore.Codec.Tests.Tracks;

public sealed class SeamTests
{
    private const int Samples = 48_000 * 4;
    private const int Cuts = 8;

    // 20 ms to each side of the cut, and 2.5 ms, where a click would be heard.
    private const int Near = 960;
    private const int Click = 120;

    [Theory]
    [InlineData(1, 96_000)]
    [InlineData(2, 96_000)]
    [InlineData(2, 160_000)]
    [InlineData(2, 320_000)]
    public void ContinuousPiece_CutInTwo_JoinsWithoutSeam(int channels, int bitsPerSecond)
    {
        double joinedNear = 0, joinedClick = 0, wholeNear = 0, wholeClick = 0, largestWithin = 0;
        for (var seed = 1; seed <= Cuts; seed++)
        {
            var piece = TestPcm.Music(Samples, channels, seed);
            var cut = ((Samples / 2) + (seed * 1_777)) * channels;
            var whole = RoundTrip(piece, channels, bitsPerSecond);
            float[] joined =
            [
                .. RoundTrip(piece.AsSpan(0, cut), channels, bitsPerSecond),
                .. RoundTrip(piece.AsSpan(cut), channels, bitsPerSecond),
            ];
            Assert.Equal(piece.Length, joined.Length);
            joinedNear += ErrorAround(piece, joined, cut, Near * channels);
            joinedClick += ErrorAround(piece, joined, cut, Click * channels);
            largestWithin += LargestWithin(piece, joined, cut, channels);
            wholeNear += ErrorAround(piece, whole, cut, Near * channels);
            wholeClick += ErrorAround(piece, whole, cut, Click * channels);
        }

        // Against the same place of the piece encoded whole: seen 0.96 to 1.02, and 1.20 to 1.29 over 20 ms.
        Assert.InRange(joinedClick / wholeClick, 0, 1.15);
        Assert.InRange(joinedNear / wholeNear, 0, 1.4);
        Assert.InRange(joinedNear, 0, largestWithin);
    }

    private static double LargestWithin(short[] piece, float[] joined, int cut, int channels)
    {
        var reach = Near * channels;
        var largest = 0.0;
        for (var at = reach; at <= piece.Length - reach; at += reach)
        {
            if (Math.Abs(at - cut) > 3 * reach)
                largest = Math.Max(largest, ErrorAround(piece, joined, at, reach));
        }

        return largest;
    }

    private static float[] RoundTrip(ReadOnlySpan<short> pcm, int channels, int bitsPerSecond) =>
        TestOpus.Decode(TestOpus.Encode(pcm, channels, bitsPerSecond), channels);

    private static double ErrorAround(short[] original, float[] decoded, int at, int reach) =>
        TestPcm.Error(original.AsSpan(at - reach, 2 * reach), decoded.AsSpan(at - reach, 2 * reach));
}
