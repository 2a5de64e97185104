namespace SpotifyCore.Codec.Resampling;

/// <summary>
/// Brings sound of another rate to 48 kHz. Its first sample is the source's first, and there are as many as begin
/// before the source ends: samples times 48,000 over the rate, rounded up. What lies before the first sample and behind
/// the last is predicted from those next to them, so that pieces cut from one recording join without a seam. The same
/// samples give the same samples, to the last bit, on every machine and in whatever portions they come. Allocates at
/// both edges only. Used by one thread.
/// </summary>
public sealed class Resampler
{
    private const int BlockFrames = 8_192;

    private readonly int _channels;
    private readonly ResamplingFilter _filter;

    // One row for each channel: what is before the first sample, the samples, what is behind the last.
    private readonly float[][] _samples;
    private int _filled;
    private int _next;
    private int _place;
    private int _row;
    private long _taken;
    private bool _isOpen;
    private bool _isFinished;

    /// <summary>Begins a piece.</summary>
    /// <param name="channels">1 or 2.</param>
    /// <param name="rate">Samples a second of the source; one that is supported.</param>
    public Resampler(int channels, int rate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 2);
        _channels = channels;
        _filter = ResamplingFilter.For(rate);
        _filled = _filter.Before;
        _samples = new float[channels][];
        for (var channel = 0; channel < channels; channel++)
            _samples[channel] = new float[SampleEdge.Known + (2 * _filter.Taps) + BlockFrames];
    }

    /// <summary>
    /// True where sound of a rate can be resampled here: up to 768 kHz, and not at rates that have next to nothing in
    /// common with 48 kHz, whose filter would take too much room.
    /// </summary>
    public static bool Supports(int rate) => ResamplingFilter.Exists(rate);

    /// <summary>Takes samples, interleaved; 1.0 is full scale, and all are finite.</summary>
    /// <returns>How many it took; at least one of each channel once all was read that could be.</returns>
    public int Push(ReadOnlySpan<float> interleaved)
    {
        ObjectDisposedException.ThrowIf(_isFinished, this);
        var frames = interleaved.Length / _channels;
        if (frames > Room)
            MakeRoom();

        frames = Math.Min(frames, Room);
        var first = _samples[0].AsSpan(_filled, frames);
        if (_channels == 1)
            interleaved[..frames].CopyTo(first);
        else
            Split(interleaved, first, _samples[1].AsSpan(_filled, frames));

        _filled += frames;
        _taken += frames;
        if (!_isOpen && _taken >= SampleEdge.Known)
            Open();

        return frames * _channels;
    }

    /// <summary>The source has no more samples; what is left can be read.</summary>
    public void Finish()
    {
        ObjectDisposedException.ThrowIf(_isFinished, this);
        _isFinished = true;
        if (!_isOpen)
            Open();

        var known = (int)Math.Min(_taken, SampleEdge.Known);
        foreach (var samples in _samples)
            SampleEdge.ExtendForwards(samples.AsSpan(_filled - known, known), samples.AsSpan(_filled, _filter.Behind));

        _filled += _filter.Behind;
    }

    /// <summary>Writes samples of 48 kHz, interleaved.</summary>
    /// <returns>How many; 0 where more have to be pushed first, and at the end.</returns>
    public int Read(Span<float> interleaved)
    {
        if (!_isOpen)
            return 0;

        var made = 0;
        var (samples, places) = Math.DivRem(_filter.Step, _filter.Places);
        for (; made <= interleaved.Length - _channels && _next + _filter.Taps <= _filled; made += _channels)
        {
            var row = _filter.Row(_row);
            var first = _samples[0].AsSpan(_next, row.Length);
            if (_channels == 1)
            {
                interleaved[made] = ResamplingKernel.Sum(row, first);
            }
            else
            {
                (interleaved[made], interleaved[made + 1]) =
                    ResamplingKernel.Sum(row, first, _samples[1].AsSpan(_next, row.Length));
            }

            _row = _row + 1 < _filter.Places ? _row + 1 : 0;
            _next += samples;
            _place += places;
            if (_place >= _filter.Places)
            {
                _place -= _filter.Places;
                _next++;
            }
        }

        return made;
    }

    // What follows the last sample has its place already.
    private int Room => _samples[0].Length - _filter.Behind - _filled;

    private static void Split(ReadOnlySpan<float> interleaved, Span<float> left, Span<float> right)
    {
        right = right[..left.Length];
        for (var i = 0; i < left.Length; i++)
            (left[i], right[i]) = (interleaved[2 * i], interleaved[(2 * i) + 1]);
    }

    private void Open()
    {
        _isOpen = true;
        var known = (int)Math.Min(_taken, SampleEdge.Known);
        foreach (var samples in _samples)
            SampleEdge.ExtendBackwards(samples.AsSpan(_filter.Before, known), samples.AsSpan(0, _filter.Before));
    }

    // What is still to be resampled moves to the front, and at least what the end is predicted from.
    private void MakeRoom()
    {
        var gone = Math.Min(_next, _filled - SampleEdge.Known);
        if (gone <= 0)
            return;

        foreach (var samples in _samples)
            samples.AsSpan(gone, _filled - gone).CopyTo(samples);

        _filled -= gone;
        _next -= gone;
    }
}
