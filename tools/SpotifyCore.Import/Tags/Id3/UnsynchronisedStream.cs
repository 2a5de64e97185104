using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Tags.Id3;

/// <summary>Takes out the zero that ID3v2's unsynchronisation puts behind each byte of all ones.</summary>
internal sealed class UnsynchronisedStream(Stream source) : SequentialStream
{
    private bool _wasOnes;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        // A block may be nothing but the one zero that is taken out.
        while (source.Read(buffer) is > 0 and var read)
        {
            if (TakeOut(buffer[..read]) is > 0 and var kept)
                return kept;
        }

        return 0;
    }

    private int TakeOut(Span<byte> bytes)
    {
        var kept = 0;
        foreach (var one in bytes)
        {
            if (one != 0 || !_wasOnes)
                bytes[kept++] = one;

            _wasOnes = one == 0xFF;
        }

        return kept;
    }
}
